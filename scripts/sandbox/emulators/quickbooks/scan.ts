import type { Collection } from '../core/store.ts';

const PAGE = 500;

/** Every document of a collection, read in pages: a company with 100,000 invoices is never in memory at once. */
export function* scan<T extends { id: string }>(rows: Collection<T>, criteria: Partial<T> = {}): Generator<T, void> {
  let after: string | undefined;
  for (;;) {
    const page = rows.where(criteria, { limit: PAGE, ...(after === undefined ? {} : { after }) });
    yield* page;
    if (page.length < PAGE) return;
    after = page.at(-1)!.id;
  }
}
