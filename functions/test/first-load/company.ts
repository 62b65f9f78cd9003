import type Stripe from 'stripe';
import { createClock, createFaultPlan, payInvoice, startOrg, startQuickbooks, startStripe } from '../../../scripts/sandbox/index.ts';
import { createClock as createStillClock } from '../../src/adapters/memory/clock.ts';
import { createWorld, type World } from '../../src/adapters/memory/world.ts';
import { createQuickBooksClient } from '../../src/adapters/quickbooks/client.ts';
import { createHistory as createQuickBooksHistory } from '../../src/adapters/quickbooks/history.ts';
import { createAccessTokens } from '../../src/adapters/quickbooks/tokens.ts';
import { createSalesforceClient } from '../../src/adapters/salesforce/client.ts';
import { fromAuthorization } from '../../src/adapters/salesforce/from-authorization.ts';
import { createLoadRecords } from '../../src/adapters/salesforce/load-records.ts';
import { createMatchRecords } from '../../src/adapters/salesforce/match-records.ts';
import { createRecords } from '../../src/adapters/salesforce/records.ts';
import { createStripeClient, createStripeSdk } from '../../src/adapters/stripe/client.ts';
import { createHistory as createStripeHistory } from '../../src/adapters/stripe/history.ts';
import { done } from '../../src/domain/outcome.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { Secret } from '../../src/platform/secret.ts';
import type { Ports } from '../../src/ports/ports.ts';
import type { StoredTokens } from '../../src/ports/token-vault.ts';

export type Row = Record<string, unknown>;

/** An org with the package and both outside systems, each with a past; the load's ports over their real SDKs. */
export interface PastCompany {
  ports: Ports & Pick<World, 'engine'>;
  adminId: string;
  quickbooks: { create(entity: string, body: object): Promise<string> };
  stripe: {
    customer(name: string, email: string): Promise<string>;
    invoice(customer: string, amount: number, how: StripeHow): Promise<string>;
  };
  rows(soql: string): Promise<Row[]>;
  stop(): Promise<void>;
}

export interface StripeHow {
  number: string;
  then: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';
}

const EPOCH = createStillClock().now();

export async function startPastCompany(accounts: { name: string; phone: string; email: string }[]): Promise<PastCompany> {
  const clock = createClock({ offsetMs: EPOCH - Date.now() });
  const faults = createFaultPlan(1);
  const [org, quickbooks, stripe] = await Promise.all([
    startOrg({
      clock,
      faults,
      packageDir: new URL('../../../force-app/main', import.meta.url).pathname,
      features: { multiCurrency: true, personAccounts: false, orders: false, quotes: false },
    }),
    startQuickbooks({ clock, faults, limits: false, seed: { items: [{ name: 'Consulting', unitPrice: 150 }], customers: [] } as never }),
    startStripe({ clock, faults }),
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
  const ids = (await ask(`${org.baseUrl}/sandbox/seed`, admin, 'POST', {
    records: [
      {
        attributes: { type: 'Trueup_Company__c' },
        ...{ Name: 'Ridgeline', External_Key__c: 'main', Org_Id__c: org.orgId, QuickBooks_Realm_Id__c: quickbooks.realmId },
        ...{ Home_Currency__c: 'USD', Time_Zone__c: 'America/Los_Angeles', Active__c: true, Connected__c: true },
      },
      ...accounts.map(({ name, phone }) => ({ attributes: { type: 'Account' }, Name: name, Phone: phone, OwnerId: org.users.rep.id })),
    ],
  })) as { id: string }[];
  const accountIds = Object.fromEntries(accounts.map(({ name }, index) => [name, ids[index + 1]?.id ?? '']));
  await ask(`${org.baseUrl}/sandbox/seed`, admin, 'POST', {
    records: accounts.map(({ name, email }) => ({
      attributes: { type: 'Contact' },
      LastName: name,
      Email: email,
      AccountId: accountIds[name],
    })),
  });

  const served = { companyKey: 'main', orgId: org.orgId, bulk: { lookMs: 20 } };
  const metrics = createMetrics();
  const client = createSalesforceClient(fromAuthorization('worker', '66.0'), '66.0', metrics);
  const budgets = { take: async () => true };
  const app = {
    clientId: quickbooks.clientId,
    clientSecret: new Secret(quickbooks.clientSecret),
    tokenUrl: `${quickbooks.baseUrl}/oauth2/v1/tokens/bearer`,
    realmId: quickbooks.realmId,
  };
  const held: StoredTokens = {
    accessToken: quickbooks.accessToken,
    refreshToken: quickbooks.refreshToken,
    accessExpiresAt: null,
    refreshExpiresAt: null,
  };
  const vault = { read: async () => held, seed: async () => undefined, renew: async () => done(held) };
  const books = createQuickBooksClient({
    ...{ app, apiBase: quickbooks.baseUrl, tokens: createAccessTokens(app, vault), budgets, buckets: [], batchBucket: 'batch', metrics },
  });
  const sdk = createStripeSdk(new Secret(stripe.secretKey), stripe.baseUrl);
  const stripeClient = createStripeClient({ sdk, bucket: 'test', budgets, metrics });
  const world = createWorld();
  const ports = {
    ...world,
    clock: { now: () => clock.now(), sleep: async () => undefined },
    records: createRecords(client, served),
    matches: createMatchRecords(client, served),
    loadRecords: createLoadRecords(client, served),
    calls: { read: () => ({ salesforce: 0, stripe: 0, quickbooks: 0, ...metrics.calls() }) },
    histories: {
      quickbooks: createQuickBooksHistory(books, 'https://app.qbo.intuit.com', async () => done('USD')),
      stripe: createStripeHistory(stripeClient, { base: 'https://dashboard.stripe.com', live: false }, async () =>
        done('America/Los_Angeles'),
      ),
    },
  };
  return {
    ports,
    adminId: org.users.admin.id,
    quickbooks: {
      async create(entity, body) {
        const url = `${quickbooks.baseUrl}/v3/company/${quickbooks.realmId}/${entity.toLowerCase()}?minorversion=75`;
        const answer = (await ask(url, quickbooks.accessToken, 'POST', body)) as Record<string, { Id: string }>;
        return answer[entity]?.Id ?? '';
      },
    },
    stripe: {
      customer: async (name, email) => (await sdk.customers.create({ name, email })).id,
      async invoice(customer, amount, { number, then }) {
        const draft = await sdk.invoices.create({
          ...{ customer, currency: 'usd', collection_method: 'send_invoice', days_until_due: 30, auto_advance: false, number },
          automatic_tax: { enabled: false },
        });
        await sdk.invoices.addLines(draft.id, { lines: [{ amount, description: 'Work' }] } as Stripe.InvoiceAddLinesParams);
        if (then !== 'draft') await sdk.invoices.finalizeInvoice(draft.id);
        if (then === 'void') await sdk.invoices.voidInvoice(draft.id);
        if (then === 'uncollectible') await sdk.invoices.markUncollectible(draft.id);
        const invoice = stripe.engine.db.invoices.get(draft.id);
        if (then === 'paid' && invoice) payInvoice(stripe.engine, invoice, { method: 'card', number: '4242424242424242' });
        return draft.id;
      },
    },
    rows: async (soql) =>
      ((await ask(`${org.baseUrl}/services/data/v66.0/query?q=${encodeURIComponent(soql)}`, admin)) as { records: Row[] }).records,
    async stop() {
      await Promise.all([org.stop(), quickbooks.stop(), stripe.stop()]);
      clock.stop();
    },
  };
}
