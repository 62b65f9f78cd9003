import pg from 'pg';
import type { Secret } from '../../platform/secret.ts';

/** What one process tells the others at once, so that none has to look all the time: events were stored, a run was put in line. */
export type Ring = 'inbox' | 'run';

/** Rings are no more than hints: one that is lost costs the time until somebody looks by himself. */
export interface Bell {
  /** Soon and once, however often it is rung meanwhile; never throws. */
  ring(what: Ring): void;
  /** From now on, also after a break of the connection, behind which everything counts as rung. */
  listen(heard: Record<Ring, () => void>): Promise<void>;
  stop(): Promise<void>;
}

const CHANNEL = 'trueup_bell';
/** What one payment sets off comes within a moment: it is looked at together. */
const GATHER_MS: Record<Ring, number> = { inbox: 20, run: 2 };
const AGAIN_MS = 1000;

export function createBell(pool: pg.Pool, databaseUrl: Secret): Bell {
  const rung = new Map<Ring, NodeJS.Timeout>();
  let session: pg.Client | undefined;
  let again: NodeJS.Timeout | undefined;
  let stopped = false;

  async function open(heard: Record<Ring, () => void>): Promise<void> {
    const client = new pg.Client({ connectionString: databaseUrl.reveal(), keepAlive: true });
    const reopen = (): void => {
      if (stopped || session !== client) return;
      session = undefined;
      again = setTimeout(() => void open(heard), AGAIN_MS);
    };
    session = client;
    client.on('error', reopen).on('end', reopen);
    client.on('notification', ({ payload }) => heard[payload as Ring]?.());
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      for (const what of Object.keys(heard) as Ring[]) heard[what]();
    } catch {
      reopen();
    }
  }

  return {
    ring(what) {
      if (stopped || rung.has(what)) return;
      const timer = setTimeout(() => {
        rung.delete(what);
        pool.query('SELECT pg_notify($1, $2)', [CHANNEL, what]).catch(() => undefined);
      }, GATHER_MS[what]);
      rung.set(what, timer);
    },
    listen: open,
    async stop() {
      stopped = true;
      clearTimeout(again);
      for (const timer of rung.values()) clearTimeout(timer);
      await session?.end().catch(() => undefined);
    },
  };
}
