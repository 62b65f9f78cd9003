import type { Limit } from './ports/budgets.ts';

/** Published limits, per account and company. https://docs.stripe.com/rate-limits, https://developer.intuit.com/app/developer/qbo/docs/learn/rest-api-features */
const LIMITS: Record<string, Limit> = {
  // The providers count any second or minute, so burst and refill together stay below each limit.
  'stripe:live': { tokens: 80, perMs: 1000, burst: 20 },
  'stripe:test': { tokens: 19, perMs: 1000, burst: 6 },
  // One to spare for jitter.
  'quickbooks:second': { tokens: 6, perMs: 1000, burst: 4 },
  'quickbooks:minute': { tokens: 400, perMs: 60_000, burst: 100 },
  // One to spare here too. What finds no place in it reads by single calls, side by side.
  'quickbooks:batch': { tokens: 37, perMs: 60_000, burst: 2 },
};

/** Of a bucket, which is named `<limit>@<company>` where each company has its own. */
export function limitOf(bucket: string): Limit {
  const limit = LIMITS[bucket.split('@')[0] ?? ''];
  if (!limit) throw new Error(`no limit is known for the budget ${bucket}`);
  return limit;
}
