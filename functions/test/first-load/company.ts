import { createClock, createFaultPlan, startOrg, startQuickbooks, startStripe } from '../../../scripts/sandbox/index.ts';
import { createClock as createMemoryClock } from '../../src/adapters/memory/clock.ts';
import { createEngine } from '../../src/adapters/memory/engine.ts';
import { createWorld, type World } from '../../src/adapters/memory/world.ts';
import { createHistory as createQuickBooksHistory } from '../../src/adapters/quickbooks/history.ts';
import { createSalesforceClient, type SalesforceClient } from '../../src/adapters/salesforce/client.ts';
import { fromAuthorization } from '../../src/adapters/salesforce/from-authorization.ts';
import { createLoadRecords } from '../../src/adapters/salesforce/load-records.ts';
import { createMatchRecords } from '../../src/adapters/salesforce/match-records.ts';
import { createRecords } from '../../src/adapters/salesforce/records.ts';
import { createStripeClient, createStripeSdk } from '../../src/adapters/stripe/client.ts';
import { createHistory as createStripeHistory } from '../../src/adapters/stripe/history.ts';
import { done } from '../../src/domain/outcome.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { Secret } from '../../src/platform/secret.ts';
import type { BulkSettings } from '../../src/adapters/salesforce/bulk-upsert.ts';
import type { Ports } from '../../src/ports/ports.ts';
import type { Budgets } from '../../src/ports/budgets.ts';
import { type PastWriters, writersOf } from './past-writers.ts';
import type { StillClock } from './still-clock.ts';
import { connectQuickBooks } from '../connect-quickbooks.ts';

export type Row = Record<string, unknown>;

/** An org with the package and both outside systems, each with a past; the load's ports over their real SDKs. */
export interface PastCompany extends PastWriters {
  ports: Ports & Pick<World, 'engine'>;
  adminId: string;
  /** The customer lets the integration user create accounts. */
  allowAccounts(): Promise<void>;
  rows(soql: string): Promise<Row[]>;
  /** The stand-ins themselves, to be filled and asked directly. */
  standIns: {
    org: Awaited<ReturnType<typeof startOrg>>;
    quickbooks: Awaited<ReturnType<typeof startQuickbooks>>;
    stripe: Awaited<ReturnType<typeof startStripe>>;
  };
  stop(): Promise<void>;
}

const SEEDED_AT_ONCE = 500;
const EPOCH = createMemoryClock().now();

const accountOf = ({ name, phone, city, postalCode, street, country }: PastAccount, ownerId: string): Row => ({
  attributes: { type: 'Account' },
  ...{
    Name: name,
    Phone: phone,
    BillingStreet: street,
    BillingCity: city,
    BillingPostalCode: postalCode,
    BillingCountry: country,
    OwnerId: ownerId,
  },
});

export interface PastOptions {
  clock?: StillClock;
  /** The limits of the stand-ins; off by default. */
  limits?: boolean;
  /** Where the stand-ins keep what they hold; in memory by default. */
  dataDir?: string;
  dailyApiLimit?: number;
  budgets?: Budgets;
  /** Puts something between the load and Salesforce. */
  around?(client: SalesforceClient): SalesforceClient;
  bulk?: BulkSettings;
}

export interface PastAccount {
  name: string;
  phone?: string | undefined;
  email?: string | undefined;
  city?: string | undefined;
  postalCode?: string | undefined;
  street?: string | undefined;
  country?: string | undefined;
}

export async function startPastCompany(accounts: PastAccount[], options: PastOptions = {}): Promise<PastCompany> {
  const clock = options.clock ?? createClock({ offsetMs: EPOCH - Date.now() });
  const kept = options.dataDir === undefined ? {} : { dataDir: options.dataDir };
  const faults = createFaultPlan(1);
  const [org, quickbooks, stripe] = await Promise.all([
    startOrg({
      clock,
      faults,
      ...kept,
      ...(options.dailyApiLimit === undefined ? {} : { dailyApiLimit: options.dailyApiLimit }),
      packageDir: new URL('../../../force-app/main', import.meta.url).pathname,
      extraDirs: [new URL('own-rights', import.meta.url).pathname],
      features: { multiCurrency: true, personAccounts: false, orders: false, quotes: false },
    }),
    startQuickbooks({
      clock,
      faults,
      ...kept,
      limits: options.limits ?? false,
      seed: { items: [{ name: 'Consulting', unitPrice: 150 }], customers: [] } as never,
    }),
    startStripe({ clock, faults, ...kept, ...(options.limits ? { rateLimits: 'test' as const } : {}) }),
  ]);
  Object.assign(process.env, {
    HEROKU_APPLINK_API_URL: org.appLink.apiUrl,
    HEROKU_APPLINK_TOKEN: org.appLink.token,
    HEROKU_APP_ID: 'trueup-test',
  });
  const ask = async (url: string, token: string, method = 'GET', body?: object): Promise<never> => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' };
    const answer = await fetch(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${url}: ${String(answer.status)} ${text}`);
    return (text === '' ? null : JSON.parse(text)) as never;
  };
  const admin = org.users.admin.accessToken;
  const seed = async (records: Row[]): Promise<string[]> => {
    const ids: string[] = [];
    for (let start = 0; start < records.length; start += SEEDED_AT_ONCE) {
      const some = { records: records.slice(start, start + SEEDED_AT_ONCE) };
      ids.push(...((await ask(`${org.baseUrl}/sandbox/seed`, admin, 'POST', some)) as { id: string }[]).map(({ id }) => id));
    }
    return ids;
  };
  await seed([
    {
      attributes: { type: 'Trueup_Company__c' },
      ...{ Name: 'Ridgeline', External_Key__c: 'main', Org_Id__c: org.orgId, QuickBooks_Realm_Id__c: quickbooks.realmId },
      ...{ Home_Currency__c: 'USD', Time_Zone__c: 'America/Los_Angeles', Active__c: true, Connected__c: true },
    },
  ]);
  const accountIds = await seed(accounts.map((account) => accountOf(account, org.users.rep.id)));
  await seed(
    accounts.flatMap(({ name, email }, index) =>
      email ? [{ attributes: { type: 'Contact' }, LastName: name.slice(0, 80), Email: email, AccountId: accountIds[index] }] : [],
    ),
  );

  const served = { companyKey: 'main', orgId: org.orgId, bulk: options.bulk ?? { lookMs: 20 } };
  const metrics = createMetrics();
  const plain = createSalesforceClient(fromAuthorization('worker', '66.0'), '66.0', metrics);
  const client = options.around?.(plain) ?? plain;
  const budgets = options.budgets ?? { take: async () => true };
  const books = await connectQuickBooks(quickbooks, { budgets, metrics });
  const sdk = createStripeSdk(new Secret(stripe.secretKey), stripe.baseUrl);
  const stripeClient = createStripeClient({ sdk, bucket: 'stripe:test', budgets, metrics });
  const world = createWorld();
  const ports = {
    ...world,
    clock: { now: () => clock.now(), sleep: (ms: number) => (options.clock ? clock.advance(ms) : Promise.resolve()) },
    records: createRecords(client, served),
    matches: createMatchRecords(client, served),
    loadRecords: createLoadRecords(client, served),
    engine: createEngine({ now: () => clock.now(), sleep: (ms: number) => (options.clock ? clock.advance(ms) : Promise.resolve()) }),
    calls: { read: () => ({ salesforce: 0, stripe: 0, quickbooks: 0, ...metrics.calls() }) },
    histories: {
      quickbooks: createQuickBooksHistory(books, 'https://app.qbo.intuit.com', async () => done('USD')),
      stripe: createStripeHistory(stripeClient, { base: 'https://dashboard.stripe.com', live: false }, async () =>
        done('America/Los_Angeles'),
      ),
    },
  };
  const rows = async (soql: string): Promise<Row[]> =>
    ((await ask(`${org.baseUrl}/services/data/v66.0/query?q=${encodeURIComponent(soql)}`, admin)) as { records: Row[] }).records;
  const past = writersOf({ quickbooks, stripe });
  return {
    ports,
    adminId: org.users.admin.id,
    async allowAccounts() {
      const [set] = await rows("SELECT Id FROM PermissionSet WHERE Name = 'Create_Accounts'");
      const given = { attributes: { type: 'PermissionSetAssignment' }, AssigneeId: org.users.integration.id, PermissionSetId: set?.Id };
      await seed([given]);
    },
    standIns: { org, quickbooks, stripe },
    ...past,
    rows,
    async stop() {
      await Promise.all([org.stop(), quickbooks.stop(), stripe.stop()]);
      clock.stop();
    },
  };
}
