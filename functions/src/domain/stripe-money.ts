import type { Money } from './money.ts';

/** The picklists of Trueup_Refund__c, Trueup_Dispute__c and Trueup_Payout__c. */
export type RefundStatus = 'Pending' | 'Requires Action' | 'Succeeded' | 'Failed' | 'Canceled';
export type DisputeStatus = 'Inquiry' | 'Inquiry Closed' | 'Needs Response' | 'Under Review' | 'Won' | 'Lost';
export type PayoutStatus = 'Pending' | 'In Transit' | 'Paid' | 'Failed' | 'Canceled';
export type DisputeKind = 'Dispute' | 'Inquiry' | 'Bank Return';

/** What all of them carry: where it is booked, and who shows it. */
interface Booked {
  quickbooksId: string | null;
  quickbooksUrl: string | null;
  /** Every entry it needs so far is in QuickBooks. */
  booked: boolean;
  stripeUrl: string;
}

export interface RefundRecord extends Booked {
  stripeRefundId: string;
  stripePaymentId: string;
  amount: Money;
  status: RefundStatus;
  reason: string | null;
  failureReason: string | null;
  /** ISO instant. */
  refundedAt: string;
}

export interface DisputeRecord extends Booked {
  stripeDisputeId: string;
  stripePaymentId: string;
  amount: Money;
  kind: DisputeKind;
  status: DisputeStatus;
  reason: string | null;
  openedAt: string;
  respondBy: string | null;
}

export interface CreditMemoRecord extends Booked {
  stripeCreditNoteId: string;
  number: string;
  amount: Money;
  status: 'Open' | 'Applied' | 'Void';
  /** Day in the company's time zone. */
  creditDate: string;
  reason: string | null;
  /** What counts against the invoice: minor units. */
  applied: number;
}

export interface PayoutRecord extends Booked {
  stripePayoutId: string;
  amount: Money;
  status: PayoutStatus;
  initiatedAt: string;
  arrivalDay: string;
  automatic: boolean;
  /** All its lines are written. */
  itemised: boolean;
  failureReason: string | null;
}

/** Debits of a bank account, which the customer can have returned; nobody argues with the bank. https://docs.stripe.com/disputes */
const BANK_DEBITS = new Set(['us_bank_account', 'sepa_debit', 'bacs_debit', 'au_becs_debit', 'acss_debit']);

export function disputeKind({ method, status }: { method: string | null; status: DisputeStatus }): DisputeKind {
  if (status === 'Inquiry' || status === 'Inquiry Closed') return 'Inquiry';
  return method !== null && BANK_DEBITS.has(method) ? 'Bank Return' : 'Dispute';
}
