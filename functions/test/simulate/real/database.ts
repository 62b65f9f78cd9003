import type pg from 'pg';
import type { HeldByFunctions } from '../simulation.ts';

/** What the functions hold in PostgreSQL, as far as people and checks look into it. */
export async function readDatabase(database: pg.Pool): Promise<HeldByFunctions> {
  const [numbers, dirty, runs] = await Promise.all([
    database.query<{ company: string; operation_key: string; attempt: number; number: string; gap_reason: string | null }>(
      'SELECT company, operation_key, attempt, number, gap_reason FROM trueup.invoice_number',
    ),
    database.query<{ kind: string; id: string; parked: boolean; reason: string | null }>(
      'SELECT kind, id, parked, reason FROM trueup.dirty_object',
    ),
    database.query<{ id: string; status: string; error: string | null }>(
      'SELECT workflow_uuid AS id, status, error FROM dbos.workflow_status',
    ),
  ]);
  return {
    numbers: {
      given: new Map(numbers.rows.map((row) => [`${row.company} ${row.operation_key}#${row.attempt}`, row.number])),
      gaps: numbers.rows.filter((row) => row.gap_reason !== null),
    },
    inbox: { objects: new Map(dirty.rows.map((row) => [`${row.kind}/${row.id}`, row])) },
    jobs: new Map(
      runs.rows.map(({ id, status, error }) => [
        id,
        { id, state: status === 'SUCCESS' ? 'finished' : status, error: error === null ? null : new Error(error) },
      ]),
    ),
  };
}

/** Whether nothing is in line or under way. */
export async function isIdle(database: pg.Pool): Promise<boolean> {
  const { rows } = await database.query<{ busy: string }>(
    `SELECT (SELECT count(*) FROM trueup.dirty_object WHERE NOT parked)
       + (SELECT count(*) FROM dbos.workflow_status WHERE status IN ('PENDING', 'ENQUEUED')) AS busy`,
  );
  return Number(rows[0]?.busy) === 0;
}
