import { type Outcome, done, mapOutcome } from '../../domain/outcome.ts';
import type { SavedRow, Upsert } from './bulk-upsert.ts';
import type { Row, SalesforceClient } from './client.ts';
import { type RestError, judge } from './errors.ts';

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_upsert.htm */
const COLLECTION = 200;

interface Answered {
  id?: string;
  success: boolean;
  errors: { statusCode: string; message: string; fields?: string[] }[];
}

export const UNKNOWN: RestError = { errorCode: 'UNKNOWN_EXCEPTION', message: 'no answer for this row' };

/** Each row for itself, 200 a call. */
export async function upsertEach(
  client: SalesforceClient,
  operation: string,
  what: Upsert,
  rows: readonly Row[],
): Promise<Outcome<SavedRow[]>> {
  const saved: SavedRow[] = [];
  for (const some of collectionsOf(rows)) {
    const answer = await upsert(client, operation, what, some, false);
    if (answer.outcome !== 'done') return answer;
    saved.push(...answer.value);
  }
  return done(saved);
}

/** 200 a call, each call all or none; the first that fails is the answer. */
export async function upsertAll(client: SalesforceClient, operation: string, what: Upsert, rows: readonly Row[]): Promise<Outcome<null>> {
  for (const some of collectionsOf(rows)) {
    const answer = await upsert(client, operation, what, some, true);
    if (answer.outcome !== 'done') return answer;
    // Its neighbours only say that they were taken back with it.
    const refused = answer.value.find((row) => 'error' in row && row.error.errorCode !== 'ALL_OR_NONE_OPERATION_ROLLED_BACK');
    if (refused && 'error' in refused) return judge(refused.error);
  }
  return done(null);
}

function* collectionsOf(rows: readonly Row[]): Generator<readonly Row[]> {
  for (let start = 0; start < rows.length; start += COLLECTION) yield rows.slice(start, start + COLLECTION);
}

async function upsert(
  client: SalesforceClient,
  operation: string,
  { object, key }: Upsert,
  rows: readonly Row[],
  allOrNone: boolean,
): Promise<Outcome<SavedRow[]>> {
  const records = rows.map((row) => ({ attributes: { type: object }, ...row }));
  const answer = await client.send<Answered[]>('write', operation, {
    method: 'PATCH',
    path: `/composite/sobjects/${object}/${key}`,
    body: JSON.stringify({ allOrNone, records }),
  });
  return mapOutcome(answer, (answers) => answers.map(asSaved));
}

function asSaved({ id, success, errors: [error] }: Answered): SavedRow {
  if (success && id) return { id };
  return {
    error: error ? { errorCode: error.statusCode, message: error.message, ...(error.fields ? { fields: error.fields } : {}) } : UNKNOWN,
  };
}
