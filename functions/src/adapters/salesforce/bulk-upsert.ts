import { type Outcome, done } from '../../domain/outcome.ts';
import type { Row, SalesforceClient } from './client.ts';
import { type RestError, judge, unavailable } from './errors.ts';

/** What became of one row. */
export type SavedRow = { id: string } | { error: RestError };

export interface Upsert {
  object: string;
  /** The external id by which it is known. */
  key: string;
}

export interface BulkSettings {
  /** Between two looks at a job; it grows up to ten times that. */
  lookMs: number;
  /** By whose clock it waits; the machine's when absent. */
  pause?(ms: number): Promise<void>;
}

interface Job {
  id: string;
  state: 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';
  errorMessage?: string;
}

/** A row of a result: the uploaded columns, and what became of it. */
type ResultRow = Record<string, string>;

/** Half an hour: the job goes on without us, and upserting its rows again is harmless. */
const PATIENCE_MS = 1_800_000;

/** One ingest job of Bulk API 2.0. https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/bulk_api_2_0_ingest.htm */
export async function bulkUpsert(
  client: SalesforceClient,
  { object, key }: Upsert,
  rows: readonly Row[],
  settings: BulkSettings,
): Promise<Outcome<SavedRow[]>> {
  const operation = `bulk-${object}`;
  const created = await client.send<Job>('write', operation, {
    method: 'POST',
    path: '/jobs/ingest',
    body: JSON.stringify({ object, operation: 'upsert', externalIdFieldName: key, contentType: 'CSV', lineEnding: 'LF' }),
  });
  if (created.outcome !== 'done') return created;
  const path = `/jobs/ingest/${created.value.id}`;
  const uploaded = await client.send('write', operation, {
    method: 'PUT',
    path: `${path}/batches`,
    body: toCsv(rows),
    contentType: 'text/csv',
  });
  if (uploaded.outcome !== 'done') return uploaded;
  const closed = await client.send<Job>('write', operation, { method: 'PATCH', path, body: JSON.stringify({ state: 'UploadComplete' }) });
  if (closed.outcome !== 'done') return closed;

  const ended = await untilOver(client, operation, path, settings);
  if (ended.outcome !== 'done') return ended;
  if (ended.value.state !== 'JobComplete') return judge(errorOf(ended.value.errorMessage ?? 'UNKNOWN_EXCEPTION:the job failed'));
  const successful = await client.send<ResultRow[]>('read', operation, { method: 'GET', path: `${path}/successfulResults` });
  if (successful.outcome !== 'done') return successful;
  const failed = await client.send<ResultRow[]>('read', operation, { method: 'GET', path: `${path}/failedResults` });
  if (failed.outcome !== 'done') return failed;

  const byKey = new Map<string, SavedRow>();
  for (const row of successful.value) byKey.set(row[key] ?? '', { id: row.sf__Id ?? '' });
  for (const row of failed.value) byKey.set(row[key] ?? '', { error: errorOf(row.sf__Error ?? '') });
  return done(rows.map((row) => byKey.get(String(row[key])) ?? { error: errorOf('UNKNOWN_EXCEPTION:the job did not come to this row') }));
}

async function untilOver(
  client: SalesforceClient,
  operation: string,
  path: string,
  { lookMs, pause = sleep }: BulkSettings,
): Promise<Outcome<Job>> {
  for (let waited = 0, wait = lookMs; waited < PATIENCE_MS; wait = Math.min(wait * 1.5, lookMs * 10)) {
    await pause(wait);
    waited += wait;
    const job = await client.send<Job>('read', operation, { method: 'GET', path });
    if (job.outcome !== 'done') return job;
    if (['JobComplete', 'Failed', 'Aborted'].includes(job.value.state)) return job;
  }
  return unavailable('BULK_JOB_SLOW');
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** `DUPLICATE_VALUE:duplicate value found: …:FIELD --` */
function errorOf(text: string): RestError {
  const [errorCode = '', ...rest] = text.split(':');
  return {
    errorCode: errorCode.trim(),
    message: rest
      .join(':')
      .replace(/:[\w, ]*--$/, '')
      .trim(),
  };
}

/** An empty cell leaves a field as it is; `#N/A` empties it. */
function toCsv(rows: readonly Row[]): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cell = (value: unknown): string => {
    if (value === undefined) return '';
    const text = value === null || value === '' ? '#N/A' : String(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return `${[columns.join(','), ...rows.map((row) => columns.map((column) => cell(row[column])).join(','))].join('\n')}\n`;
}
