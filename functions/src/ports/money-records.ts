import type { BalanceRow } from '../domain/balance-row.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { PayoutRecord, PayoutStatus } from '../domain/stripe-money.ts';
import type { SyncIssueWrite } from './records.ts';

export interface PayoutWrite {
  companyId: string;
  /** ISO instant: when Stripe, and QuickBooks where it is booked, were as written. */
  asOf: string;
  payout: PayoutRecord;
  issues: SyncIssueWrite[];
}

/** Salesforce, for money that belongs to the Stripe account and not to one invoice. */
export interface MoneyRecords {
  /** Upsert by the Stripe id, with its findings, in one composite call. */
  writePayout(write: PayoutWrite): Promise<Outcome<{ payoutId: string }>>;
  /** Upsert of its lines by balance transaction, 200 a call; payments that Salesforce knows are linked. */
  writePayoutLines(write: { payoutId: string; rows: BalanceRow[] }): Promise<Outcome<null>>;
  /** Stripe ids of payouts that can still change or miss their lines: not final, or automatic and not itemised. */
  listOpenPayouts(): Promise<Outcome<{ stripePayoutId: string; status: PayoutStatus }[]>>;
  /** Salesforce ids of invoices with a refund, dispute or credit that is not final or not booked; 500 at most, oldest first. */
  listUnsettledInvoices(): Promise<Outcome<string[]>>;
  /** Of these Stripe payments, those Salesforce holds as booked in QuickBooks. */
  listBookedPayments(stripePaymentIds: string[]): Promise<Outcome<string[]>>;
}
