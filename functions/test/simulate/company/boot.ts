import { createEngine } from '../../../src/adapters/memory/engine.ts';
import { createTimeline } from '../../../src/adapters/memory/timeline.ts';
import { createTokenVault } from '../../../src/adapters/memory/token-vault.ts';
import { createQuickBooksClient } from '../../../src/adapters/quickbooks/client.ts';
import { createBookings } from '../../../src/adapters/quickbooks/bookings.ts';
import { quickbooksPayloads } from '../../../src/adapters/quickbooks/payloads.ts';
import { createCustomers as createLedgerCustomers } from '../../../src/adapters/quickbooks/customers.ts';
import { createLedgerFeed } from '../../../src/adapters/quickbooks/feed.ts';
import { createHistory as createQuickBooksHistory } from '../../../src/adapters/quickbooks/history.ts';
import { createLedger } from '../../../src/adapters/quickbooks/ledger.ts';
import { createTogether } from '../../../src/adapters/quickbooks/together.ts';
import { createAccessTokens } from '../../../src/adapters/quickbooks/tokens.ts';
import { createQuickBooksVerifier } from '../../../src/adapters/quickbooks/verify-webhook.ts';
import { createSalesforceClient } from '../../../src/adapters/salesforce/client.ts';
import { createLoadRecords } from '../../../src/adapters/salesforce/load-records.ts';
import { createCustomerRecords } from '../../../src/adapters/salesforce/customer-records.ts';
import { createMappings } from '../../../src/adapters/salesforce/mappings.ts';
import { createMatchRecords } from '../../../src/adapters/salesforce/match-records.ts';
import { createMoneyRecords } from '../../../src/adapters/salesforce/money-records.ts';
import { createRecords } from '../../../src/adapters/salesforce/records.ts';
import { createBalance } from '../../../src/adapters/stripe/balance.ts';
import { createStripeClient } from '../../../src/adapters/stripe/client.ts';
import { createCustomers as createStripeCustomers } from '../../../src/adapters/stripe/customers.ts';
import { stripePayloads } from '../../../src/adapters/stripe/payloads.ts';
import { createStripeFeed } from '../../../src/adapters/stripe/feed.ts';
import { createHistory as createStripeHistory } from '../../../src/adapters/stripe/history.ts';
import { createPayments } from '../../../src/adapters/stripe/payments.ts';
import { createStripeVerifier } from '../../../src/adapters/stripe/verify-webhook.ts';
import { done } from '../../../src/domain/outcome.ts';
import { answer } from '../../../src/endpoints/answer.ts';
import { ENDPOINTS } from '../../../src/endpoints/endpoints.ts';
import { inLane } from '../../../src/platform/lane.ts';
import { createLogger } from '../../../src/platform/logger.ts';
import type { Metrics } from '../../../src/platform/metrics.ts';
import { Secret } from '../../../src/platform/secret.ts';
import type { Budgets } from '../../../src/ports/budgets.ts';
import type { EffectLog } from '../../../src/ports/effect-log.ts';
import type { Ports } from '../../../src/ports/ports.ts';
import type { WebhookVerifier } from '../../../src/ports/webhook-verifier.ts';
import { type Pace, startWorker } from '../../../src/work.ts';
import { storyCompany } from '../../../../scripts/sandbox/index.ts';
import type { SeededFaults } from '../fault-plan.ts';
import { type Host, guarded, inHost } from '../host.ts';
import type { Network } from '../roads/network.ts';
import { API_BASE, CLIENT_ID, TOKEN_URL } from '../roads/to-quickbooks.ts';
import { createAccess } from '../roads/to-salesforce.ts';
import { createSdk } from '../roads/to-stripe.ts';
import type { Trace } from '../trace.ts';
import type { Database } from './database.ts';
import { type Ground, REALM } from './ground.ts';
import { SECRETS, type StandIns } from './stand-ins.ts';
import { createTurns } from './turns.ts';

const APP_BASE = 'https://app.qbo.intuit.com';
/** Ten in the product, and people here do not make so many write at once. */
const FEW = 1;

/** A process of the functions that has booted. */
export interface Running {
  host: Host;
  ports: Ports;
  verifiers: { stripe: WebhookVerifier; quickbooks: WebhookVerifier };
  wake(): void;
  /** A call through the door, as Salesforce makes it. Never answers when the process dies meanwhile. */
  call(operation: string, body: object, asking: { userId: string; permissions: readonly string[] }): Promise<unknown>;
}

export interface BootDeps {
  ground: Ground;
  standIns: StandIns;
  database: Database;
  network: Network;
  trace: Trace;
  pace: Pace;
  clock: Ports['clock'];
  faults: Pick<SeededFaults, 'takesOver'>;
  /** What a test plants: adapters of the composition put in the place of the real ones. */
  plant?: Plant;
}

export type Plant = (ports: Ports) => Partial<Ports>;

/** Builds a process anew, all of it but the database: as compose.ts and serve.ts do, over the roads of the simulation. */
export async function boot(host: Host, deps: BootDeps): Promise<Running> {
  return inHost(host, async () => {
    const { ground, database, trace } = deps;
    const metrics = countCalls();
    const sdk = createSdk(deps.standIns.stripe, deps.network);
    const budgets = createTurns(host, deps.clock, database.turns);
    const quickbooks = connectQuickbooks(host, deps, metrics, budgets);
    const engine = createEngine(deps.clock, { jobs: database.jobs, pass: (point) => host.pass(point) });
    const salesforce = createSalesforceClient(createAccess(ground.org, deps.network), '66.0', metrics);
    const served = { companyKey: 'main', orgId: ground.org.orgId };
    const stripe = createStripeClient({ sdk, bucket: 'stripe:test', budgets, metrics });
    const dashboard = { base: 'https://dashboard.stripe.com', live: false };
    const books = await quickbooks;
    const together = createTogether(books, { effects: guarded(host, 'effects', { sendTogether: freezing(deps) }), clock: deps.clock }, FEW);
    const plain: Ports = {
      records: createRecords(salesforce, served),
      moneyRecords: createMoneyRecords(salesforce, served),
      matches: createMatchRecords(salesforce, served),
      customerRecords: createCustomerRecords(salesforce, served),
      mappings: createMappings(salesforce, served.companyKey),
      payments: createPayments(stripe, dashboard),
      payloads: { ...quickbooksPayloads, ...stripePayloads },
      balance: createBalance(stripe, dashboard),
      ledger: createLedger(books, APP_BASE, REALM, together),
      customers: { stripe: createStripeCustomers(stripe), quickbooks: createLedgerCustomers(books) },
      bookings: createBookings(books, APP_BASE, async () => storyCompany.homeCurrency, together),
      timeline: createTimeline(database),
      effects: database.effects,
      numbers: database.numbers,
      progress: database.progress,
      inbox: database.inbox,
      engine,
      loads: database.loads,
      loadRecords: createLoadRecords(salesforce, served),
      histories: {
        quickbooks: createQuickBooksHistory(books, APP_BASE, async () => done(storyCompany.homeCurrency)),
        stripe: createStripeHistory(stripe, dashboard, async () => done(storyCompany.timeZone)),
      },
      clock: deps.clock,
      calls: { read: () => ({ salesforce: 0, stripe: 0, quickbooks: 0, ...metrics.calls() }) },
    };
    const kept = { ...plain, ...deps.plant?.(plain) };
    const ports: Ports = {
      ...kept,
      ...Object.fromEntries(
        (['effects', 'numbers', 'progress', 'inbox', 'loads'] as const).map((name) => [name, guarded(host, name, kept[name] as object)]),
      ),
      engine: {
        ...guarded(host, 'engine', { enqueue: kept.engine.enqueue, result: kept.engine.result }),
        register: (name, workflow) => kept.engine.register(name, workflow),
      },
    };
    const logger = createLogger('error', { write: (line: string) => trace.note(host.name, logged(line)) });
    const running = { ...ports.engine, start: async () => engine.takeUp(), stop: async () => undefined };
    const feeds = {
      stripe: createStripeFeed(stripe, { live: false }),
      quickbooks: createLedgerFeed(books),
      checkpoints: guarded(host, 'checkpoints', database.swept.checkpoints),
      sightings: guarded(host, 'sightings', database.swept.sightings),
      allowances: {
        quickbooksReads: async (from: string) => ({ allowed: 500_000, days: await database.usage.readDays(REALM, from) }),
        salesforceCalls: () => salesforce.lastUsage(),
      },
    };
    // Sweeps would heal some of what is planted before the checks look.
    const swept = deps.plant ? {} : { feeds };
    const worker = await startWorker({ ports, engine: running, metrics, ...swept }, logger, deps.pace);
    return {
      host,
      ports,
      verifiers: {
        stripe: createStripeVerifier([new Secret(SECRETS.stripe)], { live: false }),
        quickbooks: createQuickBooksVerifier([new Secret(SECRETS.quickbooks)], REALM),
      },
      wake: () => inHost(host, () => worker.wake()),
      call: (operation, body, asking) =>
        inHost(host, () => {
          const endpoint = ENDPOINTS.find((each) => each.operationId === operation);
          if (!endpoint) throw new Error(`There is no operation ${operation}.`);
          return inLane(endpoint.background ? 'background' : 'rep', async () => {
            const reply = await answer(endpoint, ports, body, { ...asking, correlationId: 'simulated' });
            await host.pass('the reply of an operation');
            return reply.body;
          });
        }),
    };
  });
}

async function connectQuickbooks(host: Host, deps: BootDeps, metrics: Metrics, budgets: Budgets) {
  const vault = createTokenVault(deps.database.tokens);
  await vault.seed('quickbooks', REALM, {
    accessToken: null,
    refreshToken: deps.standIns.refreshToken,
    accessExpiresAt: null,
    refreshExpiresAt: null,
  });
  const app = { clientId: CLIENT_ID, clientSecret: new Secret('simulated'), tokenUrl: TOKEN_URL, realmId: REALM };
  return createQuickBooksClient({
    app,
    apiBase: API_BASE,
    tokens: createAccessTokens(app, guarded(host, 'vault', vault)),
    budgets,
    buckets: ['quickbooks:second', 'quickbooks:minute'],
    batchBucket: 'quickbooks:batch',
    metrics,
    countReads: (reads) => deps.database.usage.count(REALM, reads),
  });
}

/** Another process may take over one of them just before, and die before it sends it. */
const freezing =
  ({ database: { effects }, faults }: BootDeps): EffectLog['sendTogether'] =>
  async (sendings, at) => {
    const [first] = sendings;
    if (first && faults.takesOver()) await effects.resend(first.key, new Date(Date.parse(at) + 1).toISOString());
    return effects.sendTogether(sendings, at);
  };

function countCalls(): Metrics {
  const totals: Record<string, number> = {};
  return {
    call: (system) => void (totals[system] = (totals[system] ?? 0) + 1),
    count: () => undefined,
    text: async () => '',
    calls: () => ({ ...totals }),
  };
}

function logged(line: string): string {
  const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
  return `LOG ${msg ?? ''} ${err?.message ?? ''}`;
}
