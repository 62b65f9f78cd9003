import type { TargetOption } from '../../domain/map-fields/target.ts';
import { type Outcome, done } from '../../domain/outcome.ts';
import type { QuickBooksClient } from './client.ts';
import type { QboItem } from './entities.ts';
import { ACTIVE_OR_NOT, clauses } from './query.ts';
import { rowsOf } from './read-many.ts';
import { plainName } from './target-fields.ts';

const PAGE = 1000;

/** Everything that is sold, a thousand a call. Categories and what has no income account cannot stand on an invoice. */
export async function readAllItems(client: QuickBooksClient): Promise<Outcome<TargetOption[]>> {
  const options: TargetOption[] = [];
  for (let start = 1; ; start += PAGE) {
    const page = await client.call<{ QueryResponse?: Record<string, unknown> }>('read', 'findItems', (sdk, ready) =>
      sdk.findItems(clauses(ACTIVE_OR_NOT, { start, max: PAGE }), ready),
    );
    if (page.outcome !== 'done') return page;
    const rows = rowsOf(page.value.QueryResponse) as QboItem[];
    options.push(...rows.filter(isSold).map(optionOf));
    if (rows.length < PAGE) return done(options);
  }
}

const isSold = ({ Type, IncomeAccountRef }: QboItem): boolean => Type !== 'Category' && IncomeAccountRef !== undefined;

const optionOf = ({ Id, Name, FullyQualifiedName, Active }: QboItem): TargetOption => ({
  value: plainName(FullyQualifiedName ?? Name),
  label: plainName(Name),
  id: Id,
  active: Active !== false,
});
