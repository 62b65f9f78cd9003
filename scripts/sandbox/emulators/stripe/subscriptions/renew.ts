import type { Subscription } from '../entities.ts';
import { followSchedule } from '../schedules/schedules.ts';
import { view } from '../views.ts';
import type { World } from '../world.ts';
import { billLater } from './bill.ts';
import { cancelSubscription } from './cancel.ts';
import { itemsOf, priceOf } from './lines.ts';
import type { Period } from './lines.ts';
import { pauseSubscription } from './pause.ts';
import { periodEnd } from './periods.ts';
import { planRenewal, saveSubscription } from './save.ts';

const RENEWED = ['active', 'past_due', 'trialing', 'unpaid'];

/** A period is over: the next one begins and is billed, or the subscription ends. */
export function renewSubscription(world: World, id: string): void {
  const scheduled = world.db.subscriptions.get(id)?.schedule;
  if (scheduled) followSchedule(world, scheduled);
  const subscription = world.db.subscriptions.get(id);
  if (!subscription || !RENEWED.includes(subscription.status)) return;
  // A phase of another interval has begun a period already.
  if (itemsOf(world, id)[0]!.current_period_end > world.now()) return;
  if (subscription.cancel_at_period_end) return cancelSubscription(world, subscription);
  const before = view.subscription(world, id);
  const started = subscription.status === 'trialing' ? endTrial(world, subscription) : subscription;
  if (!started) return;
  const over = beginNextPeriod(world, started);
  saveSubscription(world, started, before);
  planRenewal(world, id);
  billLater(world, started, { reason: 'subscription_cycle', charges: true, period: over });
}

/** Moves every item to its next period; the one that is over is answered. */
export function beginNextPeriod(world: World, subscription: Subscription): Period {
  const items = itemsOf(world, subscription.id);
  const { current_period_start: start, current_period_end: end } = items[0]!;
  for (const item of items) {
    const next = periodEnd(subscription.billing_cycle_anchor, priceOf(world, item).recurring!, end);
    world.db.subscriptionItems.put({ ...item, current_period_start: end, current_period_end: next });
  }
  return { start, end };
}

/** Undefined: without a payment method it does not go on. https://docs.stripe.com/billing/subscriptions/trials/free-trials */
function endTrial(world: World, subscription: Subscription): Subscription | undefined {
  const method = subscription.default_payment_method ?? world.db.customers.get(subscription.customer)?.default_payment_method;
  const started: Subscription = { ...subscription, status: 'active' };
  if (method || subscription.collection_method === 'send_invoice' || subscription.missing_payment_method === 'create_invoice')
    return started;
  if (subscription.missing_payment_method === 'cancel') cancelSubscription(world, subscription);
  else pauseSubscription(world, subscription, 'trial_end_without_payment_method');
  return undefined;
}

/** Three days before a trial ends. */
export function announceTrialEnd(world: World, id: string): void {
  if (world.db.subscriptions.get(id)?.status === 'trialing')
    world.emit('customer.subscription.trial_will_end', view.subscription(world, id));
}
