import { type Store, nameOf } from './collection.ts';
import { type MemoryCollection, openMemoryCollection } from './memory-collection.ts';

type Kept = MemoryCollection<{ id: string }>;

/** A store in memory; for runs by the thousand, where SQLite's own work would be most of all. The rules are those of a store in a file. */
export function openMemoryStore(): Store {
  const collections = new Map<string, Kept>();
  /** How to take back what the running transaction wrote. */
  const written: (() => void)[] = [];
  let depth = 0;

  const open = (name: string, indexes: readonly string[] = []): Kept => {
    const known = collections.get(name);
    if (known) return known;
    [name, ...indexes].forEach(nameOf);
    const opened: Kept = openMemoryCollection(indexes, (id, before) => {
      if (depth > 0) written.push(() => opened.putBack(id, before));
    });
    collections.set(name, opened);
    return opened;
  };

  const transaction = <R>(fn: () => R): R => {
    const since = written.length;
    depth += 1;
    try {
      const result = fn();
      if (result instanceof Promise) throw new TypeError('A transaction must be synchronous.');
      return result;
    } catch (error) {
      for (const takeBack of written.splice(since).reverse()) takeBack();
      throw error;
    } finally {
      depth -= 1;
      if (depth === 0) written.length = 0;
    }
  };
  const clear = (): void => {
    for (const collection of collections.values()) for (const { id } of collection.all()) collection.delete(id);
  };

  return {
    collection: <T extends { id: string }>(name: string, { indexes = [] }: { indexes?: (keyof T & string)[] } = {}) =>
      open(name, indexes) as unknown as MemoryCollection<T>,
    transaction,
    snapshot: () =>
      new TextEncoder().encode(JSON.stringify(Object.fromEntries([...collections].map(([name, collection]) => [name, collection.all()])))),
    restore: (snapshot) => {
      const image = JSON.parse(new TextDecoder().decode(snapshot)) as Record<string, { id: string }[]>;
      transaction(() => {
        clear();
        for (const [name, docs] of Object.entries(image)) for (const doc of docs) open(name).put(doc);
      });
    },
    clear: () => transaction(clear),
    close: () => collections.clear(),
  };
}
