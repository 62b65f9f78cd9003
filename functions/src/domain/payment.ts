import type { Money } from './money.ts';

export type PaymentStatus = 'Processing' | 'Succeeded' | 'Failed' | 'Refunded' | 'Partially Refunded' | 'Disputed';

/** A payment as Salesforce holds it (Trueup_Payment__c) with its allocation to one invoice (Trueup_Allocation__c). */
export interface PaymentRecord {
  /** Shown name: the Stripe payment id, or the cheque number. */
  name: string;
  sourceSystem: 'Stripe' | 'QuickBooks';
  status: PaymentStatus;
  amount: Money;
  method: string | null;
  /** ISO instant. */
  receivedAt: string;
  stripePaymentId: string | null;
  stripeChargeId: string | null;
  quickbooksPaymentId: string | null;
  stripeUrl: string | null;
  quickbooksUrl: string | null;
  /** True once QuickBooks holds it. */
  booked: boolean;
  /** What of it counts against the invoice, in minor units; 0 when failed, voided or refunded whole. */
  allocated: number;
}

/** `<source system>:<payment id>`: the key of the payment, the same from every road that finds it. */
export function paymentKey(payment: Pick<PaymentRecord, 'sourceSystem' | 'stripePaymentId' | 'quickbooksPaymentId'>): string {
  return payment.sourceSystem === 'Stripe' ? `stripe:${payment.stripePaymentId}` : `quickbooks:${payment.quickbooksPaymentId}`;
}
