import { type Failure, type Outcome, done } from '../../domain/outcome.ts';
import type { Saved } from '../../ports/load-records.ts';
import { bulkUpsert, type BulkSettings, type SavedRow, type Upsert } from './bulk-upsert.ts';
import type { Row, SalesforceClient } from './client.ts';
import { judge } from './errors.ts';
import { UNKNOWN, upsertEach } from './upsert-collections.ts';

/** From so many rows on a bulk job costs fewer calls than collections do. */
const LARGE = 2000;
/** A row that somebody else holds is tried again so often, before the caller waits. */
const TRIES = 4;

/**
 * Upserts each row for itself, whatever becomes of the others: 200 a call, or as one bulk job. Rows that were locked are tried again;
 * those that stay so make the whole a failure that passes by itself.
 */
export async function saveEach(
  client: SalesforceClient,
  what: Upsert,
  rows: readonly Row[],
  bulk: BulkSettings,
): Promise<Outcome<Saved[]>> {
  const saved: (SavedRow | undefined)[] = rows.map(() => undefined);
  for (let attempt = 1; ; attempt += 1) {
    const open = rows.flatMap((_row, index) => (isOpen(saved[index]) ? [index] : []));
    if (open.length === 0) break;
    if (attempt > TRIES) return lockedFailure(saved);
    const some = open.map((index) => rows[index] as Row);
    const answer = await (some.length >= LARGE
      ? bulkUpsert(client, what, some, bulk)
      : upsertEach(client, `save-${what.object}`, what, some));
    if (answer.outcome !== 'done') return answer;
    for (const [at, index] of open.entries()) saved[index] = answer.value[at];
  }
  return done(saved.map((row) => (row && 'id' in row ? row : { problem: judge(row?.error ?? UNKNOWN).problem })));
}

const isOpen = (row: SavedRow | undefined): boolean =>
  row === undefined || ('error' in row && row.error.errorCode === 'UNABLE_TO_LOCK_ROW');

function lockedFailure(saved: readonly (SavedRow | undefined)[]): Failure {
  const locked = saved.find((row) => row && 'error' in row && row.error.errorCode === 'UNABLE_TO_LOCK_ROW');
  return judge(locked && 'error' in locked ? locked.error : UNKNOWN);
}
