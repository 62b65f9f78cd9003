import { EventEmitter } from 'node:events';
import type pg from 'pg';
import { type Operation, type OperationKind, type OperationState, type Step, isSettled } from '../../domain/operation.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Progress } from '../../ports/progress.ts';

export interface ProgressRow {
  key: string;
  kind: OperationKind;
  state: OperationState;
  invoice_id: string | null;
  invoice_number: string | null;
  steps: Step[];
  problems: Problem[];
  retries: number;
  cancelled_by: string | null;
}

export const asOperation = (row: ProgressRow): Operation => ({
  key: row.key,
  kind: row.kind,
  state: row.state,
  steps: row.steps,
  invoiceId: row.invoice_id,
  invoiceNumber: row.invoice_number,
  problems: row.problems,
  retries: row.retries,
  cancelledBy: row.cancelled_by,
});
const finished = (operation: Operation): number => operation.steps.filter((step) => step.state !== 'running').length;

/** How often a follower looks when the work runs in another process; the same process wakes it at once. */
const LOOK_EVERY_MS = 100;

/** More than a person looks at in a day; the rest follows when these are settled. */
const MOST_BROKEN = 100;

/** Progress in PostgreSQL, readable from every process. */
export function createProgress(pool: pg.Pool): Progress {
  const changed = new EventEmitter().setMaxListeners(0);
  const read = async (key: string): Promise<Operation | null> => {
    const { rows } = await pool.query<ProgressRow>('SELECT * FROM trueup.progress WHERE key = $1', [key]);
    return rows[0] ? asOperation(rows[0]) : null;
  };
  const nextChange = (key: string, ms: number) =>
    new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        changed.off(key, end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      changed.once(key, end);
    });

  return {
    async open({ key, kind, invoiceId }) {
      await pool.query('INSERT INTO trueup.progress (key, kind, invoice_id) VALUES ($1, $2, $3) ON CONFLICT (key) DO NOTHING', [
        key,
        kind,
        invoiceId,
      ]);
    },
    async step(key, step) {
      // Replaces the step of the same name where it stands, else appends it.
      await pool.query(
        `UPDATE trueup.progress SET changed_at = now(), steps = CASE
           WHEN steps @> jsonb_build_array(jsonb_build_object('name', $2::text))
           THEN (SELECT jsonb_agg(CASE WHEN s ->> 'name' = $2 THEN $3::jsonb ELSE s END ORDER BY n) FROM jsonb_array_elements(steps) WITH ORDINALITY AS e(s, n))
           ELSE steps || jsonb_build_array($3::jsonb) END
         WHERE key = $1`,
        [key, step.name, JSON.stringify(step)],
      );
      changed.emit(key);
    },
    async set(key, change) {
      await pool.query(
        `UPDATE trueup.progress SET changed_at = now(), state = coalesce($2, state), invoice_id = coalesce($3, invoice_id),
           invoice_number = coalesce($4, invoice_number), problems = coalesce($5::jsonb, problems) WHERE key = $1`,
        [
          key,
          change.state ?? null,
          change.invoiceId ?? null,
          change.invoiceNumber ?? null,
          change.problems ? JSON.stringify(change.problems) : null,
        ],
      );
      changed.emit(key);
    },
    async retry(key) {
      const { rows } = await pool.query<ProgressRow>(
        `UPDATE trueup.progress SET state = 'accepted', problems = '[]', retries = retries + 1, cancelled_by = NULL, changed_at = now()
         WHERE key = $1 AND state IN ('needs-attention', 'rejected') RETURNING *`,
        [key],
      );
      changed.emit(key);
      return rows[0] ? asOperation(rows[0]) : null;
    },
    async cancel(key, userId) {
      const { rowCount } = await pool.query(
        `UPDATE trueup.progress SET cancelled_by = $2, changed_at = now() WHERE key = $1 AND state IN ('accepted', 'running', 'waiting')`,
        [key, userId],
      );
      return rowCount === 1;
    },
    read,
    async broken(retries) {
      const { rows } = await pool.query<ProgressRow>(
        `SELECT * FROM trueup.progress WHERE state = 'needs-attention' AND retries >= $1 AND problems @> '[{"code":"internal-error"}]'
         ORDER BY created_at LIMIT ${MOST_BROKEN}`,
        [retries],
      );
      return rows.map(asOperation);
    },
    async follow(key, seen, waitMs) {
      const until = Date.now() + waitMs;
      for (;;) {
        const operation = await read(key);
        const left = until - Date.now();
        if (!operation || left <= 0 || isSettled(operation.state) || operation.state === 'waiting' || finished(operation) > seen)
          return operation;
        await nextChange(key, Math.min(left, LOOK_EVERY_MS));
      }
    },
  };
}
