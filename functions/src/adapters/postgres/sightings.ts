import type pg from 'pg';
import type { ListedObject, OwnEntry, Sightings } from '../../ports/sightings.ts';

const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null;

const UNHEARD = `
WITH given AS (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) AS g(provider, account, event_id)),
  unheard AS (SELECT * FROM given WHERE NOT EXISTS (SELECT FROM trueup.webhook_inbox i
    WHERE i.provider = given.provider AND i.account = given.account AND i.event_id = given.event_id)),
  noted AS (INSERT INTO trueup.swept_event (provider, account, event_id, counts) SELECT provider, account, event_id, $4 FROM unheard ON CONFLICT DO NOTHING)
SELECT event_id FROM unheard`;

const HEARING = `
WITH heard AS (
  SELECT received_at FROM trueup.webhook_inbox i WHERE provider = $1 AND NOT EXISTS (SELECT FROM trueup.swept_event s
    WHERE s.provider = i.provider AND s.account = i.account AND s.event_id = i.event_id) ORDER BY received_at DESC LIMIT 1
), alone AS (
  SELECT found_at, found_at > coalesce((SELECT received_at FROM heard), '-infinity') AS since FROM trueup.swept_event WHERE provider = $1 AND counts
)
SELECT (SELECT received_at FROM heard) AS heard_at, count(*) FILTER (WHERE since)::int AS alone, count(*)::int AS alone_ever,
  min(found_at) FILTER (WHERE since) AS alone_from, max(found_at) FILTER (WHERE since) AS alone_to FROM alone`;

const CHANGED = `
SELECT given.kind, given.id FROM unnest($2::text[], $3::text[], $4::text[]) AS given(kind, id, looks) LEFT JOIN trueup.swept_object held USING (kind, id)
WHERE held.looks IS DISTINCT FROM given.looks AND (held.looks IS NOT NULL OR NOT EXISTS (SELECT FROM trueup.webhook_inbox i
  WHERE i.provider = $1 AND i.object_type = given.kind AND i.object_id = given.id))`;

/** A booking on an invoice counts its token up, and so does its void. */
const OWN = {
  Invoice: `
SELECT answer ->> 'id' AS id, split_part(key, ':', 2) AS record_id, ((answer ->> 'syncToken')::int
  + (SELECT count(*) FROM trueup.effect b WHERE b.system = 'quickbooks' AND split_part(b.key, ':', 3) = 'book-' || (made.answer ->> 'id') AND b.state = 'answered')
  + (SELECT count(*) FROM trueup.effect v WHERE v.key = 'sf:' || split_part(made.key, ':', 2) || ':void-invoice-quickbooks' AND v.state = 'answered'))::text AS sync_token
FROM trueup.effect made WHERE system = 'quickbooks' AND answer ->> 'id' = ANY($1) AND state = 'answered' AND split_part(key, ':', 3) = 'create-invoice'`,
  Payment: `
SELECT answer ->> 'id' AS id, split_part(key, ':', 2) AS record_id, '0' AS sync_token
FROM trueup.effect WHERE system = 'quickbooks' AND answer ->> 'id' = ANY($1) AND state = 'answered' AND split_part(key, ':', 3) LIKE 'book-%'`,
};

const OWN_ENTRIES = `
SELECT answer ->> 'id' AS id, answer ->> 'date' AS date, body ->> 'memo' AS memo FROM trueup.effect
WHERE system = 'quickbooks' AND answer ->> 'id' = ANY($2) AND state = 'answered' AND answer ->> 'entity' = $1 AND body ->> 'memo' IS NOT NULL`;

const columnsOf = (objects: ListedObject[]): string[][] => [
  objects.map(({ kind }) => kind),
  objects.map(({ id }) => id),
  objects.map(({ looks }) => looks),
];

/** What sweeps remember, in PostgreSQL. */
export function createSightings(pool: pg.Pool): Sightings {
  return {
    async noteUnheard(events, counts) {
      if (events.length === 0) return [];
      const column = (name: 'provider' | 'account' | 'eventId') => events.map((event) => event[name]);
      const { rows } = await pool.query<{ event_id: string }>(UNHEARD, [column('provider'), column('account'), column('eventId'), counts]);
      return rows.map((row) => row.event_id);
    },
    async hearing(provider) {
      const { rows } = await pool.query<{
        heard_at: Date | null;
        alone: number;
        alone_ever: number;
        alone_from: Date | null;
        alone_to: Date | null;
      }>(HEARING, [provider]);
      const [row] = rows;
      return {
        heardAt: iso(row?.heard_at),
        alone: row?.alone ?? 0,
        aloneFrom: iso(row?.alone_from),
        aloneTo: iso(row?.alone_to),
        aloneEver: row?.alone_ever ?? 0,
      };
    },
    async forgetFound(before) {
      await pool.query('DELETE FROM trueup.swept_event WHERE found_at < $1', [before]);
    },
    async listChanged(provider, objects) {
      if (objects.length === 0) return [];
      const { rows } = await pool.query<{ kind: string; id: string }>(CHANGED, [provider, ...columnsOf(objects)]);
      const changed = new Set(rows.map(({ kind, id }) => `${kind} ${id}`));
      return objects.filter(({ kind, id }) => changed.has(`${kind} ${id}`));
    },
    async remember(objects) {
      await pool.query(
        `INSERT INTO trueup.swept_object (kind, id, looks) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])
         ON CONFLICT (kind, id) DO UPDATE SET looks = excluded.looks, seen_at = now()`,
        columnsOf(objects),
      );
    },
    async listVanished(kind, before) {
      const { rows } = await pool.query<{ id: string }>('SELECT id FROM trueup.swept_object WHERE kind = $1 AND seen_at < $2', [
        kind,
        before,
      ]);
      return rows.map((row) => row.id);
    },
    async forget(kind, ids) {
      await pool.query('DELETE FROM trueup.swept_object WHERE kind = $1 AND id = ANY($2)', [kind, ids]);
    },
    async ownDocuments(entity, ids) {
      if (ids.length === 0) return [];
      const { rows } = await pool.query<{ id: string; record_id: string; sync_token: string }>(OWN[entity], [ids]);
      return rows.map((row) => ({ id: row.id, recordId: row.record_id, syncToken: row.sync_token }));
    },
    async ownEntries(entity, ids) {
      if (ids.length === 0) return [];
      const { rows } = await pool.query<OwnEntry>(OWN_ENTRIES, [entity, ids]);
      return rows;
    },
    async waiting(provider) {
      const { rows } = await pool.query<{ count: number; since: Date | null; reason: string | null }>(
        `SELECT count(*)::int AS count, min(marked_at) AS since, (array_agg(reason ORDER BY marked_at))[1] AS reason
         FROM trueup.dirty_object WHERE kind LIKE $1 || ':%'`,
        [provider],
      );
      const [row] = rows;
      return row?.since ? { count: row.count, since: row.since.toISOString(), reason: row.reason } : null;
    },
  };
}
