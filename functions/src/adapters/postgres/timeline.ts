import type pg from 'pg';
import type { CallNote, EventNote } from '../../domain/timeline.ts';
import type { Timeline } from '../../ports/timeline.ts';
import { type ProgressRow, asOperation } from './progress.ts';

interface CallRow extends Omit<CallNote, 'at'> {
  at: Date;
}
interface EventRow {
  provider: EventNote['provider'];
  event_id: string;
  type: string;
  applied: boolean;
  received_at: Date;
}

const MOST_EVENTS = 500;

/** The history of an invoice from what the other stores keep anyway. */
export function createTimeline(pool: pg.Pool): Timeline {
  return {
    async calls(recordId) {
      const { rows } = await pool.query<CallRow>(
        `SELECT note.key, effect.system, note.what, note.reason, note.at FROM trueup.effect_note AS note JOIN trueup.effect USING (key)
         WHERE note.record_id = $1 ORDER BY note.id`,
        [recordId],
      );
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    },
    async operations(invoiceId) {
      const { rows } = await pool.query<ProgressRow>('SELECT * FROM trueup.progress WHERE invoice_id = $1 ORDER BY created_at', [
        invoiceId,
      ]);
      return rows.map(asOperation);
    },
    async events(objects) {
      const { rows } = await pool.query<EventRow>(
        `SELECT provider, event_id, inbox.type, applied, received_at FROM trueup.webhook_inbox AS inbox
         JOIN unnest($1::text[], $2::text[], $3::text[]) AS wanted(provider, type, id)
           USING (provider) WHERE inbox.object_type = wanted.type AND inbox.object_id = wanted.id
         ORDER BY inbox.id DESC LIMIT ${MOST_EVENTS}`,
        [objects.map(({ provider }) => provider), objects.map(({ type }) => type), objects.map(({ id }) => id)],
      );
      return rows
        .map((row) => ({
          provider: row.provider,
          eventId: row.event_id,
          type: row.type,
          applied: row.applied,
          receivedAt: row.received_at.toISOString(),
        }))
        .reverse();
    },
  };
}
