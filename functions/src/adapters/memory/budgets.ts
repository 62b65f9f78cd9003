import type { Clock } from '../../ports/clock.ts';
import { type Budgets, type Limit, burstOf } from '../../ports/budgets.ts';

/** When the next token of each bucket would come if all were taken as fast as they come: it outlives the processes. */
export type Arrivals = Map<string, number>;

/** The rule of adapters/postgres/budgets.ts, in a clock that is given. Who waits wakes when the token he wants may be there. */
export function createBudgets(clock: Clock, limitOf: (bucket: string) => Limit, arrivals: Arrivals = new Map()): Budgets {
  return {
    async take(bucket, lane, patienceMs = 10_000) {
      const limit = limitOf(bucket);
      const perToken = limit.perMs / limit.tokens;
      const burst = perToken * burstOf(limit, lane);
      const until = clock.now() + patienceMs;
      for (;;) {
        const now = clock.now();
        const next = Math.max(arrivals.get(bucket) ?? 0, now) + perToken;
        const early = next - now - burst;
        if (early <= 0) {
          arrivals.set(bucket, next);
          return true;
        }
        if (until <= now) return false;
        await clock.sleep(Math.min(Math.ceil(early), until - now));
      }
    },
  };
}
