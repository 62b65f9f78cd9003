import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import type { Logger } from './logger.ts';

/** What a caller gets instead of a result: what happened, what to do, and the id under which the log tells more. */
export interface Refusal {
  status: 400 | 401 | 403 | 404 | 413 | 500 | 503;
  code: string;
  message: string;
  action: string;
}

/** 1 MB: an invoice of 250 lines is a tenth of it. */
const BODY_LIMIT = 1024 * 1024;
const MOST_SWALLOWED = 32 * BODY_LIMIT;

const NOT_JSON: Refusal = {
  status: 400,
  code: 'malformed-json',
  message: 'The body is not valid JSON.',
  action: 'Send a JSON object with content-type application/json.',
};
const TOO_LARGE: Refusal = {
  status: 413,
  code: 'body-too-large',
  message: 'The body is larger than 1 MB.',
  action: 'Send fewer lines; an invoice holds at most 250.',
};
const NO_ROUTE: Refusal = {
  status: 404,
  code: 'unknown-operation',
  message: 'There is no such operation.',
  action: 'See openapi.yaml for the operations and their addresses.',
};
const BUG: Refusal = {
  status: 500,
  code: 'internal-error',
  message: 'Something went wrong on our side.',
  action: 'Try again; if it stays, give the correlation id to your admin.',
};

export function correlationOf(request: FastifyRequest): string {
  const given = request.headers['x-trueup-correlation-id'];
  return typeof given === 'string' && /^[\w-]{1,64}$/.test(given) ? given : request.id;
}

export const refuse = (refusal: Refusal, correlationId: string) => ({
  code: refusal.code,
  message: refusal.message,
  action: refusal.action,
  correlationId,
});

/** A server whose bodies arrive as raw bytes (webhooks are signed over them) and whose errors show no internals. */
export function createHttpServer(logger: Logger): FastifyInstance {
  const server = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    genReqId: () => randomUUID(),
    forceCloseConnections: true,
    requestTimeout: 120_000,
  });
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  server.setNotFoundHandler((request, reply) => reply.code(404).send(refuse(NO_ROUTE, correlationOf(request))));
  server.setErrorHandler(async (error: Error & { statusCode?: number; code?: string }, request, reply) => {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') await swallow(request);
    const refusal = error.code === 'FST_ERR_CTP_BODY_TOO_LARGE' ? TOO_LARGE : error.statusCode === 400 ? NOT_JSON : BUG;
    if (refusal === BUG) logger.error({ err: error, correlationId: correlationOf(request), path: request.url }, 'a request failed');
    return reply.code(refusal.status).send(refuse(refusal, correlationOf(request)));
  });
  return server;
}

/** Reads the rest of a body nobody wants: a caller still writing would see a broken connection instead of the answer. */
async function swallow(request: FastifyRequest): Promise<void> {
  const { raw } = request;
  let left = MOST_SWALLOWED;
  await new Promise<void>((resolve) => {
    const patience = setTimeout(resolve, 5000);
    const end = () => {
      clearTimeout(patience);
      resolve();
    };
    raw.on('data', (chunk: Buffer) => {
      left -= chunk.length;
      if (left < 0) end();
    });
    raw.once('end', end).once('close', end).resume();
  });
}

/** Parses the raw body as a JSON object, or says what is wrong with it. */
export function readJson(body: unknown): { value: Record<string, unknown> } | { refusal: Refusal } {
  try {
    const value: unknown = JSON.parse(Buffer.isBuffer(body) ? body.toString('utf8') : '');
    if (value && typeof value === 'object' && !Array.isArray(value)) return { value: value as Record<string, unknown> };
  } catch {
    // Falls through to the refusal.
  }
  return { refusal: NOT_JSON };
}
