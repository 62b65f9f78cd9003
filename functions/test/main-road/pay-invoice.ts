import { beforeAll, describe, expect, it } from 'vitest';
import { CARD, hosted, type Row, type Road } from '../road.ts';
import { until } from '../until.ts';
import { runNightly } from './run-nightly.ts';

let road: Road;

/** How soon is measured by `npm run bench:freshness`; here it only has to come. */
const withStatus = (id: string, status: string) =>
  until(
    async () => {
      const invoice = await road.invoice(id);
      return invoice.Status__c === status && invoice;
    },
    15_000,
    `invoice ${id} is ${status}`,
  );
const paymentsOf = (invoiceId: string) =>
  road.soql(
    `SELECT Kind__c, Effective_Amount__c, Payment__r.Name, Payment__r.Status__c, Payment__r.Amount__c, Payment__r.Method__c, Payment__r.Booked__c, Payment__r.QuickBooks_Payment_Id__c, Payment__r.Stripe_Payment_Id__c FROM Trueup_Allocation__c WHERE Invoice__c = '${invoiceId}'`,
  );
const inBooks = (invoice: Row) =>
  road
    .books('Payment')
    .filter((payment) =>
      payment.Line.some((line: Row) => line.LinkedTxn.some((linked: Row) => linked.TxnId === invoice.QuickBooks_Invoice_Id__c)),
    );
const accountNamed = (name: string) => road.books('Account').find((account) => account.Name === name)?.Id as string;

/** Salesforce shows the money first; QuickBooks has it once the functions have settled. */
async function expectBookedOnce(invoice: Row, amount: number, currency: string) {
  await road.settled();
  const payments = inBooks(invoice);
  expect(payments).toHaveLength(1);
  expect(payments[0]).toMatchObject({
    TotalAmt: amount,
    CurrencyRef: { value: currency },
    DepositToAccountRef: { value: accountNamed(`Stripe Clearing ${currency}`) },
  });
  expect(road.book('Invoice', invoice.QuickBooks_Invoice_Id__c).Balance).toBe(0);
  expect((await road.trialBalance()).difference).toBe(0);
  const allocations = await paymentsOf(invoice.Id);
  expect(allocations).toHaveLength(1);
  expect(allocations[0]).toMatchObject({ Kind__c: 'Payment', Effective_Amount__c: amount });
  expect(allocations[0]?.Payment__r).toMatchObject({
    Status__c: 'Succeeded',
    Amount__c: amount,
    Booked__c: true,
    QuickBooks_Payment_Id__c: payments[0]?.Id,
  });
}

/** From the hosted page to the books, whatever happens on the way. */
export function payInvoice(on: () => Road): void {
  beforeAll(() => {
    road = on();
  });

  describe('the customer pays by card', () => {
    it.each([
      ['dollars', 'HARBOR', 'USD', 1234.56],
      ['euros', 'ALPINE', 'EUR', 99.9],
      ['yen', 'SAKURA', 'JPY', 5400],
    ])(
      'in %s: within two seconds Salesforce says paid, and the books have the money in the clearing account',
      async (_name, account, currency, amount) => {
        const invoice = await road.issued(amount, account, currency);
        expect((await road.payOnPage(invoice.Pay_Link__c, CARD)).status).toBe(303);
        const paid = await withStatus(invoice.Id, 'Paid');
        expect(paid).toMatchObject({ Paid__c: amount, Amount_Due__c: 0, Problem__c: null });
        await expectBookedOnce(paid, amount, currency);
      },
    );

    it('is declined: nothing is booked, the invoice stays open and can be paid with another card', async () => {
      const invoice = await road.issued(50);
      await road.payOnPage(invoice.Pay_Link__c, { method: 'card', number: '4000000000000002' });
      await road.sandbox.stripe.deliverNow();
      await road.settled();
      expect(await road.invoice(invoice.Id)).toMatchObject({ Status__c: 'Open', Paid__c: 0, Amount_Due__c: 50 });
      expect(inBooks(invoice)).toEqual([]);
      expect((await paymentsOf(invoice.Id)).every((each) => each.Effective_Amount__c === 0)).toBe(true);
      await road.payOnPage(invoice.Pay_Link__c, CARD);
      const paid = await withStatus(invoice.Id, 'Paid');
      expect(paid.Paid__c).toBe(50);
      await road.settled();
      expect(inBooks(paid)).toHaveLength(1);
    });

    it('is asked to authenticate: paid only when done', async () => {
      const invoice = await road.issued(60);
      const answer = await road.payOnPage(invoice.Pay_Link__c, { method: 'card', number: '4000002500003155' });
      expect(answer.headers.get('location')).toMatch(/authenticate$/);
      await road.settled();
      expect((await road.invoice(invoice.Id)).Status__c).toBe('Open');
      await fetch(hosted(invoice.Pay_Link__c, 'authenticate'), {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'result=complete',
      });
      await expectBookedOnce(await withStatus(invoice.Id, 'Paid'), 60, 'USD');
    });
  });

  describe('the customer pays by bank debit', () => {
    const debit = async (account: string) => {
      const invoice = await road.issued(700);
      await road.payOnPage(invoice.Pay_Link__c, { method: 'bank', account });
      await until(
        async () => (await paymentsOf(invoice.Id))[0]?.Payment__r.Status__c === 'Processing',
        2000,
        'the payment is shown as processing',
      );
      expect(await road.invoice(invoice.Id)).toMatchObject({ Status__c: 'Open', Paid__c: 0 });
      expect(inBooks(invoice)).toEqual([]);
      return invoice;
    };

    it('processing first, then paid and booked', async () => {
      const invoice = await debit('000123456789');
      await road.control('stripe', 'settle', {});
      await expectBookedOnce(await withStatus(invoice.Id, 'Paid'), 700, 'USD');
    });

    it('processing first, then returned: nothing is booked', async () => {
      const invoice = await debit('000222222227');
      await road.control('stripe', 'settle', {});
      await until(
        async () => (await paymentsOf(invoice.Id))[0]?.Payment__r.Status__c === 'Failed',
        15_000,
        'the payment is shown as failed',
      );
      expect(await road.invoice(invoice.Id)).toMatchObject({ Status__c: 'Open', Paid__c: 0, Amount_Due__c: 700 });
      expect(inBooks(invoice)).toEqual([]);
    });
  });

  describe('webhooks', () => {
    it('of which there are not even events: the nightly sync books the payment', async () => {
      const invoice = await road.issued(80);
      await road.settled();
      road.sandbox.faults.add({ point: 'stripe.event', fault: { kind: 'never-generate' } });
      road.sandbox.faults.add({ point: 'quickbooks.webhook', fault: { kind: 'lose' } });
      await road.payOnPage(invoice.Pay_Link__c, CARD);
      await road.settled();
      expect((await road.invoice(invoice.Id)).Status__c).toBe('Open');
      const run = await runNightly(road);
      await expectBookedOnce(await road.invoice(invoice.Id), 80, 'USD');
      expect(run).toMatchObject({ State__c: 'Completed', Payments_Booked__c: 1, Statuses_Corrected__c: 1, Issues__c: 0 });
    });

    it('that arrive twice and out of order: one payment everywhere', async () => {
      const invoice = await road.issued(90);
      road.sandbox.faults.add({ point: 'stripe.webhook', fault: { kind: 'duplicate' } });
      road.sandbox.faults.add({ point: 'stripe.webhook', probability: 0.5, fault: { kind: 'reorder' } });
      await road.payOnPage(invoice.Pay_Link__c, CARD);
      const paid = await withStatus(invoice.Id, 'Paid');
      await road.sandbox.stripe.deliverNow();
      await expectBookedOnce(paid, 90, 'USD');
    });
  });

  describe('QuickBooks down while the customer pays', () => {
    it('Salesforce shows the money at once; the books follow when it is back', async () => {
      const invoice = await road.issued(110);
      await road.settled();
      const down = road.sandbox.faults.add({
        point: 'quickbooks.request',
        match: { path: '/v3/*' },
        fault: { kind: 'status', status: 503 },
      });
      await road.payOnPage(invoice.Pay_Link__c, CARD);
      const paid = await withStatus(invoice.Id, 'Paid');
      expect(Date.parse(paid.QuickBooks_As_Of__c)).toBeLessThan(Date.parse(paid.Stripe_As_Of__c));
      expect((await paymentsOf(invoice.Id))[0]?.Payment__r).toMatchObject({ Status__c: 'Succeeded', Booked__c: false });
      road.sandbox.faults.remove(down);
      const booked = await until(
        async () => (await paymentsOf(invoice.Id))[0]?.Payment__r.Booked__c && road.invoice(invoice.Id),
        20_000,
        'the payment is booked',
      );
      expect(booked.Problem__c).toBeNull();
      await expectBookedOnce(booked, 110, 'USD');
    });
  });
}
