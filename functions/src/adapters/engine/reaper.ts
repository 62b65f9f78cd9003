import { DBOSExecutor } from '@dbos-inc/dbos-sdk/internal/dbos-executor';
import pg from 'pg';

/**
 * Takes up the runs of processes that died. The open part of DBOS recovers only what the same executor id left; here an executor
 * is alive as long as a PostgreSQL session holds the advisory lock on its id, which ends with the process whatever killed it.
 */
export interface Reaper {
  stop(): Promise<void>;
}

const EVERY_MS = 2000;
/** A database that was away has let go of every lock: so long the living have to take theirs again before they count as dead. */
const GRACE_MS = 5000;
const LOCK = "SELECT pg_try_advisory_lock(hashtext('trueup-executor'), hashtext($1)) AS taken";
const UNLOCK = "SELECT pg_advisory_unlock(hashtext('trueup-executor'), hashtext($1))";

export async function startReaper(options: {
  databaseUrl: string;
  executorId: string;
  onReaped?(executorId: string, runs: number): void;
}): Promise<Reaper> {
  const { executorId } = options;
  let session = await connect(options.databaseUrl, executorId);
  let stopped = false;
  let graceUntil = 0;
  let timer: NodeJS.Timeout | undefined;

  const lock = async (id: string): Promise<boolean> => (await session.query<{ taken: boolean }>(LOCK, [id])).rows[0]?.taken === true;
  const tick = async (): Promise<void> => {
    const { rows } = await session.query<{ id: string }>(
      `SELECT DISTINCT executor_id AS id FROM dbos.workflow_status WHERE status = 'PENDING' AND executor_id <> $1`,
      [executorId],
    );
    if (performance.now() < graceUntil) return;
    for (const { id } of rows) {
      if (!(await lock(id))) continue;
      try {
        const taken = await DBOSExecutor.globalInstance?.recoverPendingWorkflows([id]);
        if (taken?.length) options.onReaped?.(id, taken.length);
      } finally {
        await session.query(UNLOCK, [id]);
      }
    }
  };
  const loop = async (): Promise<void> => {
    try {
      await tick();
    } catch {
      // The session is gone (database restarted): a new one speaks for us again. Who takes us for dead all the same is fenced by DBOS.
      await session.end().catch(() => undefined);
      const again = await connect(options.databaseUrl, executorId).catch(() => undefined);
      if (again) {
        session = again;
        graceUntil = performance.now() + GRACE_MS;
      }
    }
    if (!stopped) timer = setTimeout(() => void loop(), EVERY_MS);
  };
  void loop();

  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await session.end().catch(() => undefined);
    },
  };
}

/** A connection of its own, not from a pool: the lock lives as long as the session. */
async function connect(databaseUrl: string, executorId: string): Promise<pg.Client> {
  const session = new pg.Client({ connectionString: databaseUrl, keepAlive: true });
  session.on('error', () => undefined);
  await session.connect();
  const { rows } = await session.query<{ taken: boolean }>(LOCK, [executorId]);
  if (rows[0]?.taken !== true) {
    await session.end();
    throw new Error(`another process runs under the executor id ${executorId}`);
  }
  return session;
}
