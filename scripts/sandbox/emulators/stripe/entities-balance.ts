import type { Seconds } from './entities-payment.ts';
import type { Metadata } from './metadata.ts';

export interface BalanceTransaction {
  id: string;
  created: Seconds;
  amount: number;
  available_on: Seconds;
  currency: string;
  description: string | null;
  exchange_rate: number | null;
  fee: number;
  /** What the fee is for; "Stripe processing fees" when left out. */
  fee_description?: string;
  /** Set where the type alone does not tell. */
  reporting_category?: string;
  source: string | null;
  type:
    | 'adjustment'
    | 'charge'
    | 'payment'
    | 'payment_refund'
    | 'payout'
    | 'payout_cancel'
    | 'payout_failure'
    | 'refund'
    | 'refund_failure'
    | 'stripe_fee';
  /** The automatic payout that took it; a payout's own row names that payout. */
  payout: string | null;
}

export interface Payout {
  id: string;
  created: Seconds;
  amount: number;
  arrival_date: Seconds;
  automatic: boolean;
  balance_transaction: string;
  currency: string;
  description: string | null;
  failure_balance_transaction: string | null;
  failure_code: string | null;
  failure_message: string | null;
  metadata: Metadata;
  reconciliation_status: 'completed' | 'in_progress' | 'not_applicable';
  statement_descriptor: string | null;
  status: 'pending' | 'in_transit' | 'paid' | 'failed' | 'canceled';
}

export interface Dispute {
  id: string;
  created: Seconds;
  amount: number;
  /** Ids, oldest first. */
  balance_transactions: string[];
  charge: string;
  currency: string;
  due_by: Seconds | null;
  evidence: Record<string, string>;
  metadata: Metadata;
  network_reason_code: string | null;
  payment_intent: string;
  reason: string;
  status: 'lost' | 'needs_response' | 'under_review' | 'warning_closed' | 'warning_needs_response' | 'warning_under_review' | 'won';
  submission_count: number;
}

export interface Refund {
  id: string;
  created: Seconds;
  amount: number;
  balance_transaction: string | null;
  charge: string;
  currency: string;
  failure_balance_transaction?: string;
  failure_reason?: string;
  instructions_email?: string;
  /** When instructions by e-mail went out and run out; only with `requires_action`. */
  instructions?: { sent: Seconds; expire: Seconds };
  metadata: Metadata;
  payment_intent: string;
  pending_reason?: string;
  reason: string | null;
  status: 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled';
}
