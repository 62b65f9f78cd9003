import { createHttp } from '../core/index.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bearerOf } from './auth/routes.ts';
import type { Session, Sessions } from './auth/sessions.ts';
import { OrgFault } from './errors.ts';
import { failure } from './routes/api.ts';
import type { Api, ApiRequest, ApiResponse, OrgServices } from './routes/api.ts';
import { isVersion, versionList } from './routes/describe.ts';

export interface ServerContext {
  services: OrgServices;
  sessions: Sessions;
  api(): Api;
  /** The routes below `/sandbox`, with the same handlers as the API's. */
  sandbox(): Api;
}

const invalidSession = (): OrgFault => new OrgFault(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
/** Source: Bulk API 2.0 guide, limits: 150 MB, after encoding. */
const LARGEST_UPLOAD = 150_000_000;
const JSON_TYPE = 'application/json;charset=UTF-8';

/** The HTTP side of the org: sessions, limits and faults in front of its routes. */
export function createServer(context: ServerContext): FastifyInstance {
  const { services } = context;
  const app = createHttp({ name: 'org', faults: services.faults, faultAnswer: (status) => ({ body: faultBody(status) }) });
  app.addHook('onRequest', (_request, reply, done) => {
    reply.header('x-sandbox-org', '1');
    done();
  });
  app.addHook('onSend', (_request, reply, _payload, done) => {
    // The org says "too many" with 403; the fault plan's throttle says 429.
    if (reply.statusCode === 429) reply.code(403);
    done();
  });
  app.setErrorHandler((error, _request, reply) => {
    const { statusCode = 500, message } = error as { statusCode?: number; message: string };
    if (statusCode === 413) return reply.code(413).send([{ message: 'The request entity is too large.', errorCode: 'REQUEST_TOO_LARGE' }]);
    if (statusCode < 500) return reply.code(400).send([{ message, errorCode: 'JSON_PARSER_ERROR' }]);
    // A bug of the sandbox: said as one, never as Salesforce's.
    console.error(error);
    return reply.code(500).send([{ message: `The local org failed: ${message}`, errorCode: 'SANDBOX_FAILURE' }]);
  });
  app.get('/services/data', (_request, reply) => reply.type(JSON_TYPE).send(versionList()));
  const data = (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => answerData(context, request, reply);
  app.all('/services/data/:version', data);
  app.all('/services/data/:version/*', data);
  app.put('/services/data/:version/jobs/ingest/:id/batches', { bodyLimit: LARGEST_UPLOAD }, data);
  for (const path of ['/sandbox/boot', '/sandbox/list', '/sandbox/page', '/sandbox/apex/*', '/sandbox/seed', '/sandbox/control/*'])
    app.all(path, (request, reply) => answerSandbox(context, request, reply));
  app.setNotFoundHandler((request, reply) => {
    services.coverage.refuse(`${request.method} ${request.url.split('?')[0] ?? ''}`);
    void reply
      .code(404)
      .type(JSON_TYPE)
      .send([{ errorCode: 'NOT_FOUND', message: 'The requested resource does not exist' }]);
  });
  // Stored instance URLs end in a slash, so that paths can begin with two.
  app.server.prependListener('request', (request) => {
    if (request.url?.startsWith('//')) request.url = request.url.replace(/^\/+/, '/');
  });
  return app;
}

function faultBody(status: number): unknown {
  if (status === 401) return [{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }];
  if (status === 403 || status === 429) return [{ message: 'TotalRequests Limit exceeded.', errorCode: 'REQUEST_LIMIT_EXCEEDED' }];
  if (status === 503) return [{ message: 'Server Unavailable', errorCode: 'SERVER_UNAVAILABLE' }];
  return [
    {
      message: 'An unexpected error occurred. Please include this ErrorId if you contact support: 1452464078-314667 (-1173371248)',
      errorCode: 'UNKNOWN_EXCEPTION',
    },
  ];
}

/** The caller's session; a session that a fault expires is over. */
function sessionOf(context: ServerContext, request: FastifyRequest): Session {
  const token = bearerOf(request) ?? '';
  const session = context.sessions.find(token);
  if (session && request.fault?.kind === 'expire-token') {
    context.sessions.expire(session.userId);
    throw invalidSession();
  }
  if (!session) throw invalidSession();
  return session;
}

async function answerData(context: ServerContext, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { services } = context;
  const { version = '' } = request.params as { version?: string };
  const number = version.replace(/^v/, '');
  try {
    if (!version.startsWith('v') || !isVersion(number))
      throw new OrgFault(404, 'NOT_FOUND', 'The requested resource does not exist', { codeFirst: true });
    const session = sessionOf(context, request);
    if (services.usage.used >= services.usage.limit) throw new OrgFault(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
    services.usage.used += 1;
    if (request.fault?.kind === 'lock-row')
      throw new OrgFault(400, 'UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record', { fields: [] });
    const prefix = `/services/data/${version}`;
    const answer = await context.api().handle(toApi(request, prefix, session.userId, number));
    reply.header('sforce-limit-info', `api-usage=${String(services.usage.used)}/${String(services.usage.limit)}`);
    return send(reply, answer);
  } catch (error) {
    if (!(error instanceof OrgFault)) throw error;
    if (error.errorCode === 'INVALID_SESSION_ID') reply.header('www-authenticate', 'Token');
    return send(reply, failure(error));
  }
}

async function answerSandbox(context: ServerContext, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  try {
    const session = sessionOf(context, request);
    return send(reply, await context.sandbox().handle(toApi(request, '/sandbox', session.userId, '66.0')));
  } catch (error) {
    if (!(error instanceof OrgFault)) throw error;
    return send(reply, failure(error));
  }
}

function toApi(request: FastifyRequest, prefix: string, userId: string, version: string): ApiRequest {
  const [path = '', query = ''] = request.url.slice(prefix.length).split(/\?(.*)/s);
  return {
    method: request.method,
    path: path === '' ? '/' : path,
    query: new URLSearchParams(query),
    body: request.body,
    headers: request.headers as Record<string, string | undefined>,
    userId,
    version,
  };
}

function send(reply: FastifyReply, { status, body, text, headers }: ApiResponse): FastifyReply {
  void reply.code(status);
  for (const [name, value] of Object.entries(headers ?? {})) void reply.header(name, value);
  if (text !== undefined) return reply.send(text);
  if (body === undefined) return reply.send();
  return reply.type(JSON_TYPE).send(JSON.stringify(body));
}
