import type { Draft, Entity, TransactionName } from '../entities.ts';
import { faults } from '../errors.ts';
import { spacedName } from '../formatters.ts';
import type { RuleContext } from './context.ts';

/** Sales documents share one sequence, as recorded. */
const SALES: TransactionName[] = ['Invoice', 'CreditMemo', 'SalesReceipt', 'RefundReceipt'];

/** The number a document gets: documented for CustomTxnNumbers on and off, "AUTO_GENERATE", and duplicates (6140). */
export function documentNumber(
  context: RuleContext,
  entity: TransactionName,
  input: Draft,
  current: Entity | undefined,
): string | undefined {
  const { settings } = context.books;
  const given = typeof input['DocNumber'] === 'string' && input['DocNumber'] !== '' ? input['DocNumber'] : undefined;
  const kept = current?.['DocNumber'] as string | undefined;
  if (given === 'AUTO_GENERATE' || (given === undefined && !settings.customTxnNumbers)) return kept ?? nextNumber(context);
  if (given === undefined || given === kept) return given;
  if (settings.warnDuplicateNumbers && !context.include.has('allowduplicatedocnum')) refuseDuplicate(context, entity, given, current?.Id);
  return given;
}

function nextNumber(context: RuleContext): string {
  const number = context.books.settings.lastDocNumber + 1;
  context.books.saveSettings({ lastDocNumber: number });
  return String(number);
}

function refuseDuplicate(context: RuleContext, entity: TransactionName, number: string, own: string | undefined): void {
  for (const type of SALES.includes(entity) ? SALES : [entity]) {
    const taken = context.books
      .rows(type)
      .where({ number })
      .find((row) => row.id !== own);
    if (taken) throw faults.duplicateNumber(number, spacedName(type), taken.id);
  }
}
