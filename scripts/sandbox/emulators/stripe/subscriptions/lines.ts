import { display } from '../currencies.ts';
import { isRunning } from '../discounts/discounts.ts';
import type { Item, Price, Subscription, SubscriptionItem } from '../entities.ts';
import { newId } from '../ids.ts';
import { lineAmount } from '../totals.ts';
import type { World } from '../world.ts';
import { describePeriod } from './formatters.ts';

export interface Period {
  start: number;
  end: number;
}

export const itemsOf = (world: World, subscription: string): SubscriptionItem[] => world.db.subscriptionItems.where({ subscription });
export const priceOf = (world: World, item: Pick<SubscriptionItem, 'price'>): Price => world.db.prices.get(item.price)!;
export const nameOf = (world: World, price: Price): string => world.db.products.get(price.product)?.name ?? price.product;

/** What a subscription item costs for one whole period. */
export const fullAmount = (world: World, item: Pick<SubscriptionItem, 'price' | 'quantity'>): number =>
  lineAmount(String(item.quantity), priceOf(world, item).unit_amount_decimal);

/** An invoice line or a pending item of a subscription; not stored yet. */
export function subscriptionLine(
  world: World,
  subscription: Subscription,
  item: SubscriptionItem,
  line: Pick<Item, 'amount' | 'description' | 'invoice' | 'period'> & Partial<Item>,
): Item {
  const price = priceOf(world, item);
  const testClock = world.db.customers.get(subscription.customer)?.test_clock;
  return {
    id: newId('ii'),
    line: newId('il'),
    created: world.now(),
    currency: subscription.currency,
    customer: subscription.customer,
    discountable: true,
    metadata: {},
    price: price.id,
    product: price.product,
    quantity_decimal: String(item.quantity),
    unit_amount_decimal: price.unit_amount_decimal,
    taxes: [],
    ...(item.tax_rates.length ? { tax_rates: item.tax_rates } : {}),
    subscription: subscription.id,
    subscription_item: item.id,
    ...(testClock ? { test_clock: testClock } : {}),
    ...line,
  };
}

/** Puts the charge for one period of each item on an invoice. */
export function addPeriodLines(world: World, subscription: Subscription, invoice: string): void {
  const trial = subscription.status === 'trialing';
  for (const item of itemsOf(world, subscription.id)) {
    const price = priceOf(world, item);
    const amount = fullAmount(world, item);
    const description = trial
      ? `Trial period for ${nameOf(world, price)}`
      : describePeriod(price, nameOf(world, price), String(item.quantity), display(Number(price.unit_amount_decimal), price.currency));
    world.db.items.put(
      subscriptionLine(world, subscription, item, {
        amount: trial ? 0 : amount,
        ...(trial ? { unit_amount_decimal: '0' } : {}),
        description,
        discounts: item.discounts.filter((id) => isRunning(world, id)),
        invoice,
        metadata: subscription.metadata,
        period: { start: item.current_period_start, end: item.current_period_end },
        period_line: true,
      }),
    );
  }
}

/** Puts what waits for the next invoice of the customer or of this subscription on it. */
export function takePendingItems(world: World, subscription: Subscription, invoice: string): number {
  const { customer, currency } = subscription;
  const pending = world.db.items
    .where({ customer, invoice: null, currency })
    .filter((item) => item.subscription === undefined || item.subscription === subscription.id);
  for (const item of pending) world.db.items.put({ ...item, invoice });
  return pending.length;
}
