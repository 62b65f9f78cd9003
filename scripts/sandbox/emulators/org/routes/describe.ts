import type { BulkJob, JobKind } from '../bulk/job.ts';
import { describeObject, describeSummary } from '../schema/describe.ts';
import type { ApiRequest, ApiResponse, OrgServices, Route } from './api.ts';
import { objectFor } from './records.ts';

const FIRST_VERSION = 31;
const LAST_VERSION = 66;
const SEASONS = ['Spring', 'Summer', 'Winter'];

/** Release names by number: 66 is Spring ’26. */
function releaseLabel(version: number): string {
  const index = version - 36; // 36 is Spring ’16
  const season = ((index % 3) + 3) % 3;
  const year = 16 + Math.floor(index / 3) + (season === 2 ? 1 : 0);
  return `${SEASONS[season] ?? ''} '${String(year)}`;
}

export const versionList = (): { label: string; url: string; version: string }[] =>
  Array.from({ length: LAST_VERSION - FIRST_VERSION + 1 }, (_unused, index) => {
    const version = FIRST_VERSION + index;
    return { label: releaseLabel(version), url: `/services/data/v${String(version)}.0`, version: `${String(version)}.0` };
  });

export const isVersion = (text: string): boolean => /^\d+\.0$/.test(text) && Number(text) >= FIRST_VERSION && Number(text) <= LAST_VERSION;

const RESOURCES = ['actions', 'composite', 'jobs', 'limits', 'query', 'queryAll', 'sobjects', 'ui-api', 'named-credentials'];

const resources = (request: ApiRequest): ApiResponse => ({
  status: 200,
  body: Object.fromEntries(RESOURCES.map((name) => [name, `/services/data/v${request.version}/${name}`])),
});

function describeGlobal(request: ApiRequest, _params: Record<string, string>, services: OrgServices): ApiResponse {
  const rights = services.data.core.book.of(request.userId);
  const sobjects = services.data.schema
    .objects()
    .filter((object) => rights.object(object).read || rights.object(object).create)
    .map((object) => describeSummary(object, rights, request.version));
  return { status: 200, body: { encoding: 'UTF-8', maxBatchSize: 200, sobjects } };
}

function describe(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const object = objectFor(request, services, params['object'] ?? '');
  return { status: 200, body: describeObject(services.data.schema, object, services.data.core.book.of(request.userId), request.version) };
}

function objectInfo(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const object = objectFor(request, services, params['object'] ?? '');
  return {
    status: 200,
    body: { objectDescribe: describeSummary(object, services.data.core.book.of(request.userId), request.version), recentItems: [] },
  };
}

const DAY_MS = 24 * 3600 * 1000;
/** Records of a bulk job that count as one batch. Source: Bulk API 2.0 guide, limits. */
const BATCH = 10_000;

const jobsOfToday = ({ bulk, clock }: OrgServices, kind: JobKind): BulkJob[] =>
  bulk.jobs.list(kind).filter((job) => job.createdAt > clock.now() - DAY_MS);

const batchesOfToday = (services: OrgServices): number =>
  jobsOfToday(services, 'ingest').reduce((sum, job) => sum + Math.ceil(job.processed / BATCH), 0);

/** Limits that the product reads. Source: REST API guide, Limits. */
function limits(_request: ApiRequest, _params: Record<string, string>, services: OrgServices): ApiResponse {
  const { used, limit } = services.usage;
  const spent = (max: number, count: number): { Max: number; Remaining: number } => ({ Max: max, Remaining: Math.max(max - count, 0) });
  const untouched = (max: number): { Max: number; Remaining: number } => spent(max, 0);
  return {
    status: 200,
    body: {
      DailyApiRequests: { Max: limit, Remaining: Math.max(limit - used, 0) },
      DailyAsyncApexExecutions: untouched(250000),
      DailyBulkApiBatches: spent(15000, batchesOfToday(services)),
      DailyBulkV2QueryJobs: spent(10000, jobsOfToday(services, 'query').length),
      DailyStandardVolumePlatformEvents: untouched(10000),
      DailyStreamingApiEvents: untouched(10000),
      DataStorageMB: untouched(1024),
      FileStorageMB: untouched(1024),
      HourlyPublishedPlatformEvents: untouched(50000),
      MonthlyPlatformEvents: untouched(300000),
    },
  };
}

export const describeRoutes: Route[] = [
  { method: 'GET', path: '/', handler: resources },
  { method: 'GET', path: '/sobjects', handler: describeGlobal },
  { method: 'GET', path: '/sobjects/:object', handler: objectInfo },
  { method: 'GET', path: '/sobjects/:object/describe', handler: describe },
  { method: 'GET', path: '/limits', handler: limits },
];
