import { randomUUID } from 'node:crypto';
import { type RunningEngine, createEngine } from './adapters/engine/engine.ts';
import { type Bell, createBell } from './adapters/postgres/bell.ts';
import { createBudgets } from './adapters/postgres/budgets.ts';
import { createCheckpoints } from './adapters/postgres/checkpoints.ts';
import { createEffectLog } from './adapters/postgres/effect-log.ts';
import { createInbox } from './adapters/postgres/inbox.ts';
import { createInvoiceNumbers } from './adapters/postgres/invoice-numbers.ts';
import { createLoads } from './adapters/postgres/loads.ts';
import { migrate } from './adapters/postgres/migrate.ts';
import { createPool } from './adapters/postgres/pool.ts';
import { createProgress } from './adapters/postgres/progress.ts';
import { type Retention, createRetention } from './adapters/postgres/retention.ts';
import { createSightings } from './adapters/postgres/sightings.ts';
import { createTimeline } from './adapters/postgres/timeline.ts';
import { createTokenVault } from './adapters/postgres/token-vault.ts';
import { createUsage } from './adapters/postgres/usage.ts';
import { createBookings } from './adapters/quickbooks/bookings.ts';
import { createQuickBooksClient } from './adapters/quickbooks/client.ts';
import { quickbooksPayloads } from './adapters/quickbooks/payloads.ts';
import { createLedgerFeed } from './adapters/quickbooks/feed.ts';
import { createHistory as createQuickBooksHistory } from './adapters/quickbooks/history.ts';
import { createCustomers as createLedgerCustomers } from './adapters/quickbooks/customers.ts';
import { createLedger } from './adapters/quickbooks/ledger.ts';
import { createTogether } from './adapters/quickbooks/together.ts';
import { createAccessTokens } from './adapters/quickbooks/tokens.ts';
import { createQuickBooksVerifier } from './adapters/quickbooks/verify-webhook.ts';
import { createSalesforceClient } from './adapters/salesforce/client.ts';
import { type OrgAccess, fromAuthorization } from './adapters/salesforce/from-authorization.ts';
import { createLoadRecords } from './adapters/salesforce/load-records.ts';
import { createCustomerRecords } from './adapters/salesforce/customer-records.ts';
import { createMappings } from './adapters/salesforce/mappings.ts';
import { createMatchRecords } from './adapters/salesforce/match-records.ts';
import { createMoneyRecords } from './adapters/salesforce/money-records.ts';
import { createRecords } from './adapters/salesforce/records.ts';
import { createBalance } from './adapters/stripe/balance.ts';
import { createStripeClient, createStripeSdk } from './adapters/stripe/client.ts';
import { stripePayloads } from './adapters/stripe/payloads.ts';
import { createStripeFeed } from './adapters/stripe/feed.ts';
import { createHistory as createStripeHistory } from './adapters/stripe/history.ts';
import { createCustomers as createStripeCustomers } from './adapters/stripe/customers.ts';
import { createPayments } from './adapters/stripe/payments.ts';
import { createStripeVerifier } from './adapters/stripe/verify-webhook.ts';
import { mapOutcome } from './domain/outcome.ts';
import { limitOf } from './limits.ts';
import type { Config } from './platform/config.ts';
import type { Logger } from './platform/logger.ts';
import { type Metrics, createMetrics } from './platform/metrics.ts';
import type { Clock } from './ports/clock.ts';
import type { Feeds } from './ports/feeds.ts';
import type { Ports } from './ports/ports.ts';
import type { WebhookVerifier } from './ports/webhook-verifier.ts';

/** Everything a process of the functions is made of, plugged together once. */
export interface Composition {
  ports: Ports;
  engine: RunningEngine;
  feeds: Feeds;
  access: OrgAccess;
  verifiers: { stripe: WebhookVerifier; quickbooks: WebhookVerifier };
  metrics: Metrics;
  retention: Retention;
  /** Tells the processes on one database of each other's news. */
  bell: Bell;
  pool: ReturnType<typeof createPool>;
  close(): Promise<void>;
}

/** Brings the database up to date and joins adapters to ports. Nothing runs yet. */
export async function compose(config: Config, logger: Logger): Promise<Composition> {
  const pool = createPool(config.databaseUrl);
  const applied = await migrate(pool);
  if (applied.length > 0) logger.info({ applied }, 'database schema is up to date');
  const metrics = createMetrics();
  const budgets = createBudgets(pool, limitOf);
  const clock: Clock = { now: () => Date.now(), sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)) };
  const usage = createUsage(pool, clock);

  const live = !/_test_/.test(config.stripe.secretKey.reveal());
  const stripe = createStripeSdk(config.stripe.secretKey, config.stripe.apiBase);
  const stripeClient = createStripeClient({ sdk: stripe, bucket: live ? 'stripe:live' : 'stripe:test', budgets, metrics });
  const dashboard = { base: config.stripe.dashboardBase, live };

  const app = {
    clientId: config.quickbooks.clientId,
    clientSecret: config.quickbooks.clientSecret,
    tokenUrl: config.quickbooks.tokenUrl,
    realmId: config.quickbooks.realmId,
  };
  const vault = createTokenVault(pool, config.encryptionKey);
  if (config.quickbooks.refreshToken) {
    await vault.seed('quickbooks', app.realmId, {
      accessToken: null,
      refreshToken: config.quickbooks.refreshToken.reveal(),
      accessExpiresAt: null,
      refreshExpiresAt: null,
    });
  }
  const buckets = [`quickbooks:second@${app.realmId}`, `quickbooks:minute@${app.realmId}`];
  const batchBucket = `quickbooks:batch@${app.realmId}`;
  const readMeter = `quickbooks:reads@${app.realmId}`;
  const quickbooks = createQuickBooksClient({
    app,
    apiBase: config.quickbooks.apiBase,
    tokens: createAccessTokens(app, vault),
    budgets,
    buckets,
    batchBucket,
    metrics,
    countReads: (reads) => usage.count(readMeter, reads),
  });

  const access = fromAuthorization(config.salesforce.authorization, config.salesforce.apiVersion);
  const salesforce = createSalesforceClient(access, config.salesforce.apiVersion, metrics);
  const served = { companyKey: config.companyKey, orgId: config.orgId };
  const effects = createEffectLog(pool);
  const together = createTogether(quickbooks, { effects, clock });
  const ledger = createLedger(quickbooks, config.quickbooks.appBase, app.realmId, together);
  const homeCurrency = async () => {
    const reference = await ledger.readReference();
    return reference.outcome === 'done' ? reference.value.homeCurrency : 'USD';
  };

  const bell = createBell(pool, config.databaseUrl);
  const engine = await createEngine({
    databaseUrl: config.databaseUrl,
    onEnqueued: () => bell.ring('run'),
    executorId: `${config.dyno}-${randomUUID()}`,
    onReaped: (executorId, runs) => logger.warn({ executorId, runs }, 'took up the work of a process that died'),
  });
  const records = createRecords(salesforce, served);
  const ports: Ports = {
    records,
    moneyRecords: createMoneyRecords(salesforce, served),
    matches: createMatchRecords(salesforce, served),
    customerRecords: createCustomerRecords(salesforce, served),
    mappings: createMappings(salesforce, served.companyKey),
    payments: createPayments(stripeClient, dashboard),
    payloads: { ...quickbooksPayloads, ...stripePayloads },
    balance: createBalance(stripeClient, dashboard),
    ledger,
    customers: { stripe: createStripeCustomers(stripeClient), quickbooks: createLedgerCustomers(quickbooks) },
    bookings: createBookings(quickbooks, config.quickbooks.appBase, homeCurrency, together),
    effects,
    numbers: createInvoiceNumbers(pool),
    engine,
    progress: createProgress(pool),
    inbox: createInbox(pool),
    timeline: createTimeline(pool),
    clock,
    calls: { read: () => ({ salesforce: 0, stripe: 0, quickbooks: 0, ...metrics.calls() }) },
    histories: {
      quickbooks: createQuickBooksHistory(quickbooks, config.quickbooks.appBase, async () =>
        mapOutcome(await ledger.readReference(), (reference) => reference.homeCurrency),
      ),
      stripe: createStripeHistory(stripeClient, dashboard, async () =>
        mapOutcome(await records.readCompany({ asking: null }), ({ company }) => company.timeZone),
      ),
    },
    loads: createLoads(pool),
    loadRecords: createLoadRecords(salesforce, served),
  };
  return {
    ports,
    engine,
    feeds: {
      stripe: createStripeFeed(stripeClient, { live }),
      quickbooks: createLedgerFeed(quickbooks),
      checkpoints: createCheckpoints(pool),
      sightings: createSightings(pool),
      allowances: {
        quickbooksReads: async (from) => ({ allowed: config.quickbooks.monthlyReads, days: await usage.readDays(readMeter, from) }),
        salesforceCalls: () => salesforce.lastUsage(),
      },
    },
    access,
    verifiers: {
      stripe: createStripeVerifier(config.stripe.webhookSecrets, { live }),
      quickbooks: createQuickBooksVerifier(config.quickbooks.webhookVerifiers, app.realmId),
    },
    metrics,
    retention: createRetention(pool, ports.inbox, (before, most) => engine.forget(before, most)),
    bell,
    pool,
    async close() {
      await bell.stop();
      await engine.stop();
      // What cannot be written now is lost, which is no reason to stay.
      await usage.close().catch((error: unknown) => logger.warn({ err: error }, 'the last reads of QuickBooks could not be counted'));
      await pool.end();
    },
  };
}
