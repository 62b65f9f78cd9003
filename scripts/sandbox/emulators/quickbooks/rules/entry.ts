import type { Entity, TransactionName } from '../entities.ts';
import { refId } from '../entities.ts';
import type { Dimensions, LedgerEntry, Posting } from '../ledger/ledger.ts';

/** The ledger entry of a transaction: what registers and reports show of it, and its postings. */
export function entryOf(type: TransactionName, entity: Entity, postings: Posting[]): LedgerEntry {
  const party = (entity['CustomerRef'] ?? entity['EntityRef']) as { name?: string } | undefined;
  const text = (member: string) => (entity[member] as string | undefined) ?? null;
  return {
    id: `${type}:${entity.Id}`,
    type,
    txnId: entity.Id,
    date: String(entity['TxnDate']),
    number: type === 'Payment' ? text('PaymentRefNum') : text('DocNumber'),
    currency: refId(entity['CurrencyRef'])!,
    who: party?.name ?? null,
    memo: text('PrivateNote'),
    dimensions: dimensions({ customer: entity['CustomerRef'], class: entity['ClassRef'], department: entity['DepartmentRef'] }),
    postings,
  };
}

/** The ids of the references that are given. */
export function dimensions(references: Record<keyof Dimensions, unknown> | Partial<Record<keyof Dimensions, unknown>>): Dimensions {
  return Object.fromEntries(
    Object.entries(references).flatMap(([name, reference]) => (refId(reference) === undefined ? [] : [[name, refId(reference)]])),
  );
}
