import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

const TAKE = "SELECT pg_try_advisory_lock(hashtext('trueup-engine-migrates'), 0) AS taken";
const LOOK_EVERY_MS = 100;

/**
 * Does `work` while no other process does: those that boot together take turns. It looks again and again instead of waiting in
 * PostgreSQL: a statement that waits holds a snapshot, and indexes that are built concurrently would wait for it in turn.
 */
export async function alone(databaseUrl: string, work: () => Promise<void>): Promise<void> {
  const session = new pg.Client({ connectionString: databaseUrl });
  await session.connect();
  try {
    while ((await session.query<{ taken: boolean }>(TAKE)).rows[0]?.taken !== true) await wait(LOOK_EVERY_MS);
    await work();
  } finally {
    await session.end();
  }
}
