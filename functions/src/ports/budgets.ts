/** Shared token buckets, one per provider limit; lanes are reserved for people and for news. Adapters take before each call. */
export interface Budgets {
  /**
   * Waits until a token of the bucket is granted.
   * @param bucket such as `stripe:acct_1`, `quickbooks:9130:minute`
   * @returns false when the lane's share cannot be had within `patienceMs` (then answer rate-limited)
   */
  take(bucket: string, lane: Lane, patienceMs?: number): Promise<boolean>;
}

/** A provider's limit: `tokens` per `perMs`, of which `burst` may go at once. */
export interface Limit {
  tokens: number;
  perMs: number;
  burst: number;
}

/** `rep`: somebody waits at a screen. `news`: new money is to be shown. `background`: bookings, sweeps, syncs, back-fills. */
export type Lane = 'rep' | 'news' | 'background';

/** The share of the burst that a lane leaves to those before it. */
const LEFT_TO_OTHERS: Record<Lane, number> = { rep: 0, news: 0.2, background: 0.4 };

/** So many tokens the lane may take at once: one at least. */
export const burstOf = ({ burst }: Limit, lane: Lane): number => Math.max(1, burst * (1 - LEFT_TO_OTHERS[lane]));
