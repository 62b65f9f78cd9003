import { readDiscounts } from '../discounts/discounts.ts';
import type { Subscription, SubscriptionItem } from '../entities.ts';
import { invalid, missing, notModelled } from '../errors.ts';
import { view } from '../views.ts';
import type { World } from '../world.ts';
import { billNow } from './bill.ts';
import { refuseUnpaid } from './create.ts';
import { itemsOf, priceOf } from './lines.ts';
import { periodEnd, sameInterval } from './periods.ts';
import { chargeRemaining, creditUnused, prorationDate } from './prorate.ts';
import { checkItems, readPlainFields } from './read-fields.ts';
import { changeItem, newItem } from './read-items.ts';
import { forgetPlans, planRenewal, saveSubscription } from './save.ts';

type Given = Record<string, unknown>;

/** What becomes of each item. */
interface Change {
  before?: SubscriptionItem;
  after?: SubscriptionItem;
}

/** https://docs.stripe.com/api/subscriptions/update */
export function updateSubscription(world: World, subscription: Subscription, params: Given, by: 'api' | 'schedule' = 'api'): void {
  refuseEnded(subscription, params);
  if (subscription.schedule !== null && by === 'api') refuseScheduled(subscription, params);
  const before = view.subscription(world, subscription.id);
  const changed = readPlainFields(world, subscription, params);
  const now = world.now();
  if (params['pause_collection'] !== undefined)
    changed.pause_collection = params['pause_collection'] === '' ? null : readPause(params['pause_collection'] as Given);
  if (params['discounts'] !== undefined) {
    const owner = { customer: subscription.customer, subscription: subscription.id };
    changed.discounts = readDiscounts(world, params['discounts'], owner, { currency: changed.currency }, 'discounts');
  }
  const items = itemsOf(world, subscription.id);
  if (changed.cancel_at_period_end) changed.cancel_at = Math.min(...items.map((item) => item.current_period_end));
  if (changed.cancel_at !== subscription.cancel_at) planCancellation(world, changed, now);
  const changes = readChanges(world, subscription, (params['items'] as Given[] | undefined) ?? [], items);
  const anew = startsAnew(world, changed, params, changes);
  applyChanges(world, changed, changes, params, anew);
  saveSubscription(world, changed, before);
  const billed = billChanges(world, changed, params, changes, anew);
  if (params['payment_behavior'] === 'error_if_incomplete') refuseUnpaid(world, billed);
}

function refuseEnded(subscription: Subscription, params: Given): void {
  if (subscription.status !== 'canceled' && subscription.status !== 'incomplete_expired') return;
  const wrong = Object.keys(params).find((name) => name !== 'metadata' && name !== 'cancellation_details');
  if (wrong !== undefined)
    throw invalid('A canceled subscription can only update its cancellation_details and metadata.', {
      code: 'invalid_canceled_subscription_fields',
      param: wrong,
    });
}

function refuseScheduled(subscription: Subscription, params: Given): void {
  const ending = ['cancel_at', 'cancel_at_period_end'].find((name) => params[name] !== undefined);
  if (ending !== undefined)
    throw invalid(
      `The subscription is managed by the subscription schedule \`${subscription.schedule}\`, and updating any cancelation behavior directly is not allowed. Please update the schedule instead.`,
      { param: ending },
    );
  if (params['items'] !== undefined) throw notModelled('changing the items of a subscription with a schedule', 'items');
}

function readPause({ behavior, resumes_at }: Given): Subscription['pause_collection'] {
  if (resumes_at !== undefined) throw notModelled('resuming collection by itself', 'pause_collection[resumes_at]');
  return { behavior: behavior as NonNullable<Subscription['pause_collection']>['behavior'], resumes_at: null };
}

function planCancellation(world: World, changed: Subscription, now: number): void {
  changed.canceled_at = changed.cancel_at === null ? null : now;
  changed.cancellation_details = {
    ...changed.cancellation_details,
    reason: changed.cancel_at === null ? null : 'cancellation_requested',
  };
  world.noLater('cancel-subscription', changed.id);
  // The end of a period is the renewal's own affair.
  if (changed.cancel_at !== null && !changed.cancel_at_period_end) world.later('cancel-subscription', changed.cancel_at, changed.id);
}

function readChanges(world: World, subscription: Subscription, given: Given[], items: SubscriptionItem[]): Change[] {
  const owner = { subscription: subscription.id, customer: subscription.customer };
  return given.map(({ id, deleted, ...fields }, index) => {
    const at = `items[${index}]`;
    if (id === undefined) return { after: newItem(world, fields, at, owner) };
    const item = items.find((one) => one.id === id);
    if (!item) throw missing('subscription_item', id as string, `${at}[id]`);
    return deleted ? { before: item } : { before: item, after: changeItem(world, item, fields, at, subscription.customer) };
  });
}

/** Another interval, an asked-for anchor or the end of the trial begin a new cycle now. https://docs.stripe.com/billing/subscriptions/billing-cycle */
function startsAnew(world: World, subscription: Subscription, params: Given, changes: Change[]): boolean {
  const anchor = (params['billing_cycle_anchor'] as { type: string } | undefined)?.type;
  const trialEnd = params['trial_end'] as number | 'now' | undefined;
  if (typeof trialEnd === 'number') throw notModelled('moving the end of a trial', 'trial_end');
  const present = priceOf(world, itemsOf(world, subscription.id)[0]!).recurring!;
  const other = changes.some((change) => change.before && change.after && !sameInterval(priceOf(world, change.after).recurring!, present));
  if (trialEnd === 'now' && subscription.status === 'trialing') {
    Object.assign(subscription, { trial_end: world.now(), status: 'active' });
    return true;
  }
  return anchor === 'now' || (other && subscription.status !== 'trialing');
}

function applyChanges(world: World, subscription: Subscription, changes: Change[], params: Given, anew: boolean): void {
  const behaviour = (params['proration_behavior'] as string | undefined) ?? 'create_prorations';
  const items = itemsOf(world, subscription.id);
  const over = world.now() >= items[0]!.current_period_end;
  const prorates =
    behaviour !== 'none' && !over && ['active', 'past_due'].includes(subscription.status) && params['trial_end'] === undefined;
  const at = prorationDate(world, params['proration_date'] as number | undefined, items[0]!);
  const period = { current_period_start: items[0]!.current_period_start, current_period_end: items[0]!.current_period_end };
  const untouched = anew ? items.filter((item) => !changes.some((change) => change.before?.id === item.id)) : [];
  for (const { before, after } of [...changes, ...untouched.map((item): Change => ({ before: item, after: item }))]) {
    const priced = !before || !after || anew || before.price !== after.price || before.quantity !== after.quantity;
    if (prorates && priced && before) creditUnused(world, subscription, before, at);
    const stored = after && { ...after, ...(before ? {} : period) };
    if (prorates && priced && stored && !anew) chargeRemaining(world, subscription, stored, at);
    if (stored) world.db.subscriptionItems.put(stored);
    else if (before) world.db.subscriptionItems.delete(before.id);
  }
  const recurring = checkItems(world, subscription, itemsOf(world, subscription.id));
  if (!anew) return;
  const now = world.now();
  subscription.billing_cycle_anchor = now;
  const end = periodEnd(now, recurring, now);
  for (const item of itemsOf(world, subscription.id))
    world.db.subscriptionItems.put({ ...item, current_period_start: now, current_period_end: end });
  forgetPlans(world, subscription.id);
  planRenewal(world, subscription.id);
}

function billChanges(world: World, subscription: Subscription, params: Given, changes: Change[], anew: boolean) {
  const now = world.now();
  const period = { start: now, end: now };
  if (anew) return billNow(world, subscription, { reason: 'subscription_update', charges: true, period });
  const pending = world.db.items.where({ subscription: subscription.id, invoice: null }, { limit: 1 }).length > 0;
  if (params['proration_behavior'] !== 'always_invoice' || !changes.length || !pending) return undefined;
  return billNow(world, subscription, { reason: 'subscription_update', charges: false, period });
}
