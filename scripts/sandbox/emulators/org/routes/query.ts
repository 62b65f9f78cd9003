import { randomBytes } from 'node:crypto';
import { OrgFault } from '../errors.ts';
import { contextOf } from './api.ts';
import type { ApiRequest, ApiResponse, OrgServices, Route } from './api.ts';
import { queryColumns } from './query-columns.ts';

const LARGEST_BATCH = 2000;
const SMALLEST_BATCH = 200;
/** Cursors kept for queryMore; the oldest goes first, as in an org. */
const MOST_CURSORS = 10;

function runQuery(request: ApiRequest, services: OrgServices, includeDeleted: boolean): ApiResponse {
  const soql = request.query.get('q');
  if (soql === null) throw new OrgFault(400, 'MALFORMED_QUERY', 'A query string has to be specified');
  if (request.query.get('columns') === 'true') {
    const { plan, ast } = services.data.soql.prepare(soql, contextOf(request, services), { access: 'user', includeDeleted });
    return { status: 200, body: queryColumns(plan, ast.fields ?? []) };
  }
  const cursor = services.data.soql.cursor(soql, contextOf(request, services), {
    access: 'user',
    includeDeleted,
    version: request.version,
  });
  const { count, plan } = cursor;
  if (plan?.countOnly) return { status: 200, body: { totalSize: count, done: true, records: [] } };
  const size = batchSize(request);
  if (count <= size) return { status: 200, body: { totalSize: count, done: true, records: cursor.records(0, count) } };
  if (plan?.aggregate)
    throw new OrgFault(
      400,
      'EXCEEDED_ID_LIMIT',
      'Aggregate query does not support queryMore(), use LIMIT to restrict the results to a single batch',
    );
  const locator = `01gLo${randomBytes(6).toString('hex')}A`.slice(0, 18);
  if (services.cursors.size >= MOST_CURSORS) services.cursors.delete(services.cursors.keys().next().value ?? '');
  services.cursors.set(locator, { ...cursor, userId: request.userId });
  return page(request, services, locator, 0, size);
}

function batchSize(request: ApiRequest): number {
  const asked = Number(/batchSize=(\d+)/i.exec(request.headers['sforce-query-options'] ?? '')?.[1] ?? LARGEST_BATCH);
  return Math.min(Math.max(asked, SMALLEST_BATCH), LARGEST_BATCH);
}

function page(request: ApiRequest, services: OrgServices, locator: string, from: number, size: number): ApiResponse {
  const cursor = services.cursors.get(locator);
  if (!cursor || cursor.userId !== request.userId || !(from >= 0 && from < cursor.count))
    throw new OrgFault(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  const to = from + size;
  const done = to >= cursor.count;
  const records = cursor.records(from, to);
  return {
    status: 200,
    body: {
      totalSize: cursor.count,
      done,
      ...(done ? {} : { nextRecordsUrl: `/services/data/v${request.version}/query/${locator}-${String(to)}` }),
      records,
    },
  };
}

function more(request: ApiRequest, params: Record<string, string>, services: OrgServices): ApiResponse {
  const [locator = '', from = '0'] = (params['locator'] ?? '').split('-');
  return page(request, services, locator, Number(from), batchSize(request));
}

export const queryRoutes: Route[] = [
  { method: 'GET', path: '/query', handler: (request, _params, services) => runQuery(request, services, false) },
  { method: 'GET', path: '/queryAll', handler: (request, _params, services) => runQuery(request, services, true) },
  { method: 'GET', path: '/query/:locator', handler: more },
  { method: 'GET', path: '/queryAll/:locator', handler: more },
];
