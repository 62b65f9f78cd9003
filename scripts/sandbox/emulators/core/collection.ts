/** How `where` orders and cuts its rows. */
export interface WhereOptions {
  limit?: number;
  /** A top-level field; without it the order of first insertion rules. Ties keep that order. */
  orderBy?: string;
  desc?: boolean;
  /** Id of the document after which (in the chosen order) the rows start. An unknown id yields nothing. */
  after?: string;
}

/** Documents of one kind, keyed by `id`. What is returned is not to be changed: a store in memory hands out what it holds, frozen. */
export interface Collection<T extends { id: string }> {
  get(id: string): T | undefined;
  /** Inserts or replaces; a replaced document keeps its place in the order. */
  put(doc: T): void;
  delete(id: string): void;
  /** Documents whose fields equal the criteria (`null` also matches an absent field, `undefined` is ignored). */
  where(criteria: Partial<T>, options?: WhereOptions): T[];
  all(): T[];
  count(criteria?: Partial<T>): number;
}

/** Collections of JSON documents, in order of first insertion. */
export interface Store {
  /** Opens (and creates) a collection. `indexes` are top-level fields that `where` is to find quickly. */
  collection<T extends { id: string }>(name: string, options?: { indexes?: (keyof T & string)[] }): Collection<T>;
  /** Runs `fn` atomically: a throw undoes everything. May be nested. `fn` must be synchronous. */
  transaction<R>(fn: () => R): R;
  /** The whole content as one image, in the store's own form. */
  snapshot(): Uint8Array;
  /** Replaces the whole content by a snapshot's. */
  restore(snapshot: Uint8Array): void;
  /** Empties every collection. */
  clear(): void;
  close(): void;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** A name of our own code: nothing else gets into a query. */
export function nameOf(name: string): string {
  if (!NAME.test(name)) throw new Error(`"${name}" cannot be searched.`);
  return name;
}
