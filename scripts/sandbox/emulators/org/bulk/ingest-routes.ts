import { notImplemented, OrgFault } from '../errors.ts';
import { objectBody } from '../routes/api.ts';
import type { ApiRequest, ApiResponse, OrgServices, Route } from '../routes/api.ts';
import type { OrgObject } from '../schema/model.ts';
import { readRow, writeRow } from './csv.ts';
import { formatOf, isFinished, jobBody } from './job.ts';
import type { BulkJob, LineKind } from './job.ts';
import { abortJob, bulkFault, choice, jobRoutes, jobOf, knownKeys } from './job-routes.ts';

const OPERATIONS = ['insert', 'update', 'upsert', 'delete', 'hardDelete'] as const;
const KEYS = ['object', 'operation', 'externalIdFieldName', 'contentType', 'lineEnding', 'columnDelimiter', 'concurrencyMode'];

function create(request: ApiRequest, _params: Record<string, string>, services: OrgServices): ApiResponse {
  const body = objectBody(request);
  knownKeys(body, KEYS);
  const operation = choice(body, 'operation', OPERATIONS);
  choice(body, 'contentType', ['CSV'], 'CSV');
  const object = bulkObject(request, services, body['object']);
  const rights = services.data.core.book.of(request.userId);
  if (operation === 'hardDelete' && !rights.userPermissions.has('BulkApiHardDelete'))
    throw bulkFault(
      'FEATURENOTENABLED',
      'hardDelete operation requires special user profile permission, please contact your system administrator',
    );
  if (operation === 'hardDelete') throw notImplemented('Bulk hardDelete');
  const { clock, bulk } = services;
  const job = bulk.jobs.add({
    kind: 'ingest',
    operation,
    object: object.name,
    ...(operation === 'upsert' ? { externalIdFieldName: keyField(object, body['externalIdFieldName']) } : {}),
    createdById: request.userId,
    createdAt: clock.now(),
    changedAt: clock.now(),
    state: 'Open',
    apiVersion: request.version,
    lineEnding: choice(body, 'lineEnding', ['LF', 'CRLF'], 'LF'),
    columnDelimiter: choice(body, 'columnDelimiter', ['BACKQUOTE', 'CARET', 'COMMA', 'PIPE', 'SEMICOLON', 'TAB'], 'COMMA'),
    processed: 0,
    failed: 0,
    position: 0,
    processingMs: 0,
  });
  return { status: 200, body: jobBody(job) };
}

/** [memory] codes and texts: those of Bulk API 1.0. */
function bulkObject(request: ApiRequest, services: OrgServices, name: unknown): OrgObject {
  const object = typeof name === 'string' ? services.data.schema.object(name) : undefined;
  const right = object && services.data.core.book.of(request.userId).object(object);
  if (!object || object.kind === 'event' || !(right?.read || right?.create))
    throw bulkFault('INVALIDENTITY', `Unable to find object: ${String(name as string)}`);
  if (object.kind === 'metadata' || object.readOnly === true)
    throw bulkFault('INVALIDENTITY', `Entity '${object.name}' is not supported by the Bulk API.`);
  return object;
}

function keyField(object: OrgObject, name: unknown): string {
  if (typeof name !== 'string' || name === '')
    throw bulkFault('INVALIDJOB', `External ID was blank for ${object.name}. An External ID must be specified for upsert.`);
  const field = object.fields.get(name.toLowerCase());
  if (!field || !(field.externalId || field.type === 'id'))
    throw bulkFault('INVALIDJOB', `Field name provided, ${name} does not match an External ID for ${object.name}`);
  return field.name;
}

/** One upload per job. Text observed against a real org, second hand. */
function upload(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const job = jobOf(request, services, 'ingest', params['id']);
  const type = request.headers['content-type'] ?? '';
  if (!/^text\/csv\s*(?:;|$)/i.test(type))
    throw new OrgFault(415, 'UNSUPPORTED_MEDIA_TYPE', `Content-Type header specified in HTTP request is not supported: ${type}`, {
      codeFirst: true,
    });
  if (job.state !== 'Open') throw bulkFault('INVALIDJOBSTATE', `Uploading data to a job in state ${job.state} not allowed`);
  if (services.bulk.jobs.uploaded(job) !== undefined)
    throw bulkFault(
      'CLIENTINPUTERROR',
      `Found multiple contents for job: <${job.id}>, please 'Close' / 'Abort' / 'Delete' the current Job then create a new Job and make sure you only do 'PUT' once on a given Job.`,
    );
  services.bulk.jobs.upload(job, typeof request.body === 'string' ? request.body : '');
  return { status: 201 };
}

function change(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const job = jobOf(request, services, 'ingest', params['id']);
  if (choice(objectBody(request), 'state', ['UploadComplete', 'Aborted']) === 'Aborted') return abortJob(services, job);
  // Text as in public client code that met it.
  if (job.state !== 'Open')
    throw bulkFault('INVALIDJOBSTATE', `Closing already ${job.state === 'Aborted' ? 'Aborted' : 'Completed'} Job not allowed`);
  Object.assign(job, { state: 'UploadComplete', changedAt: services.clock.now() });
  services.bulk.jobs.save(job);
  services.bulk.start(job);
  return { status: 200, body: jobBody(job) };
}

const HEADS: Partial<Record<LineKind, string[]>> = { successful: ['sf__Id', 'sf__Created'], failed: ['sf__Id', 'sf__Error'] };

function results(kind: 'successful' | 'failed' | 'unprocessed') {
  return (request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse => {
    const job = jobOf(request, services, 'ingest', params['id']);
    if (!isFinished(job)) throw bulkFault('INVALIDJOBSTATE', `Results of a job in state ${job.state} are not available`);
    const csv = services.bulk.jobs.uploaded(job) ?? '';
    const header = csv === '' ? undefined : readRow(csv, 0, formatOf(job));
    const head = writeRow([...(kind === 'unprocessed' ? [] : (HEADS[kind] ?? [])), ...(header?.fields ?? [])], formatOf(job));
    const rest = kind === 'unprocessed' ? unprocessed(job, csv, header?.next ?? 0) : services.bulk.jobs.lines(job, kind).join('');
    return { status: 200, text: head + rest, headers: { 'content-type': 'text/csv' } };
  };
}

/** Rows that an aborted or failed job never came to. */
const unprocessed = (job: BulkJob, csv: string, begin: number): string => csv.slice(Math.max(Number(job.position), begin));

export const ingestRoutes: Route[] = [
  { method: 'POST', path: '/jobs/ingest', handler: create },
  { method: 'PUT', path: '/jobs/ingest/:id/batches', handler: upload },
  { method: 'PATCH', path: '/jobs/ingest/:id', handler: change },
  { method: 'GET', path: '/jobs/ingest/:id/successfulResults', handler: results('successful') },
  { method: 'GET', path: '/jobs/ingest/:id/failedResults', handler: results('failed') },
  { method: 'GET', path: '/jobs/ingest/:id/unprocessedrecords', handler: results('unprocessed') },
  ...jobRoutes('ingest'),
];
