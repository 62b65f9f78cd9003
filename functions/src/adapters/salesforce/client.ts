import type { Budget } from '../../domain/budget.ts';
import { type Outcome, done } from '../../domain/outcome.ts';
import type { Metrics } from '../../platform/metrics.ts';
import { type RestError, ask, judge, unavailable } from './errors.ts';
import type { Org, OrgAccess } from './from-authorization.ts';

export interface Subrequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Path below `/services/data/vNN.0`. */
  path: string;
  referenceId: string;
  body?: object;
}

interface CompositeAnswer {
  compositeResponse: { body: unknown; httpStatusCode: number; referenceId: string }[];
}

interface GraphAnswer {
  graphs: { isSuccessful: boolean; graphResponse: CompositeAnswer }[];
}

/** A row of a query: nested parents are objects or null, children carry their own records. */
export type Row = Record<string, unknown>;

/** What stands in the way of a graph: the first node that failed for itself. */
export interface GraphRefusal {
  refused: RestError;
  referenceId: string;
}

/** Calls of the org's day, as it tells with every answer. */
export interface Usage {
  used: number;
  limit: number;
}

export interface SalesforceClient {
  org(): Promise<Outcome<Org>>;
  /** As the last answer told; null when that was not lately. */
  usage(): Usage | null;
  /** The same however long ago, with when it was told; null before the first answer. */
  lastUsage(): Budget | null;
  /**
   * Up to five queries in ONE call (Salesforce's limit for queries in a composite request); the first that fails is the answer.
   * Rows beyond one page are fetched. `records`: paths of single records read in the same call; a missing one gives no row.
   */
  queries<Name extends string>(
    operation: string,
    soql: Partial<Record<Name, string>>,
    records?: Partial<Record<Name, string>>,
  ): Promise<Outcome<Record<Name, Row[]>>>;
  /** All or none in ONE call; `refused` names the node that failed. Answers with the body of every node by reference id. */
  graph(operation: string, nodes: Subrequest[]): Promise<Outcome<Record<string, Row> | GraphRefusal>>;
  get<T>(operation: string, path: string): Promise<Outcome<T>>;
  /** One call of another resource, below `/services/data/vNN.0`. */
  send<T>(kind: 'read' | 'write', operation: string, request: SendRequest): Promise<Outcome<T>>;
}

export interface SendRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH';
  path: string;
  body?: string;
  /** `application/json` when absent. */
  contentType?: string;
}

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm */
const MOST_QUERIES = 5;

const LATELY_MS = 30_000;

export function createSalesforceClient(access: OrgAccess, apiVersion: string, metrics: Metrics): SalesforceClient {
  const base = `/services/data/v${apiVersion}`;
  let told: { usage: Usage; at: number; asOf: string } | undefined;

  /** One HTTP call; a refused session is renewed and the call made once more. */
  const call = async <T>(kind: 'read' | 'write', operation: string, run: (org: Org) => Promise<T>): Promise<Outcome<T>> => {
    for (let attempt = 1; ; attempt += 1) {
      const org = await access.current();
      if (org.outcome !== 'done') return org;
      const started = performance.now();
      const outcome = await ask(kind, () => run(org.value));
      metrics.call('salesforce', operation, outcome.outcome, (performance.now() - started) / 1000);
      // Absent where the connection is not jsforce's own.
      const { limitInfo } = org.value.connection as Partial<Org['connection']>;
      const usage = limitInfo?.apiUsage;
      if (usage && outcome.outcome === 'done') told = { usage, at: performance.now(), asOf: new Date().toISOString() };
      if (outcome.outcome !== 'unauthorized' || attempt === 2) return outcome;
      access.renew();
    }
  };
  const get = <T>(operation: string, path: string) => call('read', operation, (org) => org.connection.request<T>(`${base}${path}`));

  const rest = async (page: { records: Row[]; done: boolean; nextRecordsUrl?: string }, operation: string): Promise<Outcome<Row[]>> => {
    const rows = [...page.records];
    for (let next = page.done ? undefined : page.nextRecordsUrl; next;) {
      const url = next;
      const more = await call('read', operation, (org) => org.connection.request<typeof page>(url));
      if (more.outcome !== 'done') return more;
      rows.push(...more.value.records);
      next = more.value.done ? undefined : more.value.nextRecordsUrl;
    }
    // A child relationship beyond its first page has a continuation of its own.
    for (const row of rows) {
      for (const value of Object.values(row)) {
        const child = value as typeof page | null;
        if (!child || typeof child !== 'object' || !child.nextRecordsUrl) continue;
        const all = await rest(child, operation);
        if (all.outcome !== 'done') return all;
        Object.assign(child, { records: all.value, done: true, nextRecordsUrl: undefined });
      }
    }
    return done(rows);
  };

  return {
    org: () => access.current(),
    usage: () => (told && performance.now() - told.at < LATELY_MS ? told.usage : null),
    lastUsage: () => (told ? { used: told.usage.used, allowed: told.usage.limit, asOf: told.asOf } : null),
    get,
    send: (kind, operation, { method, path, body, contentType = 'application/json' }) =>
      call(kind, operation, (org) =>
        org.connection.request({
          method,
          url: `${base}${path}`,
          ...(body === undefined ? {} : { body, headers: { 'content-type': contentType } }),
        }),
      ),
    async queries<Name extends string>(
      operation: string,
      soql: Partial<Record<Name, string>>,
      records: Partial<Record<Name, string>> = {},
    ) {
      const names = Object.keys(soql) as Name[];
      if (names.length > MOST_QUERIES) throw new Error(`${operation} asks ${names.length} queries; a composite call takes ${MOST_QUERIES}`);
      const compositeRequest = names.map((name) => ({
        method: 'GET',
        url: `${base}/query?q=${encodeURIComponent((soql[name] ?? '').replace(/\s+/g, ' ').trim())}`,
        referenceId: name,
      }));
      const single = Object.entries<string | undefined>(records);
      for (const [name, path] of single) compositeRequest.push({ method: 'GET', url: `${base}${path ?? ''}`, referenceId: name as Name });
      const answer = await call('read', operation, (org) =>
        org.connection.requestPost<CompositeAnswer>(`${base}/composite`, { compositeRequest }),
      );
      if (answer.outcome !== 'done') return answer;
      const found = {} as Record<Name, Row[]>;
      for (const part of answer.value.compositeResponse) {
        if (part.referenceId in records) {
          if (part.httpStatusCode >= 400 && part.httpStatusCode !== 404) return judge(firstError(part.body));
          found[part.referenceId as Name] = part.httpStatusCode === 404 ? [] : [part.body as Row];
          continue;
        }
        if (part.httpStatusCode >= 400) return judge(firstError(part.body));
        const rows = await rest(part.body as { records: Row[]; done: boolean }, operation);
        if (rows.outcome !== 'done') return rows;
        found[part.referenceId as Name] = rows.value;
      }
      return done(found);
    },
    async graph(operation, nodes) {
      const compositeRequest = nodes.map(({ path, ...node }) => ({ ...node, url: `${base}${path}` }));
      const answer = await call('write', operation, (org) =>
        org.connection.requestPost<GraphAnswer>(`${base}/composite/graph`, { graphs: [{ graphId: 'all', compositeRequest }] }),
      );
      if (answer.outcome !== 'done') return answer;
      const [graph] = answer.value.graphs;
      if (!graph) return unavailable('empty graph answer');
      const parts = graph.graphResponse.compositeResponse;
      if (graph.isSuccessful) return done(Object.fromEntries(parts.map((part) => [part.referenceId, (part.body ?? {}) as Row])));
      const failed = parts.find((part) => part.httpStatusCode >= 400 && firstError(part.body).errorCode !== 'PROCESSING_HALTED');
      if (!failed) return unavailable('PROCESSING_HALTED');
      return done({ refused: firstError(failed.body), referenceId: failed.referenceId });
    },
  };
}

export const isRefusal = (answer: Record<string, Row> | GraphRefusal): answer is GraphRefusal => 'refused' in answer;

/** The own error of a sub-answer; the neighbours of a failure all say PROCESSING_HALTED. */
function firstError(body: unknown): RestError {
  const [error] = (Array.isArray(body) ? body : [body]) as Partial<RestError>[];
  return {
    errorCode: error?.errorCode ?? 'UNKNOWN_EXCEPTION',
    message: error?.message ?? '',
    ...(error?.fields ? { fields: error.fields } : {}),
  };
}
