import { rowBookingKey, type BalanceRow } from '../../domain/balance-row.ts';
import { booksAccount } from '../../domain/books-account.ts';
import { dayInZone } from '../../domain/dates.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { JournalLine } from '../../ports/bookings.ts';
import { enter, head, type Entered, type EntryDeps, type InvoiceBooksOf } from './enter.ts';

/**
 * A row between Stripe's balance and the customer's account: money that left the balance is owed by the customer again, money
 * that came back is owed to the customer.
 */
export async function enterOnReceivable(deps: EntryDeps, books: InvoiceBooksOf, row: BalanceRow, memo: string): Promise<Outcome<Entered>> {
  const { company, reference, document } = books;
  const clearing = booksAccount(company, reference, 'clearing', row.currency);
  if (clearing.outcome !== 'done') return clearing;
  const receivable = booksAccount(company, reference, 'receivable', row.currency);
  if (receivable.outcome !== 'done') return receivable;
  const amount = Math.abs(row.amount);
  const onClearing: JournalLine = { side: row.amount > 0 ? 'Debit' : 'Credit', accountId: clearing.value, customerId: null, amount };
  const onReceivable: JournalLine = {
    side: row.amount > 0 ? 'Credit' : 'Debit',
    accountId: receivable.value,
    customerId: document.customerId,
    amount,
  };
  return enter(deps, rowBookingKey(row.id), {
    entity: 'JournalEntry',
    ...head(books, { mark: row.id, memo, date: dayInZone(Date.parse(row.createdAt), company.timeZone), currency: row.currency }),
    lines: [onClearing, onReceivable].sort((a) => (a.side === 'Debit' ? -1 : 1)),
  });
}
