import type { SubscriptionItem } from '../entities.ts';
import { invalid } from '../errors.ts';
import { listPage } from '../pagination.ts';
import { need, view } from '../views.ts';
import type { Call, Route } from '../world.ts';
import { itemsOf } from './lines.ts';
import { updateSubscription } from './update.ts';

const FIELDS = [
  'discounts',
  'metadata',
  'off_session',
  'payment_behavior',
  'price',
  'price_data',
  'proration_behavior',
  'proration_date',
  'quantity',
  'tax_rates',
];
const OF_SUBSCRIPTION = ['off_session', 'payment_behavior', 'proration_behavior', 'proration_date'];

const itemOf = ({ world, ids }: Call): SubscriptionItem => need(world.db.subscriptionItems, 'subscription_item', ids[0]!);

/** Changes one item by way of its subscription, which bills and tells of it. */
function change({ world, params }: Call, subscription: string, item: Record<string, unknown>): void {
  const outer = Object.fromEntries(Object.entries(params).filter(([name]) => OF_SUBSCRIPTION.includes(name)));
  const own = Object.fromEntries(Object.entries(params).filter(([name]) => name !== 'subscription' && !OF_SUBSCRIPTION.includes(name)));
  updateSubscription(world, need(world.db.subscriptions, 'subscription', subscription, 'subscription'), {
    ...outer,
    items: [{ ...own, ...item }],
  });
}

function create(call: Call) {
  const { world, params } = call;
  const id = params['subscription'] as string;
  const before = new Set(itemsOf(world, need(world.db.subscriptions, 'subscription', id, 'subscription').id).map((item) => item.id));
  change(call, id, {});
  return view.subscription_item(world, itemsOf(world, id).find((item) => !before.has(item.id))!.id);
}

function remove(call: Call) {
  const item = itemOf(call);
  if (itemsOf(call.world, item.subscription).length === 1)
    throw invalid('A subscription must have at least one active plan. To cancel a subscription, cancel it.');
  change(call, item.subscription, { id: item.id, deleted: true });
  return { id: item.id, object: 'subscription_item', deleted: true };
}

export const subscriptionItems: Route[] = [
  { method: 'POST', path: '/v1/subscription_items', takes: ['subscription', ...FIELDS], handle: create },
  {
    method: 'GET',
    path: '/v1/subscription_items',
    takes: ['subscription'],
    handle: ({ world, params }) =>
      listPage(
        world.db.subscriptionItems,
        {
          url: '/v1/subscription_items',
          kind: 'subscription_item',
          params,
          criteria: { subscription: need(world.db.subscriptions, 'subscription', params['subscription'] as string, 'subscription').id },
          oldestFirst: true,
        },
        (item) => view.subscription_item(world, item.id),
      ),
  },
  { method: 'GET', path: '/v1/subscription_items/{id}', handle: ({ world, ids }) => view.subscription_item(world, ids[0]!) },
  {
    method: 'POST',
    path: '/v1/subscription_items/{id}',
    takes: FIELDS,
    handle(call) {
      const item = itemOf(call);
      change(call, item.subscription, { id: item.id });
      return view.subscription_item(call.world, item.id);
    },
  },
  {
    method: 'DELETE',
    path: '/v1/subscription_items/{id}',
    takes: ['payment_behavior', 'proration_behavior', 'proration_date'],
    handle: remove,
  },
];
