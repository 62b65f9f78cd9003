import { rowBookingKey, type BalanceRow } from '../domain/balance-row.ts';
import { booksAccount } from '../domain/books-account.ts';
import { dayInZone } from '../domain/dates.ts';
import { sum } from '../domain/money.ts';
import { effectKey } from '../domain/operation-key.ts';
import { done, type Outcome } from '../domain/outcome.ts';
import { disputeKind } from '../domain/stripe-money.ts';
import type { StripeDispute } from '../ports/balance.ts';
import { nowOf } from './effects/call-and-record.ts';
import { notBooked } from './record-money/findings.ts';
import { called, enter, head, type Entered, type EntryDeps, type InvoiceBooksOf } from './record-money/enter.ts';
import { enterOnReceivable } from './record-money/on-receivable.ts';
import { otherCurrency } from './record-refund.ts';

/** Only a returned debit is owed by somebody, whom the invoice's document names; else it is between accounts. */
export type DisputeBooks = Omit<InvoiceBooksOf, 'document'> & { document: InvoiceBooksOf['document'] | null };

/**
 * Books what a dispute did, one entry per balance transaction: held apart in the disputed-funds account, back when it is won, a
 * bad debt when it is lost. A bank debit that was returned is owed by the customer again instead. Fees are booked with the fees.
 */
export async function recordDispute(deps: EntryDeps, books: DisputeBooks, dispute: StripeDispute): Promise<Outcome<Entered[]>> {
  const isReturn = disputeKind(dispute) === 'Bank Return';
  const entered: Entered[] = [];
  for (const row of dispute.rows) {
    if (row.amount === 0) continue;
    const entry = isReturn ? await recordReturn(deps, books, dispute, row) : await moveApart(deps, books, dispute, row);
    if (entry.outcome !== 'done') return entry;
    entered.push(entry.value);
  }
  if (dispute.status === 'Lost' && !isReturn) {
    const loss = await recordLoss(deps, books, dispute);
    if (loss.outcome !== 'done') return loss;
    if (loss.value) entered.push(loss.value);
  }
  return done(entered);
}

async function recordReturn(deps: EntryDeps, books: DisputeBooks, dispute: StripeDispute, row: BalanceRow): Promise<Outcome<Entered>> {
  if (row.currency !== dispute.currency) return otherCurrency(`The returned bank debit ${dispute.id}`, row.currency);
  const { document } = books;
  if (!document) return notBooked(`The ${called(books.invoice)} is not in QuickBooks`);
  return enterOnReceivable(
    deps,
    { ...books, document },
    row,
    `Stripe bank debit ${dispute.paymentId} of ${called(books.invoice)} returned (${dispute.id})`,
  );
}

async function moveApart(deps: EntryDeps, books: DisputeBooks, dispute: StripeDispute, row: BalanceRow): Promise<Outcome<Entered>> {
  const { company, reference } = books;
  const clearing = booksAccount(company, reference, 'clearing', row.currency);
  if (clearing.outcome !== 'done') return clearing;
  const apart = booksAccount(company, reference, 'disputed-funds', row.currency);
  if (apart.outcome !== 'done') return apart;
  const taken = row.amount < 0;
  return enter(deps, rowBookingKey(row.id), {
    entity: 'Transfer',
    ...head(books, {
      mark: row.id,
      memo: `Stripe dispute ${dispute.id} of ${called(books.invoice)}${taken ? '' : ', money back'}`,
      date: dayInZone(Date.parse(row.createdAt), company.timeZone),
      currency: row.currency,
    }),
    fromAccountId: taken ? clearing.value : apart.value,
    toAccountId: taken ? apart.value : clearing.value,
    amount: Math.abs(row.amount),
  });
}

/** What did not come back is lost, on the day the dispute was decided. */
async function recordLoss(deps: EntryDeps, books: DisputeBooks, dispute: StripeDispute): Promise<Outcome<Entered | null>> {
  const { company, reference } = books;
  const amount = -sum(dispute.rows.map((row) => row.amount));
  const currency = dispute.rows[0]?.currency;
  if (amount <= 0 || !currency) return done(null);
  const apart = booksAccount(company, reference, 'disputed-funds', currency);
  if (apart.outcome !== 'done') return apart;
  const loss = booksAccount(company, reference, 'bad-debt', currency);
  if (loss.outcome !== 'done') return loss;
  return enter(deps, effectKey(dispute.id, 'book-loss'), {
    entity: 'JournalEntry',
    ...head(books, {
      mark: dispute.id,
      memo: `Stripe dispute ${dispute.id} of ${called(books.invoice)} lost`,
      date: dayInZone(Date.parse(dispute.closedAt ?? nowOf(deps)), company.timeZone),
      currency,
    }),
    lines: [
      { side: 'Debit', accountId: loss.value, customerId: null, amount },
      { side: 'Credit', accountId: apart.value, customerId: null, amount },
    ],
  });
}
