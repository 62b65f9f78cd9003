import { describe, expect, test } from 'vitest';
import { type World } from '../adapters/memory/world.ts';
import { entries, hear, issued, ledger, paid, salesforce, shown, stripe, sync } from './issued.fixture.ts';

const CLEARING = '90';
const DISPUTED = '81';
const BAD_DEBT = '83';
const RECEIVABLE = '84';
const DAY = 86_400_000;

/** The account holds what Stripe does, to the cent, and the run says so. */
async function expectBalanced(world: World): Promise<void> {
  const run = await sync(world);
  expect(run.report).not.toContain('(differs by');
  expect(run.issues.filter((issue) => issue.cause === 'Balance Differs')).toEqual([]);
}

describe('refunds', () => {
  test('in part: a receipt with every line in proportion, from the clearing account, on its day; the invoice stays paid', async () => {
    const { world, payment } = await paid();
    world.clock.advance(Date.parse('2026-11-26T04:30:00Z') - world.clock.now());
    const refund = world.balance.refund(payment, 10_000);
    await hear(world, 'stripe:refund', refund.id);
    expect(entries(world, 'RefundReceipt')).toMatchObject([
      {
        date: '2026-11-25',
        mark: refund.row?.id,
        customerId: '58',
        fromAccountId: CLEARING,
        totalTax: 0,
        lines: [
          { itemId: '11', amount: 8_475 },
          { itemId: '12', amount: 1_525 },
        ],
      },
    ]);
    expect(salesforce(world)).toMatchObject({ status: 'Paid', amountDue: 0 });
    expect([...world.org.payments.values()]).toMatchObject([{ status: 'Partially Refunded', allocated: 59_000 }]);
    expect([...world.org.refunds.values()]).toMatchObject([
      { stripeRefundId: refund.id, status: 'Succeeded', booked: true, amount: { minor: 10_000 } },
    ]);
    await expectBalanced(world);
  });

  test('heard of twice, or never: one receipt', async () => {
    const { world, payment } = await paid();
    const first = world.balance.refund(payment, 59_000);
    await Promise.all([
      hear(world, 'stripe:refund', first.id),
      hear(world, 'stripe:refunded_charge', payment.chargeId ?? ''),
      hear(world, 'stripe:refund', first.id),
    ]);
    expect(entries(world, 'RefundReceipt')).toHaveLength(1);
    const other = await paid();
    other.world.balance.refund(other.payment, 59_000);
    const run = await sync(other.world);
    expect(run.counts).toMatchObject({ entriesBooked: 1 });
    expect([...other.world.org.payments.values()]).toMatchObject([{ status: 'Refunded' }]);
    await sync(other.world);
    expect(entries(other.world, 'RefundReceipt')).toHaveLength(1);
  });

  test('that fail: back into the clearing account, owed to the customer, a finding for a person, told once', async () => {
    const { world, payment } = await paid();
    const { id } = world.balance.refund(payment, 20_000);
    await hear(world, 'stripe:refund', id);
    world.clock.advance(5 * DAY);
    world.balance.failRefund(id);
    await hear(world, 'stripe:refund', id);
    expect(entries(world, 'JournalEntry')).toMatchObject([
      {
        date: '2026-11-29',
        lines: [
          { side: 'Debit', accountId: CLEARING, amount: 20_000 },
          { side: 'Credit', accountId: RECEIVABLE, customerId: '58', amount: 20_000 },
        ],
      },
    ]);
    expect([...world.org.refunds.values()]).toMatchObject([{ status: 'Failed', booked: true }]);
    expect([...world.org.payments.values()]).toMatchObject([{ status: 'Succeeded' }]);
    expect(world.org.issues.get(`${id}.failed`)).toMatchObject({ cause: 'Refund Failed' });
    world.org.issues.clear();
    await hear(world, 'stripe:refund', id);
    expect(world.org.issues.size).toBe(0);
    await expectBalanced(world);
  });

  test('in a closed period wait, and say from which day on they can be entered', async () => {
    const { world, payment } = await paid();
    world.ledger.reference.closingDate = '2026-11-30';
    const { id, row } = world.balance.refund(payment, 10_000);
    await hear(world, 'stripe:refund', id);
    expect(entries(world, 'RefundReceipt')).toEqual([]);
    expect(world.org.issues.get(`${row?.id}.books-closed`)).toMatchObject({
      cause: 'Books Closed',
      fix: expect.stringContaining('2026-12-01'),
    });
    expect([...world.org.refunds.values()]).toMatchObject([{ booked: false }]);
    world.ledger.reference.closingDate = '2026-10-31';
    expect(await sync(world)).toMatchObject({ state: 'Completed', counts: { issues: 0, entriesBooked: 1 } });
    expect(entries(world, 'RefundReceipt')).toHaveLength(1);
    expect(world.org.issues.get(`${row?.id}.books-closed`)).toMatchObject({ resolved: true });
  });

  test('while QuickBooks is down: shown at once, booked when it is back, also when its answer is lost', async () => {
    const { world, payment } = await paid();
    world.faults.plan('bookings.createRefundReceipt', 'unavailable', 2);
    world.faults.plan('bookings.createRefundReceipt', 'drop-answer');
    const { id } = world.balance.refund(payment, 10_000);
    for (const booked of [false, false, false, true]) {
      await hear(world, 'stripe:refund', id);
      // What became of a booking without an answer is certain after two minutes.
      world.clock.advance(130_000);
      expect([...world.org.refunds.values()]).toMatchObject([{ booked }]);
    }
    expect(entries(world, 'RefundReceipt')).toHaveLength(1);
  });
});

describe('disputes', () => {
  test('held apart, and back when won', async () => {
    const { world, payment } = await paid();
    const { id } = world.balance.dispute(payment);
    await hear(world, 'stripe:dispute', id);
    expect(entries(world, 'Transfer')).toMatchObject([{ fromAccountId: CLEARING, toAccountId: DISPUTED, amount: 59_000 }]);
    expect([...world.org.disputes.values()]).toMatchObject([{ kind: 'Dispute', status: 'Needs Response', booked: true }]);
    world.balance.closeDispute(id, 'Won');
    await hear(world, 'stripe:dispute', id);
    expect(world.bookings.balanceOf(DISPUTED)).toBe(0);
    expect([...world.org.payments.values()]).toMatchObject([{ status: 'Succeeded', allocated: 59_000 }]);
    expect(entries(world, 'Transfer')).toHaveLength(2);
    await expectBalanced(world);
  });

  test('lost: a bad debt, on the day it was decided, even when nobody tells', async () => {
    const { world, payment } = await paid();
    const { id } = world.balance.dispute(payment);
    await hear(world, 'stripe:dispute', id);
    world.clock.advance(3 * DAY);
    world.balance.closeDispute(id, 'Lost');
    await sync(world);
    expect(entries(world, 'JournalEntry')).toMatchObject([
      {
        date: '2026-11-27',
        lines: [
          { side: 'Debit', accountId: BAD_DEBT },
          { side: 'Credit', accountId: DISPUTED },
        ],
      },
    ]);
    expect(world.bookings.balanceOf(BAD_DEBT)).toBe(59_000);
    expect(salesforce(world).status).toBe('Paid');
    await expectBalanced(world);
  });

  test('a dispute that is lost after the invoice was deleted in QuickBooks is booked all the same', async () => {
    const { world, payment } = await paid();
    const { id } = world.balance.dispute(payment);
    world.ledger.invoices.clear();
    await hear(world, 'stripe:dispute', id);
    world.balance.closeDispute(id, 'Lost');
    await hear(world, 'stripe:dispute', id);
    expect(entries(world, 'Transfer')).toHaveLength(1);
    expect(world.bookings.balanceOf(BAD_DEBT)).toBe(59_000);
    expect([...world.org.disputes.values()]).toMatchObject([{ status: 'Lost', booked: true }]);
  });

  test('a returned bank debit: the invoice is open again, the customer owes it in QuickBooks, a person decides', async () => {
    const { world, payment } = await paid();
    const { id, rows } = world.balance.dispute(payment, 'us_bank_account');
    await hear(world, 'stripe:dispute', id);
    expect(salesforce(world)).toMatchObject({ status: 'Open', paid: 0, amountDue: 59_000 });
    expect(shown(world)?.problem).toContain('Stripe keeps it as paid and cannot reopen it');
    expect([...world.org.payments.values()]).toMatchObject([{ status: 'Failed', allocated: 0, booked: true }]);
    expect([...world.org.disputes.values()]).toMatchObject([{ kind: 'Bank Return', status: 'Lost', booked: true }]);
    expect(entries(world, 'JournalEntry')).toMatchObject([
      {
        mark: rows[0]?.id,
        lines: [
          { side: 'Debit', accountId: RECEIVABLE, customerId: '58', amount: 59_000 },
          { side: 'Credit', accountId: CLEARING, amount: 59_000 },
        ],
      },
    ]);
    await hear(world, 'stripe:invoice', stripe(world).id);
    expect(salesforce(world).status).toBe('Open');
    await expectBalanced(world);
    const cheque = world.ledger.enterCheque(ledger(world).id, 59_000, '1001');
    await hear(world, 'quickbooks:payment', cheque.id);
    expect(salesforce(world).status).toBe('Paid');
    expect(shown(world)?.problem).toBeNull();
    expect(world.org.issues.get(`${payment.id}.returned`)).toMatchObject({ resolved: true });
  });

  test('a returned debit of a part: Stripe asks for too little, so a person is told; looked at again, it is not paid for a moment', async () => {
    const world = await issued();
    const payment = world.payments.pay(stripe(world).id, { amount: 20_000 });
    world.balance.charge(payment, 160);
    await hear(world, 'stripe:payment_intent', payment.id);
    expect(salesforce(world)).toMatchObject({ status: 'Partially Paid', amountDue: 39_000 });
    const { id } = world.balance.dispute(payment, 'us_bank_account');
    await hear(world, 'stripe:dispute', id);
    const { revision } = salesforce(world);
    await hear(world, 'stripe:invoice', stripe(world).id);
    expect(salesforce(world)).toMatchObject({ status: 'Open', amountDue: 59_000, revision: revision + 1 });
    expect(shown(world)?.problem).toContain('has USD 590.00 due, but Stripe asks for less');
    await expectBalanced(world);
  });

  test('without an account for disputed funds: nothing is guessed, the setting is named, then it is booked', async () => {
    const { world, payment } = await paid();
    world.org.company.disputedFundsAccount = null;
    const { id } = world.balance.dispute(payment);
    await hear(world, 'stripe:dispute', id);
    expect(entries(world, 'Transfer')).toEqual([]);
    expect([...world.org.issues.values()]).toMatchObject([
      { cause: 'Account Missing', fix: expect.stringContaining('Disputed Funds Account') },
    ]);
    world.org.company.disputedFundsAccount = 'Stripe Disputed Funds';
    await sync(world);
    expect(entries(world, 'Transfer')).toHaveLength(1);
  });
});
