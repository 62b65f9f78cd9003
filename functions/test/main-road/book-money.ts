import { beforeAll, describe, expect, it } from 'vitest';
import { CARD, type Road, type Row } from '../road.ts';
import { until } from '../until.ts';
import { runNightly } from './run-nightly.ts';

const DAY = 86_400_000;
let road: Road;
/** What a clerk does in Stripe's dashboard. */
async function asClerk(path: string, form: Record<string, string>): Promise<Row> {
  const { baseUrl, secretKey } = road.sandbox.stripe;
  const headers = { authorization: `Bearer ${secretKey}` };
  const answer = await fetch(`${baseUrl}/v1/${path}`, { method: 'POST', headers, body: new URLSearchParams(form) });
  return (await answer.json()) as Row;
}
/** Payment of an invoice in Stripe. */
const paymentOf = async (invoice: Row) => {
  const { payments } = await road.stripe(`invoices/${invoice.Stripe_Invoice_Id__c}?expand[]=payments`);
  return payments.data[0].payment.payment_intent as string;
};
const chargeOf = async (invoice: Row) => (await road.stripe(`payment_intents/${await paymentOf(invoice)}`)).latest_charge as string;
const reading = async (what: string, object: string, field: string, id: string) =>
  (await road.soql(`SELECT FIELDS(ALL) FROM ${object} WHERE ${field} = '${id}' LIMIT 1`))[0] ?? fail(what);
const fail = (what: string): never => {
  throw new Error(`Salesforce shows no ${what}`);
};
const status = (invoice: Row, wanted: string) =>
  until(async () => (await road.invoice(invoice.Id)).Status__c === wanted, 15_000, `the invoice is ${wanted}`);
const booked = (object: string, field: string, id: string) =>
  until(
    async () => (await road.soql(`SELECT Id FROM ${object} WHERE ${field} = '${id}' AND Booked__c = true`)).length === 1,
    20_000,
    `${id} is booked`,
  );
async function paid(amount: number, how: Record<string, string> = CARD, ...where: [account?: string, currency?: string]): Promise<Row> {
  const invoice = await road.issued(amount, ...where);
  await road.payOnPage(invoice.Pay_Link__c, how);
  if (how !== CARD) await road.control('stripe', 'settle', {});
  await status(invoice, 'Paid');
  return invoice;
}
const account = (name: string) => road.books('Account').find((each) => each.Name === name)?.Id as string;
/** In cents. */
const balanceOf = async (name: string) => (await road.trialBalance()).rows.find((row) => row.account === name)?.home ?? 0;
const marked = (mark: string) =>
  (['RefundReceipt', 'CreditMemo', 'Payment', 'JournalEntry', 'Transfer', 'Purchase'] as const).flatMap((entity) =>
    road
      .books(entity)
      .filter((entry) => String(entry.PrivateNote ?? '').includes(`Trueup entry ${mark}:`))
      .map((entry): Row => ({ entity, ...entry })),
  );
/** How many of each kind the books hold. */
const entries = () => (['RefundReceipt', 'JournalEntry', 'Transfer', 'Purchase'] as const).map((entity) => road.books(entity).length);
const sum = (counts: number[]) => counts.reduce((all, count) => all + count, 0);
const losingWebhooks = (act: () => Promise<void>) => {
  const lost = ['stripe.webhook', 'quickbooks.webhook'].map((point) => road.sandbox.faults.add({ point, fault: { kind: 'lose' } }));
  return act().finally(() => lost.forEach((fault) => road.sandbox.faults.remove(fault)));
};
const sync = () => runNightly(road);
const balanceRows = async () => (await road.stripe('balance_transactions?limit=100')).data as Row[];
const dayOf = (seconds: number) => new Date(seconds * 1000).toLocaleDateString('sv-SE', { timeZone: 'America/Los_Angeles' });
/** Minor units in one of the currency. */
const unitOf = ({ currency }: Row) => (currency === 'jpy' ? 1 : 100);
/** Home cents of the minor unit, at the books' rates. */
const RATES: Row = { usd: 1, eur: 1.08, jpy: 0.67 };
/** All fees of a day in one currency are one expense. */
function feesInHome(rows: Row[]): number {
  const perDay = new Map<string, { fee: number; rate: number }>();
  for (const { created, currency, fee } of rows) {
    const key = `${dayOf(created)} ${currency}`;
    perDay.set(key, { fee: (perDay.get(key)?.fee ?? 0) + fee, rate: RATES[currency] });
  }
  return [...perDay.values()].reduce((all, { fee, rate }) => all + Math.round(fee * rate), 0);
}
const arrivalDay = (payout: Row) => new Date(payout.arrival_date * 1000).toISOString().slice(0, 10);

/** What an entry adds to the clearing account, in cents. */
function onClearing(clearing: string): { day: string; amount: number }[] {
  const cents = (value: number) => Math.round(value * 100);
  const is = (reference?: Row) => reference?.value === clearing;
  const moves = (entity: 'Payment' | 'RefundReceipt' | 'Transfer' | 'Purchase' | 'JournalEntry', amountOf: (entry: Row) => number) =>
    road.books(entity).map((entry) => ({ day: entry.TxnDate as string, amount: amountOf(entry) }));
  return [
    ...moves('Payment', (entry) => (is(entry.DepositToAccountRef) ? cents(entry.TotalAmt) : 0)),
    ...moves('RefundReceipt', (entry) => (is(entry.DepositToAccountRef) ? -cents(entry.TotalAmt) : 0)),
    ...moves(
      'Transfer',
      (entry) => (is(entry.ToAccountRef) ? cents(entry.Amount) : 0) - (is(entry.FromAccountRef) ? cents(entry.Amount) : 0),
    ),
    ...moves('Purchase', (entry) => (is(entry.AccountRef) ? -cents(entry.TotalAmt) : 0)),
    ...moves('JournalEntry', (entry) =>
      (entry.Line as Row[])
        .filter((line) => is(line.JournalEntryLineDetail.AccountRef))
        .reduce((all, line) => all + cents(line.Amount) * (line.JournalEntryLineDetail.PostingType === 'Debit' ? 1 : -1), 0),
    ),
  ];
}

/** On every day that is over: clearing account = Stripe's balance + payouts that had not arrived. */
async function expectEachDayTiedOut(): Promise<void> {
  const moves = onClearing(account('Stripe Clearing USD'));
  const rows = await balanceRows();
  const payouts = (await road.stripe('payouts?limit=100')).data as Row[];
  const days = [...new Set([...rows.map((row) => dayOf(row.created)), ...moves.map(({ day }) => day)])].sort();
  const over = days.filter((day) => day < dayOf(road.sandbox.clock.now() / 1000));
  const tied = over.map((day) => {
    const clearing = moves.filter((move) => move.day <= day).reduce((all, move) => all + move.amount, 0);
    const stripe = rows.filter((row) => row.currency === 'usd' && dayOf(row.created) <= day).reduce((all, row) => all + row.net, 0);
    const inTransit = payouts.filter((payout) => payout.currency === 'usd' && dayOf(payout.created) <= day && arrivalDay(payout) > day);
    return { day, clearing, expected: stripe + inTransit.reduce((all, payout) => all + payout.amount, 0) };
  });
  expect(tied.map(({ day, clearing }) => [day, clearing])).toEqual(tied.map(({ day, expected }) => [day, expected]));
}

/** Per currency: clearing = Stripe's balance + payouts in transit (+ fees of today). Nothing unbalanced, one entry per row. */
async function expectTiedOut(run: Row): Promise<void> {
  expect(run.Report__c).toMatch(/Stripe Clearing USD USD [\d,.-]+ = Stripe USD/);
  expect(run.Report__c).toMatch(/Stripe Clearing EUR EUR [\d,.-]+ = Stripe EUR/);
  expect(run.Report__c).not.toContain('(differs by');
  expect((await road.trialBalance()).difference).toBe(0);
  for (const row of await balanceRows()) {
    const own = marked(row.id);
    expect(own.length, `${row.type} ${row.id}`).toBeLessThanOrEqual(1);
    if (['refund', 'payment_refund', 'refund_failure', 'adjustment'].includes(row.type))
      expect(own, `${row.type} ${row.id}`).toHaveLength(1);
  }
}

/** Everything Stripe does with money besides payments, in the books: on one company, day after day, until the month's end ties out. */
export function bookMoney(on: () => Road): void {
  beforeAll(() => {
    road = on();
  });

  describe('a week of money', { timeout: 240_000 }, () => {
    let refunded: Row;
    /** What others of this road left. */
    let found: { owed: number; purchases: Set<string> };
    const owed = () => road.books('Customer').find(({ DisplayName }) => DisplayName === 'Harbor Foods, Inc.')?.Balance as number;

    it('a refund in part: a receipt from the clearing account, the invoice stays paid; webhooks twice, QuickBooks down in between', async () => {
      await road.settled();
      found = { owed: owed(), purchases: new Set(road.books('Purchase').map(({ Id }) => Id as string)) };
      refunded = await paid(100);
      await paid(99.9, CARD, 'ALPINE', 'EUR');
      // Both are in the books before QuickBooks goes down: what waits for it is the refund.
      await road.settled();
      const twice = road.sandbox.faults.add({ point: 'stripe.webhook', fault: { kind: 'duplicate' } });
      const down = road.sandbox.faults.add({
        point: 'quickbooks.request',
        match: { path: '/v3/*' },
        fault: { kind: 'status', status: 503 },
      });
      const refund = await asClerk('refunds', { payment_intent: await paymentOf(refunded), amount: '2500' });
      await until(async () => (await road.soql('SELECT Id FROM Trueup_Refund__c')).length === 1, 20_000, 'the refund is shown');
      expect(road.books('RefundReceipt')).toEqual([]);
      road.sandbox.faults.remove(down);
      await booked('Trueup_Refund__c', 'Stripe_Refund_Id__c', refund.id);
      road.sandbox.faults.remove(twice);
      const [receipt] = marked(refund.balance_transaction);
      expect(receipt).toMatchObject({
        entity: 'RefundReceipt',
        TotalAmt: 25,
        DepositToAccountRef: { value: account('Stripe Clearing USD') },
      });
      expect(await road.invoice(refunded.Id)).toMatchObject({ Status__c: 'Paid', Amount_Due__c: 0, Problem__c: null });
      expect(await reading('payment', 'Trueup_Payment__c', 'Stripe_Payment_Id__c', await paymentOf(refunded))).toMatchObject({
        Status__c: 'Partially Refunded',
      });
    });

    it('the refund fails: owed to the customer again, a finding for a person', async () => {
      const [refund] = (await road.stripe(`refunds?payment_intent=${await paymentOf(refunded)}`)).data as Row[];
      await road.control('stripe', 'refund', { refund: refund?.id, status: 'failed', reason: 'expired_or_canceled_card' });
      await until(
        async () => (await road.soql("SELECT Id FROM Trueup_Sync_Issue__c WHERE Cause__c = 'Refund Failed'")).length === 1,
        20_000,
        'the failed refund is reported',
      );
      const failed = await road.stripe(`refunds/${refund?.id}`);
      expect(marked(failed.failure_balance_transaction)).toMatchObject([{ entity: 'JournalEntry' }]);
      expect(await reading('refund', 'Trueup_Refund__c', 'Stripe_Refund_Id__c', failed.id)).toMatchObject({
        Status__c: 'Failed',
        Booked__c: true,
      });
      expect(road.book('Customer', road.book('Invoice', refunded.QuickBooks_Invoice_Id__c).CustomerRef.value).Balance).toBe(
        found.owed - 25,
      );
    });

    it('a credit note on an open invoice: less is due in all three; voided: as before', async () => {
      const invoice = await road.issued(300);
      const note = await asClerk('credit_notes', { invoice: invoice.Stripe_Invoice_Id__c, amount: '5000' });
      await booked('Trueup_Credit_Memo__c', 'Stripe_Credit_Note_Id__c', note.id);
      expect(await road.invoice(invoice.Id)).toMatchObject({ Status__c: 'Partially Paid', Credited__c: 50, Amount_Due__c: 250 });
      expect(road.book('Invoice', invoice.QuickBooks_Invoice_Id__c).Balance).toBe(250);
      expect(marked(note.id)).toMatchObject([{ entity: 'CreditMemo', TotalAmt: 50, RemainingCredit: 0 }]);
      await asClerk(`credit_notes/${note.id}/void`, {});
      await status(invoice, 'Open');
      expect(road.book('Invoice', invoice.QuickBooks_Invoice_Id__c).Balance).toBe(300);
      expect(marked(note.id)).toMatchObject([{ TotalAmt: 0 }]);
      expect(await road.invoice(invoice.Id)).toMatchObject({ Credited__c: 0, Amount_Due__c: 300 });
    });

    it('disputes: held apart, back when won, a bad debt when lost; a returned bank debit opens the invoice again', async () => {
      const [won, lost, debit] = [await paid(200), await paid(300), await paid(400, { method: 'bank', account: '000123456789' })];
      const dispute = async (invoice: Row) =>
        (await road.control('stripe', 'dispute', { charge: await chargeOf(invoice) })).dispute as string;
      const [first, second, third] = [await dispute(won), await dispute(lost), await dispute(debit)];
      for (const id of [first, second, third]) await booked('Trueup_Dispute__c', 'Stripe_Dispute_Id__c', id);
      expect(await balanceOf('Stripe Disputed Funds')).toBe(50_000);
      await road.control('stripe', 'dispute/close', { dispute: first, outcome: 'won' });
      await road.control('stripe', 'dispute/close', { dispute: second, outcome: 'lost' });
      await until(
        async () => (await balanceOf('Bad debts')) === 30_000 && (await balanceOf('Stripe Disputed Funds')) === 0,
        20_000,
        'both are decided',
      );
      await status(debit, 'Open');
      expect(await road.invoice(debit.Id)).toMatchObject({
        Paid__c: 0,
        Amount_Due__c: 400,
        Problem__c: expect.stringContaining('cannot reopen'),
      });
      const [row] = ((await road.stripe(`disputes/${third}`)).balance_transactions as Row[]).map(({ id }) => id as string);
      expect(marked(row ?? '')).toMatchObject([{ entity: 'JournalEntry' }]);
      await road.settled();
      await expectTiedOut(await sync());
    });

    it('days on, nobody told of anything: fees per day and category, payouts as the bank shows them, each day tied out', async () => {
      const silent = [await road.issued(500), await road.issued(600), await road.issued(700)];
      await road.settled();
      const before = sum(entries());
      let refund: Row = {};
      await losingWebhooks(async () => {
        for (const invoice of silent) {
          await road.payOnPage(invoice.Pay_Link__c, CARD);
          refund = await asClerk('refunds', { payment_intent: await paymentOf(invoice), amount: '12345' });
          await road.sandbox.clock.advance(DAY);
        }
        await road.restartLater(5 * DAY);
        await expectTiedOut(await sync());
      });
      // Whichever run made them: the nightly flow ran as the days passed, and what a restart cut short is not counted twice.
      expect(sum(entries()) - before).toBeGreaterThan(5);
      expect(marked(refund.balance_transaction)).toMatchObject([{ entity: 'RefundReceipt', TotalAmt: 123.45 }]);
      const rows = await balanceRows();
      expect(await balanceOf('Stripe Fees')).toBe(feesInHome(rows));
      const groups = road.books('Purchase').map((entry) => String(entry.PrivateNote).split(':')[0]);
      expect(new Set(groups).size).toBe(groups.length);
      expect(new Set(road.books('Purchase').flatMap((entry) => (found.purchases.has(entry.Id) ? [] : entry.TxnDate))).size).toBeGreaterThan(
        2,
      );
      const { data: payouts } = await road.stripe('payouts?status=paid');
      expect(payouts.length).toBeGreaterThan(1);
      for (const payout of payouts as Row[]) {
        const [transfer] = marked(payout.balance_transaction);
        expect(transfer).toMatchObject({
          entity: 'Transfer',
          Amount: Math.abs(payout.amount) / unitOf(payout),
          TxnDate: arrivalDay(payout),
        });
        const shown = await reading('payout', 'Trueup_Payout__c', 'Stripe_Payout_Id__c', payout.id);
        expect(shown).toMatchObject({
          Status__c: 'Paid',
          Booked__c: true,
          Itemised__c: true,
          Lines_Net__c: payout.amount / unitOf(payout),
        });
      }
      await expectEachDayTiedOut();
    });

    it('a payout comes back from the bank: a transfer the other way round, on the day it failed', async () => {
      const payout = ((await road.stripe('payouts?status=paid')).data as Row[]).find(
        ({ amount, currency }) => amount > 0 && currency === 'usd',
      );
      const before = await balanceOf('Checking');
      await road.control('stripe', 'payout/fail', { payout: payout?.id });
      await until(
        async () => (await reading('payout', 'Trueup_Payout__c', 'Stripe_Payout_Id__c', payout?.id)).Status__c === 'Failed',
        20_000,
        'the payout is shown as failed',
      );
      expect(before - (await balanceOf('Checking'))).toBe(payout?.amount);
      const { failure_balance_transaction: row } = await road.stripe(`payouts/${payout?.id}`);
      expect(marked(row)).toMatchObject([{ entity: 'Transfer', ToAccountRef: { value: account('Stripe Clearing USD') } }]);
      await road.settled();
      await expectTiedOut(await sync());
      await expectEachDayTiedOut();
      const made = entries();
      await sync();
      expect(entries()).toEqual(made);
    });
  });
}
