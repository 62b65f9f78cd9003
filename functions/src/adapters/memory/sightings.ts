import type { Clock } from '../../ports/clock.ts';
import type { EffectRow } from '../../ports/effect-log.ts';
import type { InboxEntry } from '../../ports/inbox.ts';
import type { FoundEvent, ListedObject, Sightings } from '../../ports/sightings.ts';
import type { VerifiedEvent } from '../../ports/webhook-verifier.ts';
import type { MemoryEffectLog } from './effect-log.ts';
import type { MemoryInbox } from './inbox.ts';

const nameOf = ({ provider, account, eventId }: Pick<VerifiedEvent, 'provider' | 'account' | 'eventId'>): string =>
  `${provider}\n${account}\n${eventId}`;
const nameOfObject = ({ kind, id }: { kind: string; id: string }): string => `${kind} ${id}`;
const operationOf = ({ key }: EffectRow): string => key.split(':')[2] ?? '';
const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

/** What sweeps remember, with PostgreSQL's rules (adapters/postgres/sightings.ts). */
export function createSightings(
  clock: Pick<Clock, 'now'>,
  { inbox, effects }: { inbox: Pick<MemoryInbox, 'entries' | 'objects' | 'holds'>; effects: Pick<MemoryEffectLog, 'rows'> },
): Sightings {
  const swept = new Map<string, { provider: string; counts: boolean; foundAt: number }>();
  const objects = new Map<string, ListedObject & { seenAt: number }>();

  const answered = (): EffectRow[] => [...effects.rows.values()].filter((row) => row.system === 'quickbooks' && row.state === 'answered');
  const idIn = ({ answer }: EffectRow): string => String((answer as { id?: string } | null)?.id ?? '');
  const tokenOf = (made: EffectRow): string => {
    const id = idIn(made);
    const record = made.key.split(':')[1] ?? '';
    const later = answered().filter((row) => operationOf(row) === `book-${id}` || row.key === `sf:${record}:void-invoice-quickbooks`);
    return String(Number((made.answer as { syncToken: string }).syncToken) + later.length);
  };

  const isCovered = ({ objectType, objectId, happenedAt }: FoundEvent): boolean =>
    inbox.entries.some(
      ({ event, dirty }) =>
        event.provider === 'quickbooks' &&
        event.objectType === objectType &&
        event.objectId === objectId &&
        dirty !== null &&
        event.happenedAt !== null &&
        happenedAt !== null &&
        Date.parse(event.happenedAt) >= Date.parse(happenedAt),
    );

  return {
    noteUnheard: async (events, counts) => {
      const unheard = events.filter((event) => !inbox.holds(event) && !(event.provider === 'quickbooks' && isCovered(event)));
      for (const event of unheard)
        if (!swept.has(nameOf(event))) swept.set(nameOf(event), { provider: event.provider, counts, foundAt: clock.now() });
      return unheard.map(({ eventId }) => eventId);
    },
    hearing: async (provider) => {
      const heard = inbox.entries
        .filter(({ event }) => event.provider === provider && !swept.has(nameOf(event)))
        .map(({ receivedAt }) => Date.parse(receivedAt))
        .sort((a, b) => b - a)[0];
      const all = [...swept.values()].filter((each) => each.provider === provider && each.counts).map(({ foundAt }) => foundAt);
      const since = all.filter((at) => at > (heard ?? -Infinity)).sort((a, b) => a - b);
      return { heardAt: iso(heard), alone: since.length, aloneFrom: iso(since[0]), aloneTo: iso(since.at(-1)), aloneEver: all.length };
    },
    forgetFound: async (before) => {
      for (const [name, { foundAt }] of swept) if (foundAt < Date.parse(before)) swept.delete(name);
    },
    listChanged: async (listed) => listed.filter((object) => objects.get(nameOfObject(object))?.looks !== object.looks),
    listTold: async (provider, kind, ids) => {
      const entries = Map.groupBy(
        inbox.entries.filter(
          ({ event }) => event.provider === provider && event.objectType === kind && event.kept === null && event.looks !== null,
        ),
        ({ event }) => event.objectId,
      );
      return new Map(
        ids.flatMap((id) => {
          const seenAt = objects.get(nameOfObject({ kind, id }))?.seenAt ?? -Infinity;
          const told = (entries.get(id) ?? []).filter(({ receivedAt }) => Date.parse(receivedAt) > seenAt);
          const at = ({ event, receivedAt }: InboxEntry) => Date.parse(event.happenedAt ?? receivedAt);
          const newest = Math.max(...told.map(at));
          const looks = new Set(told.filter((entry) => at(entry) === newest).map(({ event }) => event.looks));
          return looks.size === 1 ? [[id, [...looks][0] as string] as const] : [];
        }),
      );
    },
    remember: async (listed) => {
      for (const object of listed) objects.set(nameOfObject(object), { ...object, seenAt: clock.now() });
    },
    listVanished: async (kind, before) =>
      [...objects.values()].filter((object) => object.kind === kind && object.seenAt < Date.parse(before)).map(({ id }) => id),
    forget: async (kind, ids) => {
      for (const id of ids) objects.delete(nameOfObject({ kind, id }));
    },
    ownDocuments: async (entity, ids) =>
      answered()
        .filter((row) => ids.includes(idIn(row)))
        .filter((row) => (entity === 'Invoice' ? operationOf(row) === 'create-invoice' : operationOf(row).startsWith('book-')))
        .map((row) => ({
          id: idIn(row),
          recordId: row.key.split(':')[1] ?? '',
          syncToken: entity === 'Invoice' ? tokenOf(row) : '0',
        })),
    ownEntries: async (entity, ids) =>
      answered().flatMap((row) => {
        const { memo } = (row.body ?? {}) as { memo?: string };
        const { date, ...answer } = (row.answer ?? {}) as { entity?: string; date?: string };
        const own = answer.entity === entity && ids.includes(idIn(row)) && memo !== undefined;
        return own ? [{ id: idIn(row), date: date ?? '', memo }] : [];
      }),
    waiting: async (provider) => {
      const waiting = [...inbox.objects.values()].filter(({ kind }) => kind.startsWith(`${provider}:`));
      const [longest] = waiting.sort((a, b) => a.markedAt - b.markedAt);
      return longest ? { count: waiting.length, since: new Date(longest.markedAt).toISOString(), reason: longest.reason } : null;
    },
  };
}
