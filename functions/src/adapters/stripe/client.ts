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

export type HttpClient = NonNullable<NonNullable<ConstructorParameters<typeof Stripe>[1]>['httpClient']>;

/**
 * The SDK sends a request again by itself when the connection was closed, even with its retries off, and tells of the last try alone:
 * a first try that Stripe acted on would then look like one that never left. Under another code the failure comes to us as it is.
 * https://github.com/stripe/stripe-node/issues/1040
 */
function withoutHiddenRetry(client: HttpClient): HttpClient {
  return {
    getClientName: () => client.getClientName(),
    makeRequest: (...request) =>
      client.makeRequest(...request).catch((error: unknown) => {
        const { code } = error as { code?: string };
        throw code === 'ECONNRESET' || code === 'EPIPE' ? Object.assign(error as Error, { code: 'CONNECTION_CLOSED' }) : error;
      }),
  };
}

/** The SDK's own retries stay off: it would invent idempotency keys and not wait for 429. */
export function createStripeSdk(
  secretKey: Secret,
  apiBase: string | undefined,
  client: HttpClient = Stripe.createNodeHttpClient(),
): Stripe {
  const base = apiBase ? new URL(apiBase) : undefined;
  return new Stripe(secretKey.reveal(), {
    apiVersion: API_VERSION,
    maxNetworkRetries: 0,
    telemetry: false,
    timeout: 30_000,
    httpClient: withoutHiddenRetry(client),
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
