import { StripeError } from './errors.ts';

/** Requests a second that an account may make. https://docs.stripe.com/rate-limits */
const PER_ACCOUNT = { test: 25, live: 100 };
const PER_ENDPOINT = 25;
const SEARCHES = 20;

export type RateLimitMode = keyof typeof PER_ACCOUNT;

/** Token buckets on the sandbox's clock: one for the account, one per endpoint, one for all searches. */
export interface RateLimits {
  /** Takes one request of `endpoint` (`METHOD /v1/pattern`); refuses it with 429 when a bucket is empty. */
  take(endpoint: string): void;
}

/** A 429 of Stripe; `reason` travels as the header `Stripe-Rate-Limited-Reason`. */
export class RateLimited extends StripeError {
  readonly reason: 'global-rate' | 'endpoint-rate' | 'resource-specific';

  constructor(reason: RateLimited['reason']) {
    super(429, {
      type: 'invalid_request_error',
      code: 'rate_limit',
      message: 'Request rate limit exceeded. You can learn more about rate limits here https://stripe.com/docs/rate-limits.',
    });
    this.reason = reason;
  }
}

/** @param now milliseconds */
export function createRateLimits(mode: RateLimitMode, now: () => number): RateLimits {
  const account = bucket(PER_ACCOUNT[mode], now);
  const searches = bucket(SEARCHES, now);
  const endpoints = new Map<string, ReturnType<typeof bucket>>();
  return {
    take(endpoint) {
      const known = endpoints.get(endpoint) ?? bucket(PER_ENDPOINT, now);
      endpoints.set(endpoint, known);
      if (!account()) throw new RateLimited('global-rate');
      if (!known()) throw new RateLimited('endpoint-rate');
      if (endpoint.endsWith('/search') && !searches()) throw new RateLimited('resource-specific');
    },
  };
}

/** Holds at most one second's worth and fills evenly. */
function bucket(perSecond: number, now: () => number): () => boolean {
  let tokens = perSecond;
  let at = now();
  return () => {
    tokens = Math.min(perSecond, tokens + ((now() - at) / 1000) * perSecond);
    at = now();
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
}
