import pg from 'pg';
import type { Sandbox } from '../../scripts/sandbox/index.ts';
import { until } from './until.ts';

const BUSY = `SELECT to_jsonb(d)::text AS what FROM trueup.dirty_object d WHERE NOT parked
  UNION ALL SELECT workflow_uuid || ' ' || status FROM dbos.workflow_status WHERE status IN ('PENDING', 'ENQUEUED')`;

/** Waits until nothing is in line or under way in the functions, twice in a row. @throws naming what is busy still */
export async function settled(databaseUrl: string, stripe: Sandbox['stripe']): Promise<void> {
  const database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  let left: string[] = [];
  const isCalm = async () => {
    left = (await database.query<{ what: string }>(BUSY)).rows.map(({ what }) => what);
    return left.length === 0;
  };
  try {
    for (let calm = 0; calm < 2; calm += 1) {
      await until(isCalm, 45_000, 'the functions have settled').catch((error: Error) => {
        throw new Error(`${error.message}; still busy: ${left.join(', ')}`);
      });
      await stripe.idle();
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  } finally {
    await database.end();
  }
}
