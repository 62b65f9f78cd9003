import { chunkOf } from '../../domain/first-load/forecast.ts';
import type { Load, LoadedObject } from '../../domain/first-load/load.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { PageAsk, PastPage } from '../../ports/history.ts';

/** Pages from where the object stands, until there is enough to write at a time. */
export async function readChunk<T>(
  load: Load,
  object: LoadedObject,
  list: (page: PageAsk) => Promise<Outcome<PastPage<T>>>,
): Promise<Outcome<PastPage<T>>> {
  const enough = chunkOf(object.expected);
  const chunk: PastPage<T> = { records: [], unreadable: [], next: object.cursor };
  do {
    const page = await list({ since: load.since, cursor: chunk.next });
    if (page.outcome !== 'done') return page;
    chunk.records.push(...page.value.records);
    chunk.unreadable.push(...page.value.unreadable);
    chunk.next = page.value.next;
  } while (chunk.next !== null && chunk.records.length + chunk.unreadable.length < enough);
  return done(chunk);
}
