import { missing, notModelled } from '../errors.ts';
import { endDiscount } from '../discounts/discounts.ts';
import type { Subscription } from '../entities.ts';
import { given, inRange, listPage } from '../pagination.ts';
import { searchPage } from '../search.ts';
import { need, view } from '../views.ts';
import type { Call, Route } from '../world.ts';
import { cancelSubscription, hasEnded } from './cancel.ts';
import { createSubscription } from './create.ts';
import { itemsOf } from './lines.ts';
import { pauseSubscription, resumeSubscription } from './pause.ts';
import { previewInvoice } from './preview.ts';
import { updateSubscription } from './update.ts';

const FIELDS = [
  'automatic_tax',
  'cancel_at',
  'cancel_at_period_end',
  'collection_method',
  'days_until_due',
  'default_payment_method',
  'default_tax_rates',
  'description',
  'discounts',
  'items',
  'metadata',
  'off_session',
  'payment_behavior',
  'proration_behavior',
  'trial_end',
  'trial_settings',
];

const subscriptionOf = ({ world, ids }: Call): Subscription => need(world.db.subscriptions, 'subscription', ids[0]!);
const answer = ({ world, ids }: Call) => view.subscription(world, ids[0]!);

function list({ world, params }: Call) {
  const status = params['status'] as string | undefined;
  const period = (subscription: Subscription) => itemsOf(world, subscription.id)[0];
  const wanted = (subscription: Subscription) =>
    (status === undefined ? subscription.status !== 'canceled' : status === 'all' || matches(subscription, status)) &&
    (params['customer'] !== undefined ||
      (world.db.customers.get(subscription.customer)?.test_clock ?? undefined) === params['test_clock']) &&
    (params['price'] === undefined || itemsOf(world, subscription.id).some((item) => item.price === params['price'])) &&
    inRange(period(subscription)?.current_period_end ?? 0, params['current_period_end']) &&
    inRange(period(subscription)?.current_period_start ?? 0, params['current_period_start']);
  return listPage(
    world.db.subscriptions,
    {
      url: '/v1/subscriptions',
      kind: 'subscription',
      params,
      criteria: given(params, 'customer', 'collection_method') as Partial<Subscription>,
      filter: wanted,
    },
    (subscription) => view.subscription(world, subscription.id),
  );
}

const matches = (subscription: Subscription, status: string) =>
  status === 'ended' ? hasEnded(subscription) : subscription.status === status;

function cancel(call: Call) {
  const { prorate, invoice_now, cancellation_details } = call.params as {
    prorate?: boolean;
    invoice_now?: boolean;
    cancellation_details?: { comment?: string; feedback?: string; feedback_option?: string };
  };
  const subscription = subscriptionOf(call);
  if (hasEnded(subscription)) throw missing('subscription', subscription.id);
  if (cancellation_details?.feedback_option) throw notModelled('feedback options', 'cancellation_details[feedback_option]');
  cancelSubscription(call.world, subscription, {
    prorate: prorate ?? false,
    invoice_now: invoice_now ?? false,
    comment: cancellation_details?.comment || null,
    feedback: cancellation_details?.feedback || null,
  });
  return answer(call);
}

function pause(call: Call) {
  const { bill_for, invoicing_behavior } = call.params;
  if (bill_for !== undefined || invoicing_behavior !== undefined) throw notModelled('billing for a pause', 'bill_for');
  pauseSubscription(call.world, subscriptionOf(call), 'pause_requested');
  return answer(call);
}

function resume(call: Call) {
  const anchor = (call.params['billing_cycle_anchor'] as { type: string } | undefined)?.type;
  if (anchor === 'unchanged') throw notModelled('resuming with the former anchor', 'billing_cycle_anchor[type]');
  resumeSubscription(call.world, subscriptionOf(call));
  return answer(call);
}

function removeDiscount(call: Call) {
  const { world } = call;
  const subscription = subscriptionOf(call);
  const [first] = subscription.discounts;
  if (first === undefined) throw missing('active discount for subscription', subscription.id);
  const before = answer(call);
  endDiscount(world, first);
  world.db.subscriptions.put({ ...subscription, discounts: subscription.discounts.slice(1) });
  world.emit('customer.subscription.updated', answer(call), before);
  return view.discount(world, first);
}

export const subscriptions: Route[] = [
  {
    method: 'POST',
    path: '/v1/subscriptions',
    takes: ['billing_mode', 'currency', 'customer', 'trial_from_plan', 'trial_period_days', ...FIELDS],
    handle: ({ world, params }) => view.subscription(world, createSubscription(world, params).id),
  },
  {
    method: 'GET',
    path: '/v1/subscriptions',
    takes: ['collection_method', 'current_period_end', 'current_period_start', 'customer', 'price', 'status', 'test_clock'],
    handle: list,
  },
  {
    method: 'GET',
    path: '/v1/subscriptions/search',
    takes: ['query', 'page'],
    handle: ({ world, params }) =>
      searchPage(world, world.db.subscriptions, 'subscriptions', params, (one) => view.subscription(world, one.id)),
  },
  { method: 'GET', path: '/v1/subscriptions/{id}', handle: answer },
  {
    method: 'POST',
    path: '/v1/subscriptions/{id}',
    takes: ['billing_cycle_anchor', 'cancellation_details', 'pause_collection', 'proration_date', ...FIELDS],
    handle(call) {
      updateSubscription(call.world, subscriptionOf(call), call.params);
      return answer(call);
    },
  },
  { method: 'DELETE', path: '/v1/subscriptions/{id}', takes: ['cancellation_details', 'invoice_now', 'prorate'], handle: cancel },
  { method: 'DELETE', path: '/v1/subscriptions/{id}/discount', handle: removeDiscount },
  { method: 'POST', path: '/v1/subscriptions/{id}/pause', takes: ['bill_for', 'invoicing_behavior', 'type'], handle: pause },
  { method: 'POST', path: '/v1/subscriptions/{id}/resume', takes: ['billing_cycle_anchor'], handle: resume },
  {
    method: 'POST',
    path: '/v1/invoices/create_preview',
    takes: ['customer', 'subscription', 'subscription_details'],
    handle: ({ world, params }) => previewInvoice(world, params),
  },
];
