import Stripe from 'stripe';
import type { Failure, Outcome } from '../../domain/outcome.ts';
import { currentLane } from '../../platform/lane.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { Secret } from '../../platform/secret.ts';
import type { Budgets } from '../../ports/budgets.ts';
import { type Kind, ask } from './errors.ts';

/** The version this code was written against; never the account's default. */
export const API_VERSION = '2026-10-28.endive';

export interface StripeClient {
  sdk: Stripe;
  /** One call: takes its token from the shared budget, is counted, and ends as an outcome. */
  call<T>(kind: Kind, operation: string, run: (sdk: Stripe) => Promise<T>): Promise<Outcome<T>>;
}

const BUSY: Failure = {
  outcome: 'rate-limited',
  retryAfterMs: 1000,
  problem: {
    code: 'stripe-budget-spent',
    severity: 'error',
    message: 'Our own limit of calls to Stripe is used up for the moment.',
    action: 'Nothing to do: it is tried again by itself.',
  },
};

/** The SDK's own retries stay off: it would invent idempotency keys and not wait for 429. */
export function createStripeSdk(secretKey: Secret, apiBase: string | undefined): Stripe {
  const base = apiBase ? new URL(apiBase) : undefined;
  return new Stripe(secretKey.reveal(), {
    apiVersion: API_VERSION,
    maxNetworkRetries: 0,
    telemetry: false,
    timeout: 30_000,
    appInfo: { name: 'Trueup' },
    ...(base
      ? {
          host: base.hostname,
          port: base.port || (base.protocol === 'https:' ? '443' : '80'),
          protocol: base.protocol === 'https:' ? 'https' : 'http',
        }
      : {}),
  });
}

export function createStripeClient(options: { sdk: Stripe; bucket: string; budgets: Budgets; metrics: Metrics }): StripeClient {
  const { sdk, bucket, budgets, metrics } = options;
  return {
    sdk,
    async call(kind, operation, run) {
      if (!(await budgets.take(bucket, currentLane()))) return BUSY;
      const started = performance.now();
      const outcome = await ask(kind, () => run(sdk));
      metrics.call('stripe', operation, outcome.outcome, (performance.now() - started) / 1000);
      return outcome;
    },
  };
}
