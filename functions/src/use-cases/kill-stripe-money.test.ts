import { describe, expect, test } from 'vitest';
import { Killed } from '../adapters/memory/faults.ts';
import { createWorld, OPPORTUNITY, REP, type World } from '../adapters/memory/world.ts';
import { issueInvoice } from './issue-invoice.ts';
import { refreshObject } from './refresh-object.ts';
import { runSync } from './run-sync.ts';
import { registerWorkflows } from './workflows.ts';

const DAY = 86_400_000;

/** A paid invoice of which a refund failed, a dispute was lost and a payout arrived, none of it heard of. */
async function eventful(): Promise<{ world: World; refundId: string; invoiceId: string }> {
  const world = createWorld();
  registerWorkflows(world);
  world.ledger.reference.closingDate = null;
  await issueInvoice(world, { sourceId: OPPORTUNITY, draft: {}, waitMs: 1000 }, REP);
  const [invoice] = [...world.payments.invoices.values()];
  const invoiceId = invoice?.id ?? '';
  const payment = world.payments.pay(invoiceId);
  world.balance.charge(payment, 1_741);
  const refund = world.balance.refund(payment, 9_000);
  world.balance.failRefund(refund.id);
  const dispute = world.balance.dispute(payment);
  world.balance.closeDispute(dispute.id, 'Lost');
  const debt = world.balance.payOut('USD', '2026-11-24');
  world.balance.changePayout(debt.id, { status: 'Paid' });
  return { world, refundId: refund.id, invoiceId };
}

async function live(world: World, refundId: string): Promise<void> {
  try {
    await refreshObject(world, { kind: 'stripe:refund', id: refundId, invoiceId: null, generation: 1, attempts: 0 });
    await world.engine.idle();
    await nextDay(world);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  await world.engine.idle();
}

async function nextDay(world: World): Promise<string> {
  world.clock.advance(DAY);
  const reply = await runSync(world, { kind: 'Nightly', waitMs: 1000 }, REP);
  await world.engine.idle();
  return (reply.outcome === 'done' && world.org.syncRuns.get(reply.value.operationKey ?? '')?.report) || '';
}

/** Payment, receipt, failure, dispute, loss, two kinds of fees, payout: one of each, whatever happened. */
async function expectOneOfEach(world: World, where: string): Promise<void> {
  const report = await nextDay(world);
  const kinds = world.bookings.entries.filter((each) => !each.voided).map((each) => each.entity);
  expect(kinds.sort(), where).toEqual(['JournalEntry', 'JournalEntry', 'Purchase', 'Purchase', 'RefundReceipt', 'Transfer', 'Transfer']);
  expect(new Set(world.bookings.entries.map((each) => each.mark)).size, where).toBe(kinds.length);
  expect(world.ledger.payments.size, where).toBe(1);
  expect(
    [...world.org.refunds.values(), ...world.org.disputes.values(), ...world.org.payouts.values()].map((each) => each.booked),
    where,
  ).toEqual([true, true, true]);
  expect(report, where).toContain('Stripe Clearing USD');
  expect(report, where).not.toContain('differs');
}

describe.each([
  ['the engine remembers its steps', false, 6],
  ['the engine lost everything', true, 2],
])('killed at any step, %s', (_name, forget, stride) => {
  test.each(['before', 'after'] as const)('%s the call took effect: one entry of each', async (when) => {
    const calm = await eventful();
    const before = calm.world.faults.calls.length;
    await live(calm.world, calm.refundId);
    const calls = calm.world.faults.calls.length - before;
    await expectOneOfEach(calm.world, 'undisturbed');
    expect(calls).toBeGreaterThan(60);
    // Every call is met before or after it took effect, when nothing is remembered.
    for (let at = when === 'before' ? 1 : 2; at <= calls; at += stride) {
      const { world, refundId } = await eventful();
      world.faults.killAtCall(at, when);
      await live(world, refundId);
      world.faults.clear();
      if (forget) world.engine.forget();
      else world.engine.restart();
      world.clock.advance(3_600_000);
      await world.engine.idle();
      // Nothing is heard of again: the sweep alone has to see what is left.
      await nextDay(world);
      await expectOneOfEach(world, `${when} call ${at}`);
    }
  });
});
