import type { Seconds } from './entities-payment.ts';
import type { Metadata } from './metadata.ts';

export interface PhaseItem {
  price: string;
  quantity: number;
  metadata: Metadata;
  tax_rates: string[];
}

export interface Phase {
  collection_method: 'charge_automatically' | 'send_invoice' | null;
  currency: string;
  days_until_due: number | null;
  default_payment_method: string | null;
  description: string | null;
  end_date: Seconds;
  items: PhaseItem[];
  metadata: Metadata;
  proration_behavior: 'always_invoice' | 'create_prorations' | 'none';
  start_date: Seconds;
  trial_end: Seconds | null;
}

export interface SubscriptionSchedule {
  id: string;
  created: Seconds;
  canceled_at: Seconds | null;
  collection_method: 'charge_automatically' | 'send_invoice';
  completed_at: Seconds | null;
  customer: string;
  days_until_due: number | null;
  default_payment_method: string | null;
  description: string | null;
  end_behavior: 'cancel' | 'release';
  metadata: Metadata;
  phases: Phase[];
  /** Index of the phase that its subscription is in; -1 before the first. */
  phase: number;
  released_at: Seconds | null;
  released_subscription: string | null;
  status: 'active' | 'canceled' | 'completed' | 'not_started' | 'released';
  subscription: string | null;
}

export interface TestClock {
  id: string;
  created: Seconds;
  deletes_after: Seconds;
  frozen_time: Seconds;
  name: string | null;
  /** Where it is on its way to. */
  target: Seconds | null;
}
