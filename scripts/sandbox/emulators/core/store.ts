import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openCollection } from './collection.ts';
import type { Collection } from './collection.ts';

export type { Collection, WhereOptions } from './collection.ts';

/** Collections of JSON documents over SQLite: one table each, in order of first insertion. */
export interface Store {
  /** Opens (and creates) a collection. `indexes` are top-level fields that `where` is to find quickly. */
  collection<T extends { id: string }>(name: string, options?: { indexes?: (keyof T & string)[] }): Collection<T>;
  /** Runs `fn` atomically: a throw undoes everything. May be nested. `fn` must be synchronous. */
  transaction<R>(fn: () => R): R;
  /** The whole content as one SQLite file image. */
  snapshot(): Uint8Array;
  /** Replaces the whole content by a snapshot's. */
  restore(snapshot: Uint8Array): void;
  /** Empties every collection. */
  clear(): void;
  close(): void;
}

/** Opens a store in `file`, or in memory. */
export function openStore(options: { file?: string } = {}): Store {
  const db = new DatabaseSync(options.file ?? ':memory:');
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY');
  const collections = new Map<string, unknown>();
  let depth = 0;

  const transaction = <R>(fn: () => R): R => {
    const point = `level_${depth}`;
    db.exec(depth === 0 ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${point}`);
    depth += 1;
    try {
      const result = fn();
      if (result instanceof Promise) throw new TypeError('A transaction must be synchronous.');
      db.exec(depth === 1 ? 'COMMIT' : `RELEASE ${point}`);
      return result;
    } catch (error) {
      db.exec(depth === 1 ? 'ROLLBACK' : `ROLLBACK TO ${point}; RELEASE ${point}`);
      throw error;
    } finally {
      depth -= 1;
    }
  };

  const tables = (schema: string) =>
    db
      .prepare(`SELECT name FROM ${schema}.sqlite_schema WHERE type = 'table' AND name LIKE 'c\\_%' ESCAPE '\\'`)
      .all()
      .map((row) => String(row['name']));

  const withTemporaryFile = <R>(fn: (file: string) => R): R => {
    const folder = mkdtempSync(path.join(tmpdir(), 'trueup-store-'));
    try {
      return fn(path.join(folder, 'image.sqlite'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  return {
    collection<T extends { id: string }>(name: string, { indexes = [] }: { indexes?: (keyof T & string)[] } = {}) {
      const known = collections.get(name) as Collection<T> | undefined;
      if (known) return known;
      const opened = openCollection<T>(db, name, indexes);
      collections.set(name, opened);
      return opened;
    },
    transaction,
    snapshot: () =>
      withTemporaryFile((file) => {
        db.prepare('VACUUM INTO ?').run(file);
        return new Uint8Array(readFileSync(file));
      }),
    restore: (snapshot) =>
      withTemporaryFile((file) => {
        writeFileSync(file, snapshot);
        db.prepare('ATTACH DATABASE ? AS image').run(file);
        try {
          const saved = new Set(tables('image'));
          transaction(() => {
            for (const table of tables('main')) {
              db.exec(`DELETE FROM main."${table}"`);
              if (saved.delete(table)) db.exec(`INSERT INTO main."${table}" (seq, id, body) SELECT seq, id, body FROM image."${table}"`);
            }
            for (const table of saved) {
              openCollection(db, table.slice(2), []);
              db.exec(`INSERT INTO main."${table}" (seq, id, body) SELECT seq, id, body FROM image."${table}"`);
            }
          });
        } finally {
          db.exec('DETACH DATABASE image');
        }
      }),
    clear: () => transaction(() => tables('main').forEach((table) => db.exec(`DELETE FROM "${table}"`))),
    close: () => db.close(),
  };
}
