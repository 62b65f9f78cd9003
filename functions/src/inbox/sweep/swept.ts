import type { Checkpoint } from '../../ports/checkpoints.ts';

/** What a sweep came to: how far it read, and when to look again where that is sooner than always; or that it cannot read all since the last time. */
export type Swept = { found: number; readTo: string; asOf: string; againMs?: number } | { gap: Gap };

/** Something may have happened that no list tells any more. */
export interface Gap {
  system: 'Stripe' | 'QuickBooks';
  /** ISO instant. */
  since: string;
  why: string;
  /** By the clock of whoever is read: once all is compared, sweeps go on from here. */
  readTo: string;
}

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** Stripe and QuickBooks tell of the last 30 days. */
export const WINDOW_MS = 30 * DAY_MS;

/** Where a sweep begins whose source was claimed with a beginning. */
export function startOf({ readTo }: Checkpoint): number {
  if (readTo === null) throw new Error('The source was claimed without a beginning.');
  return Date.parse(readTo);
}

export const iso = (ms: number): string => new Date(ms).toISOString();
