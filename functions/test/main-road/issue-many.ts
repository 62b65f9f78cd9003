import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { Road, Row } from '../road.ts';

const TEMPLATE = path.resolve(import.meta.dirname, '../../../force-app/main/billing/flows/Trueup_Issue_Invoice_When_Won.flow-meta.xml');
/** What tells the deals of these tests from all others. */
const KIND = 'Existing Business';
const MANY = 25;

/** The package's template as an admin makes it his own: under another name, for deals of one type, active. @returns its folder */
export function copyTemplate(): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'trueup-flow-'));
  const filter = `<filters><field>Type</field><operator>EqualTo</operator><value><stringValue>${KIND}</stringValue></value></filters>`;
  const flow = fs
    .readFileSync(TEMPLATE, 'utf8')
    .replace('<filterLogic>and</filterLogic>', `<filterLogic>and</filterLogic>${filter}`)
    .replace('<status>Draft</status>', '<status>Active</status>');
  fs.mkdirSync(path.join(folder, 'flows'));
  fs.writeFileSync(path.join(folder, 'flows/Bill_When_Won.flow-meta.xml'), flow);
  return folder;
}

let road: Road;

/** As somebody who loads a file: up to 200 records in one call. */
async function win(ids: readonly string[], fields: Row = { StageName: 'Closed Won' }): Promise<void> {
  const { org } = road.sandbox;
  const answer = await fetch(`${org.baseUrl}/services/data/v66.0/composite/sobjects`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${org.users.rep.accessToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ allOrNone: true, records: ids.map((id) => ({ attributes: { type: 'Opportunity' }, id, ...fields })) }),
  });
  const saved = (await answer.json()) as { success: boolean; errors: unknown[] }[];
  expect(saved.filter(({ success }) => !success)).toEqual([]);
}
const open = (price: number) => road.deal({ price, fields: { StageName: 'Prospecting', Type: KIND } });
const inText = (ids: readonly string[]) => ids.map((id) => `'${id}'`).join(', ');
const invoicesOf = (ids: readonly string[]) =>
  road.soql(
    `SELECT Id, Source_Id__c, Status__c, Total__c, Stripe_Invoice_Id__c, QuickBooks_Invoice_Id__c FROM Trueup_Invoice__c WHERE Source_Id__c IN (${inText(ids)})`,
  );
const issuesOf = (ids: readonly string[]) =>
  road.soql(
    `SELECT Record_Id__c, Cause__c, Status__c, Message__c, Fix__c FROM Trueup_Sync_Issue__c WHERE Record_Id__c IN (${inText(ids)})`,
  );

/** Many records at once, by the package's template flow: more than one transaction could wait for. */
export function issueMany(on: () => Road): void {
  beforeAll(() => {
    road = on();
  });

  it('deals that are won together are billed once each, and the one that cannot be is an issue on its record', async () => {
    const prices = Array.from({ length: MANY }, (_, index) => 100 + index);
    const deals = [];
    for (const price of prices) deals.push(await open(price));
    const tooSmall = await open(0.01);
    await win([...deals, tooSmall]);
    await road.settled();
    const invoices = await invoicesOf(deals);
    const bySource = new Map(invoices.map((row) => [row.Source_Id__c, row]));
    expect(deals.map((id) => [bySource.get(id)?.Status__c, bySource.get(id)?.Total__c])).toEqual(prices.map((price) => ['Open', price]));
    expect(invoices).toHaveLength(MANY);
    for (const row of invoices) {
      expect(await road.stripe(`invoices/${row.Stripe_Invoice_Id__c}`)).toMatchObject({ status: 'open', total: row.Total__c * 100 });
      expect(road.book('Invoice', row.QuickBooks_Invoice_Id__c)).toMatchObject({ TotalAmt: row.Total__c, Balance: row.Total__c });
    }
    expect(await invoicesOf([tooSmall])).toEqual([]);
    expect(await issuesOf([...deals, tooSmall])).toMatchObject([
      {
        Record_Id__c: tooSmall,
        Cause__c: 'Not Issued',
        Status__c: 'Open',
        Message__c: expect.stringContaining('below USD 0.50'),
        Fix__c: expect.any(String),
      },
    ]);
  });

  it('asked again once it can be billed, it is, and its issue is closed; the others are left alone', async () => {
    const [small, other] = [await open(0.01), await open(70)];
    await win([small, other]);
    await road.settled();
    const [line] = await road.soql(`SELECT Id FROM OpportunityLineItem WHERE OpportunityId = '${small}'`);
    await road.update('OpportunityLineItem', { Id: line?.Id, UnitPrice: 60 });
    await win([small, other], { StageName: 'Prospecting' });
    await win([small, other]);
    await road.settled();
    expect((await invoicesOf([small, other])).map((row) => row.Total__c).sort()).toEqual([60, 70]);
    expect(await issuesOf([small, other])).toMatchObject([{ Record_Id__c: small, Status__c: 'Resolved' }]);
  });
}
