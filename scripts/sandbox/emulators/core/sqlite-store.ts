import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Collection, Store } from './collection.ts';
import { openCollection } from './sqlite-collection.ts';

/** A store in a file, over SQLite: one table per collection. */
export function openSqliteStore(file: string): Store {
  const db = new DatabaseSync(file);
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
