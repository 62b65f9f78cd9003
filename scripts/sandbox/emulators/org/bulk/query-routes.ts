import { contextOf, objectBody } from '../routes/api.ts';
import type { ApiRequest, ApiResponse, OrgServices, Route } from '../routes/api.ts';
import { writeRow } from './csv.ts';
import { formatOf, jobBody } from './job.ts';
import { abortJob, bulkFault, choice, jobOf, jobRoutes, knownKeys } from './job-routes.ts';
import { prepareBulkQuery } from './run-query.ts';

const KEYS = ['operation', 'query', 'contentType', 'columnDelimiter', 'lineEnding'];

/** Records in one answer when `maxRecords` does not say. [assumed] */
const PAGE = 50_000;

function create(request: ApiRequest, _params: Record<string, string>, services: OrgServices): ApiResponse {
  const body = objectBody(request);
  knownKeys(body, KEYS);
  const operation = choice(body, 'operation', ['query', 'queryAll']);
  choice(body, 'contentType', ['CSV'], 'CSV');
  const { query } = body;
  if (typeof query !== 'string' || query.trim() === '') throw bulkFault('API_ERROR', 'A query string has to be specified');
  const apiVersion = request.version;
  const { plan } = prepareBulkQuery(services.data, { operation, apiVersion, query }, contextOf(request, services));
  const now = services.clock.now();
  const job = services.bulk.jobs.add({
    kind: 'query',
    operation,
    object: plan.object.name,
    query,
    createdById: request.userId,
    createdAt: now,
    changedAt: now,
    state: 'UploadComplete',
    apiVersion,
    lineEnding: choice(body, 'lineEnding', ['LF', 'CRLF'], 'LF'),
    columnDelimiter: choice(body, 'columnDelimiter', ['BACKQUOTE', 'CARET', 'COMMA', 'PIPE', 'SEMICOLON', 'TAB'], 'COMMA'),
    processed: 0,
    failed: 0,
    position: '',
    processingMs: 0,
  });
  services.bulk.start(job);
  return { status: 200, body: jobBody(job) };
}

function abort(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const job = jobOf(request, services, 'query', params['id']);
  choice(objectBody(request), 'state', ['Aborted']);
  return abortJob(services, job);
}

/** One page of records; the locator is the number of the next record, in base 64, and "null" at the end. */
function results(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const job = jobOf(request, services, 'query', params['id']);
  if (job.state !== 'JobComplete') throw bulkFault('INVALIDJOBSTATE', `Results of a job in state ${job.state} are not available`);
  const most = Number(request.query.get('maxRecords') ?? PAGE);
  const locator = request.query.get('locator');
  const from = locator === null ? 0 : Number(Buffer.from(locator, 'base64').toString());
  if (!Number.isInteger(most) || most < 1) throw bulkFault('INVALID_QUERY_PARAM', 'maxRecords must be a positive number');
  if (!Number.isInteger(from) || from < 0 || (from > 0 && from >= job.processed))
    throw bulkFault('INVALID_QUERY_LOCATOR', 'invalid query locator');
  const lines = services.bulk.jobs.lines(job, 'record', from, most);
  const next = from + lines.length;
  const { plan } = prepareBulkQuery(
    services.data,
    { ...job, query: job.query ?? '' },
    { ...contextOf(request, services), userId: job.createdById },
  );
  return {
    status: 200,
    text:
      writeRow(
        plan.columns.map((column) => column.path.join('.')),
        formatOf(job),
      ) + lines.join(''),
    headers: {
      'content-type': 'text/csv',
      'Sforce-NumberOfRecords': String(lines.length),
      'Sforce-Locator': next < job.processed ? Buffer.from(String(next)).toString('base64').replaceAll('=', '') : 'null',
    },
  };
}

export const bulkQueryRoutes: Route[] = [
  { method: 'POST', path: '/jobs/query', handler: create },
  { method: 'PATCH', path: '/jobs/query/:id', handler: abort },
  { method: 'GET', path: '/jobs/query/:id/results', handler: results },
  ...jobRoutes('query'),
];
