import { createClock, createFaultPlan, startOrg } from '../../../scripts/sandbox/index.ts';
import { createSalesforceClient } from '../../src/adapters/salesforce/client.ts';
import { fromAuthorization } from '../../src/adapters/salesforce/from-authorization.ts';
import { createRecords } from '../../src/adapters/salesforce/records.ts';
import type { InvoiceOrder } from '../../src/domain/invoice.ts';
import type { SourceRead } from '../../src/domain/source.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import type { Records } from '../../src/ports/records.ts';

// An org that holds the package and one deal, as the contracts of the records port ask of it.

export type Org = Awaited<ReturnType<typeof startOrg>>;
const PERMISSIONS = ['Trueup_Issue_Invoice'];

export interface Seeded {
  company: string;
  account: string;
  contact: string;
  product: string;
  opportunity: string;
  order: string;
}

export async function startRecordsOrg(
  where: Pick<Parameters<typeof startOrg>[0], 'clock' | 'faults'>,
  multiCurrency = true,
  personAccounts = false,
): Promise<Org> {
  const root = new URL('../../../force-app/', import.meta.url).pathname;
  return startOrg({
    ...where,
    packageDir: `${root}main`,
    extraDirs: [`${root}extensions/orders`],
    features: { multiCurrency, personAccounts, orders: true, quotes: false },
  });
}

/** An org with the deal in it, for a file of its own tests; `stop` ends it. */
export async function openRecordsOrg({ currency = 'EUR', faults = createFaultPlan(1), personAccounts = false } = {}) {
  const clock = createClock();
  const org = await startRecordsOrg({ clock, faults }, true, personAccounts);
  const stop = async () => {
    await org.stop();
    clock.stop();
  };
  return { org, clock, stop, ids: await seed(org, { CurrencyIsoCode: currency }), records: recordsOf(org) };
}

export function recordsOf(of: Org, orgId = of.orgId): Records {
  return createRecords(client(of), { companyKey: 'main', orgId });
}

export function client(of: Org) {
  Object.assign(process.env, {
    HEROKU_APPLINK_API_URL: of.appLink.apiUrl,
    HEROKU_APPLINK_TOKEN: of.appLink.token,
    HEROKU_APP_ID: 'trueup-test',
  });
  return createSalesforceClient(fromAuthorization('worker', '66.0'), '66.0', createMetrics());
}

export const call = async (of: Org, method: string, path: string, body?: object) =>
  fetch(`${of.baseUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${of.users.admin.accessToken}`, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
export const insert = async (of: Org, type: string, record: object): Promise<string> => {
  const answer = await call(of, 'POST', '/sandbox/seed', { records: [{ attributes: { type }, ...record }] });
  const [saved] = (await answer.json()) as { id?: string; errors: object[] }[];
  if (!saved?.id) throw new Error(`${type}: ${JSON.stringify(saved)}`);
  return saved.id;
};
export const soql = async <Row>(of: Org, query: string): Promise<Row[]> =>
  ((await (await call(of, 'GET', `/services/data/v66.0/query?q=${encodeURIComponent(query)}`)).json()) as { records: Row[] }).records;
/** Calls counted by the org, as its own limits tell them; the asking counts as one. */
const callsMade = async (of: Org): Promise<number> =>
  Number(/api-usage=(\d+)\//.exec((await call(of, 'GET', '/services/data/v66.0/limits')).headers.get('sforce-limit-info') ?? '')?.[1]);
export async function callsOf(of: Org, act: () => Promise<unknown>): Promise<number> {
  const before = await callsMade(of);
  await act();
  return (await callsMade(of)) - before - 1;
}

export async function seed(of: Org, currency: object): Promise<Seeded> {
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

export const asking = (of: Org, user: 'rep' | 'none' = 'rep') => ({ userId: of.users[user].id, permissions: PERMISSIONS });

let orders = 0;
/** An order of a rep for the first line of a source. */
export function orderOf(of: Org, ids: Seeded, source: SourceRead, change: Partial<InvoiceOrder> = {}): InvoiceOrder {
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
    ownerId: of.users.rep.id,
    requestedBy: of.users.rep.id,
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
