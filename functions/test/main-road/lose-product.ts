import { expect, it } from 'vitest';
import type { Road } from '../road.ts';

/** A product that somebody archives in Stripe. */
export function loseProduct(on: () => Road): void {
  it('stops its invoices and tells a person, who has a new one made', async () => {
    const road = on();
    const deal = () => road.deal({ price: 20, product: 'RB-TRAIN' });
    expect(await road.issue(await deal())).toMatchObject({ outcome: 'done' });
    await road.settled();
    const ofProduct = "System__c = 'Stripe' AND Product__r.ProductCode = 'RB-TRAIN'";
    const links = () => road.soql(`SELECT External_Id__c, Status__c FROM Trueup_Link__c WHERE ${ofProduct} ORDER BY Id`);
    const [link] = await links();
    const { baseUrl, secretKey } = road.sandbox.stripe;
    const headers = { authorization: `Bearer ${secretKey}`, 'content-type': 'application/x-www-form-urlencoded' };
    await fetch(`${baseUrl}/v1/products/${link?.External_Id__c}`, { method: 'POST', headers, body: 'active=false' });
    await expect.poll(async () => (await links()).map(({ Status__c }) => Status__c), { timeout: 20_000 }).toEqual(['Broken']);

    const sourceId = await deal();
    const before = await road.trace();
    const reply = await road.issue(sourceId);
    expect(reply.problems).toMatchObject([{ code: 'stripe-product-needs-review', field: 'lines[0].productId' }]);
    expect(await road.trace()).toEqual(before);
    const [review] = await road.soql(`SELECT Id FROM Trueup_Match_Review__c WHERE Status__c = 'Open' AND ${ofProduct}`);
    const decision = { reviewId: review?.Id, choice: 'create-new', candidateId: null };
    expect((await road.apex('TrueupMatchReviewController', 'decideMatch', decision, 'admin')).body).toMatchObject({
      outcome: 'done',
      linkedTo: { id: `${link?.External_Id__c}-2` },
    });
    expect(await road.soql("SELECT Status__c FROM Trueup_Sync_Issue__c WHERE Cause__c = 'Link Broken'")).toMatchObject([
      { Status__c: 'Resolved' },
    ]);
    expect(await road.preview(sourceId)).toMatchObject({ canIssue: true, problems: [] });
  });
}
