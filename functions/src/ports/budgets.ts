/** Shared token buckets, one per provider limit; lanes are reserved for people and for news. Adapters take before each call. */
export interface Budgets {
  /**
   * Waits until a token of the bucket is granted.
   * @param bucket such as `stripe:acct_1`, `quickbooks:9130:minute`
   * @returns false when the lane's share cannot be had within `patienceMs` (then answer rate-limited)
   */
  take(bucket: string, lane: Lane, patienceMs?: number): Promise<boolean>;
}

/** `rep`: somebody waits at a screen. `news`: new money is to be shown. `background`: bookings, sweeps, syncs, back-fills. */
export type Lane = 'rep' | 'news' | 'background';
