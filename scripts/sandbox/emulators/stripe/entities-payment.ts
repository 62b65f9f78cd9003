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
  /** Exactly one of the two. */
  payment_intent: string | null;
  payment_record: string | null;
  status: 'open' | 'paid' | 'canceled';
  canceled_at: Seconds | null;
  paid_at: Seconds | null;
}

export type PaymentIntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'processing'
  | 'succeeded'
  | 'canceled';

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
  metadata?: Metadata;
  /** It was taken off its customer and cannot be used again. */
  detached?: true;
  /** What a charge of it leads to. */
  behaviour:
    | 'succeeds'
    | 'declined'
    | 'insufficient_funds'
    | 'needs_authentication'
    | 'available_at_once'
    | 'refund_pends'
    | 'refund_fails'
    | 'disputed_as_fraudulent'
    | 'disputed_as_not_received'
    | 'inquired'
    | 'settles'
    | 'returned'
    | 'closed'
    | 'unknown_account'
    | 'not_authorized'
    | 'disputed_after_settling'
    | 'processes_forever';
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
  disputed: boolean;
  failure_code: string | null;
  failure_message: string | null;
  metadata: Metadata;
  payment_intent: string;
  payment_method: string;
  receipt_email: string | null;
  status: 'succeeded' | 'pending' | 'failed';
}
