import type { Pace } from '../../src/work.ts';
import type { Database } from './company/database.ts';
import type { Time } from './time.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Looks of the drain: so long apart at least, and at most while somebody is at a screen, or nobody. */
const DRAIN = { least: 500, most: 5 * SECOND, mostInQuiet: 6 * HOUR };
const BUSY = { resumeMs: 60 * SECOND, sweepMs: 6 * HOUR };
/** Nobody acts for hours: then the loops look less often, which only saves the simulation work. */
const QUIET = { resumeMs: DAY, sweepMs: 2 * DAY };

/** How often the loops of the functions look. */
export interface SimulatedPace extends Pace {
  /** So much time is about to pass. */
  during(ms: number): void;
}

/** A look at an inbox in which nothing is due finds nothing: the next one may wait until something is. */
export function createPace({ now }: Pick<Time, 'now'>, { inbox }: Pick<Database, 'inbox'>): SimulatedPace {
  let isQuiet = false;
  const untilDue = (): number => {
    let next = now() + (isQuiet ? DRAIN.mostInQuiet : DRAIN.most);
    for (const { parked, dueAt, leasedUntil } of inbox.objects.values())
      if (!parked) next = Math.min(next, Math.max(dueAt, (leasedUntil ?? 0) + 1));
    return Math.max(next - now(), DRAIN.least);
  };
  return {
    during: (ms) => void (isQuiet = ms > 5 * MINUTE),
    get drainMs() {
      return untilDue();
    },
    get resumeMs() {
      return (isQuiet ? QUIET : BUSY).resumeMs;
    },
    get sweepMs() {
      return (isQuiet ? QUIET : BUSY).sweepMs;
    },
  };
}
