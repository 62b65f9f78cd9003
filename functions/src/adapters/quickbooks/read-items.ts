import type { TargetOption } from '../../domain/map-fields/target.ts';
import { mapOutcome, type Outcome } from '../../domain/outcome.ts';
import type { QuickBooksClient } from './client.ts';
import type { QboItem } from './entities.ts';
import { readPages } from './read-pages.ts';
import { plainName } from './target-fields.ts';

/** Everything that is sold. Categories and what has no income account cannot stand on an invoice. */
export const readAllItems = async (client: QuickBooksClient): Promise<Outcome<TargetOption[]>> =>
  mapOutcome(await readPages<QboItem>(client, 'Item'), (rows) => rows.filter(isSold).map(optionOf));

const isSold = ({ Type, IncomeAccountRef }: QboItem): boolean => Type !== 'Category' && IncomeAccountRef !== undefined;

const optionOf = ({ Id, Name, FullyQualifiedName, Active }: QboItem): TargetOption => ({
  value: plainName(FullyQualifiedName ?? Name),
  label: plainName(Name),
  id: Id,
  active: Active !== false,
});
