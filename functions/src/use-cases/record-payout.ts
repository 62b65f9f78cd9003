import { rowBookingKey, type BalanceRow } from '../domain/balance-row.ts';
import { booksAccount } from '../domain/books-account.ts';
import { dayInZone } from '../domain/dates.ts';
import { done, type Outcome } from '../domain/outcome.ts';
import type { StripePayout } from '../ports/balance.ts';
import { enter, head, type BooksOf, type Entered, type EntryDeps } from './record-money/enter.ts';

/**
 * Books a payout that reached the bank account: one transfer, dated its arrival, so that it matches the bank feed; back on the
 * day it failed. One that failed before it arrived moved nothing. Decided by dates alone, whenever it is looked at.
 */
export async function recordPayout(deps: EntryDeps, books: BooksOf, payout: StripePayout): Promise<Outcome<Entered[]>> {
  const { row, failureRow } = payout;
  if (!row || !hasArrived(payout) || payout.amount === 0) return done([]);
  const sent = await transfer(deps, books, payout, row, {
    day: payout.arrivalDay,
    amount: payout.amount,
    memo: `Stripe payout ${payout.id}`,
  });
  if (sent.outcome !== 'done' || !failureRow) return sent.outcome === 'done' ? done([sent.value]) : sent;
  const failedOn = dayInZone(Date.parse(failureRow.createdAt), books.company.timeZone);
  const back = await transfer(deps, books, payout, failureRow, {
    // The arrival is a day of the bank's, the failure an instant: seen from the west it may seem to lie before.
    day: failedOn < payout.arrivalDay ? payout.arrivalDay : failedOn,
    amount: -payout.amount,
    memo: `Stripe payout ${payout.id} came back`,
  });
  return back.outcome === 'done' ? done([sent.value, back.value]) : back;
}

/** On the bank account, or it was there before the bank sent it back. */
export function hasArrived({ status, arrivalDay, failureRow }: StripePayout): boolean {
  if (status === 'Paid') return true;
  return failureRow !== null && failureRow.createdAt >= `${arrivalDay}T00:00:00.000Z`;
}

/** Positive: from the clearing account to the bank; Stripe collects a debt the other way round. */
async function transfer(
  deps: EntryDeps,
  books: BooksOf,
  { currency }: StripePayout,
  row: BalanceRow,
  { day, amount, memo }: { day: string; amount: number; memo: string },
): Promise<Outcome<Entered>> {
  const { company, reference } = books;
  const clearing = booksAccount(company, reference, 'clearing', currency);
  if (clearing.outcome !== 'done') return clearing;
  const bank = booksAccount(company, reference, 'payouts', currency);
  if (bank.outcome !== 'done') return bank;
  return enter(deps, rowBookingKey(row.id), {
    entity: 'Transfer',
    ...head(books, { mark: row.id, memo, date: day, currency }),
    fromAccountId: amount > 0 ? clearing.value : bank.value,
    toAccountId: amount > 0 ? bank.value : clearing.value,
    amount: Math.abs(amount),
  });
}
