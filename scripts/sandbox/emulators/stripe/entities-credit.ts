import type { Seconds } from './entities-payment.ts';
import type { LineTax } from './entities-tax.ts';
import type { Metadata } from './metadata.ts';

export interface CreditNote {
  id: string;
  created: Seconds;
  amount: number;
  credit_amount: number;
  currency: string;
  customer: string;
  customer_balance_transaction: string | null;
  effective_at: Seconds | null;
  invoice: string;
  lines: CreditNoteLine[];
  memo: string | null;
  metadata: Metadata;
  number: string;
  out_of_band_amount: number | null;
  post_payment_amount: number;
  pre_payment_amount: number;
  reason: string | null;
  refunds: { amount_refunded: number; refund: string }[];
  status: 'issued' | 'void';
  subtotal: number;
  taxes: LineTax[];
  voided_at: Seconds | null;
}

export interface CreditNoteLine {
  id: string;
  amount: number;
  description: string | null;
  invoice_line_item?: string;
  metadata: Metadata;
  quantity: number | null;
  taxes: LineTax[];
  type: 'custom_line_item' | 'invoice_line_item';
  unit_amount_decimal: string | null;
}

/** A payment that happened outside of Stripe, such as a cheque. */
export interface PaymentRecord {
  id: string;
  created: Seconds;
  amount_requested: number;
  amount_guaranteed: number;
  amount_failed: number;
  amount_canceled: number;
  amount_refunded: number;
  currency: string;
  customer_details: { customer: string | null; email: string | null; name: string | null; phone: string | null } | null;
  customer_presence: string | null;
  description: string | null;
  latest_payment_attempt_record: string;
  metadata: Metadata;
  payment_method: { display_name: string; type: string | null } | null;
  payment_reference: string | null;
}
