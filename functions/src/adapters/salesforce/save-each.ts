import { type Failure, type Outcome, done, mapOutcome } from '../../domain/outcome.ts';
import type { Saved } from '../../ports/load-records.ts';
import { bulkUpsert, type BulkSettings, type SavedRow, type Upsert } from './bulk-upsert.ts';
import type { Row, SalesforceClient } from './client.ts';
import { type RestError, judge } from './errors.ts';

/** From so many rows on a bulk job costs fewer calls than collections do. */
const LARGE = 2000;
const COLLECTION = 200;
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
    const answer = await (some.length >= LARGE ? bulkUpsert(client, what, some, bulk) : inCollections(client, what, some));
    if (answer.outcome !== 'done') return answer;
    for (const [at, index] of open.entries()) saved[index] = answer.value[at];
  }
  return done(saved.map((row) => (row && 'id' in row ? row : { problem: judge(row?.error ?? UNKNOWN).problem })));
}

const UNKNOWN: RestError = { errorCode: 'UNKNOWN_EXCEPTION', message: 'no answer for this row' };
const isOpen = (row: SavedRow | undefined): boolean =>
  row === undefined || ('error' in row && row.error.errorCode === 'UNABLE_TO_LOCK_ROW');

function lockedFailure(saved: readonly (SavedRow | undefined)[]): Failure {
  const locked = saved.find((row) => row && 'error' in row && row.error.errorCode === 'UNABLE_TO_LOCK_ROW');
  return judge(locked && 'error' in locked ? locked.error : UNKNOWN);
}

interface Answered {
  id?: string;
  success: boolean;
  errors: { statusCode: string; message: string; fields?: string[] }[];
}

async function inCollections(client: SalesforceClient, { object, key }: Upsert, rows: readonly Row[]): Promise<Outcome<SavedRow[]>> {
  const saved: SavedRow[] = [];
  for (let start = 0; start < rows.length; start += COLLECTION) {
    const records = rows.slice(start, start + COLLECTION).map((row) => ({ attributes: { type: object }, ...row }));
    const answer = mapOutcome(
      await client.send<Answered[]>('write', `save-${object}`, {
        method: 'PATCH',
        path: `/composite/sobjects/${object}/${key}`,
        body: JSON.stringify({ allOrNone: false, records }),
      }),
      (answers) => answers.map(asSaved),
    );
    if (answer.outcome !== 'done') return answer;
    saved.push(...answer.value);
  }
  return done(saved);
}

function asSaved({ id, success, errors: [error] }: Answered): SavedRow {
  if (success && id) return { id };
  return {
    error: error ? { errorCode: error.statusCode, message: error.message, ...(error.fields ? { fields: error.fields } : {}) } : UNKNOWN,
  };
}
