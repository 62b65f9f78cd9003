import { DAY } from '../days.ts';
import { readDiscounts } from '../discounts/discounts.ts';
import type { Customer, PaymentIntent, Subscription, SubscriptionItem } from '../entities.ts';
import { StripeError, invalid } from '../errors.ts';
import { newId } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { need, view } from '../views.ts';
import type { World } from '../world.ts';
import { billNow } from './bill.ts';
import { fullAmount, priceOf } from './lines.ts';
import { periodEnd } from './periods.ts';
import { checkItems, readPlainFields } from './read-fields.ts';
import { newItem } from './read-items.ts';
import { planRenewal } from './save.ts';

type Given = Record<string, unknown>;

/** An unpaid first invoice is waited for so long. https://docs.stripe.com/billing/subscriptions/overview#subscription-statuses */
const INCOMPLETE_EXPIRES_AFTER = 23 * 3600;
const TRIAL_ENDS_NOTICE = 3 * DAY;

/** https://docs.stripe.com/api/subscriptions/create */
export function createSubscription(world: World, params: Given): Subscription {
  const customer = customerOf(world, params);
  const blank = blankSubscription(world, customer);
  const items = readItems(world, params, blank);
  const currency = priceOf(world, items[0]!).currency;
  const subscription: Subscription = { ...readPlainFields(world, { ...blank, currency }, params), currency };
  setTrial(world, subscription, params, items);
  const recurring = checkItems(world, subscription, items);
  const behaviour = (params['payment_behavior'] as string | undefined) ?? 'allow_incomplete';
  const end = subscription.trial_end ?? periodEnd(subscription.billing_cycle_anchor, recurring, world.now());
  if (subscription.cancel_at_period_end) subscription.cancel_at = end;
  if (subscription.status === 'incomplete' && behaviour !== 'default_incomplete') refuseWithoutMethod(world, subscription, items);
  world.db.subscriptions.put(subscription);
  for (const item of items) world.db.subscriptionItems.put({ ...item, current_period_start: world.now(), current_period_end: end });
  if (params['discounts'] !== undefined) {
    const owner = { customer: customer.id, subscription: subscription.id };
    subscription.discounts = readDiscounts(world, params['discounts'], owner, { currency }, 'discounts');
    world.db.subscriptions.put(subscription);
  }
  world.emit('customer.subscription.created', view.subscription(world, subscription.id));
  const now = world.now();
  const period = { start: now, end: now };
  const tried = billNow(world, subscription, { reason: 'subscription_create', charges: true, period }, behaviour !== 'default_incomplete');
  if (behaviour === 'error_if_incomplete') refuseUnpaid(world, tried);
  plan(world, subscription.id);
  return world.db.subscriptions.get(subscription.id)!;
}

function customerOf(world: World, params: Given): Customer {
  if (params['customer'] === undefined)
    throw invalid('Missing required param: customer.', { code: 'parameter_missing', param: 'customer' });
  return need(world.db.customers, 'customer', params['customer'] as string, 'customer');
}

function blankSubscription(world: World, customer: Customer): Subscription {
  const now = world.now();
  return {
    id: newId('sub'),
    created: now,
    billing_cycle_anchor: now,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, reason: null },
    collection_method: 'charge_automatically',
    currency: '',
    customer: customer.id,
    days_until_due: null,
    default_payment_method: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    ended_at: null,
    latest_invoice: null,
    metadata: mergeMetadata({}, undefined),
    pause_collection: null,
    paused_at: null,
    paused_by: null,
    schedule: null,
    start_date: now,
    status: 'incomplete',
    trial_end: null,
    trial_start: null,
    missing_payment_method: 'create_invoice',
  };
}

function readItems(world: World, params: Given, subscription: Subscription): SubscriptionItem[] {
  const given = (params['items'] as Given[] | undefined) ?? [];
  if (given.length === 0) throw invalid('Missing required param: items.', { code: 'parameter_missing', param: 'items' });
  const owner = { subscription: subscription.id, customer: subscription.customer };
  return given.map((item, index) => newItem(world, item, `items[${index}]`, owner));
}

/** A trial moves the first period's charge, and its anchor, to its end. https://docs.stripe.com/billing/subscriptions/trials */
function setTrial(world: World, subscription: Subscription, params: Given, items: SubscriptionItem[]): void {
  const { trial_end, trial_period_days, trial_from_plan } = params as {
    trial_end?: number | 'now';
    trial_period_days?: number;
    trial_from_plan?: boolean;
  };
  if (trial_end !== undefined && trial_period_days !== undefined)
    throw invalid('You may only specify one of these parameters: trial_end, trial_period_days.', { param: 'trial_end' });
  const now = world.now();
  const days = trial_from_plan ? (priceOf(world, items[0]!).recurring?.trial_period_days ?? undefined) : trial_period_days;
  const end = days === undefined ? trial_end : now + days * DAY;
  if (typeof end === 'number' && end > now) {
    Object.assign(subscription, { trial_start: now, trial_end: end, billing_cycle_anchor: end, status: 'trialing' });
    return;
  }
  if (typeof end === 'number' && trial_end !== undefined)
    throw invalid('Invalid timestamp: must be an integer Unix timestamp in the future.', { param: 'trial_end' });
  if (subscription.collection_method === 'send_invoice') subscription.status = 'active';
}

/** The words as users report them: https://github.com/laravel/cashier-stripe/issues/1157 */
function refuseWithoutMethod(world: World, subscription: Subscription, items: SubscriptionItem[]): void {
  if (subscription.default_payment_method ?? world.db.customers.get(subscription.customer)?.default_payment_method) return;
  if (items.every((item) => fullAmount(world, item) === 0)) return;
  throw invalid(
    'This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.',
    { code: 'resource_missing' },
  );
}

/** `error_if_incomplete`: nothing is kept when the first payment fails. */
export function refuseUnpaid(world: World, intent: PaymentIntent | undefined): void {
  if (!intent || intent.status === 'succeeded' || intent.status === 'processing') return;
  const error = intent.last_payment_error;
  throw new StripeError(402, {
    type: 'card_error',
    code: error?.code ?? 'subscription_payment_intent_requires_action',
    message: error?.message ?? 'Payment for this subscription requires additional user action before it can be completed successfully.',
    ...(error?.decline_code ? { decline_code: error.decline_code } : {}),
    payment_intent: view.payment_intent(world, intent.id),
  });
}

function plan(world: World, id: string): void {
  const subscription = world.db.subscriptions.get(id)!;
  planRenewal(world, id);
  if (subscription.cancel_at !== null && !subscription.cancel_at_period_end) world.later('cancel-subscription', subscription.cancel_at, id);
  if (subscription.status === 'incomplete') world.later('expire-subscription', world.now() + INCOMPLETE_EXPIRES_AFTER, id);
  if (subscription.trial_end !== null) world.later('trial-will-end', Math.max(subscription.trial_end - TRIAL_ENDS_NOTICE, world.now()), id);
}
