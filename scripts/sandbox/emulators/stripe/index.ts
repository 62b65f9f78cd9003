import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { addControlRoutes, createCoverage, createHttp, listenOnLoopback, openStore } from '../core/index.ts';
import type { Clock, Coverage, FaultPlan } from '../core/index.ts';
import type { RestrictedKeys } from './access.ts';
import { addApiRoutes, faultAnswer } from './api.ts';
import { addCheckoutPages } from './checkout/pages.ts';
import { COVERED } from './covered.ts';
import { DEFAULT_SECRET_KEY, createStripeEngine } from './engine.ts';
import type { StripeEngine } from './engine.ts';
import { STRIPE_FAULTS } from './fault-list.ts';
import { addHostedRoutes } from './hosted/routes.ts';
import { addMoneyControls } from './money-controls.ts';
import { FRAME, addPages } from './pages/routes.ts';
import type { RateLimitMode } from './rate-limits.ts';
import { addWebhookControls, putReceiver } from './webhook-controls.ts';
import { createWebhooks } from './webhooks.ts';
import type { AccountProfile, Settlement } from './world.ts';

export { createStripeEngine } from './engine.ts';
export { decodeForm } from './form.ts';
export { authenticateInvoice, payInvoice } from './hosted/pay.ts';
export { failPayout } from './payouts.ts';
export { putReceiver } from './webhook-controls.ts';
export { createWebhooks as createStripeWebhooks } from './webhooks.ts';
export type { EngineAnswer, EngineOptions, StripeEngine } from './engine.ts';
export { invoiceTotals, isChargeable, lineAmount, settle } from './totals.ts';
export type { CountedLine, Settlement, Totals } from './totals.ts';

export interface StripeOptions {
  /** 0 or nothing: any free port. */
  port?: number;
  /** Where `stripe.sqlite` lives; in memory when left out. */
  dataDir?: string;
  clock: Clock;
  faults: FaultPlan;
  /** Endpoint that gets every event. */
  webhook?: { url: string; secret?: string; payload?: 'snapshot' | 'thin' };
  secretKey?: string;
  /** Restricted keys (`rk_test_…`) with the permissions (`rak_…`) each has. */
  keys?: RestrictedKeys;
  /** Stripe's rate limits of a test or a live account; off when left out, because 25 requests a second throttle any test suite. */
  rateLimits?: RateLimitMode;
  /** Whether the balance is paid out every day (the default), or only on request. */
  payouts?: 'daily' | 'manual';
  /** Converts foreign payments, at rates that may be changed as it runs; without it each currency keeps its own balance. */
  settlement?: Settlement;
  /** Days before and after a due date on which the account's automations send `invoice.will_be_due` and `invoice.overdue`; none when left out. */
  reminders?: { beforeDue?: number; afterDue?: number };
  /** Days without a delivery after which an endpoint is disabled, as in live mode; never when left out. */
  disableAfterDays?: number;
  /** Whose account it is; "Trueup Sandbox" with days of UTC when left out. */
  account?: AccountProfile;
}

export interface StripeSandbox {
  /** API at `/v1`, hosted invoices at `/i/<token>`, pages at `/sandbox`, control at `/__ctl`. */
  baseUrl: string;
  secretKey: string;
  webhookSecret: string;
  engine: StripeEngine;
  coverage: Coverage;
  /** Runs `fn` when there is no customer yet; for seed data. */
  seed(fn: (engine: StripeEngine) => void): void;
  /** Sets where events go, for a receiver whose port is known later. */
  setWebhook(url: string): void;
  /** Sends pending webhooks now and waits until nothing is under way. */
  deliverNow(): Promise<void>;
  /** The whole account as one SQLite file image, and back. */
  snapshot(): Uint8Array;
  restore(image: Uint8Array): void;
  /** Waits until no delivery is under way; retries that wait for the clock do not count. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

const DEFAULT_WEBHOOK_SECRET = 'whsec_sandbox';

/** Starts the Stripe stand-in on 127.0.0.1. */
export async function startStripe(options: StripeOptions): Promise<StripeSandbox> {
  const { clock, faults } = options;
  if (options.dataDir) mkdirSync(options.dataDir, { recursive: true });
  const store = openStore(options.dataDir ? { file: path.join(options.dataDir, 'stripe.sqlite') } : {});
  const secretKey = options.secretKey ?? DEFAULT_SECRET_KEY;
  const webhookSecret = options.webhook?.secret ?? DEFAULT_WEBHOOK_SECRET;
  const coverage = createCoverage();
  coverage.add(...COVERED);
  let baseUrl = '';

  const engine = createStripeEngine({
    clock,
    store,
    secretKey,
    ...(options.keys ? { keys: options.keys } : {}),
    ...(options.rateLimits ? { rateLimits: options.rateLimits } : {}),
    ...(options.payouts ? { payouts: options.payouts } : {}),
    ...(options.settlement ? { settlement: options.settlement } : {}),
    ...(options.reminders ? { reminders: options.reminders } : {}),
    ...(options.account ? { account: options.account } : {}),
    baseUrl: () => baseUrl,
    generates: (type) => faults.next('stripe.event', { type })?.kind !== 'never-generate',
    onEvent: (event) => webhooks.publish(event),
    onRefused: (what) => coverage.refuse(what),
    onBug: (error) => console.error('Stripe sandbox:', error),
  });
  const webhooks = createWebhooks({ db: engine.db, clock, faults, disableAfterDays: options.disableAfterDays });

  const setWebhook = (url: string) =>
    putReceiver(engine.db, clock.now() / 1000, { url, secret: webhookSecret, payload: options.webhook?.payload });
  if (options.webhook) setWebhook(options.webhook.url);

  const app = createHttp({
    name: 'stripe',
    faults,
    faultAnswer,
    faulty: (request) => /^\/v[12]\//.test(request.url),
    beforeDelay(request) {
      const key = request.headers['idempotency-key'];
      if (typeof key === 'string') engine.idempotency.hold(key, request.id);
      engine.locks.hold(request.method, request.url.split('?', 1)[0]!, request.id);
    },
  });
  const takeUp = () => {
    engine.resume();
    webhooks.resume();
  };
  addControlRoutes(app, {
    clock,
    faults,
    store,
    catalogue: STRIPE_FAULTS,
    frame: FRAME,
    coverage,
    deliverer: webhooks,
    onReset: () => options.webhook && setWebhook(options.webhook.url),
    onRestore: takeUp,
  });
  addMoneyControls(app, engine);
  addWebhookControls(app, engine);
  addApiRoutes(app, engine);
  addHostedRoutes(app, engine);
  addCheckoutPages(app, engine);
  addPages(app, { engine, webhooks, coverage });
  baseUrl = await listenOnLoopback(app, options.port);
  takeUp();

  return {
    get baseUrl() {
      return baseUrl;
    },
    secretKey,
    webhookSecret,
    engine,
    coverage,
    seed: (fn) => {
      if (engine.db.customers.count() === 0) fn(engine);
    },
    setWebhook,
    snapshot: () => store.snapshot(),
    restore(image) {
      store.restore(image);
      takeUp();
    },
    idle: () => webhooks.idle(),
    async deliverNow() {
      await webhooks.deliverNow();
      await webhooks.idle();
    },
    async stop() {
      await app.close();
      await webhooks.stop();
      engine.stop();
      store.close();
    },
  };
}
