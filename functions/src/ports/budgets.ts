/** Shared token buckets, one per provider limit; a lane is reserved for reps. Adapters take before each call. */
export interface Budgets {
  /**
   * Waits until `tokens` of the bucket are granted.
   * @param bucket such as `stripe:acct_1`, `quickbooks:9130:minute`
   * @returns false when the lane's share cannot be had within `patienceMs` (then answer rate-limited)
   */
  take(bucket: string, lane: Lane, tokens?: number, patienceMs?: number): Promise<boolean>;
}

/** `rep`: somebody waits at a screen. `background`: sweeps, syncs, back-fills. */
export type Lane = 'rep' | 'background';
