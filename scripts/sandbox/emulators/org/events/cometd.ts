import { createRequire } from 'node:module';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { Clock } from '../../core/clock.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { PlatformEvent } from '../data.ts';
import type { OrgCore } from '../dml/work.ts';
import { isChange, type EventBus } from './bus.ts';
import { ALL_CHANGES, type ChangeEvents } from './change-events.ts';

/** The parts of faye that are used; it ships no types. */
interface Message {
  channel: string;
  clientId?: string;
  subscription?: string;
  error?: string;
  data?: unknown;
  ext?: Record<string, unknown>;
}

/** `request` is null for what the org itself publishes. */
type Extension = (message: Message, request: { headers: IncomingHttpHeaders } | null, callback: (message: Message) => void) => void;

/** faye's queue of undelivered messages, by client. */
interface Engine {
  _engine: { _messages: Map<string, Message[]>; emptyQueue(clientId: string): void };
}

interface Adapter {
  attach(server: Server): void;
  addExtension(extension: { incoming: Extension; outgoing: Extension }): void;
  getClient(): { publish(channel: string, data: unknown): void; disconnect(): void };
  close(): void;
  _server: { _engine: Engine };
}

const faye = createRequire(import.meta.url)('faye') as { NodeAdapter: new (options: { mount: string; timeout: number }) => Adapter };

export interface CometdOptions {
  server: Server;
  sessions: Sessions;
  core: OrgCore;
  bus: EventBus;
  changes: ChangeEvents;
  clock: Clock;
}

/** What a subscriber gets of an event. Source: platform events developer guide. */
export function eventMessage(event: PlatformEvent): { schema: string; payload: Record<string, unknown>; event: { replayId: number } } {
  return { schema: `sandbox-${event.object}`, payload: event.payload, event: { replayId: event.replayId } };
}

/** Seconds a long poll waits for something to say. */
const POLL_S = 40;

/**
 * Platform events and changes of records over CometD at `/cometd/66.0`: every message needs a live session, the object must be
 * readable (for changes: view all), and
 * `ext.replay` of a subscription asks for events that were sent before it (-1 none, -2 all kept). Nobody publishes here.
 */
export function attachCometd({ server, sessions, core, bus, changes, clock }: CometdOptions): () => void {
  const adapter = new faye.NodeAdapter({ mount: '/cometd/66.0', timeout: POLL_S });
  /** Where the replay of a subscription under way begins, by client and channel. */
  const wanted = new Map<string, number>();

  /** Undefined: there is no such channel. */
  const mayHearEvents = (channel: string, userId: string): boolean | undefined => {
    const object = channel.startsWith('/event/') ? core.schema.object(channel.slice('/event/'.length)) : undefined;
    return object?.kind === 'event' ? core.book.of(userId).object(object).read : undefined;
  };
  /** Changes tell of every record: they take the right to view all of the object, the channel of all that of all data. */
  const mayHearChanges = (channel: string, userId: string): boolean | undefined => {
    const object = changes.objectOf(channel.slice('/data/'.length));
    const rights = core.book.of(userId);
    if (object === 'all') return rights.administrator;
    return object && (rights.administrator || rights.object(object).viewAll);
  };
  const checkSubscription = (message: Message, userId: string): void => {
    const channel = message.subscription ?? '';
    const allowed = channel.startsWith('/data/') ? mayHearChanges(channel, userId) : mayHearEvents(channel, userId);
    if (allowed === undefined) message.error = `404::The channel ${channel} does not exist`;
    else if (!allowed) message.error = '403::You are not allowed to subscribe to this channel';
    else {
      const from = (message.ext?.['replay'] as Record<string, number> | undefined)?.[channel];
      if (typeof from === 'number' && message.clientId) wanted.set(`${message.clientId} ${channel}`, from);
    }
  };

  /** Queues what was missed for the one subscriber, once its subscription has been answered. */
  const replay = (clientId: string, channel: string): void => {
    const from = wanted.get(`${clientId} ${channel}`);
    wanted.delete(`${clientId} ${channel}`);
    if (from === undefined) return;
    const [, kind = '', name = ''] = channel.split('/');
    const missed = bus.since(kind === 'data' && name === ALL_CHANGES ? undefined : name, from, clock.now());
    const { _engine: engine } = adapter._server._engine;
    engine._messages.set(clientId, [
      ...(engine._messages.get(clientId) ?? []),
      ...missed.map((event) => ({ channel, data: eventMessage(event) })),
    ]);
    if (missed.length) engine.emptyQueue(clientId);
  };

  adapter.addExtension({
    incoming: (message, request, callback) => {
      if (request) {
        const token = /^(?:Bearer|OAuth)\s+(.+)$/i.exec(request.headers.authorization ?? '')?.[1];
        const session = token ? sessions.find(token) : undefined;
        if (!session) message.error = '401::Authentication invalid';
        else if (message.channel === '/meta/subscribe') checkSubscription(message, session.userId);
        else if (!message.channel.startsWith('/meta/')) message.error = '403::Publishing over CometD is not allowed';
      }
      callback(message);
    },
    outgoing: (message, _request, callback) => {
      if (message.channel === '/meta/handshake' && !message.error) message.ext = { ...message.ext, replay: true, 'payload.format': true };
      callback(message);
      if (message.channel === '/meta/subscribe' && !message.error && message.clientId && message.subscription)
        replay(message.clientId, message.subscription);
    },
  });

  const client = adapter.getClient();
  const stop = bus.listen((event) => {
    const channels = isChange(event) ? [`/data/${event.object}`, `/data/${ALL_CHANGES}`] : [`/event/${event.object}`];
    for (const channel of channels) client.publish(channel, eventMessage(event));
  });
  adapter.attach(server);
  return () => {
    stop();
    // Its own client waits for messages as any other does, and would keep the process alive.
    client.disconnect();
    adapter.close();
  };
}
