import { readFile, readdir } from 'node:fs/promises';
import type pg from 'pg';
import { inTransaction } from './pool.ts';

const folder = new URL('./migrations/', import.meta.url);
/** One number for "Trueup migrates": processes that boot together take turns. */
const ADVISORY_LOCK = 7_418_305;

/** Brings the schema up to date: each file of `migrations/` once, in order of name, all in one transaction. */
export async function migrate(pool: pg.Pool): Promise<string[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return inTransaction(pool, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock($1)', [ADVISORY_LOCK]);
    // IF NOT EXISTS alone may go by what this session remembers from before it waited; a read of the catalog does not.
    const { rowCount } = await client.query("SELECT FROM pg_namespace WHERE nspname = 'trueup'");
    if (rowCount === 0) await client.query('CREATE SCHEMA IF NOT EXISTS trueup');
    await client.query(
      'CREATE TABLE IF NOT EXISTS trueup.migration (file text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())',
    );
    const { rows } = await client.query<{ file: string }>('SELECT file FROM trueup.migration');
    const applied = new Set(rows.map((row) => row.file));
    const missing = files.filter((file) => !applied.has(file));
    for (const file of missing) {
      await client.query(await readFile(new URL(file, folder), 'utf8'));
      await client.query('INSERT INTO trueup.migration (file) VALUES ($1)', [file]);
    }
    return missing;
  });
}
