import { type Arrivals, createBudgets } from '../../../src/adapters/memory/budgets.ts';
import { limitOf } from '../../../src/limits.ts';
import type { Budgets, Limit } from '../../../src/ports/budgets.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Host } from '../host.ts';

/** While other work of ours has the turns at QuickBooks, one moment in so long is left for the rest. */
const GUST_MS = 4_000;

/** Batches at once: what finds none reads by five single calls, which costs more than it shows. So it is seldom. */
const BATCHES = 10;

/** The product's limits, which all processes share. */
export interface Turns {
  arrivals: Arrivals;
  quickbooksBusyUntil: number;
}

export const noTurns = (): Turns => ({ arrivals: new Map(), quickbooksBusyUntil: 0 });

const limitHere = (bucket: string): Limit => ({ ...limitOf(bucket), ...(bucket === 'quickbooks:batch' ? { burst: BATCHES } : {}) });

/** The limits as a process meets them. A dead one gets no turn. */
export function createTurns(host: Host, clock: Clock, turns: Turns): Budgets {
  const budgets = createBudgets(clock, limitHere, turns.arrivals);
  const take: Budgets['take'] = async (bucket, ...asked) => {
    if (bucket === 'quickbooks:second' && clock.now() < turns.quickbooksBusyUntil) await clock.sleep(GUST_MS - (clock.now() % GUST_MS));
    return budgets.take(bucket, ...asked);
  };
  return { take: (...asked) => host.receive(take(...asked)) };
}
