import type { BalanceRow } from '../../domain/balance-row.ts';
import type { Deps } from '../deps.ts';

const shownKey = (rowId: string): string => `shown:${rowId}`;

/** Salesforce shows what became of these rows: kept after its write, so that an entry alone does not end the work on them. */
export async function markShown({ effects }: Pick<Deps, 'effects'>, rows: readonly (BalanceRow | null)[]): Promise<void> {
  for (const row of rows) if (row) await effects.keep(shownKey(row.id), true);
}

export const isShown = async ({ effects }: Pick<Deps, 'effects'>, rowId: string): Promise<boolean> =>
  (await effects.kept(shownKey(rowId))) !== null;
