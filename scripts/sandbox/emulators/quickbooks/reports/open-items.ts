import type { Entity, TransactionName } from '../entities.ts';
import { refId } from '../entities.ts';
import { toHome, toMinor } from '../money.ts';
import { scan } from '../scan.ts';
import type { ReportSource } from './report.ts';

/** Part of a customer's balance, with the day it is due. */
export interface OpenItem {
  customer: string;
  due: string;
  department: string | undefined;
  /** Hundredths of the home currency; credits are negative. */
  home: number;
}

/** What was open at the end of a day: invoices, credit memos, unapplied payments and journal lines, as of then. */
export function* openItems(source: ReportSource, day: string): Generator<OpenItem, void> {
  for (const { body } of scan(source.books.rows('Invoice'))) yield* item(body, openOf(source, 'Invoice', body, day), body['DueDate']);
  for (const { body } of scan(source.books.rows('CreditMemo')))
    yield* item(body, -openOf(source, 'CreditMemo', body, day), body['TxnDate']);
  for (const { body } of scan(source.books.rows('Payment')))
    if (String(body['TxnDate']) <= day) yield* item(body, -unapplied(source, body, day), body['TxnDate']);
  for (const { body } of scan(source.books.rows('JournalEntry'))) {
    if (String(body['TxnDate']) > day) continue;
    for (const { customer, home } of source.ledger.entry(`JournalEntry:${body.Id}`)?.postings ?? [])
      if (customer !== undefined) yield { customer, due: String(body['TxnDate']), department: undefined, home };
  }
}

function* item(body: Entity, home: number, due: unknown): Generator<OpenItem, void> {
  if (home !== 0) yield { customer: refId(body['CustomerRef'])!, due: String(due), department: refId(body['DepartmentRef']), home };
}

const isBy = (source: ReportSource, payment: string, day: string): boolean =>
  String(source.books.get('Payment', payment)?.['TxnDate']) <= day;

function openOf(source: ReportSource, type: 'Invoice' | 'CreditMemo', body: Entity, day: string): number {
  if (String(body['TxnDate']) > day) return 0;
  const total = receivableOf(source, type, body.Id);
  const applied = source.applications.ofTarget(type, body.Id).filter(({ payment }) => isBy(source, payment, day));
  return total - applied.reduce((sum, { home }) => sum + home, 0);
}

const receivableOf = (source: ReportSource, type: TransactionName, id: string): number =>
  Math.abs(
    (source.ledger.entry(`${type}:${id}`)?.postings ?? [])
      .filter(({ customer }) => customer !== undefined)
      .reduce((sum, { home }) => sum + home, 0),
  );

/** What a payment had not been applied to by then. An invoice dated later counts as not yet paid. */
function unapplied(source: ReportSource, payment: Entity, day: string): number {
  const own = toHome(toMinor(payment['UnappliedAmt'] ?? 0), payment['ExchangeRate'] ?? 1);
  const later = source.applications
    .ofPayment(payment.Id)
    .filter(({ targetType, targetId }) => String(source.books.get(targetType, targetId)?.['TxnDate']) > day)
    .reduce((sum, row) => sum + (row.targetType === 'Invoice' ? row.home : -row.home), 0);
  return own + later;
}
