import Stripe from 'stripe';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { refusal, startForTest } from './testing.ts';

let t: Awaited<ReturnType<typeof startForTest<Stripe>>>;
beforeEach(async () => void (t = await startForTest(Stripe)));
afterEach(() => t.stop());

const DAY = 86_400_000;
const HOUR = 3_600_000;
const pay = (amount: number, currency = 'usd') =>
  t.stripe.paymentIntents.create({ amount, currency, payment_method: 'pm_card_visa', confirm: true, expand: ['latest_charge'] });
/** Until something was paid out, at most a week. */
const untilPayout = async () => {
  for (let hour = 0; hour < 7 * 24; hour += 1) {
    const [payout] = (await t.stripe.payouts.list({ limit: 1 })).data;
    if (payout) return payout;
    await t.clock.advance(HOUR);
  }
  throw new Error('Nothing was paid out.');
};

test('what becomes available is paid out the same night, arrives on a business day, and can be itemised', async () => {
  await pay(10_000);
  await pay(5_000);
  const [pending] = (await t.stripe.balance.retrieve()).pending;
  expect(pending!.amount).toBe(10_000 - 320 + 5_000 - 175);
  const payout = await untilPayout();
  expect(payout).toMatchObject({ amount: 14_505, automatic: true, status: 'pending', reconciliation_status: 'in_progress' });
  expect([0, 6]).not.toContain(new Date(payout.arrival_date * 1000).getUTCDay());
  expect((await t.stripe.balance.retrieve()).available[0]!.amount).toBe(0);

  const left = await t.typesSince(() => t.clock.advance(6 * HOUR));
  expect(left).toEqual(['payout.updated', 'payout.reconciliation_completed']);
  const rows = (await t.stripe.balanceTransactions.list({ payout: payout.id, limit: 100 })).data;
  const own = rows.filter((row) => row.type === 'payout');
  expect(own).toMatchObject([{ amount: -14_505, source: payout.id, reporting_category: 'payout' }]);
  expect(rows.filter((row) => row.type !== 'payout').reduce((sum, row) => sum + row.net, 0)).toBe(payout.amount);

  expect(await t.typesSince(() => t.clock.advance(5 * DAY))).toEqual(['payout.updated', 'payout.paid']);
  expect(await t.stripe.payouts.retrieve(payout.id)).toMatchObject({ status: 'paid', reconciliation_status: 'completed' });
});

test('a control that names no payout is refused with what is missing', async () => {
  await expect(t.control('payout/fail', { code: 'account_closed' })).rejects.toThrow(/400.*must have required property 'payout'/s);
});

test('a payout can fail after it was paid: the money is back and goes out again', async () => {
  await pay(10_000);
  const payout = await untilPayout();
  await t.clock.advance(5 * DAY);
  await t.control('payout/fail', { payout: payout.id, code: 'account_closed' });
  const failed = await t.stripe.payouts.retrieve(payout.id, { expand: ['failure_balance_transaction'] });
  expect(failed).toMatchObject({
    status: 'failed',
    failure_code: 'account_closed',
    failure_balance_transaction: { amount: 9_680, type: 'payout_failure', reporting_category: 'payout_reversal' },
  });
  expect((await t.stripe.balance.retrieve()).available[0]!.amount).toBe(9_680);
  await t.clock.advance(2 * DAY);
  const [again] = (await t.stripe.payouts.list({ limit: 1 })).data;
  expect(again).toMatchObject({ amount: 9_680, automatic: true });
  expect((await t.stripe.balanceTransactions.list({ payout: again!.id })).data.map((row) => row.type).sort()).toEqual([
    'payout',
    'payout_failure',
  ]);
});

test('a debt waits for money that covers it, else it is collected by a negative payout', async () => {
  const first = await pay(10_000);
  await untilPayout();
  await t.stripe.refunds.create({ payment_intent: first.id });
  await pay(50_000);
  await t.clock.advance(DAY);
  expect((await t.stripe.payouts.list()).data).toHaveLength(1);
  await t.clock.advance(3 * DAY);
  expect((await t.stripe.payouts.list({ limit: 1 })).data[0]!.amount).toBe(50_000 - 1_480 - 10_000);
  await t.control('fee', { amount: 300, currency: 'usd', description: 'Radar' });
  await t.clock.advance(2 * DAY);
  expect((await t.stripe.payouts.list({ limit: 1 })).data[0]!.amount).toBe(-300);
});

test('each currency has its own payout', async () => {
  await pay(10_000, 'usd');
  await pay(20_000, 'eur');
  await untilPayout();
  expect((await t.stripe.payouts.list()).data.map((payout) => payout.currency).sort()).toEqual(['eur', 'usd']);
});

test('manual payouts come from what is available, cannot be itemised, and can be canceled', async () => {
  await t.stop();
  t = await startForTest(Stripe, { payouts: 'manual' });
  await pay(10_000);
  expect(await refusal(t.stripe.payouts.create({ amount: 100, currency: 'usd' }))).toMatchObject({ code: 'balance_insufficient' });
  await t.clock.advance(4 * DAY);
  const payout = await t.stripe.payouts.create({ amount: 4_000, currency: 'usd', metadata: { a: 'b' } });
  expect(payout).toMatchObject({ automatic: false, reconciliation_status: 'not_applicable', metadata: { a: 'b' } });
  expect((await refusal(t.stripe.balanceTransactions.list({ payout: payout.id }))).message).toContain('automatic transfers');
  expect((await t.stripe.payouts.cancel(payout.id)).status).toBe('canceled');
  expect((await t.stripe.balance.retrieve()).available[0]!.amount).toBe(9_680);
});

test('with a settlement currency, foreign payments are converted', async () => {
  await t.stop();
  t = await startForTest(Stripe, { settlement: { currency: 'usd', rates: { eur: 1.1, jpy: 0.0065 } } });
  const { latest_charge } = await pay(10_000, 'eur');
  const charge = await t.stripe.charges.retrieve((latest_charge as Stripe.Charge).id, { expand: ['balance_transaction'] });
  expect(charge).toMatchObject({
    amount: 10_000,
    currency: 'eur',
    balance_transaction: { amount: 11_000, currency: 'usd', exchange_rate: 1.1, fee: 349 },
  });
  const yen = await pay(10_000, 'jpy');
  expect((await t.stripe.balanceTransactions.list({ source: (yen.latest_charge as Stripe.Charge).id })).data[0]).toMatchObject({
    amount: 6_500,
    currency: 'usd',
  });
  expect((await t.stripe.balance.retrieve()).pending.map((money) => money.currency)).toEqual(['usd']);
});
