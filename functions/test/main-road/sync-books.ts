import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CARD, type Road, type Row } from '../road.ts';
import { until } from '../until.ts';
import { runNightly } from './run-nightly.ts';

let road: Road;

const sync = () => runNightly(road);
const issuesOf = (invoice: Row) =>
  road.soql(`SELECT Cause__c, Message__c, Fix__c, Status__c FROM Trueup_Sync_Issue__c WHERE Invoice__c = '${invoice.Id}'`);
/** What another user does in QuickBooks itself. */
const edit = (invoice: Row, operation: 'save' | 'void' | 'delete', values: object = {}) =>
  road.control('quickbooks', 'edit', {
    entity: 'Invoice',
    id: invoice.QuickBooks_Invoice_Id__c,
    operation,
    values,
    user: 'Sam Accountant',
  });

/** The nightly sync, and what people do in QuickBooks by day. */
export function syncBooks(on: () => Road): void {
  beforeAll(() => {
    road = on();
  });

  describe('the nightly sync', () => {
    // From the third on no webhook comes from the books.
    let url: string;
    beforeAll(async () => {
      ({ url } = (await road.control('quickbooks', 'webhook')) as { url: string });
    });
    afterAll(() => road.control('quickbooks', 'webhook', { url, verifier: road.sandbox.quickbooks.verifierToken }));

    it('finds nothing to do where all three agree', async () => {
      const before = await sync();
      await road.issued(10);
      await road.settled();
      expect(await sync()).toMatchObject({
        State__c: 'Completed',
        Kind__c: 'Nightly',
        Invoices_Checked__c: before.Invoices_Checked__c + 1,
        Changed_Documents__c: 0,
        Issues__c: 0,
        Payments_Booked__c: 0,
      });
    });

    it("puts Salesforce's value back once when QuickBooks' was changed, and carries over what a person chooses", async () => {
      const linked = `Trueup_Link__c WHERE Account__c = '${road.story.accounts.HARBOR}' AND Record_Type__c = 'Account' AND Status__c = 'Linked' AND System__c`;
      const [inBooks] = await road.soql(`SELECT Account__c, External_Id__c FROM ${linked} = 'QuickBooks'`);
      const [inStripe] = await road.soql(`SELECT External_Id__c FROM ${linked} = 'Stripe' AND Account__c = '${inBooks?.Account__c}'`);
      const phone = () => road.book('Customer', inBooks?.External_Id__c).PrimaryPhone?.FreeFormNumber;
      const theirs = '+1 303 555 0199';
      const edited = { entity: 'Customer', id: inBooks?.External_Id__c, operation: 'save', user: 'Sam Accountant' };
      const before = phone();
      expect(before).toBeTruthy();
      await road.control('quickbooks', 'edit', { ...edited, values: { PrimaryPhone: { FreeFormNumber: theirs } } });
      await until(
        async () => (await road.soql("SELECT Id FROM Trueup_Conflict__c WHERE State__c = 'Open' AND Field__c = 'Phone'"))[0],
        20_000,
        'a conflict',
      );
      await road.settled();
      const [conflict] = await road.soql('SELECT Id, Reason__c, QuickBooks_Value__c FROM Trueup_Conflict__c');
      expect(conflict).toMatchObject({ Reason__c: 'Changed There', QuickBooks_Value__c: theirs });
      expect(phone()).toBe(before);

      const choice = { conflictId: conflict?.Id, choose: 'QuickBooks', value: theirs };
      for (const method of ['takeOverValue', 'decideConflict'])
        expect(await road.apex('TrueupConflictController', method, choice, 'admin')).toMatchObject({ status: 200 });
      const [decided] = await road.soql('SELECT State__c, Chosen__c, Decided_By__c, Decided_At__c FROM Trueup_Conflict__c');
      expect(decided).toMatchObject({ State__c: 'Decided', Chosen__c: 'QuickBooks', Decided_By__c: road.sandbox.org.users.admin.id });
      expect([phone(), (await road.stripe(`customers/${inStripe?.External_Id__c}`)).phone]).toEqual([theirs, theirs]);
    });

    it('reports documents that were changed in QuickBooks, once, and changes none of them', { timeout: 60_000 }, async () => {
      const [edited, voided, deleted] = [await road.issued(100), await road.issued(200), await road.issued(300)] as [Row, Row, Row];
      await road.settled();
      await road.control('quickbooks', 'webhook', { url: null });
      const book = road.book('Invoice', edited.QuickBooks_Invoice_Id__c);
      const lines = book.Line.filter((line: Row) => line.DetailType === 'SalesItemLineDetail');
      await edit(edited, 'save', {
        Line: [{ ...lines[0], Amount: 90, SalesItemLineDetail: { ...lines[0].SalesItemLineDetail, UnitPrice: 90, Qty: 1 } }],
      });
      await edit(voided, 'void');
      await edit(deleted, 'delete');

      const run = await sync();
      expect(run).toMatchObject({ State__c: 'Completed With Issues', Changed_Documents__c: 3, Issues__c: 3 });
      expect(run.Report__c).toContain(edited.Number__c);
      expect(run.Finished_At__c).toBeTruthy();
      expect(run.Calls_QuickBooks__c).toBeGreaterThan(0);
      expect((await issuesOf(edited)).map((issue) => issue.Cause__c)).toEqual(['Changed In QuickBooks']);
      expect((await issuesOf(voided)).map((issue) => issue.Cause__c)).toEqual(['Changed In QuickBooks']);
      expect((await issuesOf(deleted)).map((issue) => issue.Cause__c)).toEqual(['Deleted In QuickBooks']);
      for (const invoice of [edited, voided, deleted]) {
        const [issue] = await issuesOf(invoice);
        expect(issue).toMatchObject({ Status__c: 'Open' });
        expect(issue?.Fix__c).toBeTruthy();
      }
      expect(road.book('Invoice', edited.QuickBooks_Invoice_Id__c).TotalAmt).toBe(90);

      const before = await road.soql('SELECT Id FROM Trueup_Sync_Issue__c');
      await sync();
      expect(await road.soql('SELECT Id FROM Trueup_Sync_Issue__c')).toHaveLength(before.length);
    });

    it('books cheques that the accountant entered', async () => {
      const invoice = await road.issued(400);
      await road.settled();
      const book = road.book('Invoice', invoice.QuickBooks_Invoice_Id__c);
      await road.control('quickbooks', 'edit', {
        entity: 'Payment',
        values: {
          CustomerRef: book.CustomerRef,
          CurrencyRef: book.CurrencyRef,
          TotalAmt: 400,
          PaymentRefNum: '1007',
          Line: [{ Amount: 400, LinkedTxn: [{ TxnId: book.Id, TxnType: 'Invoice' }] }],
        },
      });
      await sync();
      const paid = await road.invoice(invoice.Id);
      expect(paid).toMatchObject({ Status__c: 'Paid', Paid__c: 400, Amount_Due__c: 0 });
      expect((await road.stripe(`invoices/${invoice.Stripe_Invoice_Id__c}`)).status).toBe('paid');
      expect((await road.payOnPage(invoice.Pay_Link__c, CARD)).status).toBe(303);
      expect((await road.stripe(`invoices/${invoice.Stripe_Invoice_Id__c}`)).status).toBe('paid');
    });

    it('is refused for somebody without the right', async () => {
      const reply = await road.call('run-sync', { kind: 'On Demand' }, 'rep');
      expect(reply).toMatchObject({ outcome: 'rejected', problems: [{ code: 'no-right-to-sync' }] });
    });

    it.each([
      ['Trueup_Nightly_Sync', 'Nightly'],
      ['Trueup_Weekly_Full_Compare', 'Full Compare'],
    ])("runs through the package's scheduled flow %s", async (flow, kind) => {
      const runs = () => road.soql(`SELECT Id FROM Trueup_Sync_Run__c WHERE Kind__c = '${kind}' AND State__c LIKE 'Completed%'`);
      const before = (await runs()).length;
      await road.sandbox.org.runFlow(flow);
      await road.settled();
      expect(await runs()).toHaveLength(before + 1);
    });
  });
}
