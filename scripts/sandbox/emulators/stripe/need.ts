import type { Collection } from '../core/index.ts';
import { missing } from './errors.ts';

/** The document, or Stripe's "No such …". */
export function need<T extends { id: string; deleted?: true }>(collection: Collection<T>, kind: string, id: string, param = 'id'): T {
  const found = collection.get(id);
  if (!found || found.deleted) throw missing(kind, id, param);
  return found;
}
