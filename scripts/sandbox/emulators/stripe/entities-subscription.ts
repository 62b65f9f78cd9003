import type { Seconds } from './entities-payment.ts';
import type { Metadata } from './metadata.ts';

export interface Recurring {
  interval: 'day' | 'week' | 'month' | 'year';
  interval_count: number;
  trial_period_days: number | null;
}

export type SubscriptionStatus =
  | 'active'
  | 'canceled'
  | 'incomplete'
  | 'incomplete_expired'
  | 'past_due'
  | 'paused'
  | 'trialing'
  | 'unpaid';

export interface Subscription {
  id: string;
  created: Seconds;
  /** Where its periods are counted from. */
  billing_cycle_anchor: Seconds;
  cancel_at: Seconds | null;
  cancel_at_period_end: boolean;
  canceled_at: Seconds | null;
  cancellation_details: { comment: string | null; feedback: string | null; reason: string | null };
  collection_method: 'charge_automatically' | 'send_invoice';
  currency: string;
  customer: string;
  days_until_due: number | null;
  default_payment_method: string | null;
  default_tax_rates: string[];
  description: string | null;
  discounts: string[];
  ended_at: Seconds | null;
  latest_invoice: string | null;
  metadata: Metadata;
  pause_collection: { behavior: 'keep_as_draft' | 'mark_uncollectible' | 'void'; resumes_at: Seconds | null } | null;
  paused_at: Seconds | null;
  /** Why it is paused. */
  paused_by: 'pause_requested' | 'trial_end_without_payment_method' | null;
  schedule: string | null;
  start_date: Seconds;
  status: SubscriptionStatus;
  trial_end: Seconds | null;
  trial_start: Seconds | null;
  missing_payment_method: 'cancel' | 'create_invoice' | 'pause';
}

export interface SubscriptionItem {
  id: string;
  created: Seconds;
  current_period_end: Seconds;
  current_period_start: Seconds;
  discounts: string[];
  metadata: Metadata;
  price: string;
  quantity: number;
  subscription: string;
  tax_rates: string[];
}
