import { rowBookingKey, type BalanceRow } from '../domain/balance-row.ts';
import { booksAccount } from '../domain/books-account.ts';
import { dayInZone } from '../domain/dates.ts';
import { exchangeRate } from '../domain/exchange-rate.ts';
import { rejected, type Outcome } from '../domain/outcome.ts';
import type { StripeCreditNote, StripeRefund } from '../ports/balance.ts';
import type { StripeInvoice } from '../ports/payments.ts';
import { called, enter, head, type Entered, type EntryDeps, type InvoiceBooksOf } from './record-money/enter.ts';
import { enterOnReceivable } from './record-money/on-receivable.ts';
import { saleGivenBack } from './record-money/sale-of.ts';

/**
 * Books money that went back to the customer: a refund receipt from the clearing account of the settlement currency, on the day
 * of its balance transaction. The invoice stays paid; the receipt takes back what was sold.
 */
export async function recordRefund(
  deps: EntryDeps,
  books: InvoiceBooksOf,
  stripe: StripeInvoice,
  refund: StripeRefund & { row: BalanceRow },
  note: StripeCreditNote | null,
): Promise<Outcome<Entered>> {
  const { company, reference, invoice, document } = books;
  const { row } = refund;
  const account = booksAccount(company, reference, 'clearing', row.currency);
  if (account.outcome !== 'done') return account;
  const sale = saleGivenBack(refund.amount, invoice, document, stripe, note);
  if (sale.outcome !== 'done') return sale;
  return enter(deps, rowBookingKey(row.id), {
    entity: 'RefundReceipt',
    ...head(books, {
      mark: row.id,
      memo: `Stripe refund ${refund.id} of ${called(invoice)}`,
      date: dayInZone(Date.parse(row.createdAt), company.timeZone),
      currency: refund.currency,
    }),
    exchangeRate:
      row.currency === refund.currency || row.currency !== reference.homeCurrency
        ? null
        : exchangeRate({ minor: row.amount, currency: row.currency }, { minor: refund.amount, currency: refund.currency }),
    customerId: document.customerId,
    fromAccountId: account.value,
    lines: sale.value.lines,
    totalTax: sale.value.tax,
    marksTaxableLines: reference.marksTaxableLines,
  });
}

/** The bank sent the refund back: the money is with us again and owed to the customer, who has to be paid another way. */
export async function recordFailedRefund(
  deps: EntryDeps,
  books: InvoiceBooksOf,
  refund: StripeRefund & { failureRow: BalanceRow },
): Promise<Outcome<Entered>> {
  const { failureRow: row } = refund;
  if (row.currency !== refund.currency) return otherCurrency(`The refund ${refund.id}`, row.currency);
  return enterOnReceivable(deps, books, row, `Stripe refund ${refund.id} of ${called(books.invoice)} failed`);
}

export const otherCurrency = (what: string, currency: string): Outcome<never> =>
  rejected({
    code: 'settled-in-other-currency',
    severity: 'error',
    message: `${what} was settled in ${currency}, not in the customer's currency, so it cannot be entered on the customer's account.`,
    action: 'Ask the accountant to enter it by hand at the rate that Stripe shows.',
  });
