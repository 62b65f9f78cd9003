import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock, createFaultPlan, startOrg } from '../../../scripts/sandbox/index.ts';
import { createCustomerRecords } from '../../src/adapters/salesforce/customer-records.ts';
import { createMatchRecords } from '../../src/adapters/salesforce/match-records.ts';
import { createSalesforceClient } from '../../src/adapters/salesforce/client.ts';
import { fromAuthorization } from '../../src/adapters/salesforce/from-authorization.ts';
import { itemLink, itemReviewOf, productLink } from '../../src/domain/item-review.ts';
import { NOBODY_ASKED, customerLink } from '../../src/domain/matching.ts';
import { type MatchReview, reviewOf } from '../../src/domain/match-review.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import type { Conflict } from '../../src/domain/conflict.ts';
import type { CustomerRecords } from '../../src/ports/customer-records.ts';
import type { MatchRecords } from '../../src/ports/match-records.ts';
import { must } from './must.ts';

// Links and match reviews through Salesforce's SDK at an org with the package: its unique keys decide. The fake of the port is held
// to the same outcomes by the tests of decide-match.

let matches: MatchRecords;
let customers: CustomerRecords;
let companyId = '';
let accounts: string[] = [];
let admin = '';
let stop: () => Promise<void>;
let call: (method: string, path: string, body?: object, as?: 'admin' | 'integration') => Promise<unknown>;
const rows = async (soql: string) =>
  ((await call('GET', `/services/data/v66.0/query?q=${encodeURIComponent(soql)}`)) as { records: Record<string, unknown>[] }).records;

beforeAll(async () => {
  const clock = createClock();
  const org = await startOrg({
    clock,
    faults: createFaultPlan(1),
    packageDir: new URL('../../../force-app/main', import.meta.url).pathname,
    features: { multiCurrency: true, personAccounts: false, orders: false, quotes: false },
  });
  Object.assign(process.env, {
    HEROKU_APPLINK_API_URL: org.appLink.apiUrl,
    HEROKU_APPLINK_TOKEN: org.appLink.token,
    HEROKU_APP_ID: 'trueup-test',
  });
  call = async (method, path, body, as = 'admin') =>
    (
      await fetch(`${org.baseUrl}${path}`, {
        method,
        headers: { authorization: `Bearer ${org.users[as].accessToken}`, 'content-type': 'application/json' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
    )
      .text()
      .then((text) => (text === '' ? null : JSON.parse(text)));
  const ids = (await call('POST', '/sandbox/seed', {
    records: [
      { attributes: { type: 'Trueup_Company__c' }, Name: 'Ridgeline', External_Key__c: 'main', Org_Id__c: org.orgId },
      { attributes: { type: 'Account' }, Name: 'Acme' },
      { attributes: { type: 'Account' }, Name: 'Acme Holding' },
    ],
  })) as { id: string }[];
  companyId = ids[0]?.id ?? '';
  accounts = ids.slice(1).map(({ id }) => id);
  admin = org.users.admin.id;
  const client = createSalesforceClient(fromAuthorization('worker', '66.0'), '66.0', createMetrics());
  matches = createMatchRecords(client, { companyKey: 'main', orgId: org.orgId });
  customers = createCustomerRecords(client, { companyKey: 'main', orgId: org.orgId });
  stop = async () => {
    await org.stop();
    clock.stop();
  };
});
afterAll(() => stop());

const whom = (accountId = '') => ({ accountId, name: 'Acme', email: null, phone: null, address: null, currency: 'USD' });
const review = (at: number): MatchReview =>
  reviewOf(
    { companyKey: 'main', system: 'stripe', whom: whom(accounts[at]), said: { notSame: [], undone: [] }, broken: null },
    { reason: 'A record is alike, but too little of it agrees.', candidates: [] },
  );
const raise = (at: number) => matches.raise({ companyKey: 'main', companyId, reviews: [review(at)], broken: [], issues: [] }).then(must);
const idOf = async (at: number) =>
  String((await rows(`SELECT Id FROM Trueup_Match_Review__c WHERE Review_Key__c = '${review(at).key}'`))[0]?.Id);
const link = (at: number, id: string) =>
  customerLink(
    'stripe',
    whom(accounts[at]),
    { id, name: 'Acme Rockets', url: null },
    { matchedBy: 'Person', reasons: 'Decided.', score: 80, confirmedBy: admin },
  );
const read = async (at: number) => must(await matches.readReview({ reviewId: await idOf(at), asking: { userId: admin, permissions: [] } }));
const settle = async (at: number, change: { link?: ReturnType<typeof link>; undo?: Awaited<ReturnType<typeof read>>['links'][number] }) =>
  must(
    await matches.settle({
      companyKey: 'main',
      companyId,
      reviewId: await idOf(at),
      review: { ...review(at), status: change.link ? 'Resolved' : 'Open' },
      link: change.link ?? null,
      undo: change.undo ?? null,
      resolved: [],
    }),
  );

describe('links and match reviews in Salesforce', () => {
  it('asks once, and reads back what was asked', async () => {
    await raise(0);
    await raise(0);
    await raise(1);
    expect(await rows('SELECT Id FROM Trueup_Match_Review__c')).toHaveLength(2);
    expect(await read(0)).toMatchObject({ canEdit: true, links: [], review: { ...review(0) } });
  });

  it('links once, and tells who holds what is wanted twice', async () => {
    expect(await settle(0, { link: link(0, 'cus_1') })).toBeNull();
    expect((await read(0)).review.status).toBe('Resolved');
    expect(await settle(1, { link: link(1, 'cus_1') })).toMatchObject({ recordName: 'Acme', link: { externalId: 'cus_1' } });
    expect(await settle(0, { link: link(0, 'cus_2') })).toMatchObject({ link: { externalId: 'cus_1' } });
    expect((await read(1)).review.status).toBe('Open');
    expect(await rows('SELECT Score__c, Confirmed_By__c FROM Trueup_Link__c')).toMatchObject([{ Score__c: 80, Confirmed_By__c: admin }]);
  });

  it('gives the keys up when undone, so that another may have them', async () => {
    const [held] = (await read(0)).links;
    await settle(0, { ...(held ? { undo: held } : {}) });
    expect(await settle(1, { link: link(1, 'cus_1') })).toBeNull();
    expect(await rows("SELECT Record_Key__c, External_Key__c FROM Trueup_Link__c WHERE Status__c = 'Undone'")).toMatchObject([
      { Record_Key__c: null, External_Key__c: null },
    ]);
  });

  it('takes a link back that nobody was asked about, and opens the question', async () => {
    const [row] = await rows("SELECT Id FROM Trueup_Link__c WHERE Status__c = 'Linked'");
    const found = must(await matches.readLink({ linkId: String(row?.Id), asking: { userId: admin, permissions: [] } }));
    expect(found).toMatchObject({
      canRead: true,
      recordName: 'Acme Holding',
      link: { status: 'Linked' },
      reviews: [{ key: review(1).key }],
    });
    must(await matches.raise({ companyKey: 'main', companyId, reviews: [review(1)], broken: [], undone: [found.link], issues: [] }));
    expect(must(await matches.readLink({ linkId: String(row?.Id), asking: { userId: admin, permissions: [] } })).link.status).toBe(
      'Undone',
    );
    expect(await settle(1, { link: link(1, 'cus_1') })).toBeNull();
  });

  it('claims links for an invoice, never over another one, and twice is once', async () => {
    const links = [link(0, 'cus_1'), link(0, 'cus_3')].map((each, at) => ({ ...each, currency: at === 0 ? 'EUR' : 'CHF' }));
    const claim = async () => must(await matches.claim({ companyKey: 'main', companyId, links })).map((each) => each.externalId);
    expect(await claim()).toEqual(['cus_1']);
    expect(await claim()).toEqual(['cus_1']);
    const [row] = (await call('POST', '/sandbox/seed', {
      records: [
        {
          attributes: { type: 'Trueup_Invoice__c' },
          Name: 'Queued',
          Company__c: companyId,
          Account__c: accounts[0],
          Intent_Key__c: 'main.1',
          Status__c: 'Queued',
          Currency_Code__c: 'CHF',
        },
      ],
    })) as { id: string }[];
    const parties = must(await matches.readParties({ invoiceId: row?.id ?? '' }));
    expect(parties).toMatchObject({ accountId: accounts[0], reviews: [{ key: review(0).key }] });
    expect(parties.links).toMatchObject([{ externalId: 'cus_3', currency: 'CHF', status: 'Linked' }]);
  });

  it('claims one of two that are wanted for the same customer, and tells of the other', async () => {
    const links = [link(0, 'cus_9'), link(1, 'cus_9')].map((each) => ({ ...each, currency: 'GBP' }));
    const taken = must(await matches.claim({ companyKey: 'main', companyId, links }));
    expect(taken.map((each) => each.recordId)).toEqual([accounts[1]]);
    const [made] = await rows("SELECT Id, Record_Id__c FROM Trueup_Link__c WHERE External_Id__c = 'cus_9'");
    expect(made?.Record_Id__c).toBe(accounts[0]);
    await call('DELETE', `/services/data/v66.0/sobjects/Trueup_Link__c/${String(made?.Id)}`, undefined, 'integration');
  });

  it('reads a review of an account that was merged as one of the account that is left', async () => {
    const path = `/services/data/v66.0/sobjects/Trueup_Match_Review__c/${await idOf(0)}`;
    await call('PATCH', path, { Account__c: accounts[1] }, 'integration');
    expect((await read(0)).review).toMatchObject({ recordId: accounts[1], content: { ours: { accountId: accounts[1] } } });
    await call('PATCH', path, { Account__c: accounts[0] }, 'integration');
  });

  it('knows the account that is left of a merge, and gives it the links', async () => {
    const [moved] = await rows("SELECT Id FROM Trueup_Link__c WHERE External_Id__c = 'cus_3'");
    // What a merge does to the child records of the account that goes.
    await call('PATCH', `/services/data/v66.0/sobjects/Trueup_Link__c/${String(moved?.Id)}`, { Account__c: accounts[1] }, 'integration');
    const strays = must(await matches.listStrayLinks(new Date(0).toISOString()));
    expect(strays).toMatchObject([{ link: { externalId: 'cus_3', recordId: accounts[1] }, mergedInto: { name: 'Acme Holding' } }]);
    expect(strays[0]?.mergedInto?.links.map((each) => each.externalId).sort()).toEqual(['cus_1', 'cus_3']);
    expect(strays[0]?.mergedInto?.reviews).toMatchObject([{ key: review(1).key }]);
    const followed = strays.map((stray) => stray.link);
    must(await matches.raise({ companyKey: 'main', companyId, reviews: [], broken: [], followed, issues: [] }));
    expect(must(await matches.listStrayLinks(new Date(0).toISOString()))).toEqual([]);
    expect(await rows("SELECT Record_Id__c, Record_Key__c FROM Trueup_Link__c WHERE External_Id__c = 'cus_3'")).toMatchObject([
      { Record_Id__c: accounts[1], Record_Key__c: `main:stripe:${accounts[1]}:CHF` },
    ]);
    must(await matches.raise({ companyKey: 'main', companyId, reviews: [], broken: [], undone: followed, issues: [] }));
  });

  it('asks about a product, and has one item sell as many products as a person says', async () => {
    const made = (await call('POST', '/sandbox/seed', {
      records: ['Robot', 'Robot, old'].map((Name) => ({ attributes: { type: 'Product2' }, Name, IsActive: true })),
    })) as { id: string }[];
    const [one = '', other = ''] = made.map(({ id }) => id);
    const asked = (productId: string) =>
      itemReviewOf(
        'main',
        'quickbooks',
        { product: { productId, name: 'Robot', code: null }, reason: 'Why.', candidates: [] },
        NOBODY_ASKED,
      );
    const raised = { companyKey: 'main', companyId, reviews: [], broken: [], issues: [] };
    for (let times = 0; times < 2; times += 1) must(await matches.raise({ ...raised, itemReviews: [asked(one), asked(other)] }));
    const found = await rows(`SELECT Id, Product__c, Account__c FROM Trueup_Match_Review__c WHERE Record_Type__c = 'Product2' ORDER BY Id`);
    expect(found).toMatchObject([{ Product__c: one, Account__c: null }, { Product__c: other }]);
    const reviewId = (at: number) => String(found[at]?.Id);
    const asking = { userId: admin, permissions: [] };
    expect(must(await matches.readReview({ reviewId: reviewId(0), asking }))).toEqual(
      expect.objectContaining({ review: asked(one), links: [], canEdit: true }),
    );
    const to = (productId: string, matchedBy: 'Person' | 'Score') =>
      itemLink(productId, { id: '1_', name: 'Robot' }, { matchedBy, reasons: 'Why.' });
    // A machine is held to one product of an item; a person is not.
    expect(must(await matches.claim({ companyKey: 'main', companyId, links: [to(one, 'Score')] }))).toEqual([]);
    expect(must(await matches.claim({ companyKey: 'main', companyId, links: [to(other, 'Score')] }))).toMatchObject([{ recordId: other }]);
    const settlement = { companyKey: 'main', companyId, reviewId: reviewId(1), undo: null, resolved: [] };
    const review = { ...asked(other), status: 'Resolved' as const };
    expect(must(await matches.settle({ ...settlement, review, link: to(other, 'Person') }))).toBeNull();
    const held = must(await matches.findItemLinks({ system: 'quickbooks', externalIds: ['1_', '12'] }));
    expect(held.map(({ recordName }) => recordName).sort()).toEqual(['Robot', 'Robot, old']);
    expect(must(await matches.readReview({ reviewId: reviewId(1), asking }))).toMatchObject({
      review: { status: 'Resolved' },
      links: [{ recordId: other, externalId: '1_', matchedBy: 'Person' }],
    });
    const linkId = held.find(({ link: each }) => each.recordId === other)?.link.linkId ?? '';
    expect(must(await matches.readLink({ linkId, asking }))).toMatchObject({
      recordName: 'Robot, old',
      reviews: [],
      itemReviews: [{ key: asked(other).key }],
    });
    // Stripe's question about the same product is another one, and its links are of its own.
    const inStripe = itemReviewOf(
      'main',
      'stripe',
      { product: { productId: one, name: 'Robot', code: null }, reason: 'Why.', candidates: [] },
      NOBODY_ASKED,
    );
    must(await matches.raise({ ...raised, itemReviews: [inStripe] }));
    const [stripeRow] = await rows(`SELECT Id FROM Trueup_Match_Review__c WHERE Review_Key__c = '${inStripe.key}'`);
    expect(must(await matches.readReview({ reviewId: String(stripeRow?.Id), asking }))).toMatchObject({ review: inStripe });
    const product = productLink(
      one,
      { id: '1_', name: 'Robot', url: 'https://stripe.example/1' },
      { matchedBy: 'Created', reasons: 'Why.' },
    );
    expect(must(await matches.claim({ companyKey: 'main', companyId, links: [product] }))).toEqual([]);
    const [claimed] = must(await matches.findItemLinks({ system: 'stripe', externalIds: ['1_'] }));
    expect(claimed).toMatchObject({ recordName: 'Robot', link: { externalType: 'product', matchedBy: 'Created' } });
    expect(must(await matches.listLinkedProducts())).toEqual([claimed?.link]);
    must(await matches.raise({ ...raised, broken: claimed ? [claimed.link] : [] }));
    expect(must(await matches.findItemLinks({ system: 'stripe', externalIds: ['1_'] }))).toEqual([]);
    // "_" stands for itself.
    expect(
      must(await matches.claim({ companyKey: 'main', companyId, links: [{ ...to(one, 'Person'), currency: 'EUR', externalId: '12' }] })),
    ).toEqual([]);
    expect(must(await matches.findItemLinks({ system: 'quickbooks', externalIds: ['1_'] }))).toHaveLength(2);
  });

  it('nobody but the functions may change a link', async () => {
    const [row] = await rows("SELECT Id FROM Trueup_Link__c WHERE Status__c = 'Linked'");
    for (const change of [{ Status__c: 'Undone' }, { Record_Key__c: 'x' }, { External_Key__c: 'x' }, { External_Id__c: 'cus_2' }])
      expect(await call('PATCH', `/services/data/v66.0/sobjects/Trueup_Link__c/${String(row?.Id)}`, change)).toMatchObject([
        { errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' },
      ]);
  });

  it('tells what Salesforce says of a linked account, remembers, and keeps a conflict for a person', async () => {
    const accountId = accounts[1] ?? '';
    await call('PATCH', `/services/data/v66.0/sobjects/Account/${accountId}`, { Phone: '+1 555 0100', BillingCity: 'Boston' });
    await call('POST', '/services/data/v66.0/sobjects/Contact', { AccountId: accountId, LastName: 'Ace', Email: 'ann@acme.example' });
    const since = new Date(0).toISOString();
    const changed = must(await customers.listChangedCustomers({ since, cursor: null }));
    expect(changed).toMatchObject({ next: null, customers: [{ accountId, contactId: expect.stringMatching(/^003/) }] });
    const [customer] = changed.customers;
    expect(customer?.ours).toMatchObject({ name: 'Acme Holding', phone: '+1 555 0100', email: 'ann@acme.example', city: 'Boston' });
    expect(must(await customers.listChangedCustomers({ since, cursor: accountId })).customers).toEqual([]);
    const ofStripe = { system: 'stripe' as const, externalIds: ['cus_1', 'cus_nobody'] };
    expect(must(await customers.readCustomersOf(ofStripe))).toEqual(changed.customers);
    const memory = { version: 1, facts: { phone: { ours: '+15550100', theirs: '+15550199' } }, pending: null };
    const conflict: Conflict = {
      key: `main:${accountId}:postalCode`,
      accountId,
      contactId: null,
      fact: 'postalCode',
      values: { salesforce: '02110', stripe: '02111', quickbooks: null },
      reason: 'Changed Back Again',
      state: 'Open',
      chosen: null,
      decidedBy: null,
      decidedAt: null,
    };
    const linkId = customer?.links[0]?.link.linkId ?? '';
    const write = { companyId, companyKey: 'main', memories: [{ linkId, memory }], conflicts: [conflict], issues: [] };
    for (let times = 0; times < 2; times += 1) must(await customers.saveCustomer(write));
    const read = must(await customers.readCustomer({ accountId }));
    expect(read).toMatchObject({ links: [{ memory }], conflicts: [conflict] });
    const conflictId = read?.conflicts[0]?.conflictId ?? '';
    expect(must(await customers.readConflict({ conflictId, asking: { userId: admin, permissions: [] } }))).toMatchObject({
      conflict,
      canEdit: true,
    });
    const email: Conflict = { ...conflict, key: `main:${accountId}:email`, fact: 'email', contactId: read?.contactId ?? null };
    must(await customers.saveCustomer({ ...write, conflicts: [email] }));
    const later = { since: new Date(Date.now() + 86_400_000).toISOString(), cursor: null };
    expect(must(await customers.listChangedCustomers(later))).toMatchObject({ customers: [{ accountId }] });
    must(await customers.saveCustomer({ ...write, conflicts: [{ ...email, state: 'Decided' }] }));
    expect(must(await customers.listChangedCustomers(later)).customers).toEqual([]);
  });

  it('finds links by customer, and those whose account is gone', async () => {
    const found = must(await matches.findLinks({ system: 'stripe', externalId: 'cus_1' }));
    expect(found).toMatchObject([{ recordId: accounts[1] }]);
    expect(must(await matches.listStrayLinks(new Date(0).toISOString()))).toEqual([]);
    await call('DELETE', `/services/data/v66.0/sobjects/Account/${accounts[1]}`);
    const strays = must(await matches.listStrayLinks(new Date(0).toISOString()));
    expect(strays).toMatchObject([{ link: { externalId: 'cus_1' }, mergedInto: null }]);
    must(await matches.raise({ companyKey: 'main', companyId, reviews: [], broken: strays.map((stray) => stray.link), issues: [] }));
    expect(must(await matches.findLinks({ system: 'stripe', externalId: 'cus_1' }))).toEqual([]);
    expect(
      await rows("SELECT External_Id__c, Record_Key__c FROM Trueup_Link__c WHERE Status__c = 'Broken' AND Record_Type__c = 'Account'"),
    ).toMatchObject([{ External_Id__c: 'cus_1', Record_Key__c: null }]);
  });

  it('lists an account that was just linked to somebody who may say something of his own, though it did not change itself', async () => {
    const made = await Promise.all(
      ['Person', 'Score'].map(async (matchedBy) => {
        const { id } = (await call('POST', '/services/data/v66.0/sobjects/Account', { Name: `Linked by ${matchedBy}` })) as { id: string };
        return { id, matchedBy: matchedBy as 'Person' | 'Score' };
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    const since = new Date().toISOString();
    const links = made.map(({ id, matchedBy }) =>
      customerLink(
        'stripe',
        whom(id),
        { id: `cus_by_${matchedBy}`, name: 'Linked', url: null },
        { matchedBy, reasons: '', confirmedBy: admin },
      ),
    );
    expect(must(await matches.claim({ companyKey: 'main', companyId, links }))).toEqual([]);
    const listed = must(await customers.listChangedCustomers({ since, cursor: null })).customers.map((each) => each.accountId);
    expect(made.map(({ id }) => listed.includes(id))).toEqual([true, false]);
  });
});
