import { describe, expect, test } from 'vitest';
import { ACCOUNT, REP, type World } from '../adapters/memory/world.ts';
import { drain } from './drain.ts';
import { entries, issued, salesforce, stripe } from '../use-cases/issued.fixture.ts';
import { syncRecords } from '../use-cases/sync-records.ts';

const CLERK = { ...REP, permissions: ['Trueup_Run_Sync'] };

/** Asked for, and everything that follows has ended. */
async function synced(world: World, ...recordIds: string[]) {
  const asked = await syncRecords(world, { recordIds }, CLERK);
  await drain(world);
  await world.engine.idle();
  return asked;
}

describe('sync these records', () => {
  test('an invoice whose payment nobody told of is paid everywhere', async () => {
    const world = await issued();
    world.payments.pay(stripe(world).id);
    const { id } = salesforce(world);
    expect(await synced(world, id, id)).toMatchObject({ outcome: 'done', value: { queued: 1, problems: [] } });
    expect(salesforce(world)).toMatchObject({ status: 'Paid', amountDue: 0 });
    expect(world.ledger.payments.size).toBe(1);
    expect(await world.inbox.stuck(0)).toEqual([]);
  });

  test('a refund that nobody told of is found by its payment too', async () => {
    const world = await issued();
    const payment = world.payments.pay(stripe(world).id);
    await synced(world, salesforce(world).id);
    world.balance.refund(payment, 10_000);
    const [allocation] = salesforce(world).allocations;
    await synced(world, allocation?.paymentKey ?? '');
    expect(entries(world, 'RefundReceipt')).toHaveLength(1);
    const told = world.org.events.length;
    const asked = world.faults.calls.length;
    await synced(world, salesforce(world).id);
    // It waits for its turn, like all others: nobody looks for new money beforehand.
    expect(world.faults.calls.slice(asked).filter((call) => call === 'payments.readInvoice')).toHaveLength(1);
    expect(world.org.events).toHaveLength(told);
    expect(entries(world, 'RefundReceipt')).toHaveLength(1);
  });

  test('an account: what changed in its customer is brought together', async () => {
    const world = await issued();
    const account = world.org.accounts.find(({ id }) => id === ACCOUNT);
    if (account) account.phone = '+1 415 555 0199';
    expect(await synced(world, ACCOUNT)).toMatchObject({ outcome: 'done', value: { queued: 1 } });
    expect([...world.payments.customers.values()].map(({ phone }) => phone)).toContain('+1 415 555 0199');
  });

  test('names what is not kept in step, and does the others', async () => {
    const world = await issued();
    const unknown = '003000000000001AAA';
    expect(await syncRecords(world, { recordIds: [unknown, salesforce(world).id] }, CLERK)).toMatchObject({
      value: { queued: 1, problems: [{ code: 'not-kept-in-step', field: unknown }] },
    });
  });

  test('is refused without the right', async () => {
    const world = await issued();
    expect(await syncRecords(world, { recordIds: [salesforce(world).id] }, REP)).toMatchObject({ outcome: 'rejected' });
    expect(await drain(world)).toBe(0);
  });
});
