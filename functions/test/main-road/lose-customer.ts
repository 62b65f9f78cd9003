import { expect, it } from 'vitest';
import type { Road, Row } from '../road.ts';

/** A customer merged away in QuickBooks and deleted in Stripe. */
export function loseCustomer(on: () => Road): void {
  it('breaks the links in both systems, tells a person, and nobody is created in its place', async () => {
    const road = on();
    const invoice = await road.issued(10, 'COBALT');
    await road.settled();
    const links = () =>
      road.soql(
        `SELECT External_Id__c, Status__c, Record_Key__c FROM Trueup_Link__c WHERE Account__c = '${invoice.Account__c}' ORDER BY System__c`,
      );
    const [inBooks, inStripe] = (await links()) as [Row, Row];
    const harbor = road.books('Customer').find((customer) => customer.DisplayName === 'Harbor Foods, Inc.');
    await road.control('quickbooks', 'merge', { entity: 'Customer', from: inBooks.External_Id__c, into: harbor?.Id });
    const { baseUrl, secretKey } = road.sandbox.stripe;
    await fetch(`${baseUrl}/v1/customers/${inStripe.External_Id__c}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${secretKey}` },
    });
    await expect.poll(async () => (await links()).map((link) => link.Status__c), { timeout: 20_000 }).toEqual(['Broken', 'Broken']);
    expect((await links()).map((link) => link.Record_Key__c)).toEqual([null, null]);
    expect(await road.soql("SELECT Id FROM Trueup_Sync_Issue__c WHERE Cause__c = 'Link Broken' AND Status__c = 'Open'")).toHaveLength(2);

    const before = road.books('Customer').length;
    const reply = await road.issue(await road.deal({ price: 20, account: 'COBALT' }));
    expect(reply.problems.map((problem) => problem.code)).toEqual(['customer-needs-review', 'customer-needs-review']);
    expect(road.books('Customer')).toHaveLength(before);
    const reviews = await road.soql(`SELECT Status__c FROM Trueup_Match_Review__c WHERE Account__c = '${invoice.Account__c}'`);
    expect(reviews.map((review) => review.Status__c)).toEqual(['Open', 'Open']);
  });
}
