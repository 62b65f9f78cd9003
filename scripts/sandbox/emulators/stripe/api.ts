import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { StripeEngine } from './engine.ts';
import { errorBody } from './errors.ts';
import { decodeForm } from './form.ts';
import type { Params } from './form.ts';
import { newId } from './ids.ts';
import { lockTimeout } from './object-locks.ts';
import { RateLimited } from './rate-limits.ts';
import { API_VERSION } from './spec.ts';

/** Stripe's own body for an answer that a fault made. */
export function faultAnswer(status: number) {
  const requestId = newId('req').slice(0, 18);
  const body =
    status === 429
      ? new RateLimited('global-rate').body
      : { type: 'api_error' as const, message: 'An error occurred while processing your request (sandbox fault).' };
  return {
    body: errorBody(body, requestId),
    headers: {
      'request-id': requestId,
      'stripe-version': API_VERSION,
      ...(status === 429 ? { 'stripe-rate-limited-reason': 'global-rate' } : {}),
    },
  };
}

/** Hands everything under `/v1` and `/v2` to the engine. */
export function addApiRoutes(app: FastifyInstance, engine: StripeEngine): void {
  const handle = (request: FastifyRequest, reply: FastifyReply) => {
    const [path = '', query = ''] = request.raw.url!.split('?', 2);
    if (request.fault?.kind === 'lock-row') return reply.code(429).send(errorBody(lockTimeout().body, newId('req').slice(0, 18)));
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value[0] : value]),
    );
    const answer = engine.request(request.method, path, readBody(request, query), { ...headers, 'sandbox-request': request.id });
    return reply.code(answer.status).headers(answer.headers).send(answer.body);
  };
  app.all('/v1/*', handle);
  app.all('/v2/*', handle);
  const release = async ({ id }: FastifyRequest) => {
    engine.idempotency.release(id);
    engine.locks.release(id);
  };
  app.addHook('onResponse', release);
  app.addHook('onRequestAbort', release);
  app.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    const type = status < 500 ? ('invalid_request_error' as const) : ('api_error' as const);
    return reply.code(status).send(errorBody({ type, message: error.message }, newId('req').slice(0, 18)));
  });
}

/** POST bodies are form-encoded in v1, where a JSON body is not an error but its fields are not read, and JSON in v2. */
function readBody(request: FastifyRequest, query: string): Params {
  if (request.method !== 'POST') return decodeForm(query);
  if (request.url.startsWith('/v2/')) return { ...decodeForm(query), ...(request.body as Params | undefined) };
  const form = typeof request.body === 'string' ? request.body : '';
  return { ...decodeForm(query), ...decodeForm(form) };
}
