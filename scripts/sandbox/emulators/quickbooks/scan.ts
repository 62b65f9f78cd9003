import type { Collection } from '../core/store.ts';

const PAGE = 500;

/** Every document of a collection, read in pages: a company with 100,000 invoices is never in memory at once. `from`: those after this one. */
export function* scan<T extends { id: string }>(rows: Collection<T>, criteria: Partial<T> = {}, from?: string): Generator<T, void> {
  let after = from;
  for (;;) {
    const page = rows.where(criteria, { limit: PAGE, ...(after === undefined ? {} : { after }) });
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.id;
  }
}
