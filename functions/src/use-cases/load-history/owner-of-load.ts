import type { Load } from '../../domain/first-load/load.ts';
import { mapOutcome, type Outcome } from '../../domain/outcome.ts';
import type { LoadOwner } from '../../ports/load-records.ts';
import type { Deps } from '../deps.ts';

/** Under what a load writes, and in which currencies. */
export interface OwnedLoad {
  owner: LoadOwner;
  /** Null: in any. */
  onlyCurrency: string | null;
}

export async function ownerOfLoad(
  { records, loadRecords }: Pick<Deps, 'records' | 'loadRecords'>,
  { companyKey, companyId }: Load,
): Promise<Outcome<OwnedLoad>> {
  const read = await records.readCompany({ asking: null });
  if (read.outcome !== 'done') return read;
  const { quickbooksRealmId, homeCurrency } = read.value.company;
  const multi = await loadRecords.isMultiCurrency();
  return mapOutcome(multi, (any) => ({ owner: { companyKey, companyId, quickbooksRealmId }, onlyCurrency: any ? null : homeCurrency }));
}
