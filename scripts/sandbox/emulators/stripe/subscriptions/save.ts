import type { Subscription } from '../entities.ts';
import { view } from '../views.ts';
import type { World } from '../world.ts';

/** Stores a subscription and tells what changed, if anything did. */
export function saveSubscription(
  world: World,
  changed: Subscription,
  before: object,
  type = 'customer.subscription.updated',
): Subscription {
  world.db.subscriptions.put(changed);
  const after = view.subscription(world, changed.id);
  if (type !== 'customer.subscription.updated') world.emit(type, after);
  else if (JSON.stringify(before) !== JSON.stringify(after)) world.emit(type, after, before);
  return changed;
}

/** Has its next period begin by itself. */
export function planRenewal(world: World, id: string): void {
  const ends = world.db.subscriptionItems.where({ subscription: id }).map((item) => item.current_period_end);
  if (ends.length) world.later('renew-subscription', Math.min(...ends), id);
}

export function forgetPlans(world: World, id: string): void {
  for (const kind of ['renew-subscription', 'cancel-subscription', 'expire-subscription', 'trial-will-end'] as const)
    world.noLater(kind, id);
}
