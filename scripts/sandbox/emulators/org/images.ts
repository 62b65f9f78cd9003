import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { quote } from './store.ts';
import type { RecordStore } from './store.ts';

/** The whole org as one SQLite file image. */
export interface Images {
  snapshot(): Uint8Array;
  /** Replaces every record, counter, session and credential by the image's. */
  restore(image: Uint8Array): void;
}

interface ImageParts {
  store: RecordStore;
  /** Runs the replacement; who is logged in stays so. */
  keepSessions(replace: () => void): void;
  /** Forgets what is held in memory of the records. */
  forget(): void;
}

/** Takes and puts back images of the org's database. */
export function createImages({ store, keepSessions, forget }: ImageParts): Images {
  const { db } = store;
  const tables = (schema: string): string[] =>
    db
      .prepare(`SELECT name FROM ${schema}.sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`)
      .all()
      .map((row) => String(row['name']));
  const columns = (schema: string, table: string): string[] =>
    db
      .prepare(`PRAGMA ${schema}.table_info(${quote(table)})`)
      .all()
      .map((row) => String(row['name']));
  /** An object that the package has lost since has no table any more; a field it has gained keeps its default. */
  const replace = (): void => {
    const saved = new Set(tables('image'));
    for (const table of tables('main')) {
      db.exec(`DELETE FROM main.${quote(table)}`);
      if (!saved.has(table)) continue;
      const known = new Set(columns('main', table));
      const shared = columns('image', table)
        .filter((column) => known.has(column))
        .map(quote)
        .join(', ');
      db.exec(`INSERT INTO main.${quote(table)} (${shared}) SELECT ${shared} FROM image.${quote(table)}`);
    }
  };
  const inFolder = <R>(fn: (file: string) => R): R => {
    const folder = mkdtempSync(path.join(tmpdir(), 'trueup-org-'));
    try {
      return fn(path.join(folder, 'image.sqlite'));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  return {
    snapshot: () =>
      inFolder((file) => {
        db.prepare('VACUUM INTO ?').run(file);
        return new Uint8Array(readFileSync(file));
      }),
    restore: (image) =>
      inFolder((file) => {
        writeFileSync(file, image);
        db.prepare('ATTACH DATABASE ? AS image').run(file);
        try {
          keepSessions(() => {
            const point = store.begin();
            try {
              replace();
              point.commit();
            } catch (error) {
              point.rollback();
              throw error;
            }
          });
        } finally {
          db.exec('DETACH DATABASE image');
        }
        forget();
      }),
  };
}
