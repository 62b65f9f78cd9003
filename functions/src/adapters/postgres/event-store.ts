import type pg from 'pg';
import type { Inbox, InboxEntry } from '../../ports/inbox.ts';

/** A mark that comes while the object waits, or runs deal with it: it is taken at once, and its refresh waits in line behind theirs. */
export const ANEW = `waits = false, lines = NULL,
  leased_until = CASE WHEN dirty_object.handed_over = dirty_object.generation THEN NULL ELSE dirty_object.leased_until END`;

/**
 * Bodies come as one block of bytes with the place of each: as elements of a text array each quote in them would be escaped here
 * and read back there, which costs more than all else (bench:inbox). Answers with those that were stored before.
 */
const STORE = `
WITH given AS (
  SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::int[], $9::int[],
      $10::text[], $11::text[], $12::text[], $13::text[], $15::timestamptz[], $16::text[])
    AS g(provider, account, event_id, type, object_type, object_id, received_at, body_from, body_bytes, dirty_kind, dirty_id, invoice_id, kept,
      happened_at, looks)
), fresh AS (
  INSERT INTO trueup.webhook_inbox (provider, account, event_id, type, object_type, object_id, dirty_kind, applied, kept, happened_at, looks, received_at, body)
  SELECT provider, account, event_id, type, object_type, object_id, dirty_kind, dirty_kind IS NOT NULL, kept, happened_at, looks, received_at,
    convert_from(substring($14::bytea FROM body_from FOR body_bytes), 'UTF8') FROM given
  ON CONFLICT (provider, account, event_id) DO NOTHING RETURNING provider, account, event_id
), marked AS (
  INSERT INTO trueup.dirty_object (kind, id, invoice_id, marked_at)
  SELECT dirty_kind, dirty_id, max(invoice_id), least(min(coalesce(happened_at, received_at)), now()) FROM given JOIN fresh USING (provider, account, event_id)
  WHERE dirty_kind IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (kind, id) DO UPDATE SET generation = nextval('trueup.dirty_generation'), parked = false, attempts = 0,
    due_at = least(dirty_object.due_at, now()), invoice_id = coalesce(excluded.invoice_id, dirty_object.invoice_id),
    marked_at = least(dirty_object.marked_at, excluded.marked_at), ${ANEW}
)
SELECT provider, account, event_id FROM given LEFT JOIN fresh USING (provider, account, event_id) WHERE fresh.provider IS NULL`;

const MOST_PER_COMMIT = 500;

const keyOf = ({ provider, account, eventId }: { provider: string; account: string; eventId: string }): string =>
  `${provider}\n${account}\n${eventId}`;

interface Waiting {
  entries: InboxEntry[];
  resolve(fresh: number): void;
  reject(error: unknown): void;
}

/** Stores events with the marks they make. Calls that arrive while a commit runs share the next one. */
export function createEventStore(pool: pg.Pool): Inbox['store'] {
  const waiting: Waiting[] = [];
  let flushing = false;

  /** The keys of those that were new. */
  const insert = async (entries: InboxEntry[]): Promise<Set<string>> => {
    const column = <T>(pick: (entry: InboxEntry) => T) => entries.map(pick);
    const bodies = entries.map(({ event: { body } }) => (typeof body === 'string' ? Buffer.from(body, 'utf8') : body));
    let end = 1;
    const starts = bodies.map((body) => (end += body.length) - body.length);
    const { rows } = await pool.query<{ provider: string; account: string; event_id: string }>({
      name: 'inbox-store',
      text: STORE,
      values: [
        column(({ event }) => event.provider),
        column(({ event }) => event.account),
        column(({ event }) => event.eventId),
        column(({ event }) => event.type),
        column(({ event }) => event.objectType),
        column(({ event }) => event.objectId),
        column(({ receivedAt }) => receivedAt),
        starts,
        bodies.map((body) => body.length),
        column(({ dirty }) => dirty?.kind ?? null),
        column(({ dirty }) => dirty?.id ?? null),
        column(({ dirty }) => dirty?.invoiceId ?? null),
        column(({ event }) => event.kept),
        Buffer.concat(bodies),
        column(({ event }) => event.happenedAt),
        column(({ event }) => event.looks),
      ],
    });
    const fresh = new Set(entries.map(({ event }) => keyOf(event)));
    for (const row of rows) fresh.delete(keyOf({ ...row, eventId: row.event_id }));
    return fresh;
  };
  const countFresh = (call: Waiting, fresh: Set<string>): number => {
    let count = 0;
    for (const { event } of call.entries) if (fresh.delete(keyOf(event))) count += 1;
    return count;
  };

  const flush = async (): Promise<void> => {
    flushing = true;
    while (waiting.length > 0) {
      const batch: Waiting[] = [];
      for (let size = 0; waiting.length > 0 && size < MOST_PER_COMMIT;) {
        const next = waiting.shift() as Waiting;
        batch.push(next);
        size += next.entries.length;
      }
      try {
        const fresh = await insert(batch.flatMap((call) => call.entries));
        for (const call of batch) call.resolve(countFresh(call, fresh));
      } catch {
        // One bad entry must not refuse its neighbours: each call alone.
        await Promise.all(batch.map((call) => insert(call.entries).then((fresh) => call.resolve(countFresh(call, fresh)), call.reject)));
      }
    }
    flushing = false;
  };

  return (entries) =>
    new Promise((resolve, reject) => {
      if (entries.length === 0) return resolve(0);
      waiting.push({ entries, resolve, reject });
      if (!flushing) void flush();
    });
}
