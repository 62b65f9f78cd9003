import { type Collection, type WhereOptions, nameOf } from './collection.ts';
import { keep } from './keep.ts';

/** One document and its place in the order of first insertion. */
interface Entry {
  seq: number;
  doc: Record<string, unknown>;
}

/** What a value is compared as; the same as SQLite makes of JSON. Objects equal nothing. */
type Key = string | number | null;

/** A collection in memory, with what a transaction needs to take its writes back. */
export interface MemoryCollection<T extends { id: string }> extends Collection<T> {
  /** Puts back what was there under this id before: the undoing of a write, newest first. */
  putBack(id: string, before: Entry | undefined): void;
  clear(): void;
}

const keyOf = (value: unknown): Key | undefined => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
};
const bySeq = (a: Entry, b: Entry): number => a.seq - b.seq;

/** `told` hears of each write what was there before. */
export function openMemoryCollection<T extends { id: string }>(
  indexed: readonly string[],
  told: (id: string, before: Entry | undefined) => void,
): MemoryCollection<T> {
  let entries = new Map<string, Entry>();
  let inOrder = true;
  let last = 0;
  const indexes = new Map(indexed.map((field) => [field, new Map<Key | undefined, Set<Entry>>()]));
  let sorted = new Map<string, Entry[]>();

  const index = (entry: Entry): void => {
    for (const [field, places] of indexes) {
      const key = keyOf(entry.doc[field]);
      const place = places.get(key);
      if (place) place.add(entry);
      else places.set(key, new Set([entry]));
    }
    sorted = new Map();
  };
  const unindex = (entry: Entry): void => {
    for (const [field, places] of indexes) {
      const key = keyOf(entry.doc[field]);
      const place = places.get(key);
      place?.delete(entry);
      if (place?.size === 0) places.delete(key);
    }
    sorted = new Map();
  };
  const set = (id: string, entry: Entry): void => {
    const held = entries.get(id);
    if (held) unindex(held);
    entries.set(id, entry);
    index(entry);
  };
  const remove = (id: string): void => {
    const held = entries.get(id);
    if (!held) return;
    entries.delete(id);
    unindex(held);
  };
  const all = (): Iterable<Entry> => {
    if (!inOrder) entries = new Map([...entries].sort(([, a], [, b]) => bySeq(a, b)));
    inOrder = true;
    return entries.values();
  };

  /** Entries that meet the criteria, in the order of insertion. */
  const find = (criteria: Partial<T>): Entry[] => {
    const wanted = Object.entries(criteria)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => [nameOf(field), keyOf(value)] as const);
    const fits = ({ doc }: Entry) => wanted.every(([field, key]) => key !== undefined && keyOf(doc[field]) === key);
    const narrow = wanted.find(([field]) => indexes.has(field));
    if (!narrow) return [...all()].filter(fits);
    const place = indexes.get(narrow[0])?.get(narrow[1]);
    return place ? [...place].filter(fits).sort(bySeq) : [];
  };
  const order = (field: string, found: Entry[]): Entry[] => {
    const whole = found.length === entries.size;
    const known = whole ? sorted.get(field) : undefined;
    if (known) return known;
    found.sort((a, b) => compare(keyOf(a.doc[field]), keyOf(b.doc[field])) || bySeq(a, b));
    if (whole) sorted.set(field, found);
    return found;
  };

  const where = (criteria: Partial<T>, { limit = -1, orderBy, desc = false, after }: WhereOptions = {}): T[] => {
    let found = find(criteria);
    if (orderBy) found = order(nameOf(orderBy), found);
    if (desc) found = [...found].reverse();
    if (after !== undefined) {
      const cursor = entries.get(after);
      found = cursor ? past(found, cursor, orderBy, desc) : [];
    }
    return (limit < 0 ? found : found.slice(0, limit)).map(({ doc }) => doc as T);
  };

  return {
    get: (id) => entries.get(id)?.doc as T | undefined,
    put: (doc) => {
      const held = entries.get(doc.id);
      told(doc.id, held);
      set(doc.id, { seq: held?.seq ?? (last += 1), doc: keep(doc) as unknown as Record<string, unknown> });
    },
    delete: (id) => {
      told(id, entries.get(id));
      remove(id);
    },
    where,
    all: () => where({}),
    count: (criteria = {}) => (Object.keys(criteria).length === 0 ? entries.size : find(criteria).length),
    putBack: (id, before) => {
      if (before) {
        inOrder &&= entries.has(id);
        set(id, before);
      } else remove(id);
    },
    clear: () => {
      for (const id of [...entries.keys()]) remove(id);
    },
  };
}

/** Null, then numbers, then text, as SQLite sorts. */
function compare(a: Key | undefined, b: Key | undefined): number {
  const rank = (key: Key | undefined): number => (key === null || key === undefined ? 0 : typeof key === 'number' ? 1 : 2);
  if (rank(a) !== rank(b)) return rank(a) - rank(b);
  if (a === b) return 0;
  return (a as number) < (b as number) ? -1 : 1;
}

/** What comes after the cursor, whether or not that is among what was found. Nothing is compared with null. */
function past(found: Entry[], cursor: Entry, orderBy: string | undefined, desc: boolean): Entry[] {
  const sign = desc ? -1 : 1;
  if (!orderBy) return found.filter((entry) => sign * bySeq(entry, cursor) > 0);
  const at = keyOf(cursor.doc[orderBy]);
  return found.filter((entry) => {
    const key = keyOf(entry.doc[orderBy]);
    return key !== null && at !== null && sign * (compare(key, at) || bySeq(entry, cursor)) > 0;
  });
}
