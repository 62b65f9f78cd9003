import { describe, expect, it } from 'vitest';
import type { Stage } from './stage.ts';

type Row = Record<string, unknown>;

/** What needs a person stands on the admin's home page by cause, and is tried again as a whole once it is put right. */
export function walkNeedsAttention(on: () => Stage): void {
  const org = async (method: string, where: string, body: object) => {
    const { baseUrl, users } = on().sandbox.org;
    const headers = { authorization: `Bearer ${users.rep.accessToken}`, 'content-type': 'application/json' };
    const answer = await fetch(`${baseUrl}/services/data/v66.0${where}`, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${where}: ${await answer.text()}`);
    return answer.status === 204 ? {} : ((await answer.json()) as Row);
  };
  const query = async (soql: string) => {
    const { baseUrl, users } = on().sandbox.org;
    const answer = await fetch(`${baseUrl}/services/data/v66.0/query?q=${encodeURIComponent(soql)}`, {
      headers: { authorization: `Bearer ${users.admin.accessToken}` },
    });
    return ((await answer.json()) as { records: Row[] }).records;
  };

  describe('what needs attention', () => {
    it('stands on the home page with its fix, and is settled for the whole group once it is put right', async () => {
      const admin = await on().tab('/', 'admin');
      const invoice = on()
        .sandbox.quickbooks.engine.books.rows('Invoice')
        .all()
        .map(({ body }) => body as unknown as { Id: string; DocNumber: string; CurrencyRef?: { value: string } })
        .find(({ CurrencyRef }) => CurrencyRef?.value === 'JPY');
      const renumber = (DocNumber: string | undefined) =>
        fetch(`${on().sandbox.info.quickbooks.baseUrl}/__ctl/edit`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ entity: 'Invoice', id: invoice?.Id, operation: 'save', values: { DocNumber }, user: 'Sam Accountant' }),
        });
      await renumber('BY-HAND-1');
      await admin.getByRole('button', { name: 'Run Now' }).click();
      const group = admin.getByRole('article', { name: 'Changed In QuickBooks' });
      await group.getByText('Restore the document').waitFor();
      await on().picture(admin, 'home-needs-attention');

      await renumber(invoice?.DocNumber);
      await group.getByRole('button', { name: 'Try All Again' }).press('Enter');
      await admin.getByText('Changed In QuickBooks: 1 of 1 settled.').waitFor();
      await admin.getByText('No open issues.').waitFor();
      await on().picture(admin, 'home-settled');
      await admin.close();
    });
  });

  describe('what a flow could not bill', () => {
    it('is listed with the reason and the record, and leaves the list once it is put right and asked for again', async () => {
      const stage = on();
      const [entry] = await query(`SELECT Id FROM PricebookEntry WHERE Product2.ProductCode = 'RB-SENS' AND CurrencyIsoCode = 'USD'`);
      const deals: { sourceId: unknown; line: unknown }[] = [];
      for (const name of ['Dock sensors', 'Gate sensors']) {
        const AccountId = stage.story.accounts['HARBOR'];
        const made = { Name: name, AccountId, StageName: 'Closed Won', CloseDate: '2027-01-31', CurrencyIsoCode: 'USD' };
        const { id: sourceId } = await org('POST', '/sobjects/Opportunity', made);
        const sold = { OpportunityId: sourceId, PricebookEntryId: entry?.['Id'], Quantity: 1, UnitPrice: 0.01 };
        deals.push({ sourceId, line: (await org('POST', '/sobjects/OpportunityLineItem', sold))['id'] });
      }
      await org('POST', '/actions/custom/apex/TrueupIssueInvoice', { inputs: deals.map(({ sourceId }) => ({ sourceId })) });

      const admin = await stage.tab('/', 'admin');
      const group = admin.getByRole('article', { name: 'Not Issued' });
      await expect.poll(() => group.getByText('Records: 2').count(), { timeout: 15_000 }).toBe(1);
      await group.getByText('Show records').press('Enter');
      await stage.picture(admin, 'home-not-issued');
      await group.getByRole('link', { name: 'Open the record' }).first().click();
      await admin.getByRole('heading', { name: /(Dock|Gate) sensors/ }).waitFor();

      for (const { line } of deals) await org('PATCH', `/sobjects/OpportunityLineItem/${String(line)}`, { UnitPrice: 80 });
      await admin.getByRole('link', { name: 'Home', exact: true }).click();
      await group.getByRole('button', { name: 'Try All Again' }).press('Enter');
      await admin.getByText('Not Issued: 2 of 2 in line.').waitFor();
      await admin.getByText('No open issues.').waitFor();
      expect(await query(`SELECT Total__c FROM Trueup_Invoice__c WHERE Source_Id__c = '${String(deals[0]?.sourceId)}'`)).toMatchObject([
        { Total__c: 80 },
      ]);
      await admin.close();
    });
  });
}
