import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const SENT_ON = ['content-type', 'accept', 'if-unmodified-since', 'last-event-id'];

/** Forwards REST, Apex, lists and the event stream to the org, as the user the browser is logged in as. */
export function addForwarding(app: FastifyInstance, orgBaseUrl: string, tokenOf: (request: FastifyRequest) => string | undefined): void {
  const forward = async (request: FastifyRequest, reply: FastifyReply) => {
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    let answer: Response;
    try {
      answer = await fetch(orgBaseUrl + request.url, {
        method: request.method,
        headers: { ...headersOf(request), authorization: `Bearer ${tokenOf(request)}` },
        signal: gone.signal,
        redirect: 'manual',
        ...(Buffer.isBuffer(request.body) ? { body: new Uint8Array(request.body) } : {}),
      });
    } catch {
      return reply
        .code(502)
        .send([
          { errorCode: 'ORG_UNREACHABLE', message: 'The local org does not answer. Stop the sandbox with Ctrl-C and start it again.' },
        ]);
    }
    void reply
      .code(answer.status)
      .type(answer.headers.get('content-type') ?? 'application/json')
      .header('cache-control', 'no-store');
    if (!answer.body) return reply.send();
    const body = Readable.fromWeb(answer.body as ReadableStream);
    body.on('error', () => {}); // the browser left, or the org stopped: the stream just ends
    return reply.send(body);
  };
  app.all('/services/data/*', forward);
  // Named one by one: what else the org offers below /sandbox is for seeding, and knows no rights.
  for (const path of ['/sandbox/boot', '/sandbox/list', '/sandbox/events', '/sandbox/apex/*']) app.all(path, forward);
}

function headersOf(request: FastifyRequest): Record<string, string> {
  return Object.fromEntries(SENT_ON.flatMap((name) => (typeof request.headers[name] === 'string' ? [[name, request.headers[name]]] : [])));
}
