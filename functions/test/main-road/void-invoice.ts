import { beforeAll, describe, expect, it } from 'vitest';
import { CARD, type Road, type Row } from '../road.ts';
import { until } from '../until.ts';

let road: Road;

const askToVoid = (invoiceId: string, as: 'rep' | 'accountant' = 'rep') =>
  road.call('void-invoice', { invoiceId, reason: 'Ordered by mistake', waitMs: 20_000 }, as);
const inStripe = (invoice: Row) => road.stripe(`invoices/${invoice.Stripe_Invoice_Id__c}`);

/** An invoice taken back while it is unpaid, and what it is refused for. */
export function voidInvoice(on: () => Road): void {
  beforeAll(() => {
    road = on();
  });

  describe('an unpaid invoice', () => {
    it('is voided in Stripe, then in QuickBooks; its quantities are free and can be issued anew', async () => {
      const sourceId = await road.deal({ price: 250, quantity: 4 });
      const first = await road.issue(sourceId);
      const invoice = await road.invoice(first.invoiceId);
      expect((await road.preview(sourceId)).lines[0]).toMatchObject({ quantityLeft: '0' });

      const reply = await askToVoid(first.invoiceId);
      expect(reply).toMatchObject({ outcome: 'done', problems: [] });
      expect(await road.invoice(first.invoiceId)).toMatchObject({
        Status__c: 'Void',
        Amount_Due__c: 0,
        Pay_Link__c: null,
        Problem__c: null,
      });
      expect((await inStripe(invoice)).status).toBe('void');
      expect(road.book('Invoice', invoice.QuickBooks_Invoice_Id__c)).toMatchObject({
        TotalAmt: 0,
        Balance: 0,
        PrivateNote: expect.stringMatching(/^Voided/),
      });
      expect((await road.trialBalance()).difference).toBe(0);
      const [operation] = await road.soql(`SELECT State__c FROM Trueup_Operation__c WHERE Operation_Key__c = '${reply.operationKey}'`);
      expect(operation?.State__c).toBe('Done');

      expect((await road.preview(sourceId)).lines[0]).toMatchObject({ quantityLeft: '4' });
      const second = await road.issue(sourceId);
      expect(second).toMatchObject({ outcome: 'done' });
      expect(second.invoiceId).not.toBe(first.invoiceId);
      expect(second.invoiceNumber).not.toBe(first.invoiceNumber);
      expect(await road.invoice(second.invoiceId)).toMatchObject({ Status__c: 'Open', Total__c: 1000 });
    });

    it('is voided once, however often it is asked', async () => {
      const invoice = await road.issued(75);
      const replies = await Promise.all([askToVoid(invoice.Id), askToVoid(invoice.Id)]);
      expect(replies.filter((reply) => reply.outcome === 'done').length).toBeGreaterThan(0);
      await until(async () => (await road.invoice(invoice.Id)).Status__c === 'Void', 15_000, 'the invoice is void');
      expect(await askToVoid(invoice.Id)).toMatchObject({ outcome: 'rejected', problems: [{ code: 'invoice-void' }] });
      const voided = (await road.stripe('events?type=invoice.voided&limit=100')).data as { data: { object: { id: string } } }[];
      expect(voided.filter((event) => event.data.object.id === invoice.Stripe_Invoice_Id__c)).toHaveLength(1);
    });

    it('stays as it is for somebody without the right to void', async () => {
      const invoice = await road.issued(76);
      const reply = await askToVoid(invoice.Id, 'accountant');
      expect(reply.outcome).toBe('rejected');
      expect(reply.problems[0]?.action).toBeTruthy();
      expect((await inStripe(invoice)).status).toBe('open');
    });

    it('is voided in QuickBooks later when QuickBooks is down', async () => {
      const invoice = await road.issued(77);
      await road.settled();
      // A throttled call is asked again after the minute that Intuit wants.
      road.sandbox.faults.add({ point: 'quickbooks.request', match: { method: 'POST' }, fault: { kind: 'throttle' }, times: 1 });
      const reply = await road.call('void-invoice', { invoiceId: invoice.Id, reason: '', waitMs: 1000 });
      expect(reply).toMatchObject({ outcome: 'accepted' });
      expect((await inStripe(invoice)).status).toBe('void');
      expect((await road.invoice(invoice.Id)).Status__c).toBe('Voiding');
      await road.restartLater(61_000);
      await until(async () => (await road.invoice(invoice.Id)).Status__c === 'Void', 10_000, 'the invoice is void');
      expect(road.book('Invoice', invoice.QuickBooks_Invoice_Id__c).TotalAmt).toBe(0);
    });
  });

  describe('void is refused', () => {
    it('while a payment processes, and nothing changes; once it failed, it is possible', async () => {
      const invoice = await road.issued(300);
      await road.payOnPage(invoice.Pay_Link__c, { method: 'bank', account: '000222222227' });
      await road.settled();
      const reply = await askToVoid(invoice.Id);
      expect(reply).toMatchObject({ outcome: 'rejected', problems: [{ code: 'payment-processing' }] });
      expect((await inStripe(invoice)).status).toBe('open');
      expect(road.book('Invoice', invoice.QuickBooks_Invoice_Id__c).TotalAmt).toBe(300);
      expect((await road.invoice(invoice.Id)).Status__c).toBe('Open');
      await road.control('stripe', 'settle', {});
      await road.settled();
      expect(await askToVoid(invoice.Id)).toMatchObject({ outcome: 'done' });
      expect((await inStripe(invoice)).status).toBe('void');
    });

    it('for a paid invoice', async () => {
      const invoice = await road.issued(310);
      await road.payOnPage(invoice.Pay_Link__c, CARD);
      await until(async () => (await road.invoice(invoice.Id)).Status__c === 'Paid', 15_000, 'the invoice is paid');
      const reply = await askToVoid(invoice.Id);
      expect(reply).toMatchObject({ outcome: 'rejected', problems: [{ code: 'invoice-paid' }] });
      expect(reply.problems[0]?.action).toMatch(/[Rr]efund|credit/);
      expect((await inStripe(invoice)).status).toBe('paid');
    });

    it('when the books of its day are closed', async () => {
      const invoice = await road.issued(320);
      // What was paid before is in the books before they close.
      await road.settled();
      const today = new Date(road.sandbox.clock.now() + 86_400_000).toISOString().slice(0, 10);
      await road.control('quickbooks', 'preferences', { bookCloseDate: today });
      await road.restartLater(1000);
      const reply = await askToVoid(invoice.Id);
      await road.control('quickbooks', 'preferences', { bookCloseDate: null });
      // What comes next begins with books that are open.
      await road.restartLater(1000);
      expect(reply).toMatchObject({ outcome: 'rejected', problems: [{ code: 'period-closed' }] });
      expect((await inStripe(invoice)).status).toBe('open');
    });
  });
}
