import type { Clock } from '../core/clock.ts';
import type { Collection, Store } from '../core/store.ts';
import type { Draft, Entity, EntityName } from './entities.ts';
import { ENTITY_NAMES, isNameEntity, isTransaction, refId } from './entities.ts';
import { ordered } from './formatters.ts';
import { seconds } from './pacific-time.ts';
import { DEFAULT_SETTINGS } from './settings.ts';
import type { CompanySettings } from './settings.ts';

/** One entity as it is kept: its JSON and what it is searched by. */
export interface Row {
  id: string;
  body: Entity;
  /** Milliseconds with a fraction that makes every change of the company later than the one before. */
  created: number;
  updated: number;
  /** Name in lower case, for names and lists. */
  name: string | null;
  number: string | null;
  customer: string | null;
  /** Highest line id ever given: replaced lines get new ones, as recorded. */
  lineIds: number;
}

export interface Tombstone {
  id: string;
  entity: EntityName;
  entityId: string;
  updated: number;
}

export type Operation = 'Create' | 'Update' | 'Delete' | 'Void' | 'Emailed' | 'Merge';

/** What webhooks are made of. */
export interface Change {
  entity: EntityName;
  id: string;
  operation: Operation;
  at: number;
  /** Of a merge: who is gone. */
  deletedId?: string;
}

interface Counters {
  id: 'counters';
  latest: number;
  [sequence: string]: number | string;
}

/** The company's documents: reads, writes with SyncToken and times, tombstones, and the changes of the running request. */
export interface Books {
  settings: CompanySettings;
  saveSettings(patch: Partial<CompanySettings>): void;
  get(entity: EntityName, id: string): Entity | undefined;
  row(entity: EntityName, id: string): Row | undefined;
  rows(entity: EntityName): Collection<Row>;
  /** Gives id, SyncToken 0 and times. */
  insert(entity: EntityName, draft: Draft, lineIds?: number, operation?: Operation): Entity;
  /** Saves with a new SyncToken and time; `quiet` moves the time alone and reports no change. */
  save(entity: EntityName, id: string, draft: Draft, options?: { quiet?: boolean; operation?: Operation; lineIds?: number }): Entity;
  /** Corrects computed members within the document's own write: token and time stay. */
  amend(entity: EntityName, id: string, body: Entity): void;
  /** `into`: merged into another of its kind, which is what is reported then. */
  remove(entity: EntityName, id: string, into?: string): void;
  tombstones: Collection<Tombstone>;
  /** Changes since the last call; the caller takes them after its transaction has been committed. */
  takeChanges(): Change[];
  note(entity: EntityName, id: string, operation: Operation): void;
  /** The next number of a sequence of its own, such as address ids. */
  next(sequence: string): string;
  /** The moment of the last change. */
  latest(): number;
  /** Forgets what is held in memory, after a restore. */
  reload(): void;
}

const sequenceOf = (entity: EntityName): string => (isTransaction(entity) ? 'transactions' : isNameEntity(entity) ? 'names' : entity);

/** Attachables have long ids, as recorded; longer ones than these would not be exact numbers. */
const firstIdOf = (entity: EntityName): number => (entity === 'Attachable' ? 1_000_000_000_000_000 : 0);

const searchKeys = (body: Draft) => ({
  name: (body['DisplayName'] ?? body['Name']) === undefined ? null : String(body['DisplayName'] ?? body['Name']).toLowerCase(),
  number: typeof body['DocNumber'] === 'string' ? body['DocNumber'] : null,
  customer: refId(body['CustomerRef']) ?? null,
});

/** Opens the books of one company (realm) in `store`. */
export function openBooks(store: Store, clock: Clock): Books {
  // All at once: a table made inside a transaction would go with its rollback.
  const open = (entity: EntityName) => store.collection<Row>(`qbo_${entity}`, { indexes: ['name', 'number', 'customer', 'updated'] });
  const collections = Object.fromEntries(ENTITY_NAMES.map((entity) => [entity, open(entity)])) as Record<EntityName, Collection<Row>>;
  const rows = (entity: EntityName) => collections[entity];
  const tombstones = store.collection<Tombstone>('qbo_tombstones', { indexes: ['updated'] });
  const settingsRows = store.collection<CompanySettings>('qbo_settings');
  const counterRows = store.collection<Counters>('qbo_counters');
  let changes: Change[] = [];

  const keptCounters = (): Counters => counterRows.get('counters') ?? { id: 'counters', latest: 0 };
  // Every write asks for them; a write that fails reloads them.
  let counters = keptCounters();
  /** The next moment of change and, if a sequence is named, its next number. */
  const advance = (sequence?: string) => {
    const at = Math.max(clock.now(), counters.latest + 0.001);
    const number = sequence ? Number(counters[sequence] ?? 0) + 1 : 0;
    counters = { ...counters, latest: at, ...(sequence ? { [sequence]: number } : {}) };
    counterRows.put(counters);
    return { at, number };
  };

  const books: Books = {
    settings: { ...DEFAULT_SETTINGS, ...settingsRows.get('settings') },
    saveSettings(patch) {
      books.settings = { ...books.settings, ...patch, id: 'settings' };
      settingsRows.put(books.settings);
    },
    rows,
    row: (entity, id) => rows(entity).get(id),
    get: (entity, id) => rows(entity).get(id)?.body,
    insert(entity, draft, lineIds = 0, operation = 'Create') {
      const { at, number } = advance(sequenceOf(entity));
      const id = typeof draft['Id'] === 'string' ? draft['Id'] : String(firstIdOf(entity) + number);
      const time = seconds(at);
      const body = ordered(entity, {
        ...draft,
        domain: 'QBO',
        sparse: false,
        Id: id,
        SyncToken: '0',
        MetaData: { CreateTime: time, LastUpdatedTime: time },
      });
      rows(entity).put({ id, body, created: at, updated: at, ...searchKeys(body), lineIds });
      books.note(entity, id, operation);
      return body;
    },
    save(entity, id, draft, { quiet = false, operation = 'Update', lineIds } = {}) {
      const row = rows(entity).get(id);
      if (!row) throw new Error(`${entity} ${id} is not in the books.`);
      const { at } = advance();
      const body = ordered(entity, {
        ...draft,
        domain: 'QBO',
        sparse: false,
        Id: id,
        SyncToken: quiet ? row.body.SyncToken : String(Number(row.body.SyncToken) + 1),
        MetaData: { CreateTime: row.body.MetaData.CreateTime, LastUpdatedTime: seconds(at) },
      });
      rows(entity).put({ id, body, created: row.created, updated: at, ...searchKeys(body), lineIds: lineIds ?? row.lineIds });
      if (!quiet) books.note(entity, id, operation);
      return body;
    },
    amend(entity, id, body) {
      const row = rows(entity).get(id)!;
      rows(entity).put({ ...row, body: ordered(entity, body), ...searchKeys(body) });
    },
    remove(entity, id, into) {
      const { at } = advance();
      rows(entity).delete(id);
      tombstones.put({ id: `${entity}:${id}`, entity, entityId: id, updated: at });
      if (into === undefined) books.note(entity, id, 'Delete');
      else changes.push({ entity, id: into, operation: 'Merge', at: clock.now(), deletedId: id });
    },
    tombstones,
    latest: () => counters.latest,
    next: (sequence) => String(advance(sequence).number),
    note: (entity, id, operation) => void changes.push({ entity, id, operation, at: clock.now() }),
    takeChanges() {
      const taken = changes;
      changes = [];
      return taken;
    },
    reload() {
      books.settings = { ...DEFAULT_SETTINGS, ...settingsRows.get('settings') };
      counters = keptCounters();
      changes = [];
    },
  };
  return books;
}
