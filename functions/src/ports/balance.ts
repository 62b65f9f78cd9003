import type { BalanceRow } from '../domain/balance-row.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { DisputeStatus, PayoutStatus, RefundStatus } from '../domain/stripe-money.ts';

/** Money back to the customer. Amounts: minor units of the payment's currency; its rows are in the settlement currency. */
export interface StripeRefund {
  id: string;
  paymentId: string;
  amount: number;
  currency: string;
  status: RefundStatus;
  reason: string | null;
  failureReason: string | null;
  createdAt: string;
  /** The row that took the money, null while Stripe has not taken it; the one that brought it back. */
  row: BalanceRow | null;
  failureRow: BalanceRow | null;
  url: string;
}

export interface StripeDispute {
  id: string;
  paymentId: string;
  amount: number;
  currency: string;
  status: DisputeStatus;
  reason: string | null;
  /** `card`, `us_bank_account` ...: how the disputed payment was made. */
  method: string | null;
  createdAt: string;
  respondBy: string | null;
  /** When it was decided, as far as Stripe's events (30 days) tell. */
  closedAt: string | null;
  /** Oldest first; empty for a mere inquiry. */
  rows: BalanceRow[];
  url: string;
}

export interface StripeCreditNote {
  id: string;
  stripeInvoiceId: string;
  number: string;
  currency: string;
  amount: number;
  /** What lowered the amount due, and what was credited after payment. */
  prePayment: number;
  postPayment: number;
  /** Of the latter: given back outside Stripe. */
  outOfBand: number;
  status: 'issued' | 'void';
  reason: string | null;
  effectiveAt: string;
  refunds: { refundId: string; amount: number }[];
  /** Empty when an amount alone was credited; `amount` without tax. */
  lines: { stripeLineId: string | null; description: string | null; amount: number; tax: number }[];
  url: string;
}

export interface StripePayout {
  id: string;
  /** Negative: Stripe collects a debt from the bank account. */
  amount: number;
  currency: string;
  status: PayoutStatus;
  createdAt: string;
  /** The day it is to be on the bank account, as Stripe and the bank name it. */
  arrivalDay: string;
  automatic: boolean;
  /** What it is made of can be listed, and all of it. */
  itemised: boolean;
  failureReason: string | null;
  row: BalanceRow | null;
  failureRow: BalanceRow | null;
  url: string;
}

export interface BalancePage {
  /** Newest first, as Stripe lists. */
  rows: BalanceRow[];
  next: string | null;
}

/** The money in the Stripe account: read only, since Stripe owns it. Pages of 100; pass `next` back in as `cursor`. */
export interface Balance {
  listRows(page: { createdFrom: string; cursor: string | null }): Promise<Outcome<BalancePage>>;
  /** What an itemised payout is made of, without its own row. */
  listRowsOfPayout(page: { payoutId: string; cursor: string | null }): Promise<Outcome<BalancePage>>;
  /** Available and pending together, per currency. */
  readTotals(): Promise<Outcome<{ currency: string; amount: number }[]>>;
  listRefunds(paymentId: string): Promise<Outcome<StripeRefund[]>>;
  listDisputes(paymentId: string): Promise<Outcome<StripeDispute[]>>;
  listCreditNotes(stripeInvoiceId: string): Promise<Outcome<StripeCreditNote[]>>;
  /** Null when Stripe has none of this id. */
  readPayout(payoutId: string): Promise<Outcome<StripePayout | null>>;
  /** Sent and not on the bank account yet. */
  listPayoutsUnderWay(): Promise<Outcome<StripePayout[]>>;
}
