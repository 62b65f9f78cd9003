import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import type { DataContext, DmlError, DmlOptions, SaveResult, SObjectRow } from '../data.ts';
import { notImplemented, RowFault } from '../errors.ts';
import type { LocalOrgData } from '../org-data.ts';
import type { OrgObject } from '../schema/model.ts';
import { bulkColumns, HeaderProblem } from './columns.ts';
import type { BulkColumn } from './columns.ts';
import { readRow, writeRow } from './csv.ts';
import type { CsvFormat, CsvRow } from './csv.ts';
import { formatOf } from './job.ts';
import type { BulkJob, Going } from './job.ts';
import type { JobStore } from './job-store.ts';

/** Records that one statement saves, as triggers and flows are given them. Source: Apex guide, bulk triggers. */
const STATEMENT = 200;
/** Turns in which others are served between two statements: a call needs several, from its arrival to its answer. */
const TURNS = 5;

interface Upload {
  csv: string;
  format: CsvFormat;
  object: OrgObject;
  columns: BulkColumn[];
  /** Where the row after the header begins. */
  begin: number;
}

/** One row of the upload, and the record it makes or why it makes none. */
interface Given {
  fields: string[];
  record?: SObjectRow;
  errors?: DmlError[];
}

/** Saves the rows of an upload, statement by statement; others are served in between. Throws HeaderProblem. */
export async function runIngest(data: LocalOrgData, jobs: JobStore, job: BulkJob, { now, goesOn }: Going): Promise<void> {
  const upload = readUpload(data, jobs, job);
  if (job.position === 0) job.position = upload.begin;
  while (Number(job.position) < upload.csv.length) {
    const slow = data.core.faults.next('org.bulk', { object: job.object, operation: job.operation });
    if (slow?.kind === 'delay') await sleep(slow.ms);
    // Apex that waits for a callout may hold a transaction open.
    for (let turns = 0; turns < TURNS || data.core.store.depth() > 0; turns += 1) await turn();
    if (!goesOn()) return;
    const point = data.savepoint();
    try {
      saveNext(data, jobs, job, upload, now());
      jobs.save(job);
      point.release();
    } catch (error) {
      point.rollback();
      throw error;
    }
  }
}

function readUpload(data: LocalOrgData, jobs: JobStore, job: BulkJob): Upload {
  const csv = jobs.uploaded(job) ?? '';
  const format = formatOf(job);
  const object = data.schema.object(job.object);
  if (csv === '' || !object) throw new HeaderProblem('ClientInputError : Unable to find any data to create batch');
  const header = readRow(csv, 0, format);
  const line = csv.slice(0, header.next);
  if (format.lineEnding === '\n' ? /\r/.test(line) : /(?<!\r)\n/.test(line))
    throw new HeaderProblem(`ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is ${job.lineEnding}`);
  if (header.problem) throw new HeaderProblem(`InvalidBatch : Unable to parse the header row: ${header.problem}`);
  const rights = data.core.book.of(job.createdById);
  return { csv, format, object, columns: bulkColumns(data.schema, rights, object, job.operation, header.fields), begin: header.next };
}

function saveNext(data: LocalOrgData, jobs: JobStore, job: BulkJob, upload: Upload, now: number): void {
  const given: Given[] = [];
  let at = Number(job.position);
  while (given.length < STATEMENT && at < upload.csv.length) {
    const row = readRow(upload.csv, at, upload.format);
    at = row.next;
    if (row.fields.length > 1 || row.fields[0] !== '' || row.problem) given.push(readRecord(upload, row));
  }
  const context: DataContext = { userId: job.createdById, now, accessLevel: 'user' };
  const records = given.flatMap(({ record }) => record ?? []);
  const results = records.length ? statementOf(data, job)(records, context) : [];
  job.position = at;
  job.changedAt = now;
  let next = 0;
  for (const { fields, record, errors } of given) {
    const result: SaveResult = record ? (results[next++] ?? { success: false, errors: [] }) : { success: false, errors: errors ?? [] };
    job.processed += 1;
    if (!result.success) job.failed += 1;
    const head = result.success
      ? [result.id ?? '', String(result.created ?? job.operation === 'insert')]
      : [record?.Id ?? '', errorColumn(result.errors)];
    jobs.addLine(job, result.success ? 'successful' : 'failed', writeRow([...head, ...fields], upload.format));
  }
}

function readRecord({ object, columns }: Upload, { fields, problem }: CsvRow): Given {
  try {
    // [assumed] texts; the guide says that such a row is an error of its own.
    if (problem) throw new RowFault('INVALID_CSV_ROW', `The row cannot be read: ${problem}`);
    if (fields.length !== columns.length)
      throw new RowFault('INVALID_CSV_ROW', `The row has ${String(fields.length)} values, the header ${String(columns.length)}`);
    const record: SObjectRow = { attributes: { type: object.name } };
    columns.forEach((column, index) => column(record, fields[index] ?? ''));
    return { fields, record };
  } catch (error) {
    if (!(error instanceof RowFault)) throw error;
    return { fields: columns.map((_column, index) => fields[index] ?? ''), errors: error.errors };
  }
}

function statementOf(data: LocalOrgData, job: BulkJob): (rows: SObjectRow[], context: DataContext) => SaveResult[] {
  const options: DmlOptions = { allOrNone: false, accessLevel: 'user' };
  switch (job.operation) {
    case 'insert':
      return (rows, context) => data.insert(rows, context, options);
    case 'update':
      return (rows, context) => data.update(rows, context, options);
    case 'upsert':
      return (rows, context) => data.upsert(rows, context, { ...options, externalIdField: job.externalIdFieldName ?? 'Id' });
    case 'delete':
      return (rows, context) => data.delete(rows, context, options);
    default:
      throw notImplemented(`Bulk ${job.operation}`);
  }
}

/** `CODE:message:Field Other --`. Observed against a real org. */
const errorColumn = (errors: DmlError[]): string =>
  errors.map(({ statusCode, message, fields }) => `${statusCode}:${message}:${fields.map((field) => `${field} `).join('')}--`).join(';');
