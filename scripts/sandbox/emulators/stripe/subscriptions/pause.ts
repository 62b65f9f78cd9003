import type { Subscription } from '../entities.ts';
import { invalid } from '../errors.ts';
import { view } from '../views.ts';
import type { World } from '../world.ts';
import { billNow } from './bill.ts';
import { itemsOf, priceOf } from './lines.ts';
import { periodEnd } from './periods.ts';
import { forgetPlans, planRenewal, saveSubscription } from './save.ts';

/** No invoices until it is resumed. https://docs.stripe.com/api/subscriptions/pause */
export function pauseSubscription(world: World, subscription: Subscription, paused_by: NonNullable<Subscription['paused_by']>): void {
  if (!['active', 'past_due', 'trialing', 'unpaid'].includes(subscription.status))
    throw invalid(`You cannot pause a subscription that is ${subscription.status}.`);
  forgetPlans(world, subscription.id);
  saveSubscription(world, { ...subscription, status: 'paused', paused_at: world.now(), paused_by }, {}, 'customer.subscription.paused');
}

/** A new cycle begins now; it is active once its invoice is paid. https://docs.stripe.com/api/subscriptions/resume */
export function resumeSubscription(world: World, subscription: Subscription): void {
  if (subscription.status !== 'paused') throw invalid(`You cannot resume a subscription that is ${subscription.status}.`);
  const before = view.subscription(world, subscription.id);
  const now = world.now();
  for (const item of itemsOf(world, subscription.id)) {
    const end = periodEnd(now, priceOf(world, item).recurring!, now);
    world.db.subscriptionItems.put({ ...item, current_period_start: now, current_period_end: end });
  }
  const moved = saveSubscription(world, { ...subscription, billing_cycle_anchor: now }, before);
  if (subscription.collection_method === 'send_invoice') reactivate(world, moved);
  billNow(world, moved, { reason: 'subscription_update', charges: true, period: { start: now, end: now } });
  planRenewal(world, subscription.id);
}

export function reactivate(world: World, subscription: Subscription): void {
  saveSubscription(world, { ...subscription, status: 'active', paused_at: null, paused_by: null }, {}, 'customer.subscription.resumed');
}
