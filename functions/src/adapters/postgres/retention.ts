import type pg from 'pg';
import type { Inbox } from '../../ports/inbox.ts';

const DAY_MS = 86_400_000;
const BATCH = 5_000;

/** How long what is over is kept, in days. */
const KEEP_DAYS = {
  /** Stripe lists its events for 30 days and a sweep may name each of them again: a row forgotten earlier would count as new. */
  events: 45,
  /** Runs of the engine; a run asked for again under its id would begin anew, which the effect log makes harmless. */
  runs: 30,
  /** The history of a year that the accountant may still have open. */
  notes: 400,
  operations: 400,
  /** This month and the week before it are read; the year before tells what a change of habits did. */
  usage: 400,
};

export type Trimmed = Record<keyof typeof KEEP_DAYS, number>;

export interface Retention {
  /** Drops what is over and old, a batch at a time. What is unsettled, and every effect row, stays whatever its age. */
  trim(now: number): Promise<Trimmed>;
}

export function createRetention(
  pool: pg.Pool,
  inbox: Pick<Inbox, 'trim'>,
  forgetRuns: (before: number, most: number) => Promise<number>,
): Retention {
  const dropNotes = async (before: Date): Promise<number> => {
    const { rowCount } = await pool.query(
      `DELETE FROM trueup.effect_note WHERE id IN (
         SELECT note.id FROM trueup.effect_note AS note JOIN trueup.effect USING (key) WHERE at < $1 AND state = 'answered' ORDER BY note.id LIMIT $2)`,
      [before, BATCH],
    );
    return rowCount ?? 0;
  };
  const dropOperations = async (before: Date): Promise<number> => {
    const { rowCount } = await pool.query(
      `DELETE FROM trueup.progress WHERE key IN (
         SELECT key FROM trueup.progress WHERE changed_at < $1 AND state IN ('done', 'rejected', 'compensated') ORDER BY changed_at LIMIT $2)`,
      [before, BATCH],
    );
    return rowCount ?? 0;
  };
  const dropUsage = async (before: Date): Promise<number> => {
    const { rowCount } = await pool.query(
      'DELETE FROM trueup.usage WHERE (meter, day) IN (SELECT meter, day FROM trueup.usage WHERE day < $1::date LIMIT $2)',
      [before.toISOString(), BATCH],
    );
    return rowCount ?? 0;
  };
  return {
    async trim(now) {
      const before = (of: keyof typeof KEEP_DAYS) => new Date(now - KEEP_DAYS[of] * DAY_MS);
      return {
        events: await all(() => inbox.trim(before('events').toISOString(), BATCH)),
        runs: await all(() => forgetRuns(before('runs').getTime(), 500), 500),
        notes: await all(() => dropNotes(before('notes'))),
        operations: await all(() => dropOperations(before('operations'))),
        usage: await all(() => dropUsage(before('usage'))),
      };
    },
  };
}

/** Batch after batch, so that no statement holds many rows for long. */
async function all(drop: () => Promise<number>, batch = BATCH): Promise<number> {
  let dropped = 0;
  for (let last = batch; last === batch;) dropped += last = await drop();
  return dropped;
}
