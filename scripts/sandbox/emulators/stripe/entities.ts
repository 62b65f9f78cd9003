import type { Seconds } from './entities-payment.ts';
import type { DiscountAmount } from './entities-discount.ts';
import type { LineTax } from './entities-tax.ts';
import type { Metadata } from './metadata.ts';

export type * from './entities-balance.ts';
export type * from './entities-catalogue.ts';
export type * from './entities-checkout.ts';
export type * from './entities-credit.ts';
export type * from './entities-discount.ts';
export type * from './entities-payment.ts';
export type * from './entities-schedule.ts';
export type * from './entities-subscription.ts';
export type * from './entities-tax.ts';

export interface Address {
  city: string | null;
  country: string | null;
  line1: string | null;
  line2: string | null;
  postal_code: string | null;
  state: string | null;
}

export interface Customer {
  id: string;
  created: Seconds;
  address: Address | null;
  /** Credit (negative) or debt per currency, in minor units. */
  balances: Record<string, number>;
  business_name?: string;
  individual_name?: string;
  currency: string | null;
  default_payment_method: string | null;
  description: string | null;
  /** Its present discount. */
  discount?: string | null;
  email: string | null;
  footer: string | null;
  invoice_prefix: string;
  metadata: Metadata;
  name: string | null;
  next_invoice_sequence: number;
  phone: string | null;
  preferred_locales: string[];
  shipping: Record<string, unknown> | null;
  tax_exempt: 'none' | 'exempt' | 'reverse';
  /** Whose time it lives in; the sandbox's clock without one. */
  test_clock?: string | null;
  deleted?: true;
}

export interface CustomerBalanceTransaction {
  id: string;
  created: Seconds;
  amount: number;
  currency: string;
  customer: string;
  description: string | null;
  ending_balance: number;
  invoice: string | null;
  metadata: Metadata;
  credit_note?: string;
  type:
    | 'adjustment'
    | 'applied_to_invoice'
    | 'credit_note'
    | 'invoice_overpaid'
    | 'invoice_too_large'
    | 'invoice_too_small'
    | 'unapplied_from_invoice';
}

/** An invoice item and the invoice line it backs: one record, two views. */
export interface Item {
  id: string;
  line: string;
  created: Seconds;
  amount: number;
  currency: string;
  customer: string;
  description: string | null;
  discountable: boolean;
  invoice: string | null;
  metadata: Metadata;
  test_clock?: string;
  period: { start: Seconds; end: Seconds };
  price: string;
  product: string;
  quantity_decimal: string;
  unit_amount_decimal: string;
  taxes: LineTax[];
  /** Rates of its own, of which `taxes` are made; without them the invoice's default rates count. */
  tax_rates?: string[];
  /** True: `taxes` were given as amounts. */
  taxes_given?: boolean;
  subscription?: string;
  subscription_item?: string;
  /** The charge for a whole period: a line only, no invoice item. */
  period_line?: true;
  /** A part of a period, given back or charged. */
  proration?: true;
  /** The line that a proration gives back of. */
  credited?: { invoice: string; invoice_line_items: string[] };
  /** Its own discounts. */
  discounts?: string[];
  /** What they and those of its invoice take off. */
  discount_amounts?: DiscountAmount[];
}

export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'uncollectible' | 'void';

export interface Invoice {
  id: string;
  created: Seconds;
  customer: string;
  currency: string;
  status: InvoiceStatus;
  amount_due: number;
  amount_overpaid: number;
  amount_paid: number;
  attempt_count: number;
  attempted: boolean;
  auto_advance: boolean;
  automatically_finalizes_at: Seconds | null;
  collection_method: 'charge_automatically' | 'send_invoice';
  custom_fields: { name: string; value: string }[] | null;
  customer_snapshot: Pick<Customer, 'address' | 'email' | 'name' | 'phone' | 'shipping' | 'tax_exempt'>;
  default_payment_method: string | null;
  default_tax_rates?: string[];
  description: string | null;
  discounts?: string[];
  due_date: Seconds | null;
  effective_at: Seconds | null;
  ending_balance: number | null;
  footer: string | null;
  metadata: Metadata;
  number: string | null;
  payment_settings: {
    default_mandate: string | null;
    payment_method_options: Record<string, unknown> | null;
    payment_method_types: string[] | null;
  };
  rendering: {
    amount_tax_display: string | null;
    pdf: { page_size: string | null } | null;
    template: string | null;
    template_version: number | null;
  } | null;
  starting_balance: number;
  statement_descriptor: string | null;
  status_transitions: {
    finalized_at: Seconds | null;
    marked_uncollectible_at: Seconds | null;
    paid_at: Seconds | null;
    voided_at: Seconds | null;
  };
  subtotal: number;
  subtotal_excluding_tax: number;
  total: number;
  total_excluding_tax: number;
  test_clock?: string;
  billing_reason?: string;
  subscription?: string;
  /** The subscription's metadata when the invoice was made. */
  subscription_metadata?: Metadata;
  period?: { start: Seconds; end: Seconds };
  next_payment_attempt?: Seconds | null;
  last_finalization_error?: Record<string, unknown>;
  total_discount_amounts?: DiscountAmount[];
  total_taxes: LineTax[];
  webhooks_delivered_at: Seconds | null;
  pre_payment_credit_notes_amount: number;
  post_payment_credit_notes_amount: number;
  /** Part of `amount_paid` that came by `paid_out_of_band`. */
  paid_off_stripe: number;
  /** Secret part of the hosted page's address; set when finalized. */
  token: string | null;
}

export interface StoredEvent {
  id: string;
  created: Seconds;
  type: string;
  object: Record<string, unknown>;
  previous_attributes: Record<string, unknown> | null;
  request_id: string | null;
  idempotency_key: string | null;
  /** Deliveries that are still under way. */
  pending_webhooks: number;
  /** A delivery was given up. */
  delivery_failed: boolean;
}

export interface WebhookEndpoint {
  id: string;
  created: Seconds;
  description: string | null;
  enabled_events: string[];
  api_version: string | null;
  metadata: Metadata;
  secret: string;
  /** The former secret, which signs as well until a time. */
  rolled?: { secret: string; until: Seconds };
  status: 'enabled' | 'disabled';
  /** Since when nothing sent to it arrived. */
  failing_since?: Seconds;
  url: string;
}

/** A webhook of the v2 API. */
export interface EventDestination extends Pick<
  WebhookEndpoint,
  'id' | 'created' | 'enabled_events' | 'failing_since' | 'metadata' | 'secret' | 'rolled' | 'status' | 'url'
> {
  updated: Seconds;
  description: string;
  event_payload: 'snapshot' | 'thin';
  name: string;
  snapshot_api_version?: string;
}

/** A kept answer. https://docs.stripe.com/api/idempotent_requests */
export interface IdempotencyRecord {
  id: string;
  created: Seconds;
  endpoint: string;
  fingerprint: string;
  status: number;
  body: string;
  request_id: string;
}

/** Something that happens by itself at a time of the clock. */
export interface DueWork {
  id: string;
  at: Seconds;
  kind:
    | 'settle-payment'
    | 'settle-refund'
    | 'fail-refund'
    | 'dispute-payment'
    | 'decide-dispute'
    | 'finalize-invoice'
    | 'collect-invoice'
    | 'invoice-will-be-due'
    | 'invoice-past-due'
    | 'invoice-overdue'
    | 'renew-subscription'
    | 'cancel-subscription'
    | 'expire-subscription'
    | 'trial-will-end'
    | 'follow-schedule'
    | 'expire-session'
    | 'advance-test-clock'
    | 'pay-out'
    | 'payout-leaves'
    | 'payout-arrives';
  reference: string;
  /** The test clock whose time it waits for; the sandbox's without one. */
  clock?: string;
}
