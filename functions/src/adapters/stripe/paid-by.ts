import type Stripe from 'stripe';
import type { StripeInvoice } from '../../ports/payments.ts';
import { type Dashboard, fromInvoice, fromPaymentIntent } from './translate.ts';

/** What an invoice is paid by, and its payment intent with the charge. */
export type Paying = [part: Stripe.InvoicePayment, intent: Stripe.PaymentIntent];

/** Was to be paid by, and is not. */
export const isOff = ({ status, amount_paid: paid }: Stripe.InvoicePayment): boolean => status === 'canceled' && !paid;

/** An invoice with its payments; an intent that nobody has tried to pay yet is none. */
export function paidBy(invoice: Stripe.Invoice, paying: readonly Paying[], dashboard: Dashboard): StripeInvoice {
  const touched = paying.filter(([, intent]) => intent.latest_charge || intent.status === 'processing');
  const payments = touched.map(([part, intent]) => fromPaymentIntent(intent, part.amount_paid ?? 0, dashboard));
  return fromInvoice(
    invoice,
    dashboard,
    payments,
    payments.some((payment) => payment.status === 'Processing'),
  );
}
