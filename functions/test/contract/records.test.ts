import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createClock, createFaultPlan, startOrg } from '../../../scripts/sandbox/index.ts';
import { createSalesforceClient } from '../../src/adapters/salesforce/client.ts';
import { fromAuthorization } from '../../src/adapters/salesforce/from-authorization.ts';
import { createMoneyRecords } from '../../src/adapters/salesforce/money-records.ts';
import { createRecords } from '../../src/adapters/salesforce/records.ts';
import type { InvoiceOrder } from '../../src/domain/invoice.ts';
import type { SourceRead } from '../../src/domain/source.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import type { Records, WriteBack } from '../../src/ports/records.ts';
import { must } from './must.ts';

// The records port through jsforce and AppLink's SDK, against an org that holds the package. Writes are made as the integration user.

type Org = Awaited<ReturnType<typeof startOrg>>;
const clock = createClock();
const faults = createFaultPlan(1);
const PERMISSIONS = ['Trueup_Issue_Invoice'];
let org: Org;
let records: Records;
let ids: Seeded;

interface Seeded {
  company: string;
  account: string;
  contact: string;
  product: string;
  opportunity: string;
  order: string;
}

async function start(multiCurrency: boolean): Promise<Org> {
  const root = new URL('../../../force-app/', import.meta.url).pathname;
  return startOrg({
    clock,
    faults,
    packageDir: `${root}main`,
    extraDirs: [`${root}extensions/orders`],
    features: { multiCurrency, personAccounts: false, orders: true, quotes: false },
  });
}

function recordsOf(of: Org, orgId = of.orgId): Records {
  return createRecords(client(of), { companyKey: 'main', orgId });
}

function client(of = org) {
  Object.assign(process.env, {
    HEROKU_APPLINK_API_URL: of.appLink.apiUrl,
    HEROKU_APPLINK_TOKEN: of.appLink.token,
    HEROKU_APP_ID: 'trueup-test',
  });
  return createSalesforceClient(fromAuthorization('worker', '66.0'), '66.0', createMetrics());
}

const call = async (of: Org, method: string, path: string, body?: object) =>
  fetch(`${of.baseUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${of.users.admin.accessToken}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
const insert = async (of: Org, type: string, record: object): Promise<string> => {
  const answer = await call(of, 'POST', '/sandbox/seed', { records: [{ attributes: { type }, ...record }] });
  const [saved] = (await answer.json()) as { id?: string; errors: object[] }[];
  if (!saved?.id) throw new Error(`${type}: ${JSON.stringify(saved)}`);
  return saved.id;
};
const soql = async <Row>(of: Org, query: string): Promise<Row[]> =>
  ((await (await call(of, 'GET', `/services/data/v66.0/query?q=${encodeURIComponent(query)}`)).json()) as { records: Row[] }).records;
/** Calls counted by the org, as its own limits tell them; the asking counts as one. */
const callsMade = async (of: Org): Promise<number> =>
  Number(/api-usage=(\d+)\//.exec((await call(of, 'GET', '/services/data/v66.0/limits')).headers.get('sforce-limit-info') ?? '')?.[1]);
async function callsOf(act: () => Promise<unknown>): Promise<number> {
  const before = await callsMade(org);
  await act();
  return (await callsMade(org)) - before - 1;
}

async function seed(of: Org, currency: object): Promise<Seeded> {
  const owner = { OwnerId: of.users.rep.id };
  const [book] = await soql<{ Id: string }>(of, 'SELECT Id FROM Pricebook2 WHERE IsStandard = true');
  const account = await insert(of, 'Account', { Name: "O'Neil \\ Sons", Phone: '1', BillingCity: 'Seattle', ...currency, ...owner });
  const contact = await insert(of, 'Contact', { AccountId: account, LastName: 'Payer', Email: 'ap@oneil.example', ...currency });
  const product = await insert(of, 'Product2', { Name: 'Thermal sensor', ProductCode: 'RB-SENS', IsActive: true });
  const entry = await insert(of, 'PricebookEntry', {
    Pricebook2Id: book?.Id,
    Product2Id: product,
    UnitPrice: 100,
    IsActive: true,
    ...currency,
  });
  const opportunity = await insert(of, 'Opportunity', {
    Name: 'Deal',
    AccountId: account,
    ContactId: contact,
    StageName: 'Closed Won',
    CloseDate: '2030-01-01',
    Pricebook2Id: book?.Id,
    ...currency,
    ...owner,
  });
  for (const quantity of [0.5, 2, 3])
    await insert(of, 'OpportunityLineItem', {
      OpportunityId: opportunity,
      PricebookEntryId: entry,
      Quantity: quantity,
      UnitPrice: 100,
      Discount: quantity === 3 ? 10 : null,
    });
  const order = await insert(of, 'Order', {
    AccountId: account,
    Name: 'Order',
    EffectiveDate: '2030-01-01',
    Status: 'Draft',
    Pricebook2Id: book?.Id,
    BillToContactId: contact,
    ...currency,
    ...owner,
  });
  await insert(of, 'OrderItem', { OrderId: order, PricebookEntryId: entry, Quantity: 4, UnitPrice: 90 });
  const company = await insert(of, 'Trueup_Company__c', {
    Name: 'Ridgeline',
    External_Key__c: 'main',
    Org_Id__c: of.orgId,
    Home_Currency__c: 'USD',
    Time_Zone__c: 'America/Los_Angeles',
    Number_Prefix__c: 'RR-',
    Tax_Engine__c: 'None',
    Clearing_Account__c: 'Stripe Clearing',
    QuickBooks_Realm_Id__c: '1',
    Mode__c: 'Test',
    Active__c: true,
    Connected__c: true,
  });
  return { company, account, contact, product, opportunity, order };
}

beforeAll(async () => {
  org = await start(true);
  ids = await seed(org, { CurrencyIsoCode: 'EUR' });
  records = recordsOf(org);
});
afterEach(() => faults.clear());
afterAll(async () => {
  await org?.stop();
  clock.stop();
});

const asking = (of = org, user: 'rep' | 'none' = 'rep') => ({ userId: of.users[user].id, permissions: PERMISSIONS });
const readSource = async (sourceId: string): Promise<SourceRead> => must(await records.readSource({ sourceId, asking: asking() }));

let orders = 0;
function orderOf(source: SourceRead, change: Partial<InvoiceOrder> = {}): InvoiceOrder {
  orders += 1;
  const line = source.lines[0];
  const lineKey = change.lines?.[0]?.lineKey ?? `${line?.id}-${orders}`;
  return {
    operationKey: `issue-invoice.${lineKey}.${orders}`,
    intentKey: `${source.source.id}.${lineKey}`,
    companyKey: 'main',
    companyId: ids.company,
    sourceId: source.source.id,
    sourceType: 'Opportunity',
    accountId: ids.account,
    contactId: ids.contact,
    opportunityId: ids.opportunity,
    ownerId: org.users.rep.id,
    requestedBy: org.users.rep.id,
    requestedAt: new Date().toISOString(),
    correlationId: 'click-1',
    currency: source.source.currency,
    invoiceDate: '2030-01-01',
    dueDate: '2030-01-31',
    terms: 'Net 30',
    termId: '3',
    poNumber: null,
    memo: null,
    delivery: 'send',
    billTo: { name: 'Payer', email: 'ap@oneil.example', phone: null, address: null },
    customers: { stripe: { id: null, displayName: 'x' }, quickbooks: { id: null, displayName: 'x' } },
    links: [],
    newLinks: [],
    taxEngine: 'None',
    timeZone: 'America/Los_Angeles',
    quickbooksRealmId: '1',
    numberPrefix: 'RR-',
    lines: [
      {
        lineKey,
        sourceLineId: line?.id ?? null,
        productId: ids.product,
        description: 'Thermal sensor',
        quantity: '0.3333333',
        unitPrice: '100.12345678',
        amount: 3337,
        tax: 0,
        reproducible: true,
        serviceDate: null,
        sortOrder: 1,
        productName: 'Thermal sensor',
        productCode: 'RB-SENS',
        itemId: '1',
        stripeProductId: null,
      },
    ],
    subtotal: 3337,
    tax: 0,
    total: 3337,
    unchecked: [],
    ...change,
  };
}

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

describe('an intent', () => {
  it('is created whole in one call: invoice, lines and operation', async () => {
    const source = await readSource(ids.opportunity);
    const order = orderOf(source);
    let made: unknown;
    expect(await callsOf(async () => (made = must(await records.createIntent(order))))).toBe(1);
    const { invoiceId } = made as { invoiceId: string };
    const { invoice, rights } = must(await records.readInvoice({ invoiceId, asking: asking() }));
    expect(invoice).toMatchObject({
      intentKey: order.intentKey,
      operationKey: order.operationKey,
      status: 'Queued',
      number: null,
      currency: 'EUR',
      total: 3337,
      amountDue: 3337,
      accountId: ids.account,
    });
    expect(invoice.lines).toMatchObject([
      { lineKey: order.lines[0]?.lineKey, quantity: '0.3333333', unitPrice: '100.12345678', amount: 3337 },
    ]);
    expect(rights).toMatchObject({ canRead: true });
    const [row] = await soql<{ OwnerId: string; CurrencyIsoCode: string }>(
      org,
      `SELECT OwnerId, CurrencyIsoCode FROM Trueup_Invoice__c WHERE Id = '${invoiceId}'`,
    );
    expect(row).toMatchObject({ OwnerId: org.users.rep.id, CurrencyIsoCode: 'EUR' });
    expect((await readSource(ids.opportunity)).earlierLines.map((line) => line.lineKey)).toContain(order.lines[0]?.lineKey);
  });

  it('collides with another that holds one of its line keys, and nothing of it stays', async () => {
    const source = await readSource(ids.opportunity);
    const first = orderOf(source);
    const { invoiceId } = must(await records.createIntent(first)) as { invoiceId: string };
    const before = await soql(org, 'SELECT Id FROM Trueup_Invoice_Line__c');
    const second = orderOf(source, { intentKey: 'another-intent', lines: [{ ...orderOf(source).lines[0]! }, first.lines[0]!] });
    const answer = must(await records.createIntent(second));
    expect(answer).toMatchObject({ collision: true, invoices: [{ id: invoiceId, operationKey: first.operationKey }] });
    expect(await soql(org, 'SELECT Id FROM Trueup_Invoice_Line__c')).toHaveLength(before.length);
    expect(await soql(org, "SELECT Id FROM Trueup_Invoice__c WHERE Intent_Key__c = 'another-intent'")).toEqual([]);
  });

  it('whose answer is lost is unknown, and the same again collides with itself', async () => {
    const order = orderOf(await readSource(ids.opportunity));
    faults.add({ point: 'org.request', match: { path: '*/composite/graph' }, times: 1, fault: { kind: 'drop-answer' } });
    expect((await records.createIntent(order)).outcome).toBe('unknown-outcome');
    expect(must(await records.createIntent(order))).toMatchObject({ collision: true, invoices: [{ operationKey: order.operationKey }] });
  });
});

describe('a write-back', () => {
  async function written(change: Partial<WriteBack> = {}) {
    const { invoiceId } = must(await records.createIntent(orderOf(await readSource(ids.opportunity)))) as { invoiceId: string };
    const write: WriteBack = {
      companyKey: 'main',
      companyId: ids.company,
      quickbooksRealmId: '1',
      invoiceId,
      ownerId: org.users.rep.id,
      sourceId: ids.opportunity,
      accountId: ids.account,
      currency: 'EUR',
      invoice: {
        status: 'Open',
        number: `RR-${invoiceId.slice(-6)}`,
        stripeInvoiceId: `in_${invoiceId}`,
        quickbooksInvoiceId: invoiceId.slice(-6),
        quickbooksSyncToken: '0',
        payLink: 'https://pay.example',
        problem: null,
        revision: 1,
      },
      payments: [],
      operation: { key: `op.${invoiceId}`, kind: 'issue-invoice', state: 'done', step: 'written-back', problems: [] },
      event: { kind: 'issue-invoice', state: 'done', step: 'written-back' },
      ...change,
    };
    return { invoiceId, write, answer: await records.writeBack(write) };
  }

  it('shows refunds, disputes and credits beside their payment, and lists what is not final or not booked', async () => {
    const money = {
      amount: { minor: 1000, currency: 'EUR' },
      quickbooksId: '88',
      quickbooksUrl: 'https://q.example',
      stripeUrl: 'https://s.example',
    };
    const moneyRecords = createMoneyRecords(client(), { companyKey: 'main', orgId: org.orgId });
    const { invoiceId, write, answer } = await written({
      payments: [
        {
          name: 'pi_money',
          sourceSystem: 'Stripe',
          status: 'Disputed',
          amount: { minor: 3000, currency: 'EUR' },
          method: 'card',
          receivedAt: new Date().toISOString(),
          stripePaymentId: 'pi_money',
          stripeChargeId: 'ch_money',
          quickbooksPaymentId: '78',
          stripeUrl: null,
          quickbooksUrl: null,
          booked: true,
          allocated: 3000,
        },
      ],
      refunds: [
        {
          ...money,
          stripeRefundId: 're_1',
          stripePaymentId: 'pi_money',
          status: 'Succeeded',
          reason: null,
          failureReason: null,
          refundedAt: '2026-11-24T15:00:00.000Z',
          booked: true,
        },
      ],
      disputes: [
        {
          ...money,
          stripeDisputeId: 'du_1',
          stripePaymentId: 'pi_money',
          kind: 'Dispute',
          status: 'Needs Response',
          reason: 'fraudulent',
          openedAt: '2026-11-24T15:00:00.000Z',
          respondBy: '2026-12-03T15:00:00.000Z',
          booked: true,
        },
      ],
      creditMemos: [
        {
          ...money,
          stripeCreditNoteId: 'cn_1',
          number: 'RR-1-CN-01',
          status: 'Applied',
          creditDate: '2026-11-24',
          reason: 'Late',
          applied: 337,
          booked: true,
        },
      ],
      issues: [
        { key: 're_1.failed', cause: 'Refund Failed', invoiceId: null, recordId: null, message: 'It came back.', fix: 'Pay again.' },
      ],
    });
    must(answer);
    must(await records.writeBack(write));
    const { invoice } = must(await records.readInvoice({ invoiceId, asking: null }));
    expect(invoice).toMatchObject({ paid: 3000, credited: 337, amountDue: 0 });
    expect(invoice.allocations).toContainEqual({ paymentKey: 'credit:cn_1', kind: 'Credit', amount: 337 });
    const [payment] = await soql<{ Trueup_Refunds__r: { totalSize: number }; Trueup_Disputes__r: { totalSize: number } }>(
      org,
      "SELECT (SELECT Id FROM Trueup_Refunds__r), (SELECT Id FROM Trueup_Disputes__r) FROM Trueup_Payment__c WHERE Stripe_Payment_Id__c = 'pi_money'",
    );
    expect([payment?.Trueup_Refunds__r.totalSize, payment?.Trueup_Disputes__r.totalSize]).toEqual([1, 1]);
    expect(
      await soql(org, "SELECT Id FROM Trueup_Sync_Issue__c WHERE Issue_Key__c = 're_1.failed' AND Cause__c = 'Refund Failed'"),
    ).toHaveLength(1);
    expect(must(await moneyRecords.listUnsettledInvoices())).toEqual([invoiceId]);
    expect(must(await moneyRecords.listBookedPayments(['pi_money', 'pi_of_nobody']))).toEqual(['pi_money']);
    const disputes = (write.disputes ?? []).map((dispute) => ({ ...dispute, status: 'Won' as const }));
    must(await records.writeBack({ ...write, disputes }));
    expect(must(await moneyRecords.listUnsettledInvoices())).toEqual([]);
  });

  it('puts invoice, payment with allocation and operation into one call; the same again changes nothing', async () => {
    const { invoiceId, write, answer } = await written({
      payments: [
        {
          name: 'pi_1',
          sourceSystem: 'Stripe',
          status: 'Succeeded',
          amount: { minor: 3337, currency: 'EUR' },
          method: 'card',
          receivedAt: new Date().toISOString(),
          stripePaymentId: 'pi_1',
          stripeChargeId: 'ch_1',
          quickbooksPaymentId: '77',
          stripeUrl: 'https://s.example',
          quickbooksUrl: 'https://q.example',
          booked: true,
          allocated: 3337,
        },
      ],
    });
    must(answer);
    expect(await callsOf(async () => must(await records.writeBack(write)))).toBe(1);
    const { invoice } = must(await records.readInvoice({ invoiceId, asking: null }));
    expect(invoice).toMatchObject({
      status: 'Open',
      stripeInvoiceId: `in_${invoiceId}`,
      paid: 3337,
      amountDue: 0,
      revision: 1,
      allocations: [{ amount: 3337, kind: 'Payment' }],
    });
    expect(await soql(org, `SELECT Id FROM Trueup_Allocation__c WHERE Invoice__c = '${invoiceId}'`)).toHaveLength(1);
    expect(must(await records.findInvoice({ stripeInvoiceId: `in_${invoiceId}` }))).toEqual({ invoiceId });
    expect(must(await records.findInvoice({ stripeInvoiceId: `IN_${invoiceId}` }))).toBeNull();
    expect(must(await records.findInvoice({ quickbooksInvoiceId: invoiceId.slice(-6) }))).toEqual({ invoiceId });
    const [payment] = await soql<{ Id: string }>(org, "SELECT Id FROM Trueup_Payment__c WHERE Stripe_Payment_Id__c = 'pi_1'");
    const asked = [ids.opportunity, payment?.Id ?? '', ids.account, invoiceId];
    const synced = must(await records.findSynced(asked));
    expect(synced).toContainEqual({ recordId: invoiceId, kind: 'invoice', id: invoiceId });
    expect(synced).toContainEqual({ recordId: payment?.Id, kind: 'invoice', id: invoiceId });
    // Nobody is linked to the account yet, and an opportunity is a draft.
    expect(synced).toHaveLength(2);
  });

  it('all or none: one bad part keeps the rest out', async () => {
    const { invoiceId, answer } = await written({
      operation: { key: 'k'.repeat(300), kind: 'issue-invoice', state: 'done', step: null, problems: [] },
    });
    expect(answer.outcome).toBe('rejected');
    expect(must(await records.readInvoice({ invoiceId, asking: null })).invoice).toMatchObject({ status: 'Queued', number: null });
  });

  it('is shown in the pages of open invoices and of unfinished operations', async () => {
    const { invoiceId } = await written();
    const page = must(await records.listOpenInvoices({ cursor: null, paidSince: new Date(clock.now() + 3_600_000).toISOString() }));
    expect(page.invoices.map((each) => each.id)).toContain(invoiceId);
    expect(page.next).toBeNull();
    const unfinished = must(await records.listUnfinishedOperations(new Date(Date.now() + 60_000).toISOString()));
    expect(unfinished.every((each) => each.kind === 'issue-invoice' && each.state === 'accepted')).toBe(true);
    expect(unfinished.length).toBeGreaterThan(0);
    // The write's own operation is there too.
    expect(must(await records.listOperations(invoiceId))).toContainEqual(
      expect.objectContaining({
        kind: 'issue-invoice',
        requestedBy: expect.stringMatching(/\w/),
        requestedAt: expect.stringMatching(/Z$/),
        problem: null,
      }),
    );
  });
});

describe('what the sweeps write', () => {
  it('is on the company: how far each system is known, what is used of it, and an alarm that is closed again', async () => {
    const issue = {
      key: 'main.silent.stripe',
      cause: 'Webhooks Silent' as const,
      invoiceId: null,
      recordId: null,
      message: 'No webhook has come.',
      fix: 'Look at the endpoint.',
    };
    const asOf = '2026-11-24T10:00:00.000Z';
    const quickbooks = { used: 362_410, allowed: 500_000, asOf, lastsUntil: '2026-11-29' };
    const write = { companyId: ids.company, stripeReadTo: asOf, quickbooksReadTo: null };
    must(
      await records.writeFreshness({ ...write, budgets: { quickbooks, salesforce: { used: 12, allowed: 100, asOf } }, issues: [issue] }),
    );
    const [company] = await soql<Record<string, string>>(org, 'SELECT Stripe_Read_To__c, QuickBooks_Read_To__c FROM Trueup_Company__c');
    expect(Date.parse(company?.Stripe_Read_To__c ?? '')).toBe(Date.parse(write.stripeReadTo));
    expect(company?.QuickBooks_Read_To__c).toBeNull();
    const told = { quickbooks: { ...quickbooks, used: 1, lastsUntil: null }, salesforce: null };
    must(await records.writeFreshness({ ...write, budgets: told, issues: [{ ...issue, resolved: true }] }));
    const [used] = await soql(
      org,
      'SELECT QuickBooks_Reads__c, QuickBooks_Reads_Allowed__c, QuickBooks_Reads_Last_Until__c, Salesforce_Calls__c, Salesforce_Calls_Allowed__c FROM Trueup_Company__c',
    );
    expect(used).toMatchObject({
      QuickBooks_Reads__c: 1,
      QuickBooks_Reads_Allowed__c: 500_000,
      QuickBooks_Reads_Last_Until__c: null,
      Salesforce_Calls__c: 12,
      Salesforce_Calls_Allowed__c: 100,
    });
    const alarms = await soql(org, `SELECT Cause__c, Status__c FROM Trueup_Sync_Issue__c WHERE Issue_Key__c = '${issue.key}'`);
    expect(alarms).toMatchObject([{ Cause__c: 'Webhooks Silent', Status__c: 'Resolved' }]);
  });

  it('what is used of the calls is what the last answer told, with its moment', async () => {
    const asked = client();
    expect(asked.lastUsage()).toBeNull();
    must(await createRecords(asked, { companyKey: 'main', orgId: org.orgId }).readCompany({ asking: null }));
    const { used, allowed, asOf } = asked.lastUsage() ?? {};
    expect([used, allowed]).toEqual([expect.any(Number), expect.any(Number)]);
    expect(used).toBeGreaterThan(0);
    expect(used).toBeLessThan(allowed ?? 0);
    expect(Math.abs(Date.now() - Date.parse(asOf ?? ''))).toBeLessThan(60_000);
  });

  it('a full compare is a run of its own kind that says why; every invoice can be listed for it', async () => {
    const run = { key: 'full-compare.main.1', companyId: ids.company, kind: 'Full Compare' as const, state: 'Running' as const };
    must(await records.writeSyncRun({ ...run, report: 'Full compare: because.', issues: [], operation: null }));
    const runs = await soql(org, `SELECT Kind__c, Report__c FROM Trueup_Sync_Run__c WHERE Run_Key__c = '${run.key}'`);
    expect(runs).toMatchObject([{ Kind__c: 'Full Compare', Report__c: 'Full compare: because.' }]);
    const { invoices, next } = must(await records.listBriefly({ cursor: null }));
    expect(invoices.length).toBeGreaterThan(0);
    expect(invoices[0]).toMatchObject({ currency: expect.any(String), invoiceDate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) });
    expect(next).toBeNull();
  });
});

describe('more findings than a graph takes', () => {
  const issues = Array.from({ length: 600 }, (_, n) => ({
    key: `many.${n}`,
    cause: 'Deleted In QuickBooks' as const,
    invoiceId: null,
    recordId: null,
    message: 'm',
    fix: 'f',
  }));
  const run = { key: 'run-sync.main.many', kind: 'Nightly' as const };
  const count = async (where: string) => (await soql(org, `SELECT Id FROM Trueup_Sync_Issue__c WHERE ${where}`)).length;

  it('are all written, with their run, and all closed', async () => {
    const operation = { key: run.key, kind: 'run-sync' as const, state: 'done' as const, step: null, problems: [] };
    const end = { ...run, companyId: ids.company, state: 'Completed With Issues' as const, operation };
    const { runId } = must(await records.writeSyncRun({ ...end, issues }));
    expect(await count(`Sync_Run__c = '${runId}' AND Status__c = 'Open'`)).toBe(600);
    expect(await soql(org, `SELECT State__c FROM Trueup_Sync_Run__c WHERE Id = '${runId}'`)).toMatchObject([
      { State__c: 'Completed With Issues' },
    ]);
    must(await records.writeSyncRun({ ...end, issues: [], resolved: issues.map(({ key }) => key) }));
    expect(await count(`Issue_Key__c LIKE 'many.%' AND Status__c = 'Resolved'`)).toBe(600);
    // Closed while the run went on: it is named as what the run found, and stays closed.
    const written = issues.slice(0, 3).map((issue) => ({ ...issue, written: true as const }));
    const next = must(await records.writeSyncRun({ ...end, key: 'run-sync.main.next', operation: null, issues: written }));
    expect(await count(`Sync_Run__c = '${next.runId}' AND Status__c = 'Resolved'`)).toBe(3);
    must(await records.writeIssues({ companyId: ids.company, issues }));
    expect(await count(`Issue_Key__c LIKE 'many.%' AND Status__c = 'Open'`)).toBe(600);
  });
});

describe('findings of no run', () => {
  it('are one issue each, opened and closed by their key', async () => {
    const issue = {
      key: 'stuck:stripe:charge:ch_1',
      cause: 'Needs Person' as const,
      invoiceId: null,
      recordId: null,
      message: 'm',
      fix: 'f',
    };
    const write = (part: object = {}) => records.writeIssues({ companyId: ids.company, issues: [{ ...issue, ...part }] });
    must(await write());
    must(await write({ resolved: true }));
    const query = `SELECT Status__c, Cause__c FROM Trueup_Sync_Issue__c WHERE Issue_Key__c = '${issue.key}'`;
    const found = (await (await call(org, 'GET', `/services/data/v66.0/query?q=${encodeURIComponent(query)}`)).json()) as {
      records: object[];
    };
    expect(found.records).toMatchObject([{ Status__c: 'Resolved', Cause__c: 'Needs Person' }]);
  });
});

describe('when the org is difficult', () => {
  it('an ended session is renewed, unnoticed', async () => {
    org.expireSessions();
    const again = recordsOf(org);
    must(await again.readSource({ sourceId: ids.opportunity, asking: asking() }));
    faults.add({ point: 'org.request', match: { path: '*/composite' }, times: 1, fault: { kind: 'expire-token' } });
    must(await again.readSource({ sourceId: ids.opportunity, asking: asking() }));
  });

  it('a locked row passes by itself, a spent limit says so, a lost line is unavailable', async () => {
    const order = orderOf(await readSource(ids.opportunity));
    faults.add({ point: 'org.request', times: 1, fault: { kind: 'lock-row' } });
    expect(await records.createIntent(order)).toMatchObject({ outcome: 'conflict', reason: 'locked' });
    faults.add({ point: 'org.request', times: 1, fault: { kind: 'throttle' } });
    expect(await records.createIntent(order)).toMatchObject({ outcome: 'rate-limited' });
    faults.add({ point: 'org.request', times: 5, fault: { kind: 'drop-before' } });
    expect((await records.findInvoice({ stripeInvoiceId: 'in_x' })).outcome).toBe('unavailable');
  });

  it('a copy of the org cannot reach the books', async () => {
    const copy = recordsOf(org, '00D000000000009AAA');
    for (const ask of [() => copy.readSource({ sourceId: ids.opportunity, asking: asking() }), () => copy.readCompany({ asking: null })])
      expect(await ask()).toMatchObject({ outcome: 'rejected', problem: { code: 'wrong-org' } });
  });
});

describe('an org with one currency', () => {
  it('works without CurrencyIsoCode', async () => {
    const single = await start(false);
    try {
      const there = await seed(single, {});
      const own = recordsOf(single);
      const source = must(await own.readSource({ sourceId: there.opportunity, asking: asking(single) }));
      expect(source).toMatchObject({ source: { currency: 'USD' }, org: { multiCurrency: false } });
      const order = {
        ...orderOf(source),
        companyId: there.company,
        accountId: there.account,
        contactId: there.contact,
        opportunityId: there.opportunity,
      };
      order.lines[0]!.productId = there.product;
      const { invoiceId } = must(await own.createIntent(order)) as { invoiceId: string };
      expect(must(await own.readInvoice({ invoiceId, asking: null })).invoice).toMatchObject({ currency: 'USD', total: 3337 });
    } finally {
      await single.stop();
    }
  });
});
