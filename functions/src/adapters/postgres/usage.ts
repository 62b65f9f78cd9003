import type pg from 'pg';
import type { DayOfUsage } from '../../domain/budget.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Usage } from '../../ports/usage.ts';

const FLUSH_MS = 5_000;

// In one order, so that processes that write at the same time wait for each other instead of locking each other out.
const ADD = `
INSERT INTO trueup.usage AS u (meter, day, calls, since)
SELECT * FROM unnest($1::text[], $2::date[], $3::bigint[], $4::timestamptz[]) AS g(meter, day, calls, since) ORDER BY meter, day
ON CONFLICT (meter, day) DO UPDATE SET calls = u.calls + excluded.calls, since = least(u.since, excluded.since)`;

interface Pending extends DayOfUsage {
  meter: string;
}

/**
 * Adds up in memory and writes all of it in one statement every few seconds and at the end, so that no call waits for its count.
 * A process that is killed loses what it counted since its last write, five seconds at most while the database answers. What could not
 * be written stays for the next time; where the answer to a write was lost, it counts twice.
 */
export function createUsage(pool: Pick<pg.Pool, 'query'>, clock: Pick<Clock, 'now'>, flushMs = FLUSH_MS): Usage {
  let pending = new Map<string, Pending>();
  let writing: Promise<void> | undefined;

  const add = ({ meter, day, calls, since }: Pending): void => {
    const held = pending.get(`${meter} ${day}`);
    pending.set(`${meter} ${day}`, {
      meter,
      day,
      calls: calls + (held?.calls ?? 0),
      since: held && held.since < since ? held.since : since,
    });
  };
  const write = async (): Promise<void> => {
    const rows = [...pending.values()];
    if (rows.length === 0) return;
    pending = new Map();
    try {
      await pool.query(ADD, [
        rows.map((row) => row.meter),
        rows.map((row) => row.day),
        rows.map((row) => row.calls),
        rows.map((row) => row.since),
      ]);
    } catch (error) {
      rows.forEach(add);
      throw error;
    }
  };
  /** One write at a time; what was counted while one was under way goes with the next. */
  const flush = async (): Promise<void> => {
    while (writing) await writing.catch(() => undefined);
    writing = write().finally(() => (writing = undefined));
    await writing;
  };
  // Made here and not at a count: a timer would wait with the run in which it began while the database is away.
  const timer = setInterval(() => void flush().catch(() => undefined), flushMs);
  timer.unref();

  return {
    count(meter, calls) {
      const since = new Date(clock.now()).toISOString();
      add({ meter, day: since.slice(0, 10), calls, since });
    },
    async readDays(meter, from) {
      await flush();
      const { rows } = await pool.query<{ day: string; calls: string; since: Date }>(
        'SELECT day::text, calls::text, since FROM trueup.usage WHERE meter = $1 AND day >= $2 ORDER BY day',
        [meter, from],
      );
      return rows.map(({ day, calls, since }) => ({ day, calls: Number(calls), since: since.toISOString() }));
    },
    async close() {
      clearInterval(timer);
      await flush();
    },
  };
}
