import { notImplemented, OrgFault } from '../errors.ts';
import { objectBody } from './api.ts';
import type { Api, ApiRequest, ApiResponse, OrgServices, Route } from './api.ts';
import { fill, fillDeep } from './references.ts';

/** One request inside a composite or a graph. */
interface SubRequest {
  method: string;
  url: string;
  referenceId: string;
  body?: unknown;
  httpHeaders?: Record<string, string>;
}

interface SubAnswer {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string;
}

const MOST_SUBREQUESTS = 25;
/** Queries and collections among the sub-requests of one composite. Source: REST API guide, Composite, limits. */
const MOST_QUERIES = 5;
const MOST_GRAPH_NODES = 500;
const MOST_GRAPHS = 75;

const halted = (referenceId: string): SubAnswer => ({
  body: [
    { errorCode: 'PROCESSING_HALTED', message: 'The transaction was rolled back since another operation in the same transaction failed.' },
  ],
  httpHeaders: {},
  httpStatusCode: 400,
  referenceId,
});

/** In a graph the text is another one. Recorded (hand-written grade) in the AppLink SDK's mappings. */
const graphHalted = (referenceId: string): SubAnswer => ({
  body: [
    { errorCode: 'PROCESSING_HALTED', message: 'We rolled back the transaction since another operation in the same transaction failed.' },
  ],
  httpHeaders: {},
  httpStatusCode: 400,
  referenceId,
});

/** Runs sub-requests one after the other, each able to name the answers of those before it. */
function runAll(api: Api, request: ApiRequest, subs: SubRequest[], stopOnError: boolean): { answers: SubAnswer[]; failed: boolean } {
  const answers: SubAnswer[] = [];
  const known = new Map<string, unknown>();
  let failed = false;
  for (const sub of subs) {
    if (failed && stopOnError) break;
    const answer = runOne(api, request, sub, known);
    if (answer.httpStatusCode >= 400) failed = true;
    else known.set(sub.referenceId, answer.body);
    answers.push(answer);
  }
  return { answers, failed };
}

function runOne(api: Api, request: ApiRequest, sub: SubRequest, known: Map<string, unknown>): SubAnswer {
  if (typeof sub.referenceId !== 'string' || typeof sub.url !== 'string')
    throw new OrgFault(400, 'JSON_PARSER_ERROR', 'A composite subrequest needs a method, a url and a referenceId');
  let url: string;
  let body: unknown;
  try {
    url = fill(sub.url, known, true);
    body = fillDeep(sub.body, known);
  } catch (error) {
    if (!(error instanceof OrgFault)) throw error;
    return { body: error.body(), httpHeaders: {}, httpStatusCode: error.status, referenceId: sub.referenceId };
  }
  const match = /^\/services\/data\/v(\d+\.\d)(\/[^?]*)(?:\?(.*))?$/.exec(url);
  if (!match)
    return {
      body: [{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }],
      httpHeaders: {},
      httpStatusCode: 404,
      referenceId: sub.referenceId,
    };
  // Source: REST API guide, Composite: which resources may be sub-requests.
  if (/^\/(?:jobs|composite\/(?:graph|batch|tree))(?:\/|$)|^\/composite$/.test(match[2] ?? ''))
    throw notImplemented(`${match[2] ?? ''} inside a composite request`);
  const answer = api.handle({
    method: (sub.method ?? 'GET').toUpperCase(),
    path: match[2] ?? '/',
    query: new URLSearchParams(match[3] ?? ''),
    body,
    headers: lower(sub.httpHeaders ?? {}),
    userId: request.userId,
    version: match[1] ?? request.version,
  });
  if (answer instanceof Promise) throw notImplemented(`${sub.url} inside a composite request`);
  return { body: answer.body ?? null, httpHeaders: answer.headers ?? {}, httpStatusCode: answer.status, referenceId: sub.referenceId };
}

const lower = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Runs `work` so that all of it is undone when it failed. */
function together(services: OrgServices, work: () => { answers: SubAnswer[]; failed: boolean }): { answers: SubAnswer[]; failed: boolean } {
  const point = services.data.savepoint();
  try {
    const result = work();
    if (result.failed) point.rollback();
    else point.release();
    return result;
  } catch (error) {
    point.rollback();
    throw error;
  }
}

export function compositeRoutes(api: () => Api): Route[] {
  const composite = (request: ApiRequest, _params: Record<string, string>, services: OrgServices): ApiResponse => {
    const { allOrNone = false, compositeRequest } = objectBody(request) as { allOrNone?: boolean; compositeRequest?: SubRequest[] };
    const subs = compositeRequest ?? [];
    if (subs.length > MOST_SUBREQUESTS)
      throw new OrgFault(400, 'LIMIT_EXCEEDED', `The Composite API limit of ${String(MOST_SUBREQUESTS)} subrequests was exceeded`);
    if (subs.filter((sub) => /\/(?:query|queryAll|composite\/sobjects)(?:[/?]|$)/.test(sub.url ?? '')).length > MOST_QUERIES)
      throw new OrgFault(
        400,
        'LIMIT_EXCEEDED',
        `The Composite API limit of ${String(MOST_QUERIES)} query or collection subrequests was exceeded`,
      );
    if (!allOrNone) return { status: 200, body: { compositeResponse: runAll(api(), request, subs, false).answers } };
    const { answers, failed } = together(services, () => runAll(api(), request, subs, true));
    const shown = failed
      ? subs.map((sub, index) => (answers[index] && answers[index].httpStatusCode >= 400 ? answers[index] : halted(sub.referenceId)))
      : answers;
    return { status: 200, body: { compositeResponse: shown } };
  };

  const graph = (request: ApiRequest, _params: Record<string, string>, services: OrgServices): ApiResponse => {
    const { graphs = [] } = objectBody(request) as { graphs?: { graphId: string; compositeRequest: SubRequest[] }[] };
    if (graphs.length > MOST_GRAPHS)
      throw new OrgFault(400, 'LIMIT_EXCEEDED', `The maximum number of graphs, ${String(MOST_GRAPHS)}, was exceeded`);
    if (graphs.reduce((sum, one) => sum + one.compositeRequest.length, 0) > MOST_GRAPH_NODES)
      throw new OrgFault(400, 'LIMIT_EXCEEDED', `The maximum number of nodes, ${String(MOST_GRAPH_NODES)}, was exceeded`);
    const answers = graphs.map(({ graphId, compositeRequest }) => {
      const { answers: done, failed } = together(services, () => runAll(api(), request, compositeRequest, true));
      const shown = failed
        ? compositeRequest.map((sub, index) =>
            done[index] && done[index].httpStatusCode >= 400 ? done[index] : graphHalted(sub.referenceId),
          )
        : done;
      return { graphId, graphResponse: { compositeResponse: shown }, isSuccessful: !failed };
    });
    return { status: 200, body: { graphs: answers } };
  };

  const batch = (request: ApiRequest): ApiResponse => {
    const { batchRequests = [], haltOnError = false } = objectBody(request) as {
      batchRequests?: { method: string; url: string; richInput?: unknown }[];
      haltOnError?: boolean;
    };
    if (batchRequests.length > MOST_SUBREQUESTS)
      throw new OrgFault(400, 'LIMIT_EXCEEDED', `The batch limit of ${String(MOST_SUBREQUESTS)} subrequests was exceeded`);
    let failed = false;
    const results = batchRequests.map((one) => {
      if (failed && haltOnError)
        return { statusCode: 412, result: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }] };
      const url = one.url.startsWith('/services/data/') ? one.url : `/services/data/${one.url.replace(/^\//, '')}`;
      const answer = runOne(api(), request, { method: one.method, url, referenceId: 'batch', body: one.richInput }, new Map());
      failed ||= answer.httpStatusCode >= 400;
      return { statusCode: answer.httpStatusCode, result: answer.body };
    });
    return { status: 200, body: { hasErrors: failed, results } };
  };

  return [
    { method: 'POST', path: '/composite', handler: composite },
    { method: 'POST', path: '/composite/graph', handler: graph },
    { method: 'POST', path: '/composite/batch', handler: batch },
    {
      method: 'GET',
      path: '/composite',
      handler: (request) => ({
        status: 200,
        body: Object.fromEntries(
          ['tree', 'batch', 'sobjects', 'graph'].map((name) => [name, `/services/data/v${request.version}/composite/${name}`]),
        ),
      }),
    },
  ];
}
