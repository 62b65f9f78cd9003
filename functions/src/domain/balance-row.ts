import { effectKey } from './operation-key.ts';

/** What a row of Stripe's balance is about; `other` is whatever Trueup does not book (docs.stripe.com/reports/reporting-categories). */
export type RowCategory =
  | 'charge'
  | 'refund'
  | 'refund_failure'
  | 'dispute'
  | 'dispute_reversal'
  | 'payout'
  | 'payout_reversal'
  | 'fee'
  | 'other';

/** One balance transaction. Amounts: minor units of the settlement currency; `amount` gross, Stripe's fee apart. */
export interface BalanceRow {
  id: string;
  category: RowCategory;
  /** Stripe's own word for it. */
  reportedAs: string;
  amount: number;
  fee: number;
  net: number;
  currency: string;
  /** ISO instants. */
  createdAt: string;
  availableAt: string;
  /** The charge, refund, dispute or payout that made it. */
  sourceId: string | null;
  /** The payment behind it (PaymentIntent, or charge where there is none). */
  paymentId: string | null;
  description: string | null;
}

/** The one booking of a row, from whichever road it is found. */
export const rowBookingKey = (rowId: string): string => effectKey(rowId, 'book');
