import type { OrgObject } from '../schema/model.ts';
import { storedInstant } from '../soql/dates.ts';
import type { CsvFormat } from './csv.ts';

export type JobKind = 'ingest' | 'query';
export type JobState = 'Open' | 'UploadComplete' | 'InProgress' | 'JobComplete' | 'Failed' | 'Aborted';

/** Which lines of results a job keeps: an ingest job successful and failed ones, a query job its records. */
export type LineKind = 'successful' | 'failed' | 'record';

/** One job of Bulk API 2.0. */
export interface BulkJob {
  id: string;
  kind: JobKind;
  operation: string;
  object: string;
  externalIdFieldName?: string;
  query?: string;
  createdById: string;
  createdAt: number;
  changedAt: number;
  state: JobState;
  apiVersion: string;
  lineEnding: keyof typeof LINE_ENDINGS;
  columnDelimiter: keyof typeof DELIMITERS;
  processed: number;
  failed: number;
  /** Where in the upload the next row begins; for a query, the last id that was read. */
  position: number | string;
  errorMessage?: string;
  processingMs: number;
}

/** What a job under way asks between two pieces of its work. */
export interface Going {
  now(): number;
  /** False once the job was aborted or the org stops. */
  goesOn(): boolean;
}

export const LINE_ENDINGS = { LF: '\n', CRLF: '\r\n' } as const;
export const DELIMITERS = { BACKQUOTE: '`', CARET: '^', COMMA: ',', PIPE: '|', SEMICOLON: ';', TAB: '\t' } as const;

export const formatOf = (job: BulkJob): CsvFormat => ({
  delimiter: DELIMITERS[job.columnDelimiter],
  lineEnding: LINE_ENDINGS[job.lineEnding],
});

export const isFinished = (job: BulkJob): boolean => job.state === 'JobComplete' || job.state === 'Failed' || job.state === 'Aborted';

/** Objects whose queries the org cuts by id. Source: Bulk API 2.0 guide, "Understanding Bulk API 2.0 Query". */
const chunks = (object: OrgObject | undefined): boolean => object !== undefined && (object.kind === 'custom' || object.source !== 'memory');

/** What creating or changing a job answers. Keys as in the Bulk API 2.0 guide. */
export function jobBody(job: BulkJob): Record<string, unknown> {
  return {
    id: job.id,
    operation: job.operation,
    object: job.object,
    createdById: job.createdById,
    createdDate: storedInstant(job.createdAt),
    systemModstamp: storedInstant(job.changedAt),
    state: job.state,
    ...(job.externalIdFieldName ? { externalIdFieldName: job.externalIdFieldName } : {}),
    concurrencyMode: 'Parallel',
    contentType: 'CSV',
    apiVersion: Number(job.apiVersion),
    ...(job.kind === 'ingest' && job.state === 'Open'
      ? { contentUrl: `services/data/v${job.apiVersion}/jobs/ingest/${job.id}/batches` }
      : {}),
    lineEnding: job.lineEnding,
    columnDelimiter: job.columnDelimiter,
  };
}

/** What asking for one job answers: the above and its progress. */
export function jobInfo(job: BulkJob, object: OrgObject | undefined): Record<string, unknown> {
  const { lineEnding, columnDelimiter, ...head } = jobBody(job);
  return {
    ...head,
    jobType: job.kind === 'ingest' ? 'V2Ingest' : 'V2Query',
    lineEnding,
    columnDelimiter,
    numberRecordsProcessed: job.processed,
    ...(job.kind === 'ingest' ? { numberRecordsFailed: job.failed } : {}),
    retries: 0,
    totalProcessingTime: job.processingMs,
    ...(job.kind === 'ingest' ? { apiActiveProcessingTime: job.processingMs, apexProcessingTime: 0 } : {}),
    ...(job.errorMessage ? { errorMessage: job.errorMessage } : {}),
    // Absent from a recorded answer of version 53, present in one of 61.
    ...(Number(job.apiVersion) >= 61 ? { isPkChunkingSupported: chunks(object) } : {}),
  };
}
