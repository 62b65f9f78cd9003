import { isRunning } from '../discounts/discounts.ts';
import { invalid, notModelled } from '../errors.ts';
import type { Item, Subscription, SubscriptionItem } from '../entities.ts';
import { formatItem } from '../formatters-invoice.ts';
import type { World } from '../world.ts';
import { fullAmount, nameOf, priceOf, subscriptionLine } from './lines.ts';

/** The time that counts for a proration, within the present period. */
export function prorationDate(world: World, given: number | undefined, item: SubscriptionItem): number {
  const at = given ?? world.now();
  if (at < item.current_period_start || at > item.current_period_end)
    throw invalid('Cannot specify `proration_date` outside of current period.', { param: 'proration_date' });
  return at;
}

/** Gives back what is left of the period for an item as it was. https://docs.stripe.com/billing/subscriptions/prorations */
export function creditUnused(world: World, subscription: Subscription, item: SubscriptionItem, at: number): void {
  const [line] = world.db.items
    .where({ subscription_item: item.id }, { desc: true })
    .filter((one) => one.period_line && one.invoice !== null && one.period.end === item.current_period_end);
  add(world, subscription, item, at, {
    amount: -share(world, subscription, item, at),
    description: `Unused time on ${described(world, item)} after ${day(at)}`,
    ...(line ? { credited: { invoice: line.invoice!, invoice_line_items: [line.line] } } : {}),
  });
}

/** Charges what is left of the period for an item as it is now. */
export function chargeRemaining(world: World, subscription: Subscription, item: SubscriptionItem, at: number): void {
  add(world, subscription, item, at, {
    amount: share(world, subscription, item, at),
    description: `Remaining time on ${described(world, item)} after ${day(at)}`,
  });
}

/** To the second, rounded once, ties away from zero; percentages off are included. */
function share(world: World, subscription: Subscription, item: SubscriptionItem, at: number): number {
  const length = item.current_period_end - item.current_period_start;
  const part = length === 0 ? 0 : (item.current_period_end - at) / length;
  return Math.round(Number((fullAmount(world, item) * part * kept(world, subscription, item)).toFixed(6)));
}

/** What running discounts leave of a price. */
function kept(world: World, subscription: Subscription, item: SubscriptionItem): number {
  let factor = 1;
  for (const id of [...item.discounts, ...subscription.discounts].filter((one) => isRunning(world, one))) {
    const coupon = world.db.coupons.get(world.db.discounts.get(id)!.coupon)!;
    if (coupon.applies_to && !coupon.applies_to.includes(priceOf(world, item).product)) continue;
    if (coupon.percent_off === null) throw notModelled('prorations with an amount off', 'proration_behavior');
    factor *= 1 - coupon.percent_off / 100;
  }
  return factor;
}

function add(
  world: World,
  subscription: Subscription,
  item: SubscriptionItem,
  at: number,
  line: Pick<Item, 'amount' | 'description'> & Partial<Item>,
): void {
  const pending = subscriptionLine(world, subscription, item, {
    discountable: false,
    invoice: null,
    metadata: subscription.metadata,
    period: { start: at, end: item.current_period_end },
    proration: true,
    ...line,
  });
  world.db.items.put(pending);
  world.emit('invoiceitem.created', formatItem(pending));
}

const day = (seconds: number) =>
  new Date(seconds * 1000).toLocaleDateString('en-GB', { timeZone: 'UTC', day: '2-digit', month: 'short', year: 'numeric' });

const described = (world: World, item: SubscriptionItem): string => {
  const name = nameOf(world, priceOf(world, item));
  return item.quantity === 1 ? name : `${item.quantity} × ${name}`;
};
