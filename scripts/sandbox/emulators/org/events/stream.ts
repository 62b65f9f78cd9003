import type { FastifyInstance } from 'fastify';
import { bearerOf } from '../auth/routes.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { OrgCore } from '../dml/work.ts';
import type { EventBus } from './bus.ts';

const HEARTBEAT_MS = 15_000;

/** `GET /sandbox/events`: the platform events a page's user may read, as server-sent events `{channel, event:{replayId}, payload}`. */
export function addEventStream(app: FastifyInstance, core: OrgCore, bus: EventBus, sessions: Sessions): void {
  app.get('/sandbox/events', (request, reply) => {
    const session = sessions.find(bearerOf(request) ?? '');
    if (!session) return reply.code(401).send([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', 'x-sandbox': 'org' });
    raw.write(': open\n\n');
    const stop = bus.listen((event) => {
      const object = core.schema.object(event.object);
      if (!object || !core.book.of(session.userId).object(object).read) return;
      raw.write(
        `id: ${String(event.replayId)}\ndata: ${JSON.stringify({ channel: `/event/${event.object}`, event: { replayId: event.replayId }, payload: event.payload })}\n\n`,
      );
    });
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), HEARTBEAT_MS);
    heartbeat.unref();
    raw.once('close', () => {
      clearInterval(heartbeat);
      stop();
    });
    return reply;
  });
}
