import type { Metadata } from './metadata.ts';

/** Seconds since the epoch, as everywhere in Stripe's API. */
export type Seconds = number;

export interface InvoicePayment {
  id: string;
  created: Seconds;
  amount_paid: number | null;
  amount_requested: number;
  currency: string;
  invoice: string;
  is_default: boolean;
  payment_intent: string;
  status: 'open' | 'paid' | 'canceled';
  canceled_at: Seconds | null;
  paid_at: Seconds | null;
}

export type PaymentIntentStatus =
  'requires_payment_method' | 'requires_confirmation' | 'requires_action' | 'processing' | 'succeeded' | 'canceled';

export interface PaymentIntent {
  id: string;
  created: Seconds;
  amount: number;
  amount_received: number;
  canceled_at: Seconds | null;
  cancellation_reason: string | null;
  client_secret: string;
  currency: string;
  customer: string | null;
  description: string | null;
  last_payment_error: {
    type: 'card_error' | 'invalid_request_error';
    code: string;
    decline_code?: string;
    message: string;
    charge?: string;
    payment_method: string;
  } | null;
  latest_charge: string | null;
  metadata: Metadata;
  payment_method: string | null;
  payment_method_types: string[];
  receipt_email: string | null;
  statement_descriptor: string | null;
  status: PaymentIntentStatus;
}

export interface PaymentMethod {
  id: string;
  created: Seconds;
  customer: string | null;
  type: 'card' | 'us_bank_account';
  last4: string;
  brand: string;
  name: string | null;
  email: string | null;
  /** What a charge of it leads to. */
  behaviour: 'succeeds' | 'declined' | 'insufficient_funds' | 'needs_authentication' | 'settles' | 'returned';
}

export interface Charge {
  id: string;
  created: Seconds;
  amount: number;
  amount_refunded: number;
  balance_transaction: string | null;
  currency: string;
  customer: string | null;
  description: string | null;
  failure_code: string | null;
  failure_message: string | null;
  metadata: Metadata;
  payment_intent: string;
  payment_method: string;
  receipt_email: string | null;
  status: 'succeeded' | 'pending' | 'failed';
}

export interface Refund {
  id: string;
  created: Seconds;
  amount: number;
  balance_transaction: string | null;
  charge: string;
  currency: string;
  metadata: Metadata;
  payment_intent: string;
  reason: string | null;
  status: 'pending' | 'succeeded';
}

export interface BalanceTransaction {
  id: string;
  created: Seconds;
  amount: number;
  available_on: Seconds;
  currency: string;
  description: string | null;
  fee: number;
  source: string;
  type: 'charge' | 'payment' | 'refund' | 'payment_refund';
}
