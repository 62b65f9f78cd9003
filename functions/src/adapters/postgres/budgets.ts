import type pg from 'pg';
import { type Budgets, type Lane, type Limit, burstOf } from '../../ports/budgets.ts';

/** Background work looks for a token ever more seldom, up to this: many may wait, and each look is a write. */
const LONGEST_LOOK_MS = 500;

// GCRA in one UPDATE: `tat` is the theoretical arrival time of the next token.
const TAKE = `
INSERT INTO trueup.rate_budget AS b (bucket, tat) VALUES ($1, now() + $2::interval)
ON CONFLICT (bucket) DO UPDATE SET tat = greatest(b.tat, clock_timestamp()) + $2::interval
  WHERE greatest(b.tat, clock_timestamp()) + $2::interval - clock_timestamp() <= $3::interval
RETURNING tat`;

const seconds = (ms: number) => `${(ms / 1000).toFixed(6)} seconds`;

/** Budgets shared by all processes on one database. `limitOf` knows each bucket; an unknown one is a bug. */
export function createBudgets(pool: pg.Pool, limitOf: (bucket: string) => Limit): Budgets {
  return {
    async take(bucket, lane: Lane, tokens = 1, patienceMs = 10_000) {
      const limit = limitOf(bucket);
      const perToken = limit.perMs / limit.tokens;
      const burst = perToken * burstOf(limit, lane, tokens);
      const until = Date.now() + patienceMs;
      for (let looks = 1; ; looks += 1) {
        const { rowCount } = await pool.query({
          name: 'budget-take',
          text: TAKE,
          values: [bucket, seconds(perToken * tokens), seconds(burst)],
        });
        if (rowCount) return true;
        const left = until - Date.now();
        if (left <= 0) return false;
        const pause = lane === 'rep' ? perToken : Math.min(perToken * looks, Math.max(perToken, LONGEST_LOOK_MS));
        await new Promise((resolve) => setTimeout(resolve, Math.min(left, Math.max(5, pause))));
      }
    },
  };
}
