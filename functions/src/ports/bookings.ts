import type { Outcome } from '../domain/outcome.ts';
import type { Sending } from './effect-log.ts';

/** The kinds of QuickBooks documents that hold Stripe's money besides payments of invoices. */
export type BookingEntity = 'RefundReceipt' | 'CreditMemo' | 'Payment' | 'JournalEntry' | 'Transfer' | 'Purchase';

interface EntryHead {
  /** What PrivateNote carries as our mark: the balance transaction or Stripe object that is booked, unique per entry. */
  mark: string;
  /** Words for the accountant, after the mark. */
  memo: string;
  /** Day in the company's time zone. */
  date: string;
  currency: string;
  multicurrency: boolean;
}

/** Amounts: minor units of `currency`, without tax. */
export interface BookingLine {
  itemId: string | null;
  description: string;
  amount: number;
  taxable: boolean;
}

interface SalesBody extends EntryHead {
  customerId: string;
  lines: BookingLine[];
  totalTax: number;
  marksTaxableLines: boolean;
}

export type BookingBody =
  | (SalesBody & {
      entity: 'RefundReceipt';
      fromAccountId: string;
      /** Home units per unit, where Stripe settled in another currency than it refunded. */
      exchangeRate: string | null;
    })
  | (SalesBody & { entity: 'CreditMemo'; number: string | null })
  /** A payment of nothing that uses up a credit memo against an invoice. */
  | (EntryHead & { entity: 'Payment'; customerId: string; quickbooksInvoiceId: string; creditMemoId: string; amount: number })
  | (EntryHead & { entity: 'JournalEntry'; lines: JournalLine[] })
  | (EntryHead & { entity: 'Transfer'; fromAccountId: string; toAccountId: string; amount: number })
  | (EntryHead & { entity: 'Purchase'; fromAccountId: string; expenseAccountId: string; amount: number });

export interface JournalLine {
  side: 'Debit' | 'Credit';
  accountId: string;
  /** Required on receivables. */
  customerId: string | null;
  amount: number;
}

export interface Booking {
  id: string;
  entity: BookingEntity;
  date: string;
  mark: string | null;
  voided: boolean;
  url: string;
}

/**
 * Entries in QuickBooks for what Stripe does with money. Writes take the outward requestid (<= 50 characters) and a frozen body,
 * from which alone the adapter derives the request. `sending`: as with the ledger's writes.
 */
export interface Bookings {
  create(body: BookingBody, key: string, sending?: Sending): Promise<Outcome<Booking>>;
  /** Entries of that day that carry the mark. */
  find(by: { entity: BookingEntity; date: string; mark: string }): Promise<Outcome<Booking[]>>;
  /** Void, whatever its SyncToken; done too when void already. `rejected` when QuickBooks leaves it as it is, `entry-gone` when it was deleted. */
  cancel(body: { entity: 'Payment' | 'CreditMemo'; id: string }, key: string): Promise<Outcome<Booking>>;
  read(entity: 'Payment' | 'CreditMemo', id: string): Promise<Outcome<Booking | null>>;
  /** Balances now, in each account's own currency, of the active accounts of these ids. */
  readBalances(accountIds: string[]): Promise<Outcome<{ accountId: string; amount: number }[]>>;
}
