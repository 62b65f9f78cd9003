import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { makeId } from './ids/record-id.ts';
import type { OrgField, OrgObject, OrgSchema } from './schema/model.ts';

/** A stored row: columns by API name; booleans are 0 and 1, dates and datetimes text. */
export type StoredRow = Record<string, SQLInputValue>;

/** The org's records: one SQL table per object. */
export interface RecordStore {
  db: DatabaseSync;
  /** A prepared statement, kept for the life of the store. */
  prepare(sql: string): StatementSync;
  /** A live or deleted row by 18-character id. */
  get(object: OrgObject, id: string): StoredRow | undefined;
  /** Whether a row is in the recycle bin; undefined when there is none. */
  isDeleted(object: OrgObject, id: string): boolean | undefined;
  insert(object: OrgObject, row: StoredRow): void;
  /** Writes the given columns only. */
  update(object: OrgObject, id: string, columns: StoredRow): void;
  nextId(object: Pick<OrgObject, 'name' | 'keyPrefix'>): string;
  /** The next number of an auto-number field, from its starting number. */
  nextNumber(object: OrgObject, field: OrgField): number;
  /** Opens a nested transaction; exactly one of its two ends must be called. */
  begin(): { commit(): void; rollback(): void };
  /** Open savepoints; 0 when nothing is being written. */
  depth(): number;
  /** Runs `listener` when the outermost transaction ends: true if it was committed. */
  afterOutermost(listener: (committed: boolean) => void): void;
  /** Forgets the counters held in memory, after the tables were replaced. */
  forget(): void;
  /** From here on all can be taken back by `rewind`, as often as wanted; for runs that begin anew on the same ground. */
  mark(): void;
  rewind(): void;
  close(): void;
}

/** Lower case for comparing text, as SOQL does. Also a SQL function, so that indexes can be built on it. */
export const fold = (value: unknown): unknown => (typeof value === 'string' ? value.toLowerCase() : value);

export const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Fields without a column of their own: made from others when read. */
export const isVirtual = (field: OrgField): boolean => field.type === 'address';

/** Opens (creating what is missing) the tables of a schema; existing tables gain new columns and keep old ones. */
export function openRecords(schema: OrgSchema, file = ':memory:'): RecordStore {
  const db = new DatabaseSync(file);
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 8000',
  );
  db.function('fold', { deterministic: true }, (value) => fold(value) as SQLInputValue);
  db.exec('CREATE TABLE IF NOT EXISTS _counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL)');
  db.exec('BEGIN');
  for (const object of schema.objects()) if (object.kind !== 'event') createTable(db, object);
  db.exec('COMMIT');

  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    let statement = statements.get(sql);
    if (!statement) {
      if (statements.size > 2000) statements.clear();
      statements.set(sql, (statement = db.prepare(sql)));
    }
    return statement;
  };
  const counters = new Map<string, number>();
  const counted = new Set<string>();
  const count = (name: string, start: number): number => {
    const known =
      counters.get(name) ?? (prepare('SELECT value FROM _counter WHERE name = ?').get(name)?.['value'] as number | undefined) ?? start - 1;
    counters.set(name, known + 1);
    counted.add(name);
    if (depth === 0) keepCounters();
    return known + 1;
  };
  /** Numbers are written once per transaction; one that was rolled back leaves gaps, as in an org. */
  const keepCounters = (): void => {
    for (const name of counted)
      prepare('INSERT INTO _counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value').run(
        name,
        counters.get(name) ?? 0,
      );
    counted.clear();
  };
  const tables = new Map<OrgObject, TableStatements>();
  const tableOf = (object: OrgObject): TableStatements => {
    let table = tables.get(object);
    if (!table) tables.set(object, (table = tableStatements(db, object)));
    return table;
  };
  let depth = 0;
  let marked = false;
  const listeners: ((committed: boolean) => void)[] = [];
  /** A rollback ends what was waiting since its savepoint; only the outermost commit ends the rest. */
  const end = (committed: boolean, since: number): void => {
    depth -= 1;
    if (committed && depth > 0) return;
    for (const listener of listeners.splice(committed ? 0 : since)) listener(committed);
  };

  return {
    db,
    prepare,
    get: (object, id) => tableOf(object).get.get(id) as StoredRow | undefined,
    isDeleted: (object, id) => {
      const row = tableOf(object).isDeleted.get(id);
      return row && row['deleted'] === 1;
    },
    insert: (object, row) => {
      const { insert, columns } = tableOf(object);
      insert.run(...columns.map(({ name, empty }) => row[name] ?? empty));
    },
    update: (object, id, columns) => {
      const names = Object.keys(columns);
      if (names.length === 0) return;
      prepare(`UPDATE ${quote(object.name)} SET ${names.map((name) => `${quote(name)} = ?`).join(', ')} WHERE "Id" = ?`).run(
        ...Object.values(columns),
        id,
      );
    },
    nextId: (object) => makeId(object.keyPrefix, count(`id:${object.name}`, FIRST_RECORD)),
    nextNumber: (object, field) => count(`auto:${object.name}.${field.name}`, field.autoNumber?.start ?? 1),
    begin: () => {
      const name = `s${String(depth)}`;
      const outermost = depth === 0 && !marked;
      prepare(outermost ? 'BEGIN IMMEDIATE' : `SAVEPOINT ${name}`).run();
      depth += 1;
      const since = listeners.length;
      return {
        commit: () => {
          if (outermost) keepCounters();
          prepare(outermost ? 'COMMIT' : `RELEASE ${name}`).run();
          end(true, since);
        },
        rollback: () => {
          db.exec(outermost ? 'ROLLBACK' : `ROLLBACK TO ${name}; RELEASE ${name}`);
          end(false, since);
        },
      };
    },
    depth: () => depth,
    afterOutermost: (listener) => {
      if (depth === 0) listener(true);
      else listeners.push(listener);
    },
    forget: () => counters.clear(),
    mark: () => {
      db.exec('BEGIN IMMEDIATE; SAVEPOINT ground');
      marked = true;
    },
    rewind: () => {
      db.exec('ROLLBACK TO ground');
      counters.clear();
    },
    close: () => db.close(),
  };
}

/** The statements of every save, prepared once per object. */
interface TableStatements {
  get: StatementSync;
  isDeleted: StatementSync;
  insert: StatementSync;
  /** In the order of the insert's parameters, with what stands for no value. */
  columns: { name: string; empty: number | null }[];
}

function tableStatements(db: DatabaseSync, object: OrgObject): TableStatements {
  const table = quote(object.name);
  const columns = [...object.fields.values()]
    .filter((field) => !isVirtual(field))
    .map((field) => ({ name: field.name, empty: field.type === 'boolean' ? 0 : null }));
  return {
    get: db.prepare(`SELECT * FROM ${table} WHERE "Id" = ?`),
    isDeleted: db.prepare(`SELECT ${object.fields.has('isdeleted') ? '"IsDeleted"' : '0'} AS deleted FROM ${table} WHERE "Id" = ?`),
    insert: db.prepare(
      `INSERT INTO ${table} (${columns.map(({ name }) => quote(name)).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    ),
    columns,
  };
}

/** Lower numbers belong to the rows the org comes with. */
const FIRST_RECORD = 1001;

const NUMBERS = new Set(['int', 'double', 'currency', 'percent']);

function columnType(field: OrgField): string {
  if (field.type === 'boolean') return 'INTEGER';
  return NUMBERS.has(field.type) ? 'NUMERIC' : 'TEXT';
}

function createTable(db: DatabaseSync, object: OrgObject): void {
  const table = quote(object.name);
  const fields = [...object.fields.values()].filter((field) => !isVirtual(field));
  const present = new Set(
    db
      .prepare(`PRAGMA table_info(${table})`)
      .all()
      .map((row) => String(row['name']).toLowerCase()),
  );
  // Every added column makes SQLite read its whole schema anew: a new table comes with all of them.
  if (present.size === 0)
    db.exec(
      `CREATE TABLE ${table} (${['"Id" TEXT PRIMARY KEY', ...fields.filter(({ name }) => name !== 'Id').map(columnOf)].join(', ')}) WITHOUT ROWID`,
    );
  else
    for (const field of fields) if (!present.has(field.name.toLowerCase())) db.exec(`ALTER TABLE ${table} ADD COLUMN ${columnOf(field)}`);
  for (const field of fields) createIndex(db, object, field);
}

const columnOf = (field: OrgField): string =>
  `${quote(field.name)} ${columnType(field)}${field.type === 'boolean' ? ' NOT NULL DEFAULT 0' : ''}`;

function createIndex(db: DatabaseSync, object: OrgObject, field: OrgField): void {
  const name = quote(`ix ${object.name}.${field.name}`);
  const column = quote(field.name);
  const searched = field.unique || field.externalId || (field.nameField && !isVirtual(field));
  // Most references are empty; an index of the others is written less and found as well.
  if (field.type === 'reference')
    db.exec(`CREATE INDEX IF NOT EXISTS ${name} ON ${quote(object.name)} (${column}) WHERE ${column} IS NOT NULL`);
  else if (searched)
    db.exec(`CREATE INDEX IF NOT EXISTS ${name} ON ${quote(object.name)} (${field.caseSensitive ? column : `fold(${column})`})`);
}
