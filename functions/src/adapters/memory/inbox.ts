import type { DirtyObject, Inbox, InboxEntry } from '../../ports/inbox.ts';
import type { MemoryClock } from './clock.ts';

interface Held extends DirtyObject {
  leasedUntil: number;
  settledGeneration: number;
  parked: boolean;
}

export function createInbox(clock: MemoryClock): Inbox & { entries: InboxEntry[]; broken: boolean } {
  const seen = new Set<string>();
  const objects = new Map<string, Held>();
  let generation = 0;
  const inbox = {
    entries: [] as InboxEntry[],
    /** Set to make the store fail. */
    broken: false,
    store: async (entries: InboxEntry[]) => {
      if (inbox.broken) throw new Error('The store is down.');
      const news = entries.filter(({ event }) => {
        const key = `${event.provider}:${event.account}:${event.eventId}`;
        return seen.has(key) ? false : Boolean(seen.add(key));
      });
      inbox.entries.push(...news);
      for (const { dirty } of news) if (dirty) mark(dirty);
      return news.length;
    },
    replay: async ({ provider, eventId }: Parameters<Inbox['replay']>[0]) => {
      const stored = inbox.entries.find(({ event }) => event.provider === provider && event.eventId === eventId)?.event;
      if (!stored || stored.objectId === '') return false;
      mark({ kind: `${provider}:${stored.objectType}`, id: stored.objectId, invoiceId: null });
      return true;
    },
    take: async (limit: number, leaseMs: number) => {
      const free = [...objects.values()]
        .filter((each) => !each.parked && each.generation > each.settledGeneration && each.leasedUntil <= clock.now())
        .slice(0, limit);
      for (const each of free) each.leasedUntil = clock.now() + leaseMs;
      return free.map(({ kind, id, invoiceId, generation, attempts }) => ({ kind, id, invoiceId, generation, attempts }));
    },
    settle: async (object: DirtyObject) => {
      const held = objects.get(`${object.kind}/${object.id}`);
      if (held) Object.assign(held, { settledGeneration: object.generation, leasedUntil: 0, attempts: 0 });
    },
    postpone: async (object: DirtyObject, _reason: string, retryAt: string | null) => {
      const held = objects.get(`${object.kind}/${object.id}`);
      if (held)
        Object.assign(held, {
          attempts: held.attempts + 1,
          parked: retryAt === null,
          leasedUntil: retryAt === null ? 0 : Date.parse(retryAt),
        });
    },
  };
  function mark(dirty: NonNullable<InboxEntry['dirty']>): void {
    const key = `${dirty.kind}/${dirty.id}`;
    const held = objects.get(key) ?? { ...dirty, generation: 0, attempts: 0, leasedUntil: 0, settledGeneration: 0, parked: false };
    objects.set(key, { ...held, invoiceId: dirty.invoiceId ?? held.invoiceId, generation: (generation += 1), parked: false });
  }
  return inbox;
}
