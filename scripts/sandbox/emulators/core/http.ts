import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Fault, FaultPlan } from './faults.ts';
import { PAGE_HEADERS } from './page.ts';
import { PAGE_STYLES } from './page-styles.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came over the wire, empty when there was none. */
    rawBody: Buffer;
    /** A fault that the stand-in itself has to act on (expire-token, lock-row, …). */
    fault: Fault | undefined;
  }
}

export interface HttpOptions {
  /** Name of the stand-in, answered as `X-Sandbox`. */
  name: string;
  faults: FaultPlan;
  /** The body (in the provider's own error shape) and headers of an answer made by a `status` or `throttle` fault. */
  faultAnswer(status: number, request: FastifyRequest): { body: unknown; headers?: Record<string, string> };
  /** Largest body in bytes; beyond it the provider would answer 413. */
  bodyLimit?: number;
  /** Which requests faults may hit; by default all but `/__ctl` and `/sandbox`. */
  faulty?(request: FastifyRequest): boolean;
  /** Called when a `delay` fault begins to hold a request back. */
  beforeDelay?(request: FastifyRequest): void;
}

const SIXTEEN_MEGABYTES = 16 * 1024 * 1024;

/**
 * A Fastify app for a stand-in: raw bodies kept, JSON parsed, other bodies as text, `X-Sandbox` on every answer,
 * faults of the point `<name>.request` (context: method, path) applied. Listen with `listenOnLoopback`.
 */
export function createHttp(options: HttpOptions): FastifyInstance {
  const app = Fastify({
    logger: false,
    bodyLimit: options.bodyLimit ?? SIXTEEN_MEGABYTES,
    forceCloseConnections: true,
    routerOptions: { ignoreTrailingSlash: true },
  });
  const faulty = options.faulty ?? ((request: FastifyRequest) => !/^\/(__ctl|sandbox)(\/|$)/.test(request.url));

  app.decorateRequest('rawBody', null as unknown as Buffer);
  app.decorateRequest('fault', undefined);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (request, body, done) => {
    request.rawBody = body as Buffer;
    if (!/[/+]json/.test(request.headers['content-type'] ?? '')) return done(null, body.toString());
    try {
      done(null, body.length ? JSON.parse(body.toString()) : undefined);
    } catch {
      done(Object.assign(new Error('The body is not valid JSON.'), { statusCode: 400 }));
    }
  });

  app.addHook('onRequest', async (request, reply) => {
    request.rawBody = Buffer.alloc(0);
    reply.header('x-sandbox', options.name);
    if (!faulty(request)) return;
    const path = request.url.split('?', 1)[0] ?? '';
    const fault = options.faults.next(`${options.name}.request`, { method: request.method, path });
    if (fault) await applyBefore(fault, request, reply, options);
  });
  app.addHook('onSend', async (request) => {
    // The work is done and committed; only the answer is lost.
    if (request.fault?.kind === 'drop-answer') await breakConnection(request, request.fault.afterMs);
  });
  app.get('/sandbox/page.css', (_request, reply) =>
    reply.headers({ 'content-type': 'text/css; charset=utf-8', 'cache-control': 'no-cache' }).send(PAGE_STYLES),
  );
  return app;
}

async function applyBefore(fault: Fault, request: FastifyRequest, reply: FastifyReply, options: HttpOptions): Promise<void> {
  if (fault.kind === 'drop-before') {
    reply.hijack();
    await breakConnection(request, fault.afterMs);
  } else if (fault.kind === 'delay') {
    options.beforeDelay?.(request);
    await sleep(fault.ms);
  } else if (fault.kind === 'status' || fault.kind === 'throttle') {
    const status = fault.kind === 'status' ? fault.status : 429;
    const { body, headers } = options.faultAnswer(status, request);
    await reply
      .code(status)
      .headers({ ...headers, ...(fault.retryAfterS === undefined ? {} : { 'retry-after': String(fault.retryAfterS) }) })
      .send(body);
  } else {
    request.fault = fault;
  }
}

/** At the latest when the caller ends it, as a process does that is killed. */
async function breakConnection({ raw: { socket } }: FastifyRequest, afterMs = 0): Promise<void> {
  if (afterMs > 0 && !socket.destroyed) {
    const ended = new AbortController();
    socket.once('close', () => ended.abort());
    await sleep(afterMs, undefined, { signal: ended.signal, ref: false }).catch(() => undefined);
  }
  socket.destroy();
}

/** Listens on 127.0.0.1 (port 0: any free one) and returns the base URL. */
export async function listenOnLoopback(app: FastifyInstance, port = 0): Promise<string> {
  await app.listen({ host: '127.0.0.1', port });
  const address = app.server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return `http://127.0.0.1:${address.port}`;
}

/** Sends an inspection page with its headers. */
export function sendPage(reply: FastifyReply, page: string, status = 200): FastifyReply {
  return reply.code(status).headers(PAGE_HEADERS).send(page);
}
