import type { Store } from './collection.ts';
import { openMemoryStore } from './memory-store.ts';
import { openSqliteStore } from './sqlite-store.ts';

export type { Collection, Store, WhereOptions } from './collection.ts';

/** Opens a store in `file`, or in memory. */
export const openStore = ({ file }: { file?: string } = {}): Store => (file === undefined ? openMemoryStore() : openSqliteStore(file));
