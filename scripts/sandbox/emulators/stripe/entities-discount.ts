import type { Seconds } from './entities-payment.ts';
import type { Metadata } from './metadata.ts';

export interface Coupon {
  id: string;
  created: Seconds;
  amount_off: number | null;
  /** Ids of the only products it is for. */
  applies_to: string[] | null;
  currency: string | null;
  /** Amounts off in currencies beside its own. */
  currency_options: Record<string, number>;
  duration: 'forever' | 'once' | 'repeating';
  duration_in_months: number | null;
  max_redemptions: number | null;
  metadata: Metadata;
  name: string | null;
  percent_off: number | null;
  redeem_by: Seconds | null;
  times_redeemed: number;
  /** No longer found nor redeemed; what was given before goes on. */
  gone?: true;
}

export interface PromotionCode {
  id: string;
  created: Seconds;
  active: boolean;
  code: string;
  coupon: string;
  customer: string | null;
  expires_at: Seconds | null;
  max_redemptions: number | null;
  metadata: Metadata;
  first_time_transaction: boolean;
  minimum_amount: number | null;
  minimum_amount_currency: string | null;
  times_redeemed: number;
}

/** A coupon at work on one thing. */
export interface Discount {
  id: string;
  created: Seconds;
  coupon: string;
  promotion_code: string | null;
  customer: string | null;
  invoice: string | null;
  invoice_item: string | null;
  subscription: string | null;
  subscription_item: string | null;
  checkout_session: string | null;
  end: Seconds | null;
  /** It was taken away. */
  gone?: true;
}

/** What one discount takes off one line, or off all of them. */
export interface DiscountAmount {
  amount: number;
  discount: string;
}
