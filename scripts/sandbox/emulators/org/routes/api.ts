import type { Clock } from '../../core/clock.ts';
import type { Coverage } from '../../core/coverage.ts';
import type { FaultPlan } from '../../core/faults.ts';
import type { Bulk } from '../bulk/index.ts';
import type { DataContext } from '../data.ts';
import type { LocalOrgData } from '../org-data.ts';
import { errorBodies, notImplemented, OrgFault, RowFault, statusOf } from '../errors.ts';
import type { QueryCursor } from '../soql/engine.ts';
import type { PackageContents } from '../schema/load-package.ts';
import type { Credentials } from './credentials-store.ts';

/** A call to `/services/data/vNN.0/…`, from outside or from inside a composite request. */
export interface ApiRequest {
  method: string;
  /** Below the version, such as `/sobjects/Account`. */
  path: string;
  query: URLSearchParams;
  body: unknown;
  headers: Record<string, string | undefined>;
  userId: string;
  /** `66.0` */
  version: string;
}

export interface ApiResponse {
  status: number;
  /** Undefined: no body at all. */
  body?: unknown;
  /** A body that is not JSON; its content type is among the headers. */
  text?: string;
  headers?: Record<string, string>;
}

/** What runs the package's Apex; injected, since another part of the sandbox owns it. */
export interface ApexPort {
  invokeAura(className: string, method: string, params: Record<string, unknown>, userId: string): Promise<unknown>;
  invokeAction(className: string, inputs: Record<string, unknown>[], userId: string): Promise<unknown[]>;
}

/** Everything the routes work with. */
export interface OrgServices {
  data: LocalOrgData;
  contents: PackageContents;
  clock: Clock;
  faults: FaultPlan;
  coverage: Coverage;
  credentials: Credentials;
  bulk: Bulk;
  orgId: string;
  timeZone: string;
  currencies: string[];
  apex(): ApexPort | undefined;
  baseUrl(): string;
  cursors: Map<string, QueryCursor & { userId: string }>;
  usage: { used: number; limit: number };
}

export type Handler = (request: ApiRequest, params: Record<string, string>, services: OrgServices) => ApiResponse | Promise<ApiResponse>;

export interface Route {
  method: string;
  /** Segments that start with `:` are parameters; a final `*` takes the rest. */
  path: string;
  handler: Handler;
  /** UI API answers errors as one object, not a list. */
  singleError?: boolean;
}

interface CompiledRoute extends Route {
  segments: string[];
}

export interface Api {
  handle(request: ApiRequest): ApiResponse | Promise<ApiResponse>;
}

export const contextOf = (request: ApiRequest, services: OrgServices): DataContext => ({
  userId: request.userId,
  now: services.clock.now(),
  accessLevel: 'user',
});

/** Finds the route of a request and turns what it throws into the org's error bodies. */
export function createApi(routes: Route[], services: OrgServices): Api {
  const byFirst = new Map<string, CompiledRoute[]>();
  for (const route of routes) {
    const segments = route.path.split('/').slice(1).filter(Boolean);
    const first = segments[0] ?? '';
    byFirst.set(first, [...(byFirst.get(first) ?? []), { ...route, segments }]);
  }
  const handle = (request: ApiRequest): ApiResponse | Promise<ApiResponse> => {
    const parts = request.path
      .split('/')
      .slice(1)
      .map((part) => decodeURIComponent(part));
    if (parts.at(-1) === '') parts.pop();
    const candidates = byFirst.get(parts[0] ?? '') ?? [];
    let otherMethod = false;
    for (const route of candidates) {
      const params = match(route.segments, parts);
      if (!params) continue;
      if (route.method !== request.method) {
        otherMethod = true;
        continue;
      }
      try {
        const answer = route.handler(request, params, services);
        return answer instanceof Promise ? answer.catch((error: unknown) => failure(error, route)) : answer;
      } catch (error) {
        return failure(error, route);
      }
    }
    if (otherMethod)
      return failure(
        new OrgFault(
          405,
          'METHOD_NOT_ALLOWED',
          `HTTP Method '${request.method}' not allowed. Allowed are ${candidates
            .filter((route) => match(route.segments, parts))
            .map((route) => route.method)
            .join(',')}`,
          { codeFirst: true },
        ),
      );
    const item = `${request.method} ${request.path}`;
    services.coverage.refuse(item.replace(/\/[a-zA-Z0-9]{15,18}(?=\/|$)/g, '/:id'));
    return failure(notImplemented(item));
  };
  return { handle };
}

function match(segments: string[], parts: string[]): Record<string, string> | undefined {
  const params: Record<string, string> = {};
  for (let index = 0; index < segments.length; index += 1) {
    const segment = segments[index] ?? '';
    if (segment === '*') {
      params['rest'] = parts.slice(index).join('/');
      return params;
    }
    const part = parts[index];
    if (part === undefined) return undefined;
    if (segment.startsWith(':')) params[segment.slice(1)] = part;
    else if (segment !== part) return undefined;
  }
  return segments.length === parts.length ? params : undefined;
}

/** An exception as an answer. Bugs pass through. */
export function failure(error: unknown, route?: Route): ApiResponse {
  if (error instanceof OrgFault) {
    const body = error.body();
    return { status: error.status, body: route?.singleError ? body[0] : body };
  }
  if (error instanceof RowFault) {
    const code = error.errors[0]?.statusCode ?? '';
    return { status: statusOf(code), body: errorBodies(error.errors) };
  }
  throw error;
}

/** The body of a request as an object; anything else is malformed. */
export function objectBody(request: ApiRequest): Record<string, unknown> {
  if (typeof request.body !== 'object' || request.body === null || Array.isArray(request.body))
    throw new OrgFault(400, 'JSON_PARSER_ERROR', 'The HTTP entity body is required, but this request has no entity body.');
  return request.body as Record<string, unknown>;
}
