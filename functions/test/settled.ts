import fs from 'node:fs';
import pg from 'pg';
import type { Sandbox } from '../../scripts/sandbox/index.ts';
import { until } from './until.ts';

const BUSY = `SELECT to_jsonb(d)::text AS what FROM trueup.dirty_object d WHERE NOT parked
  UNION ALL SELECT workflow_uuid || ' ' || status FROM dbos.workflow_status WHERE status IN ('PENDING', 'ENQUEUED')`;

/** Of the lines that pino writes. */
const ERROR_LEVEL = 50;

/** Waits until nothing is in line or under way in the functions, twice in a row. @throws naming what is busy still, and what went wrong last */
export async function settled({ databaseUrl, functions, stripe }: Pick<Sandbox, 'databaseUrl' | 'functions' | 'stripe'>): Promise<void> {
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
        throw new Error(`${error.message}; still busy: ${left.join(', ')}; last errors: ${lastErrors(functions.logFile)}`);
      });
      await stripe.idle();
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
  } finally {
    await database.end();
  }
}

function lastErrors(logFile: string): string {
  const lines = fs.readFileSync(logFile, 'utf8').split('\n');
  const isError = (line: string) => Number(/"level":(\d+)/.exec(line)?.[1] ?? 0) >= ERROR_LEVEL;
  return lines.filter(isError).slice(-5).join('\n') || 'none';
}
