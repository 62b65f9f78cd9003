import type { Checkpoint, Checkpoints, SweepSource } from '../../ports/checkpoints.ts';
import type { Clock } from '../../ports/clock.ts';

interface Held extends Checkpoint {
  dueAt: number;
  claimedUntil: number | null;
}

/** Checkpoints with PostgreSQL's rules (adapters/postgres/checkpoints.ts). */
export function createCheckpoints(clock: Pick<Clock, 'now'>): Checkpoints {
  const sources = new Map<SweepSource, Held>();
  const show = (held: Held | undefined): Checkpoint => ({
    readTo: held?.readTo ?? null,
    asOf: held?.asOf ?? null,
    compare: held?.compare ?? null,
  });
  const change = (source: SweepSource, part: Partial<Held>): void => {
    const held = sources.get(source);
    if (held) sources.set(source, { ...held, ...structuredClone(part) });
  };
  return {
    claim: async (source, leaseMs, firstFrom) => {
      const now = clock.now();
      const held = sources.get(source) ?? { readTo: null, asOf: null, compare: null, dueAt: now, claimedUntil: null };
      if (held.dueAt > now || (held.claimedUntil !== null && held.claimedUntil >= now)) return null;
      const claimed = { ...held, readTo: held.readTo ?? firstFrom, claimedUntil: now + leaseMs };
      sources.set(source, claimed);
      return show(claimed);
    },
    settle: async (source, { readTo, asOf, compare }, everyMs) =>
      change(source, { readTo, asOf, compare, claimedUntil: null, dueAt: clock.now() + everyMs }),
    postpone: async (source, retryMs) => change(source, { claimedUntil: null, dueAt: clock.now() + retryMs }),
    read: async (source) => show(sources.get(source)),
  };
}
