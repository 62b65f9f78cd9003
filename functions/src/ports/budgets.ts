/** Shared token buckets, one per provider limit; a lane is reserved for reps. Adapters take before each call. */
export interface Budgets {
  /**
   * Waits until `tokens` of the bucket are granted.
   * @param bucket such as `stripe:acct_1`, `quickbooks:9130:minute`
   * @returns false when the lane's share cannot be had within `patienceMs` (then answer rate-limited)
   */
  take(bucket: string, lane: Lane, tokens?: number, patienceMs?: number): Promise<boolean>;
}

/** A provider's limit: `tokens` per `perMs`, of which `burst` may go at once. */
export interface Limit {
  tokens: number;
  perMs: number;
  burst: number;
}

/** The share of the burst that background work leaves to people. */
const RESERVED_FOR_REPS = 0.4;

/** So many tokens the lane may take at once; what is asked for together may always be taken in the end. */
export const burstOf = ({ burst }: Limit, lane: Lane, tokens: number): number =>
  Math.max(tokens, burst * (lane === 'rep' ? 1 : 1 - RESERVED_FOR_REPS));

/** `rep`: somebody waits at a screen. `background`: sweeps, syncs, back-fills. */
export type Lane = 'rep' | 'background';
