import { checkSold, createPrice } from '../catalogue.ts';
import { readDiscounts } from '../discounts/discounts.ts';
import type { Price, SubscriptionItem } from '../entities.ts';
import { invalid, notModelled } from '../errors.ts';
import { newId } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { readTaxRates } from '../tax-rates.ts';
import { need } from '../views.ts';
import type { World } from '../world.ts';

type Given = Record<string, unknown>;
/** https://docs.stripe.com/billing/subscriptions/multiple-products */
export const MOST_ITEMS = 20;
const NOT_MODELLED = ['billing_thresholds', 'clear_usage', 'current_trial', 'plan'];

/** A new item of `items[n]` or of `/v1/subscription_items`; not stored yet. */
export function newItem(world: World, given: Given, at: string, owner: { subscription: string; customer: string }): SubscriptionItem {
  if (given['price'] === undefined && given['price_data'] === undefined && given['plan'] === undefined)
    throw invalid(`Missing required param: ${child(at, 'price')}.`, { code: 'parameter_missing', param: child(at, 'price') });
  const blank: SubscriptionItem = {
    id: newId('si'),
    created: world.now(),
    current_period_end: 0,
    current_period_start: 0,
    discounts: [],
    metadata: {},
    price: '',
    quantity: 1,
    subscription: owner.subscription,
    tax_rates: [],
  };
  return changeItem(world, blank, given, at, owner.customer);
}

const child = (at: string, name: string) => (at === '' ? name : `${at}[${name}]`);

/** The item with parameters applied, each checked. */
export function changeItem(world: World, item: SubscriptionItem, given: Given, at: string, customer: string): SubscriptionItem {
  const other = NOT_MODELLED.find((name) => given[name] !== undefined && given[name] !== '');
  if (other !== undefined) throw notModelled(`${other} of subscription items`, child(at, other));
  const price = readPrice(world, given, at);
  const quantity = (given['quantity'] as number | undefined) ?? item.quantity;
  if (quantity < 0) throw invalid('Invalid non-negative integer', { code: 'parameter_invalid_integer', param: child(at, 'quantity') });
  const changed: SubscriptionItem = {
    ...item,
    metadata: mergeMetadata(item.metadata, given['metadata']),
    price: price?.id ?? item.price,
    quantity,
    ...(given['tax_rates'] === undefined ? {} : { tax_rates: readTaxRates(world, given['tax_rates'], child(at, 'tax_rates')) }),
  };
  if (given['discounts'] !== undefined)
    changed.discounts = readDiscounts(
      world,
      given['discounts'],
      { customer, subscription: item.subscription, subscription_item: item.id },
      { currency: world.db.prices.get(changed.price)!.currency },
      child(at, 'discounts'),
    );
  return changed;
}

function readPrice(world: World, given: Given, at: string): Price | undefined {
  if (given['price'] !== undefined && given['price_data'] !== undefined)
    throw invalid('You may only specify one of these parameters: price, price_data.', { param: child(at, 'price') });
  if (given['price_data'] !== undefined) return createPrice(world, given['price_data'] as Given, child(at, 'price_data'), true);
  if (given['price'] === undefined) return undefined;
  const price = need(world.db.prices, 'price', given['price'] as string, child(at, 'price'));
  if (!price.active)
    throw invalid('The price specified is inactive. This field only accepts active prices.', { param: child(at, 'price') });
  if (!price.recurring)
    throw invalid('The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.', {
      param: child(at, 'price'),
    });
  checkSold(need(world.db.products, 'product', price.product), child(at, 'price'));
  return price;
}
