import type { Checkpoint, SweepSource } from '../../ports/checkpoints.ts';
import type { Feeds } from '../../ports/feeds.ts';

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

/**
 * A first sweep looks back a day: what is older is found by the nightly sync. Where it begins is kept before it reads: it may fail, or its
 * process die, and the next one may be days later.
 */
export async function startOf(
  { checkpoints }: Pick<Feeds, 'checkpoints'>,
  source: SweepSource,
  { readTo }: Checkpoint,
  now: number,
): Promise<number> {
  if (readTo !== null) return Date.parse(readTo);
  await checkpoints.begin(source, iso(now - DAY_MS));
  return now - DAY_MS;
}

export const iso = (ms: number): string => new Date(ms).toISOString();
