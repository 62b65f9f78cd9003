import { unreadable } from '../../domain/first-load/causes.ts';
import { type Load, type LoadedObject, systemOf } from '../../domain/first-load/load.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import { historyOf, type PartDeps } from './part-deps.ts';
import { readChunk } from './read-chunk.ts';
import { savePart } from './save-part.ts';

/** Customers are first read, all of them: who is certain can only be said once it is known who else there is. */
export async function readCustomers(deps: PartDeps, load: Load, object: LoadedObject): Promise<Outcome<null>> {
  const chunk = await readChunk(load, object, (page) => historyOf(deps, object).listCustomers(page));
  if (chunk.outcome !== 'done') return chunk;
  const { records, unreadable: bad, next } = chunk.value;
  const system = systemOf(object.object);
  await savePart(deps, load, object, {
    counts: { read: records.length + bad.length },
    causes: bad.map(({ id, why }) => ({ id, cause: unreadable(why) })),
    position: { cursor: next, listed: next === null, state: 'running' },
    learned: { customers: records.map((customer) => ({ system, customer, standing: 'read', accountId: null })) },
  });
  return done(null);
}
