import type pg from 'pg';
import type { Checkpoint, Checkpoints } from '../../ports/checkpoints.ts';

interface Row {
  read_to: Date | null;
  as_of: Date | null;
  compare: Checkpoint['compare'];
}

const asCheckpoint = (row: Row | undefined): Checkpoint => ({
  readTo: row?.read_to?.toISOString() ?? null,
  asOf: row?.as_of?.toISOString() ?? null,
  compare: row?.compare ?? null,
});

/** Checkpoints in PostgreSQL. Each method is one statement. */
export function createCheckpoints(pool: pg.Pool): Checkpoints {
  return {
    async claim(source, leaseMs, firstFrom) {
      const { rows } = await pool.query<Row>(
        `INSERT INTO trueup.sweep_checkpoint AS held (source, claimed_until, read_to) VALUES ($1, now() + make_interval(secs => $2), $3)
         ON CONFLICT (source) DO UPDATE SET claimed_until = excluded.claimed_until, read_to = coalesce(held.read_to, excluded.read_to)
         WHERE held.due_at <= now() AND (held.claimed_until IS NULL OR held.claimed_until < now())
         RETURNING read_to, as_of, compare`,
        [source, leaseMs / 1000, firstFrom],
      );
      return rows[0] ? asCheckpoint(rows[0]) : null;
    },
    async settle(source, { readTo, asOf, compare }, everyMs) {
      await pool.query(
        `UPDATE trueup.sweep_checkpoint SET read_to = $2, as_of = $3, compare = $4, claimed_until = NULL, due_at = now() + make_interval(secs => $5)
         WHERE source = $1`,
        [source, readTo, asOf, compare === null ? null : JSON.stringify(compare), everyMs / 1000],
      );
    },
    async postpone(source, retryMs) {
      await pool.query(
        'UPDATE trueup.sweep_checkpoint SET claimed_until = NULL, due_at = now() + make_interval(secs => $2) WHERE source = $1',
        [source, retryMs / 1000],
      );
    },
    async read(source) {
      const { rows } = await pool.query<Row>('SELECT read_to, as_of, compare FROM trueup.sweep_checkpoint WHERE source = $1', [source]);
      return asCheckpoint(rows[0]);
    },
  };
}
