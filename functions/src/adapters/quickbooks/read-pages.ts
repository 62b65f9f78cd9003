import { type Outcome, done } from '../../domain/outcome.ts';
import type { QuickBooksClient } from './client.ts';
import { ACTIVE_OR_NOT, clauses } from './query.ts';
import { finderOf, type ListEntity, rowsOf } from './read-many.ts';

/** A query answers with no more rows. https://developer.intuit.com/app/developer/qbo/docs/learn/explore-the-quickbooks-online-api/data-queries */
export const PAGE = 1000;

/** All rows of a list from the given one on, the inactive too, a thousand a call. */
export async function readPages<Row>(client: QuickBooksClient, entity: ListEntity, start = 1): Promise<Outcome<Row[]>> {
  const all: Row[] = [];
  for (let at = start; ; at += PAGE) {
    const page = await client.call<{ QueryResponse?: Record<string, unknown> }>('read', finderOf(entity), (sdk, ready) =>
      sdk[finderOf(entity)](clauses(ACTIVE_OR_NOT, { start: at, max: PAGE }), ready),
    );
    if (page.outcome !== 'done') return page;
    const rows = rowsOf(page.value.QueryResponse) as Row[];
    all.push(...rows);
    if (rows.length < PAGE) return done(all);
  }
}
