import type { Seconds } from './entities-payment.ts';
import type { Metadata } from './metadata.ts';

export interface CheckoutItem {
  id: string;
  price: string;
  quantity: number;
  metadata: Metadata;
  tax_rates: string[];
}

/** What the payment or the subscription of a session gets. */
export interface CheckoutData {
  description: string | null;
  metadata: Metadata;
  trial_period_days: number | null;
}

export interface CheckoutSession {
  id: string;
  created: Seconds;
  allow_promotion_codes: boolean | null;
  cancel_url: string | null;
  client_reference_id: string | null;
  currency: string;
  customer: string | null;
  customer_creation: 'always' | 'if_required' | null;
  customer_email: string | null;
  /** What the customer typed. */
  email: string | null;
  data: CheckoutData;
  discounts: { coupon: string | null; promotion_code: string | null }[];
  expires_at: Seconds;
  items: CheckoutItem[];
  metadata: Metadata;
  mode: 'payment' | 'subscription';
  payment_intent: string | null;
  payment_link: string | null;
  payment_status: 'no_payment_required' | 'paid' | 'unpaid';
  status: 'complete' | 'expired' | 'open';
  subscription: string | null;
  success_url: string | null;
}

export interface PaymentLink {
  id: string;
  created: Seconds;
  active: boolean;
  after_completion: {
    type: 'hosted_confirmation' | 'redirect';
    redirect?: { url: string };
    hosted_confirmation?: { custom_message: string | null };
  };
  allow_promotion_codes: boolean;
  currency: string;
  customer_creation: 'always' | 'if_required';
  data: CheckoutData;
  inactive_message: string | null;
  items: CheckoutItem[];
  metadata: Metadata;
  mode: 'payment' | 'subscription';
  token: string;
}
