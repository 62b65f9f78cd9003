import type { Inbox, InboxEntry, KeptEvents, WaitingObject } from '../../ports/inbox.ts';
import type { Clock } from '../../ports/clock.ts';
import type { VerifiedEvent } from '../../ports/webhook-verifier.ts';

interface Held extends WaitingObject {
  /** It was looked at, and waits for a turn. */
  waits: boolean;
  turnUntil: number | null;
  dueAt: number;
  leasedUntil: number | null;
  /** The runs that deal with it, and the generation they were given. */
  runs: string[];
  handedOver: number | null;
  parked: boolean;
  reason: string | null;
  /** When the first of its changes happened that are not settled. */
  markedAt: number;
}

export interface MemoryInbox extends Inbox {
  entries: InboxEntry[];
  /** Set to make the store fail. */
  broken: boolean;
  /** Whether this event is stored. */
  holds(event: Pick<VerifiedEvent, 'provider' | 'account' | 'eventId'>): boolean;
  /** What is dirty now, by kind and id. */
  readonly objects: ReadonlyMap<string, Readonly<Held>>;
}

const keyOf = ({ kind, id }: { kind: string; id: string }): string => `${kind}/${id}`;

const nameOf = ({ provider, account, eventId }: Pick<VerifiedEvent, 'provider' | 'account' | 'eventId'>): string =>
  `${provider}\n${account}\n${eventId}`;

/** What an event makes dirty when it is looked at once more, also where it made nothing dirty at first. */
const kindOf = ({ event, dirty }: InboxEntry): string => dirty?.kind ?? `${event.provider}:${event.objectType}`;

/** The inbox with PostgreSQL's rules (adapters/postgres/inbox.ts): a settled object is gone, a later mark outlives an earlier lease. */
export function createInbox(clock: Pick<Clock, 'now'>): MemoryInbox {
  const seen = new Set<string>();
  const objects = new Map<string, Held>();
  let generation = 0;

  function mark(dirty: NonNullable<InboxEntry['dirty']>, happenedAt = clock.now()): void {
    const held = objects.get(keyOf(dirty));
    const inRuns = held !== undefined && held.handedOver === held.generation;
    objects.set(keyOf(dirty), {
      kind: dirty.kind,
      id: dirty.id,
      invoiceId: dirty.invoiceId ?? held?.invoiceId ?? null,
      generation: (generation += 1),
      attempts: 0,
      dueAt: Math.min(held?.dueAt ?? clock.now(), clock.now()),
      leasedUntil: inRuns ? null : (held?.leasedUntil ?? null),
      waits: false,
      lines: null,
      turnUntil: held?.turnUntil ?? null,
      runs: held?.runs ?? [],
      handedOver: held?.handedOver ?? null,
      parked: false,
      reason: held?.reason ?? null,
      markedAt: Math.min(held?.markedAt ?? clock.now(), happenedAt),
    });
  }

  const free = ({ parked, dueAt, leasedUntil }: Held): boolean =>
    !parked && dueAt <= clock.now() && (leasedUntil === null || leasedUntil < clock.now());

  const inbox: MemoryInbox = {
    entries: [],
    broken: false,
    objects,
    holds: (event) => seen.has(nameOf(event)),
    store: async (entries) => {
      if (inbox.broken) throw new Error('The store is down.');
      if (entries.some(({ receivedAt }) => Number.isNaN(Date.parse(receivedAt)))) throw new Error('An entry has no time of receipt.');
      const news = entries.filter(({ event }) => {
        const name = nameOf(event);
        return seen.has(name) ? false : Boolean(seen.add(name));
      });
      inbox.entries.push(...news);
      for (const { dirty, event, receivedAt } of news) if (dirty) mark(dirty, Date.parse(event.happenedAt ?? receivedAt));
      return news.length;
    },
    mark: async (asked) => {
      for (const object of asked) mark(object);
    },
    replay: async ({ provider, eventId }) => {
      const stored = inbox.entries.find(({ event }) => event.provider === provider && event.eventId === eventId);
      if (!stored || stored.event.objectId === '') return false;
      mark({ kind: kindOf(stored), id: stored.event.objectId, invoiceId: null });
      return true;
    },
    take: async (limit, leaseMs) => {
      const due = [...objects.values()]
        .filter((each) => !each.waits && free(each))
        .sort((a, b) => a.dueAt - b.dueAt || a.generation - b.generation)
        .slice(0, limit);
      for (const each of due) Object.assign(each, { leasedUntil: clock.now() + leaseMs, attempts: each.attempts + 1 });
      return due.map(({ kind, id, invoiceId, generation: marked, attempts }) => ({ kind, id, invoiceId, generation: marked, attempts }));
    },
    awaitTurn: async (looked) => {
      for (const object of looked) {
        const held = objects.get(keyOf(object));
        if (!held || held.generation < object.generation) continue;
        const waits = held.generation === object.generation;
        const lines = waits && object.lines?.length ? [...object.lines] : null;
        Object.assign(held, { leasedUntil: null, attempts: Math.max(held.attempts - 1, 0), waits, lines });
      }
    },
    takeTurns: async (most, leaseMs) => {
      const now = clock.now();
      const runs = new Set([...objects.values()].flatMap((each) => ((each.turnUntil ?? 0) > now ? each.runs : [])));
      const waiting = [...objects.values()].filter((each) => each.waits && free(each));
      const taken = [...objects.values()].filter((each) => each.waits && each.turnUntil === null && (each.leasedUntil ?? 0) > now).length;
      const oldest = waiting
        .sort((a, b) => a.dueAt - b.dueAt || a.generation - b.generation)
        .slice(0, Math.max(0, most - runs.size - taken));
      const lines = new Set(oldest.flatMap((each) => each.lines ?? []));
      const given = waiting.filter((each) => oldest.includes(each) || each.lines?.some((line) => lines.has(line)));
      for (const each of given) {
        Object.assign(each, { leasedUntil: now + leaseMs, attempts: each.attempts + 1 });
        if (each.handedOver === each.generation) each.generation = generation += 1;
      }
      return given.map(({ kind, id, invoiceId, generation: marked, attempts, lines: of }) => ({
        ...{ kind, id, invoiceId, generation: marked, attempts, lines: of && [...of] },
      }));
    },
    handOver: async (handed, leaseMs) => {
      for (const { runs, ...object } of handed) {
        const held = objects.get(keyOf(object));
        if (!held || (held.handedOver ?? 0) > object.generation) continue;
        held.turnUntil = clock.now() + leaseMs;
        held.leasedUntil = held.generation === object.generation ? clock.now() + leaseMs : null;
        if (held.handedOver !== object.generation) Object.assign(held, { runs: [...runs], handedOver: object.generation });
      }
    },
    settle: async (object, run) => {
      const held = objects.get(keyOf(object));
      if (run !== undefined) {
        if (held?.handedOver !== object.generation) return;
        held.runs = held.runs.filter((each) => each !== run);
        if (held.runs.length === 0) held.turnUntil = null;
        if (held.runs.length === 0 && held.generation === object.generation) objects.delete(keyOf(object));
      } else if (held?.generation === object.generation) objects.delete(keyOf(object));
      else if (held && held.generation > object.generation) held.leasedUntil = null;
    },
    postpone: async (object, reason, retryMs) => {
      const held = objects.get(keyOf(object));
      if (!held) return;
      held.reason = reason;
      if ((held.handedOver ?? 0) <= object.generation) Object.assign(held, { leasedUntil: null, turnUntil: null });
      if (held.generation !== object.generation) return;
      held.parked = retryMs === null;
      if (retryMs !== null) Object.assign(held, { dueAt: clock.now() + retryMs, generation: (generation += 1) });
    },
    stuck: async (attempts) =>
      [...objects.values()]
        .filter((each) => each.parked || each.attempts >= attempts)
        .sort((a, b) => a.markedAt - b.markedAt)
        .map(({ kind, id, invoiceId, reason, attempts: tried, markedAt, parked }) => ({
          ...{ kind, id, invoiceId, reason: reason ?? '', attempts: tried, since: new Date(markedAt).toISOString(), parked },
          eventId: inbox.entries.findLast((entry) => kindOf(entry) === kind && entry.event.objectId === id)?.event.eventId ?? null,
        })),
    keptSince: async (since) => {
      const found = new Map<string, KeptEvents>();
      for (const { event, receivedAt } of inbox.entries) {
        const { provider, kept: reason, type, account } = event;
        if (reason === null || receivedAt < since) continue;
        const key = `${provider} ${reason}`;
        found.set(key, { provider, reason, type, account, count: (found.get(key)?.count ?? 0) + 1 });
      }
      return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, kept]) => kept);
    },
    trim: async (before, most) => {
      const old = inbox.entries
        .filter((entry) => entry.receivedAt < before && !objects.has(keyOf({ kind: kindOf(entry), id: entry.event.objectId })))
        .slice(0, most);
      inbox.entries = inbox.entries.filter((entry) => !old.includes(entry));
      for (const { event } of old) seen.delete(nameOf(event));
      return old.length;
    },
  };
  return inbox;
}
