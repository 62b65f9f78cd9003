import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { startPostgres } from '../../../../scripts/sandbox/index.ts';

/** PostgreSQL as a process of its own, fsync on, that can be killed and comes back on the same port. */
export interface KillableDatabase {
  url: string;
  /** SIGKILL of the postmaster, and a new one on what it left. */
  kill(): Promise<void>;
  /** Rows, or undefined while it is away. */
  ask<T extends object>(sql: string, values?: unknown[]): Promise<T[] | undefined>;
  stop(): Promise<void>;
}

export async function startDatabase(dataDir: string): Promise<KillableDatabase> {
  let server = await startPostgres({ dataDir });
  const { url } = server;
  const port = Number(new URL(url).port);
  const pool = new pg.Pool({ connectionString: url, max: 2, connectionTimeoutMillis: 2000 });
  pool.on('error', () => undefined);
  return {
    url,
    async kill() {
      process.kill(server.pid, 'SIGKILL');
      // Its children notice a moment later; until then the new one finds the shared memory in use.
      for (let tries = 0; ; tries += 1) {
        await wait(300);
        try {
          server = await startPostgres({ dataDir, port });
          return;
        } catch (error) {
          if (tries > 50) throw error;
        }
      }
    },
    ask: (sql, values) =>
      pool.query(sql, values).then(
        ({ rows }) => rows,
        () => undefined,
      ),
    async stop() {
      await pool.end();
      await server.stop();
    },
  };
}
