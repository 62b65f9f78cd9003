import { truncateDecimal } from '../decimal.ts';
import type { Price, Subscription, SubscriptionItem } from '../entities.ts';
import { formatPrice } from '../formatters.ts';
import { formatTaxRate } from '../formatters-tax.ts';
import type { World } from '../world.ts';

const livemode = false;
/** How many items a subscription carries itself. */
const FIRST_ITEMS = 20;

/** The older object of the same data. */
function formatPlan(price: Price) {
  const recurring = price.recurring!;
  const whole = /^-?\d+$/.test(price.unit_amount_decimal);
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: whole ? Number(price.unit_amount_decimal) : null,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: 'per_unit',
    created: price.created,
    currency: price.currency,
    interval: recurring.interval,
    interval_count: recurring.interval_count,
    livemode,
    metadata: price.metadata,
    meter: null,
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: recurring.trial_period_days,
    usage_type: 'licensed',
  };
}

const ratesOf = (world: World, ids: string[]) => ids.map((id) => formatTaxRate(world.db.taxRates.get(id)!));

export function formatSubscriptionItem(world: World, item: SubscriptionItem) {
  const price = world.db.prices.get(item.price)!;
  return {
    object: 'subscription_item',
    ...item,
    billing_thresholds: null,
    current_trial: null,
    plan: formatPlan(price),
    price: formatPrice(price),
    tax_rates: ratesOf(world, item.tax_rates),
  };
}

export function formatSubscription(world: World, subscription: Subscription) {
  const { missing_payment_method, paused_at, paused_by, cancellation_details, ...rest } = subscription;
  const items = world.db.subscriptionItems.where({ subscription: subscription.id });
  return {
    object: 'subscription',
    ...rest,
    application: null,
    application_fee_percent: null,
    automatic_tax: { disabled_reason: null, enabled: false, liability: null },
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
    billing_schedules: [],
    billing_thresholds: null,
    cancellation_details: { ...cancellation_details, feedback_option: null },
    customer_account: null,
    default_source: null,
    default_tax_rates: ratesOf(world, subscription.default_tax_rates),
    invoice_settings: { account_tax_ids: null, custom_fields: null, description: null, footer: null, issuer: { type: 'self' } },
    items: {
      object: 'list',
      data: items.slice(0, FIRST_ITEMS).map((item) => formatSubscriptionItem(world, item)),
      has_more: items.length > FIRST_ITEMS,
      total_count: items.length,
      url: `/v1/subscription_items?subscription=${subscription.id}`,
    },
    livemode,
    managed_payments: null,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: 'off' },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    ...(paused_by === null
      ? {}
      : { status_details: { paused: { subscription: { type: paused_by }, transitioned_at: paused_at, type: 'subscription' } } }),
    test_clock: world.db.customers.get(subscription.customer)?.test_clock ?? null,
    transfer_data: null,
    trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method } },
  };
}

/** "2 × Seat (at 10.00 USD / month)"; the dashboard's words for a period of a subscription. */
export function describePeriod(price: Price, product: string, quantity: string, amount: string): string {
  const { interval, interval_count } = price.recurring!;
  const every = interval_count === 1 ? interval : `every ${interval_count} ${interval}s`;
  return `${truncateDecimal(quantity)} × ${product} (at ${amount} / ${every})`;
}
