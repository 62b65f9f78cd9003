import pg from 'pg';
import { askDatabase } from '../../platform/database-patience.ts';
import type { Secret } from '../../platform/secret.ts';

/**
 * A pool of at most `max` connections. A broken idle connection is replaced at the next query, not a reason to die; inside a run of
 * the engine a query waits while the database is away.
 */
export function createPool(databaseUrl: Secret, max = 8): pg.Pool {
  const pool = new pg.Pool({ connectionString: databaseUrl.reveal(), max, keepAlive: true, connectionTimeoutMillis: 10_000 });
  pool.on('error', () => undefined);
  const once = pool.query.bind(pool) as (...asked: unknown[]) => Promise<unknown>;
  pool.query = ((...asked: unknown[]) => askDatabase(() => once(...asked))) as typeof pool.query;
  return pool;
}

/** Runs `work` in one transaction on one connection; anything thrown rolls it back. Inside a run it is begun anew when the database was away. */
export const inTransaction = <T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> =>
  askDatabase(() => oneTransaction(pool, work));

async function oneTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    client.release();
    return result;
  } catch (error) {
    const broken = await client.query('ROLLBACK').then(
      () => false,
      () => true,
    );
    client.release(broken);
    throw error;
  }
}
