import pg from 'pg';
import { SCHEMA } from './search-path.ts';

const ahead = (name: string, volatility: string, ms: number) =>
  `CREATE OR REPLACE FUNCTION ${SCHEMA}.${name}() RETURNS timestamptz LANGUAGE sql ${volatility} PARALLEL SAFE
     RETURN pg_catalog.${name}() + interval '${ms} milliseconds';`;

/**
 * Sets how far the database's clock is ahead of the machine's, for all who ask it by `now()` or `clock_timestamp()` without naming
 * the schema; PostgreSQL has no clock that could be moved. To be called while nobody is in the middle of something.
 */
export async function setDatabaseClock(url: string, aheadMs: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(
      `CREATE SCHEMA IF NOT EXISTS ${SCHEMA}; ${ahead('now', 'STABLE', aheadMs)} ${ahead('clock_timestamp', 'VOLATILE', aheadMs)}`,
    );
  } finally {
    await client.end();
  }
}
