import { notFound, notImplemented, OrgFault } from '../errors.ts';
import { normaliseId } from '../ids/record-id.ts';
import type { ApiRequest, ApiResponse, OrgServices, Route } from '../routes/api.ts';
import { isFinished, jobBody, jobInfo } from './job.ts';
import type { BulkJob, JobKind } from './job.ts';

/** A refusal of Bulk API 2.0: one code in capitals, code first. Recorded: INVALIDJOBSTATE. */
export const bulkFault = (code: string, message: string): OrgFault => new OrgFault(400, code, message, { codeFirst: true });

/** Jobs in one page of the list. */
const PAGE = 1000;

/** A job of the caller's own; an administrator sees all. */
export function jobOf(request: ApiRequest, services: OrgServices, kind: JobKind, id: string | undefined): BulkJob {
  const job = services.bulk.jobs.get(kind, normaliseId(id) ?? '');
  if (!job || !maySee(request, services, job)) throw notFound();
  return job;
}

const maySee = (request: ApiRequest, services: OrgServices, job: BulkJob): boolean =>
  job.createdById === request.userId || services.data.core.book.of(request.userId).administrator;

/** One of the words a key may hold. [assumed] text. */
export function choice<T extends string>(body: Record<string, unknown>, key: string, allowed: readonly T[], otherwise?: T): T {
  const value = body[key] ?? otherwise;
  const known = allowed.find((one) => one === value);
  if (known === undefined)
    throw bulkFault(
      'JSON_PARSER_ERROR',
      `Cannot deserialize value of ${key} from "${String(value as string)}": not one of [${allowed.join(', ')}]`,
    );
  return known;
}

/** Keys that a body may have. [assumed] text. */
export function knownKeys(body: Record<string, unknown>, keys: string[]): void {
  const other = Object.keys(body).find((key) => !keys.includes(key) && body[key] !== undefined);
  if (other === undefined) return;
  if (other === 'assignmentRuleId') throw notImplemented('assignmentRuleId of a bulk job');
  throw bulkFault('JSON_PARSER_ERROR', `Unrecognized field "${other}"`);
}

export function abortJob(services: OrgServices, job: BulkJob): ApiResponse {
  if (isFinished(job))
    throw bulkFault('INVALIDJOBSTATE', `Aborting already ${job.state === 'Aborted' ? 'Aborted' : 'Completed'} Job not allowed`);
  Object.assign(job, { state: 'Aborted', changedAt: services.clock.now() });
  services.bulk.jobs.save(job);
  return { status: 200, body: jobBody(job) };
}

function list(kind: JobKind, request: ApiRequest, services: OrgServices): ApiResponse {
  const from = Number(request.query.get('queryLocator') ?? 0);
  const jobs = services.bulk.jobs.list(kind).filter((job) => maySee(request, services, job));
  const next = from + PAGE;
  const done = next >= jobs.length;
  return {
    status: 200,
    body: {
      done,
      records: jobs.slice(from, next).map((job) => {
        const { lineEnding: _line, columnDelimiter: _delimiter, ...head } = jobBody(job);
        return { ...head, jobType: kind === 'ingest' ? 'V2Ingest' : 'V2Query' };
      }),
      nextRecordsUrl: done ? null : `/services/data/v${request.version}/jobs/${kind}?queryLocator=${String(next)}`,
    },
  };
}

/** A job under way or still open cannot be deleted. Source: Bulk API 2.0 guide, "Delete a Job". */
function remove(services: OrgServices, job: BulkJob): ApiResponse {
  if (!isFinished(job) && job.state !== 'UploadComplete')
    throw bulkFault('INVALIDJOBSTATE', `Deleting a job in state ${job.state} not allowed`);
  if (job.state === 'UploadComplete') job.state = 'Aborted';
  services.bulk.jobs.remove(job);
  return { status: 204 };
}

/** What ingest and query jobs have in common. */
export const jobRoutes = (kind: JobKind): Route[] => [
  { method: 'GET', path: `/jobs/${kind}`, handler: (request, _params, services) => list(kind, request, services) },
  {
    method: 'GET',
    path: `/jobs/${kind}/:id`,
    handler: (request, params, services) => {
      const job = jobOf(request, services, kind, params['id']);
      return { status: 200, body: jobInfo(job, services.data.schema.object(job.object)) };
    },
  },
  {
    method: 'DELETE',
    path: `/jobs/${kind}/:id`,
    handler: (request, params, services) => remove(services, jobOf(request, services, kind, params['id'])),
  },
];
