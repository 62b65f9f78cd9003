import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceRead } from '../../src/domain/source.ts';
import type { Records } from '../../src/ports/records.ts';
import { must } from './must.ts';
import { type Org, type Seeded, asking as askingIn, call, callsOf as callsIn, insert, openRecordsOrg } from './records-org.ts';

// What the records port reads of a deal, an order or an account, through jsforce and AppLink's SDK, as the person who asks may see it.

let org: Org;
let records: Records;
let ids: Seeded;
let stop: () => Promise<void>;

beforeAll(async () => ({ org, records, ids, stop } = await openRecordsOrg()));
afterAll(() => stop());

const asking = (of = org, user: 'rep' | 'none' = 'rep') => askingIn(of, user);
const callsOf = (act: () => Promise<unknown>) => callsIn(org, act);
const readSource = async (sourceId: string): Promise<SourceRead> => must(await records.readSource({ sourceId, asking: asking() }));

describe('reading a source', () => {
  it('gives everything an invoice needs, exact, zeros and empties kept', async () => {
    const source = await readSource(ids.opportunity);
    expect(source).toMatchObject({
      source: { id: ids.opportunity, type: 'Opportunity', name: 'Deal', currency: 'EUR', accountId: ids.account, contactId: ids.contact },
      company: { key: 'main', homeCurrency: 'USD', timeZone: 'America/Los_Angeles', numberPrefix: 'RR-' },
      accounts: [{ id: ids.account, name: "O'Neil \\ Sons" }],
      contacts: [{ id: ids.contact, email: 'ap@oneil.example', accountId: ids.account }],
      earlierLines: [],
      rights: { canRead: true, canEdit: true, issueInvoice: true, voidInvoice: false },
    });
    expect(source.lines.map((line) => [line.quantity, line.unitPrice, line.discountPercent, line.productCode])).toEqual([
      ['0.5', '100', null, 'RB-SENS'],
      ['2', '100', null, 'RB-SENS'],
      ['3', '100', '10', 'RB-SENS'],
    ]);
  });

  it('tells what the products are sold as, and what is asked of people about them', async () => {
    const of = {
      Company__c: ids.company,
      System__c: 'QuickBooks',
      Record_Type__c: 'Product2',
      Record_Id__c: ids.product,
      Product__c: ids.product,
    };
    const content = {
      ours: { productId: ids.product, name: 'Thermal sensor', code: 'RB-SENS' },
      candidates: [],
      notSame: ['7'],
      undone: [],
    };
    const review = { Review_Key__c: 'k', Status__c: 'Open', Reason__c: 'Why.', Candidates__c: JSON.stringify(content) };
    const made = [
      ['Trueup_Match_Review__c', await insert(org, 'Trueup_Match_Review__c', { ...of, ...review })],
      [
        'Trueup_Link__c',
        await insert(org, 'Trueup_Link__c', { ...of, External_Id__c: '7', External_Type__c: 'Item', Status__c: 'Linked' }),
      ],
    ];
    for (const sourceId of [ids.opportunity, ids.order])
      expect(await readSource(sourceId)).toMatchObject({
        links: [{ recordId: ids.product, recordType: 'Product2', externalId: '7' }],
        reviews: [],
        itemReviews: [{ recordType: 'Product2', recordId: ids.product, status: 'Open', reason: 'Why.', content }],
      });
    for (const [type, id] of made) await call(org, 'DELETE', `/services/data/v66.0/sobjects/${type}/${id}`);
  });

  it('takes Orders and Accounts too', async () => {
    expect(await readSource(ids.order)).toMatchObject({
      source: { type: 'Order', contactId: ids.contact },
      lines: [{ quantity: '4', unitPrice: '90' }],
    });
    expect(await readSource(ids.account)).toMatchObject({
      source: { type: 'Account', accountId: ids.account, currency: 'EUR' },
      lines: [],
    });
  });

  it.each(['opportunity', 'order', 'account'] as const)('costs one call once the process is warm: %s', async (source) => {
    await readSource(ids[source]);
    expect(await callsOf(() => readSource(ids[source]))).toBe(1);
  });

  it('knows who may not, and what is not there', async () => {
    const stranger = must(await records.readSource({ sourceId: ids.opportunity, asking: asking(org, 'none') }));
    expect(stranger.rights).toMatchObject({ canRead: false, canEdit: false });
    for (const sourceId of ['006000000000000AAA', "006' OR Id != '", '003000000000000AAA', ''])
      expect(await records.readSource({ sourceId, asking: asking() })).toMatchObject({
        outcome: 'rejected',
        problem: { code: 'record-not-found' },
      });
  });
});
