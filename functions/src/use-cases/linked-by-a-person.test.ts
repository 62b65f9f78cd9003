import { expect, test } from 'vitest';
import type { World } from '../adapters/memory/world.ts';
import { refreshObject } from './refresh-object.ts';
import { decide, other, preview, world } from './two-customers.fixture.ts';

const OLD = '+1 555 0142';

/** What the worker makes of what is marked. */
async function work(w: World): Promise<void> {
  for (const object of await w.inbox.take(10, 60_000)) await refreshObject(w, object);
  await w.engine.idle();
}
const asked = (w: World) => [...w.org.conflicts.values()].map(({ fact, values }) => [fact, values]);

/** A customer in Stripe under Salesforce's name and e-mail, with a telephone number of another day. */
function found(...ids: string[]): World {
  return world((made) => {
    made.payments.customers.delete('cus_1');
    made.payments.customers.delete('cus_2');
    for (const id of ids) made.payments.customers.set(id, { ...other, id, name: 'Acme Rockets', email: 'ann@acme.example', phone: OLD });
  });
}

test('whom a person links is looked at: where the two differ, a person is asked', async () => {
  const w = found('cus_1', 'cus_2');
  await preview(w);
  await decide(w, 'link', 'cus_2');
  await work(w);
  expect(asked(w)).toEqual([['phone', expect.objectContaining({ stripe: OLD })]]);
  expect(w.payments.customers.get('cus_2')?.phone).toBe(OLD);
});

test('whom a person has made says what Salesforce said, and is not looked at', async () => {
  const w = found('cus_1', 'cus_2');
  await preview(w);
  await decide(w, 'create-new');
  expect([w.inbox.objects.size, w.payments.customers.size]).toEqual([0, 3]);
});
