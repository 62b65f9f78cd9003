import { describe, expect, test } from 'vitest';
import { type World } from '../adapters/memory/world.ts';
import { entries, hear, issued, paid, salesforce, stripe, sync } from './issued.fixture.ts';

const CLEARING = '90';
const CHECKING = '80';
const FEES = '82';
const DAY = 86_400_000;

/** The account holds what Stripe does, to the cent, and the run says so. */
async function expectBalanced(world: World): Promise<void> {
  const run = await sync(world);
  expect(run.report).not.toContain('(differs by');
  expect(run.issues.filter((issue) => issue.cause === 'Balance Differs')).toEqual([]);
}

describe('fees', () => {
  test('without an account for them wait, and the finding is closed when there is one', async () => {
    const { world } = await paid();
    world.org.company.feeAccount = 'Charges of Stripe';
    world.clock.advance(DAY);
    const run = await sync(world);
    expect(run).toMatchObject({
      state: 'Completed With Issues',
      issues: [{ cause: 'Account Missing', message: expect.stringContaining('Charges of Stripe') }],
    });
    expect(run.report).toContain('fees not booked yet USD 17.41');
    world.org.company.feeAccount = 'Stripe Fees';
    expect(await sync(world)).toMatchObject({ state: 'Completed', issues: [{ cause: 'Account Missing', resolved: true }] });
    expect(entries(world, 'Purchase')).toMatchObject([{ date: '2026-11-24', amount: 1_741 }]);
    expect((await sync(world)).issues).toEqual([]);
  });

  test('one expense per day and category once the day is over, a supplement for what is found later', async () => {
    const { world } = await paid();
    world.balance.addRow({ category: 'fee', amount: -250, description: 'Invoicing' });
    await sync(world);
    expect(entries(world, 'Purchase')).toEqual([]);
    world.clock.advance(DAY);
    await expectBalanced(world);
    expect(
      entries(world, 'Purchase').map(({ date, amount, fromAccountId, expenseAccountId }) => [
        date,
        amount,
        fromAccountId,
        expenseAccountId,
      ]),
    ).toEqual([
      ['2026-11-24', 1_741, CLEARING, FEES],
      ['2026-11-24', 250, CLEARING, FEES],
    ]);
    world.balance.addRow({ category: 'fee', amount: -99, createdAt: '2026-11-24T20:00:00.000Z' });
    await expectBalanced(world);
    await sync(world);
    expect(entries(world, 'Purchase').map(({ amount }) => amount)).toEqual([1_741, 250, 99]);
  });

  test('given back: a journal entry, since no expense is negative', async () => {
    const world = await issued();
    world.balance.addRow({ category: 'fee', amount: 300 });
    world.clock.advance(DAY);
    await expectBalanced(world);
    expect(entries(world, 'JournalEntry')).toMatchObject([
      {
        lines: [
          { side: 'Debit', accountId: CLEARING },
          { side: 'Credit', accountId: FEES },
        ],
      },
    ]);
  });
});

describe('payouts', () => {
  test('one transfer, dated the arrival, when it is there; its lines add up to it', async () => {
    const { world } = await paid();
    world.clock.advance(DAY);
    const payout = world.balance.payOut('USD', '2026-11-27');
    await hear(world, 'stripe:payout', payout.id);
    expect(entries(world, 'Transfer')).toEqual([]);
    expect(world.org.payouts.get(payout.id)).toMatchObject({ status: 'In Transit', itemised: true });
    await expectBalanced(world);
    world.balance.changePayout(payout.id, { status: 'Paid' });
    await sync(world);
    expect(entries(world, 'Transfer')).toMatchObject([
      { date: '2026-11-27', fromAccountId: CLEARING, toAccountId: CHECKING, amount: 57_259 },
    ]);
    const lines = [...(world.org.payouts.get(payout.id)?.lines.values() ?? [])];
    expect(lines.reduce((all, line) => all + line.net, 0)).toBe(payout.amount);
    await expectBalanced(world);
  });

  test('that fail after they arrived are taken back, before they arrived nothing is entered', async () => {
    const { world } = await paid();
    const late = world.balance.payOut('USD', '2026-11-25');
    world.clock.advance(3 * DAY);
    world.balance.failPayout(late.id);
    await sync(world);
    expect(entries(world, 'Transfer').map(({ date, fromAccountId }) => [date, fromAccountId])).toEqual([
      ['2026-11-25', CLEARING],
      ['2026-11-27', CHECKING],
    ]);
    expect(world.org.issues.get(`${late.id}.failed`)).toBeDefined();
    const early = world.balance.payOut('USD', '2026-11-30');
    world.balance.failPayout(early.id);
    await hear(world, 'stripe:payout', early.id);
    expect(entries(world, 'Transfer')).toHaveLength(2);
    expect(world.org.payouts.get(early.id)).toMatchObject({ status: 'Failed', booked: true });
    await expectBalanced(world);
  });

  test('that collect a debt go the other way round', async () => {
    const world = await issued();
    world.balance.addRow({ category: 'fee', amount: -400 });
    const debt = world.balance.payOut('USD', '2026-11-25');
    world.balance.changePayout(debt.id, { status: 'Paid' });
    world.clock.advance(2 * DAY);
    await expectBalanced(world);
    expect(entries(world, 'Transfer')).toMatchObject([{ fromAccountId: CHECKING, toAccountId: CLEARING, amount: 400 }]);
  });
});

test("money that is not Trueup's is listed and named in the comparison, never booked", async () => {
  const { world } = await paid();
  const row = world.balance.addRow({ category: 'charge', amount: 7_700, paymentId: 'pi_of_a_shop', sourceId: 'ch_of_a_shop' });
  const run = await sync(world);
  expect(run.issues).toMatchObject([{ key: `${row.id}.not-booked`, cause: 'Not Booked' }]);
  expect(run.report).toContain('not booked USD 77.00');
  expect(run.report).not.toContain('(differs by');
});

test('an entry that somebody made in the clearing account is told as a difference', async () => {
  const { world } = await paid();
  const [entry] = [...world.ledger.deposits] as [[string, string]];
  world.ledger.deposits.delete(entry[0]);
  const run = await sync(world);
  expect(run.issues).toMatchObject([{ cause: 'Balance Differs', message: expect.stringContaining('differs by USD -590.00') }]);
  expect(await sync(world)).toMatchObject({ issues: [{ cause: 'Balance Differs' }], resolved: [] });
  world.ledger.deposits.set(...entry);
  expect(await sync(world)).toMatchObject({ state: 'Completed', resolved: ['main.balance.USD'] });
});

describe('euros that Stripe settles in dollars', () => {
  async function settledInDollars() {
    const world = await issued('EUR');
    const payment = world.payments.pay(stripe(world).id);
    const settled = { settlementCurrency: 'USD', settledAmount: 63_720 };
    for (const each of stripe(world).payments) Object.assign(each, settled);
    const row = world.balance.addRow({ category: 'charge', amount: 63_720, fee: 1_911, paymentId: payment.id, sourceId: payment.chargeId });
    await hear(world, 'stripe:payment_intent', payment.id);
    return { world, payment: { ...payment, ...settled }, row };
  }

  test('are booked at the rate of the settlement, in and out, from the dollar account', async () => {
    const { world, payment } = await settledInDollars();
    expect([...world.effects.rows.values()].find(({ key }) => key.includes(payment.id))?.body).toMatchObject({
      currency: 'EUR',
      amount: 59_000,
      depositAccountId: CLEARING,
      exchangeRate: '1.08',
    });
    const refund = world.balance.refund(payment, 10_000);
    Object.assign(refund.row ?? {}, { currency: 'USD', amount: -10_900 });
    await hear(world, 'stripe:refund', refund.id);
    expect(entries(world, 'RefundReceipt')).toMatchObject([{ currency: 'EUR', fromAccountId: CLEARING, exchangeRate: '1.09' }]);
  });

  test('and taken back by the bank are left to a person: the customer owes euros', async () => {
    const { world, payment } = await settledInDollars();
    const { id, rows } = world.balance.dispute(payment, 'us_bank_account');
    Object.assign(rows[0] ?? {}, { currency: 'USD', amount: -63_720 });
    await hear(world, 'stripe:dispute', id);
    expect(entries(world, 'JournalEntry')).toEqual([]);
    expect(salesforce(world).status).toBe('Open');
    expect(world.org.issues.get(`${id}.not-booked`)).toMatchObject({
      cause: 'Not Booked',
      message: expect.stringContaining('settled in USD'),
    });
  });
});
