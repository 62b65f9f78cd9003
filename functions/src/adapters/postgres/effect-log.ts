import type pg from 'pg';
import type { EffectLog, EffectRow, Json } from '../../ports/effect-log.ts';

interface Row {
  key: string;
  system: EffectRow['system'];
  revision: number;
  state: EffectRow['state'];
  body: Json;
  answer: Json;
  first_sent_at: Date | null;
  last_sent_at: Date | null;
  sent_as: string | null;
}

const asEffect = (row: Row): EffectRow => ({
  key: row.key,
  system: row.system,
  revision: row.revision,
  state: row.state,
  body: row.body,
  answer: row.answer,
  firstSentAt: row.first_sent_at?.toISOString() ?? null,
  lastSentAt: row.last_sent_at?.toISOString() ?? null,
  sentAs: row.sent_as,
});

/** The effect log in PostgreSQL. Each method is one statement, committed before it resolves. */
export function createEffectLog(pool: pg.Pool): EffectLog {
  /** One statement: the change of the row, and the note of it for whoever asks later what happened. */
  const noted = (change: string, what: string, reason = 'NULL') => `WITH changed AS (${change} RETURNING *),
     note AS (INSERT INTO trueup.effect_note (key, what, revision, reason) SELECT key, '${what}', revision, ${reason} FROM changed)
     SELECT * FROM changed`;
  const one = async (sql: string, values: unknown[]): Promise<EffectRow> => {
    const { rows } = await pool.query<Row>(sql, values);
    const row = rows[0];
    if (!row) throw new Error(`effect ${String(values[0])} is not in the log`);
    return asEffect(row);
  };
  const read = async (key: string): Promise<EffectRow | null> => {
    const { rows } = await pool.query<Row>('SELECT * FROM trueup.effect WHERE key = $1', [key]);
    return rows[0] ? asEffect(rows[0]) : null;
  };

  return {
    async begin({ key, system, body, at }) {
      const { rows } = await pool.query<Row>(
        noted(
          `INSERT INTO trueup.effect (key, system, state, body, first_sent_at, last_sent_at)
           VALUES ($1, $2, 'sent', $3, $4, $4) ON CONFLICT (key) DO NOTHING`,
          'sent',
        ),
        [key, system, JSON.stringify(body), at],
      );
      if (rows[0]) return { ...asEffect(rows[0]), fresh: true };
      const known = await read(key);
      if (!known) throw new Error(`effect ${key} vanished from the log`);
      return { ...known, fresh: false };
    },
    resend: (key, at) =>
      one(
        noted(
          `UPDATE trueup.effect SET state = 'sent', first_sent_at = coalesce(first_sent_at, $2), last_sent_at = $2 WHERE key = $1`,
          'resent',
        ),
        [key, at],
      ),
    revise: (key, body, at) =>
      one(
        noted(
          `UPDATE trueup.effect SET state = 'sent', revision = revision + 1, body = $2, answer = NULL, first_sent_at = $3, last_sent_at = $3,
             sent_as = NULL
           WHERE key = $1`,
          'revised',
        ),
        [key, JSON.stringify(body), at],
      ),
    async sendTogether(sendings, at) {
      // Asked again after a connection broke, it finds its own change.
      const { rows } = await pool.query<{ key: string }>({
        name: 'effect-send-together',
        text: `UPDATE trueup.effect e SET sent_as = s.sent_as, first_sent_at = $5, last_sent_at = $5
           FROM unnest($1::text[], $2::int[], $3::timestamptz[], $4::text[]) AS s (key, revision, last_sent_at, sent_as)
           WHERE e.key = s.key AND e.state = 'sent' AND e.revision = s.revision AND (e.last_sent_at = s.last_sent_at OR (e.sent_as = s.sent_as AND e.last_sent_at = $5))
           RETURNING e.key`,
        values: [
          sendings.map(({ key }) => key),
          sendings.map(({ revision }) => revision),
          sendings.map(({ lastSentAt }) => lastSentAt),
          sendings.map(({ sentAs }) => sentAs),
          at,
        ],
      });
      return rows.map(({ key }) => key);
    },
    async answer(key, answer) {
      await one(noted(`UPDATE trueup.effect SET state = 'answered', answer = $2 WHERE key = $1`, 'answered'), [
        key,
        JSON.stringify(answer),
      ]);
    },
    async release(key, reason) {
      await one(noted(`UPDATE trueup.effect SET state = 'idle', first_sent_at = NULL WHERE key = $1`, 'released', '$2::text'), [
        key,
        reason,
      ]);
    },
    read,
    async keep(key, document) {
      await pool.query(
        `INSERT INTO trueup.kept_document (key, document) VALUES ($1, $2)
         ON CONFLICT (key) DO UPDATE SET document = excluded.document, created_at = now()`,
        [key, JSON.stringify(document)],
      );
    },
    async kept(key) {
      const { rows } = await pool.query<{ document: Json }>('SELECT document FROM trueup.kept_document WHERE key = $1', [key]);
      return rows[0]?.document ?? null;
    },
  };
}
