import type pg from 'pg';
import { type Budgets, type Lane, type Limit, burstOf } from '../../ports/budgets.ts';
import { type BudgetLine, createBudgetLine } from './budget-line.ts';

/** Background work looks this seldom at most: each look is a write. */
const LONGEST_LOOK_MS = 500;

// GCRA: `tat` is the theoretical arrival time of the next token. Grants as many as are there, up to $4; a share of a millionth is rounding.
const TAKE = `
WITH held AS (
  SELECT bucket, clock_timestamp() AS at, tat FROM trueup.rate_budget WHERE bucket = $1 FOR UPDATE
), free AS (
  SELECT bucket, greatest(tat, at) AS tat,
    least($4::int, floor(extract(epoch FROM $3::interval - (greatest(tat, at) - at)) / extract(epoch FROM $2::interval) + 0.000001))::int AS tokens
  FROM held
), taken AS (
  UPDATE trueup.rate_budget AS budget SET tat = free.tat + free.tokens * $2::interval FROM free
  WHERE budget.bucket = free.bucket AND free.tokens > 0 RETURNING free.tokens
)
SELECT coalesce((SELECT tokens FROM taken), 0) AS tokens, EXISTS (SELECT FROM held) AS known`;

const FIRST = `INSERT INTO trueup.rate_budget (bucket, tat) VALUES ($1, now()) ON CONFLICT (bucket) DO NOTHING`;

const seconds = (ms: number) => `${(ms / 1000).toFixed(6)} seconds`;

/** Budgets shared by all processes on one database. `limitOf` knows each bucket; an unknown one is a bug. */
export function createBudgets(pool: pg.Pool, limitOf: (bucket: string) => Limit): Budgets {
  const lines = new Map<string, BudgetLine>();

  function lineOf(bucket: string, lane: Lane): BudgetLine {
    const name = `${lane} ${bucket}`;
    const known = lines.get(name);
    if (known) return known;
    const limit = limitOf(bucket);
    const perToken = limit.perMs / limit.tokens;
    const share = perToken * burstOf(limit, lane);
    const ask = async (most: number): Promise<number> => {
      const { rows } = await pool.query<{ tokens: number; known: boolean }>({
        name: 'budget-take',
        text: TAKE,
        values: [bucket, seconds(perToken), seconds(share), most],
      });
      if (rows[0]?.known) return rows[0].tokens;
      await pool.query(FIRST, [bucket]);
      return ask(most);
    };
    const pauseMs = lane === 'background' ? Math.min(2 * perToken, Math.max(perToken, LONGEST_LOOK_MS)) : perToken;
    const line = createBudgetLine(ask, Math.max(5, pauseMs));
    lines.set(name, line);
    return line;
  }

  return { take: (bucket, lane, patienceMs = 10_000) => lineOf(bucket, lane).wait(patienceMs) };
}
