import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusal, startForTest } from './testing.ts';

let t: Awaited<ReturnType<typeof startForTest<Stripe>>>;
beforeAll(async () => void (t = await startForTest(Stripe)));
afterAll(() => t.stop());

const DAY = 86_400_000;
const pay = async (payment_method: string, amount = 10_000, currency = 'usd') => {
  const intent = await t.stripe.paymentIntents.create({ amount, currency, payment_method, confirm: true });
  return t.stripe.charges.retrieve(intent.latest_charge as string);
};
const rowsOf = async (source: string) => (await t.stripe.balanceTransactions.list({ source })).data.reverse();
const brief = (row: Stripe.BalanceTransaction) => [row.type, row.reporting_category, row.amount, row.fee, row.net];

test('a refund to a card succeeds at once', async () => {
  const charge = await pay('pm_card_visa');
  const types = await t.typesSince(() => t.stripe.refunds.create({ charge: charge.id, amount: 4_000 }));
  expect(types).toEqual(['refund.created', 'charge.refunded']);
  const [refund] = (await t.stripe.refunds.list({ charge: charge.id })).data;
  expect(refund).toMatchObject({ status: 'succeeded', amount: 4_000 });
  expect((await rowsOf(refund!.id)).map(brief)).toEqual([['refund', 'refund', -4_000, 0, -4_000]]);
});

test('a refund can fail later: the money is back, and the charge says so', async () => {
  const charge = await pay('pm_card_refundFail');
  const refund = await t.stripe.refunds.create({ charge: charge.id });
  expect(refund.status).toBe('succeeded');
  const types = await t.typesSince(() => t.clock.advance(DAY));
  expect(types).toEqual(expect.arrayContaining(['refund.updated', 'charge.refund.updated', 'charge.updated', 'refund.failed']));
  const failed = await t.stripe.refunds.retrieve(refund.id, { expand: ['failure_balance_transaction'] });
  expect(failed).toMatchObject({ status: 'failed', failure_reason: 'unknown', failure_balance_transaction: { amount: 10_000 } });
  expect(await t.stripe.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 0, refunded: false });
  expect((await rowsOf(refund.id)).map(brief)).toEqual([
    ['refund', 'refund', -10_000, 0, -10_000],
    ['refund_failure', 'refund_failure', 10_000, 0, 10_000],
  ]);
});

test('a refund can be pending, and can need the customer', async () => {
  const charge = await pay('pm_card_pendingRefund');
  const waiting = await t.stripe.refunds.create({ charge: charge.id, amount: 1_000, instructions_email: 'a@b.example' });
  expect(waiting).toMatchObject({ status: 'pending', pending_reason: 'processing' });
  await t.clock.advance(DAY);
  expect((await t.stripe.refunds.retrieve(waiting.id)).status).toBe('succeeded');

  const asking = await t.stripe.refunds.create({ charge: charge.id, amount: 2_000, instructions_email: 'a@b.example' });
  await t.control('refund', { refund: asking.id, status: 'requires_action' });
  expect(await t.stripe.refunds.retrieve(asking.id)).toMatchObject({
    status: 'requires_action',
    next_action: { display_details: { email_sent: { email_sent_to: 'a@b.example' } } },
  });
  expect((await t.stripe.refunds.cancel(asking.id)).status).toBe('canceled');
  expect((await t.stripe.charges.retrieve(charge.id)).amount_refunded).toBe(1_000);
  await expect(t.stripe.refunds.cancel(waiting.id)).rejects.toThrow('requires_action');
});

test('a dispute takes the amount and a fee; won, the amount comes back', async () => {
  const charge = await pay('pm_card_createDispute');
  const types = await t.typesSince(() => t.clock.advance(60_000));
  expect(types).toEqual(['charge.dispute.created', 'charge.updated', 'charge.dispute.funds_withdrawn']);
  expect((await t.stripe.charges.retrieve(charge.id)).disputed).toBe(true);
  const [dispute] = (await t.stripe.disputes.list({ charge: charge.id })).data;
  expect(dispute).toMatchObject({ status: 'needs_response', reason: 'fraudulent', amount: 10_000, is_charge_refundable: false });
  expect(await refusal(t.stripe.refunds.create({ charge: charge.id }))).toMatchObject({ code: 'charge_disputed' });
  const review = await t.stripe.disputes.update(dispute!.id, { evidence: { uncategorized_text: 'winning_evidence' } });
  expect(review).toMatchObject({ status: 'under_review', evidence_details: { has_evidence: true, submission_count: 1 } });
  expect(await t.typesSince(() => t.clock.advance(60_000))).toEqual(['charge.dispute.closed', 'charge.dispute.funds_reinstated']);
  expect((await t.stripe.disputes.retrieve(dispute!.id)).status).toBe('won');
  expect((await rowsOf(dispute!.id)).map(brief)).toEqual([
    ['adjustment', 'dispute', -10_000, 1_500, -11_500],
    ['adjustment', 'dispute_reversal', 10_000, 0, 10_000],
  ]);
});

test('a dispute that is accepted is lost; an inquiry takes nothing', async () => {
  const charge = await pay('pm_card_createDisputeProductNotReceived');
  const asked = await pay('pm_card_createDisputeInquiry');
  await t.clock.advance(60_000);
  const [dispute] = (await t.stripe.disputes.list({ charge: charge.id })).data;
  expect((await t.stripe.disputes.close(dispute!.id)).status).toBe('lost');
  await expect(t.stripe.disputes.close(dispute!.id)).rejects.toThrow('already closed');
  const [inquiry] = (await t.stripe.disputes.list({ charge: asked.id })).data;
  expect(inquiry).toMatchObject({ status: 'warning_needs_response', is_charge_refundable: true, balance_transactions: [] });
  await t.stripe.refunds.create({ charge: asked.id });
  await t.control('dispute/close', { dispute: inquiry!.id, outcome: 'won' });
  expect((await t.stripe.disputes.retrieve(inquiry!.id)).status).toBe('warning_closed');
});

test('a bank debit can be disputed after it settled, and is lost at once', async () => {
  const charge = await pay('pm_usBankAccount_dispute');
  expect(charge.status).toBe('pending');
  await t.clock.advance(5 * DAY);
  const [dispute] = (await t.stripe.disputes.list({ charge: charge.id })).data;
  expect(dispute).toMatchObject({ status: 'lost', reason: 'debit_not_authorized' });
});

test.each([
  ['pm_usBankAccount_accountClosed', 'account_closed'],
  ['pm_usBankAccount_noAccount', 'no_account'],
  ['pm_usBankAccount_debitNotAuthorized', 'debit_not_authorized'],
])('a bank returns the debit of %s', async (method, code) => {
  const charge = await pay(method);
  await t.clock.advance(5 * DAY);
  expect(await t.stripe.charges.retrieve(charge.id)).toMatchObject({ status: 'failed', failure_code: code });
});

test('the fee of a dispute and of Stripe have rows that say what they are', async () => {
  const { balance_transaction } = await t.control<{ balance_transaction: string }>('fee', {
    amount: 200,
    currency: 'usd',
    description: 'Invoicing (2026-11-01)',
  });
  expect(brief(await t.stripe.balanceTransactions.retrieve(balance_transaction))).toEqual(['stripe_fee', 'fee', -200, 0, -200]);
});
