import { expect, test } from 'vitest';
import { createWorld, REP, type World } from '../adapters/memory/world.ts';
import { refreshObject } from './refresh-object.ts';
import { runSync } from './run-sync.ts';
import { registerWorkflows } from './workflows.ts';

// Changes to customers reach the other systems by the sync run, where Salesforce made them, and by events, where others did.

const THERE = '+1 555 0199';

async function nightly(w: World): Promise<void> {
  await runSync(w, { kind: 'Nightly', waitMs: 1000 }, REP);
  await w.engine.idle();
  w.clock.advance(86_400_000);
}
const calls = (w: World, name: string) => w.faults.calls.filter((call) => call.startsWith(name)).length;
function must<T>(held: T | undefined): T {
  if (held === undefined) throw new Error('The world has it.');
  return held;
}
async function begun(): Promise<World> {
  const w = createWorld();
  registerWorkflows(w);
  await nightly(w);
  w.faults.calls.length = 0;
  return w;
}

test('a change in Salesforce goes to both books with the next run; where nothing changed no other system is asked', async () => {
  const w = await begun();
  await nightly(w);
  expect([calls(w, 'customers.stripe'), calls(w, 'customers.quickbooks.read')]).toEqual([0, 0]);
  Object.assign(w.org.accounts[0] ?? {}, { phone: THERE });
  await nightly(w);
  await nightly(w);
  expect([w.payments.customers.get('cus_known')?.phone, w.ledger.customers.get('58')?.phone]).toEqual([THERE, THERE]);
  expect([calls(w, 'customers.stripe.update'), calls(w, 'customers.quickbooks.update')]).toEqual([1, 1]);
});

test('a change in Stripe of which no event told is found by the full compare', async () => {
  const w = await begun();
  Object.assign(must(w.payments.customers.get('cus_known')), { phone: THERE });
  await nightly(w);
  expect(w.ledger.customers.get('58')?.phone).not.toBe(THERE);
  await runSync(w, { kind: 'Full Compare', waitMs: 1000 }, REP);
  await w.engine.idle();
  expect([...w.org.conflicts.values()].map(({ fact, state }) => [fact, state])).toEqual([['phone', 'Open']]);
});

test('a customer that cannot be brought in step ends nothing else, and the finding is closed by the next run', async () => {
  const w = await begun();
  Object.assign(w.org.accounts[0] ?? {}, { phone: THERE });
  w.faults.plan('customers.stripe.read', 'rejected');
  await nightly(w);
  expect([...w.org.syncRuns.values()].at(-1)).toMatchObject({ state: 'Completed With Issues' });
  await nightly(w);
  expect([...w.org.syncRuns.values()].at(-1)).toMatchObject({ state: 'Completed', resolved: ['main.customers-not-followed'] });
  expect(w.payments.customers.get('cus_known')?.phone).toBe(THERE);
});

test.each([
  ['unauthorized', 1],
  ['unavailable', 1],
  ['rejected', 2],
] as const)('a system that answers %s is asked for as many customers: %i', async (fault, customers) => {
  const w = await begun();
  const account = must(w.org.accounts[0]);
  const other = '001000000000002AAA';
  w.org.accounts.push({ ...account, id: other });
  for (const [key, link] of [...w.org.links])
    if (link.recordId === account.id && link.system === 'stripe')
      w.org.links.set(`other ${key}`, { ...link, recordId: other, externalId: 'cus_other' });
  w.payments.customers.set('cus_other', { ...must(w.payments.customers.get('cus_known')), id: 'cus_other' });
  await nightly(w);
  for (const each of w.org.accounts) Object.assign(each, { phone: THERE });
  w.faults.plan('customers.stripe.read', fault, 100);
  const settled = new Set<string>();
  const { readCustomer } = w.customerRecords;
  w.customerRecords.readCustomer = (request) => {
    settled.add(request.accountId);
    return readCustomer(request);
  };
  await nightly(w);
  expect(settled.size).toBe(customers);
  expect(w.ledger.customers.get('58')?.phone).toBe(THERE);
  w.faults.clear();
  await nightly(w);
  expect([...w.payments.customers.values()].map(({ phone }) => phone)).toEqual([THERE, THERE]);
});

test('a change at Stripe is looked at when its event comes, and the object is settled after that', async () => {
  const w = await begun();
  Object.assign(w.payments.customers.get('cus_known') ?? {}, { phone: THERE });
  const object = { kind: 'stripe:customer', id: 'cus_known', invoiceId: null, generation: 1, attempts: 0 };
  const runs = await refreshObject(w, object as Parameters<typeof refreshObject>[1]);
  expect(runs).toMatchObject({ outcome: 'done', value: [expect.stringContaining('settle-customer.')] });
  await w.engine.idle();
  expect([...w.org.conflicts.values()]).toMatchObject([{ state: 'Open', values: { stripe: THERE } }]);
  expect(calls(w, 'customers.quickbooks')).toBe(0);
});

test('an open question about an e-mail goes to the contact who is billed now, though both have the same', async () => {
  const w = await begun();
  Object.assign(w.payments.customers.get('cus_known') ?? {}, { email: 'bob@acme.example' });
  await refreshObject(w, { kind: 'stripe:customer', id: 'cus_known', invoiceId: null, generation: 1, attempts: 0 });
  await w.engine.idle();
  const contact = must(w.org.contacts[0]);
  expect([...w.org.conflicts.values()]).toMatchObject([{ fact: 'email', contactId: contact.id }]);
  w.org.contacts.push({ ...contact, id: '003000000000009AAA' });
  contact.email = null;
  await nightly(w);
  expect([...w.org.conflicts.values()]).toMatchObject([{ state: 'Open', contactId: '003000000000009AAA' }]);
});

test('a change in QuickBooks whose event was lost is found by the next run', async () => {
  const w = await begun();
  Object.assign(w.ledger.customers.get('58') ?? {}, { phone: THERE });
  await nightly(w);
  expect([...w.org.conflicts.values()]).toMatchObject([{ state: 'Open', values: { quickbooks: THERE } }]);
  await nightly(w);
  expect(calls(w, 'customers.quickbooks.update')).toBe(1);
});
