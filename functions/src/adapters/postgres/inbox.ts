import type pg from 'pg';
import type { DirtyObject, Inbox, KeptEvents, StuckObject, WaitingObject } from '../../ports/inbox.ts';
import { ANEW, createEventStore } from './event-store.ts';

/** Somebody wants it looked at now, whatever it waits for. */
const MARKED_AGAIN = `ON CONFLICT (kind, id) DO UPDATE SET generation = nextval('trueup.dirty_generation'), parked = false, attempts = 0, due_at = now(),
  ${ANEW}`;

/** What an event makes dirty when it is looked at once more, also where it made nothing dirty at first. */
const KIND = "coalesce(event.dirty_kind, event.provider || ':' || event.object_type)";

const MOST_STUCK = 200;

interface StuckRow extends Omit<StuckObject, 'invoiceId' | 'eventId' | 'since'> {
  invoice_id: string | null;
  event_id: string | null;
  since: Date;
}

interface DirtyRow {
  kind: string;
  id: string;
  invoice_id: string | null;
  generation: string;
  attempts: number;
}

const asDirty = ({ kind, id, invoice_id: invoiceId, generation, attempts }: DirtyRow): DirtyObject => ({
  ...{ kind, id, invoiceId, attempts },
  generation: Number(generation),
});

const FREE = 'NOT parked AND due_at <= now() AND (leased_until IS NULL OR leased_until < now())';

/**
 * In the order in which they are due: what is tried again stands behind what came meanwhile. What another worker took and gives to no run
 * yet has its turn too. Those whose lease ran out while runs had them get a new generation: what the lost runs may still say is of an
 * older one.
 */
const TAKE_TURNS = `
WITH oldest AS (
  SELECT kind, id, lines FROM trueup.dirty_object WHERE waits AND ${FREE} ORDER BY due_at, generation LIMIT greatest(0, $1 - (
    SELECT count(DISTINCT run) FROM trueup.dirty_object, unnest(runs) AS run WHERE turn_until > now()) - (
    SELECT count(*) FROM trueup.dirty_object WHERE waits AND turn_until IS NULL AND leased_until > now()))
), taken AS (
  SELECT kind, id FROM trueup.dirty_object WHERE waits AND ${FREE}
    AND ((kind, id) IN (SELECT kind, id FROM oldest) OR lines && (SELECT array_agg(line) FROM oldest, unnest(lines) AS line))
  ORDER BY kind, id FOR UPDATE SKIP LOCKED
)
UPDATE trueup.dirty_object SET leased_until = now() + make_interval(secs => $2), attempts = attempts + 1,
  generation = CASE WHEN handed_over = generation THEN nextval('trueup.dirty_generation') ELSE generation END
WHERE (kind, id) IN (SELECT kind, id FROM taken) RETURNING kind, id, invoice_id, generation, attempts, lines`;

/** Its last run takes the object with it. Of two that end at once each may see the other's name, so the one that leaves none looks again. */
async function settleRun(pool: pg.Pool, object: [kind: string, id: string, generation: number], run: string): Promise<void> {
  const MINE = 'kind = $1 AND id = $2 AND handed_over = $3';
  const { rowCount } = await pool.query(
    `DELETE FROM trueup.dirty_object WHERE ${MINE} AND generation = $3 AND array_remove(runs, $4) = '{}'`,
    [...object, run],
  );
  if (rowCount === 1) return;
  const { rows } = await pool.query<{ runs: string[] }>(
    `UPDATE trueup.dirty_object SET runs = array_remove(runs, $4), turn_until = CASE WHEN array_remove(runs, $4) = '{}' THEN NULL ELSE turn_until END
     WHERE ${MINE} RETURNING runs`,
    [...object, run],
  );
  if (rows[0]?.runs.length === 0)
    await pool.query(`DELETE FROM trueup.dirty_object WHERE ${MINE} AND generation = $3 AND runs = '{}'`, object);
}

/** The inbox in PostgreSQL. */
export function createInbox(pool: pg.Pool): Inbox {
  return {
    store: createEventStore(pool),
    async mark(objects) {
      await pool.query(
        `INSERT INTO trueup.dirty_object (kind, id, invoice_id)
         SELECT DISTINCT ON (kind, id) kind, id, invoice_id FROM unnest($1::text[], $2::text[], $3::text[]) AS given(kind, id, invoice_id) ORDER BY 1, 2
         ${MARKED_AGAIN}`,
        [objects.map(({ kind }) => kind), objects.map(({ id }) => id), objects.map(({ invoiceId }) => invoiceId)],
      );
    },
    async replay({ provider, eventId }) {
      const { rowCount } = await pool.query(
        `INSERT INTO trueup.dirty_object (kind, id)
         SELECT DISTINCT ${KIND}, object_id FROM trueup.webhook_inbox AS event WHERE provider = $1 AND event_id = $2 AND object_id <> ''
         ${MARKED_AGAIN}`,
        [provider, eventId],
      );
      return (rowCount ?? 0) > 0;
    },
    async take(limit, leaseMs) {
      const { rows } = await pool.query<DirtyRow>({
        name: 'inbox-take',
        text: `UPDATE trueup.dirty_object SET leased_until = now() + make_interval(secs => $2), attempts = attempts + 1
         WHERE (kind, id) IN (
           SELECT kind, id FROM trueup.dirty_object WHERE NOT waits AND ${FREE} ORDER BY due_at, generation LIMIT $1 FOR UPDATE SKIP LOCKED)
         RETURNING kind, id, invoice_id, generation, attempts`,
        values: [limit, leaseMs / 1000],
      });
      return rows.map(asDirty);
    },
    async awaitTurn(objects) {
      if (objects.length === 0) return;
      // To look was no try: what fails is tried at its turn.
      await pool.query(
        `UPDATE trueup.dirty_object AS held SET leased_until = NULL, attempts = greatest(held.attempts - 1, 0), waits = held.generation = given.generation,
           lines = CASE WHEN held.generation = given.generation AND given.lines <> '' THEN string_to_array(given.lines, E'\\n') END
         FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) AS given(kind, id, generation, lines)
         WHERE held.kind = given.kind AND held.id = given.id AND held.generation >= given.generation`,
        [
          objects.map(({ kind }) => kind),
          objects.map(({ id }) => id),
          objects.map(({ generation }) => generation),
          objects.map(({ lines }) => lines?.join('\n') ?? ''),
        ],
      );
    },
    async takeTurns(most, leaseMs) {
      const { rows } = await pool.query<DirtyRow & { lines: string[] | null }>({
        name: 'inbox-take-turns',
        text: TAKE_TURNS,
        values: [most, leaseMs / 1000],
      });
      return rows.map((row): WaitingObject => ({ ...asDirty(row), lines: row.lines }));
    },
    async handOver(objects, leaseMs) {
      if (objects.length === 0) return;
      await pool.query(
        `UPDATE trueup.dirty_object AS held SET runs = CASE WHEN handed_over = given.generation THEN held.runs ELSE string_to_array(given.runs, E'\\n') END,
           handed_over = given.generation, turn_until = now() + make_interval(secs => $5),
           leased_until = CASE WHEN held.generation = given.generation THEN now() + make_interval(secs => $5) END
         FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) AS given(kind, id, generation, runs)
         WHERE held.kind = given.kind AND held.id = given.id AND coalesce(handed_over, 0) <= given.generation`,
        [
          objects.map(({ kind }) => kind),
          objects.map(({ id }) => id),
          objects.map(({ generation }) => generation),
          objects.map(({ runs }) => runs.join('\n')),
          leaseMs / 1000,
        ],
      );
    },
    async settle({ kind, id, generation }, run) {
      if (run !== undefined) return settleRun(pool, [kind, id, generation], run);
      const { rowCount } = await pool.query('DELETE FROM trueup.dirty_object WHERE kind = $1 AND id = $2 AND generation = $3', [
        kind,
        id,
        generation,
      ]);
      if (rowCount === 0)
        await pool.query('UPDATE trueup.dirty_object SET leased_until = NULL WHERE kind = $1 AND id = $2 AND generation > $3', [
          kind,
          id,
          generation,
        ]);
    },
    async postpone({ kind, id, generation }, reason, retryMs) {
      await pool.query(
        `UPDATE trueup.dirty_object SET leased_until = CASE WHEN handed_over > $3 THEN leased_until END, reason = $4,
           turn_until = CASE WHEN handed_over > $3 THEN turn_until END,
           parked = CASE WHEN generation = $3 THEN $5::float8 IS NULL ELSE parked END,
           due_at = CASE WHEN generation = $3 THEN coalesce(now() + make_interval(secs => $5 / 1000), due_at) ELSE due_at END,
           generation = CASE WHEN generation = $3 AND $5 IS NOT NULL THEN nextval('trueup.dirty_generation') ELSE generation END
         WHERE kind = $1 AND id = $2`,
        [kind, id, generation, reason, retryMs],
      );
    },
    async stuck(attempts) {
      const { rows } = await pool.query<StuckRow>(
        `SELECT kind, id, invoice_id, coalesce(reason, '') AS reason, attempts, marked_at AS since, parked,
           (SELECT event_id FROM trueup.webhook_inbox AS event WHERE event.object_id = dirty_object.id AND ${KIND} = dirty_object.kind
             ORDER BY event.id DESC LIMIT 1) AS event_id
         FROM trueup.dirty_object WHERE parked OR attempts >= $1 ORDER BY marked_at LIMIT ${MOST_STUCK}`,
        [attempts],
      );
      return rows.map(({ invoice_id, event_id, since, ...row }): StuckObject => ({
        ...row,
        invoiceId: invoice_id,
        eventId: event_id,
        since: since.toISOString(),
      }));
    },
    async keptSince(since) {
      const { rows } = await pool.query<KeptEvents>(
        `SELECT provider, kept AS reason, count(*)::int AS count, (array_agg(type ORDER BY id DESC))[1] AS type, (array_agg(account ORDER BY id DESC))[1] AS account
         FROM trueup.webhook_inbox WHERE kept IS NOT NULL AND received_at >= $1 GROUP BY 1, 2 ORDER BY 1, 2`,
        [since],
      );
      return rows;
    },
    async trim(before, most) {
      const { rowCount } = await pool.query(
        `DELETE FROM trueup.webhook_inbox WHERE id IN (
           SELECT event.id FROM trueup.webhook_inbox AS event WHERE received_at < $1 AND NOT EXISTS (
             SELECT 1 FROM trueup.dirty_object AS dirty WHERE dirty.kind = ${KIND} AND dirty.id = event.object_id)
           ORDER BY received_at LIMIT $2)`,
        [before, most],
      );
      return rowCount ?? 0;
    },
  };
}
