import { checkSold, createPrice } from '../catalogue.ts';
import type { CheckoutData, CheckoutItem, Price } from '../entities.ts';
import { invalid, notModelled } from '../errors.ts';
import { newId } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { readTaxRates } from '../tax-rates.ts';
import { need } from '../views.ts';
import type { World } from '../world.ts';

type Given = Record<string, unknown>;
type Mode = 'payment' | 'subscription';
/** https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-line_items */
const MOST_ITEMS = 100;

/** The `line_items` of a session or a link, with the mode they fit; without a mode it is what the prices are. */
export function readItems(world: World, given: Given[] | undefined, mode?: Mode): { items: CheckoutItem[]; currency: string; mode: Mode } {
  if (!given?.length) throw invalid('Missing required param: line_items.', { code: 'parameter_missing', param: 'line_items' });
  if (given.length > MOST_ITEMS) throw invalid(`You can pass up to ${MOST_ITEMS} line items.`, { param: 'line_items' });
  const items = given.map((item, index) => readItem(world, item, `line_items[${index}]`));
  const prices = items.map((item) => world.db.prices.get(item.price)!);
  const currency = prices[0]!.currency;
  if (prices.some((price) => price.currency !== currency))
    throw invalid('All prices of a Checkout Session must have the same currency.', { param: 'line_items' });
  const found = mode ?? (prices.some((price) => price.recurring) ? 'subscription' : 'payment');
  checkMode(prices, found);
  return { items, currency, mode: found };
}

function readItem(world: World, given: Given, at: string): CheckoutItem {
  if ((given['adjustable_quantity'] as { enabled: boolean } | undefined)?.enabled)
    throw notModelled('quantities that customers adjust', `${at}[adjustable_quantity]`);
  const data = given['price_data'] as Given | undefined;
  const id = given['price'] as string | undefined;
  if ((data === undefined) === (id === undefined))
    throw invalid(`You must specify exactly one of ${at}[price] and ${at}[price_data].`, {
      code: 'parameter_missing',
      param: `${at}[price]`,
    });
  const price = data ? createPrice(world, data, `${at}[price_data]`, true) : need(world.db.prices, 'price', id!, `${at}[price]`);
  if (!data && !price.active)
    throw invalid('The price specified is inactive. This field only accepts active prices.', { param: `${at}[price]` });
  if (!data) checkSold(need(world.db.products, 'product', price.product), `${at}[price]`);
  const quantity = given['quantity'] as number | undefined;
  if (quantity === undefined)
    throw invalid(`Missing required param: ${at}[quantity].`, { code: 'parameter_missing', param: `${at}[quantity]` });
  if (quantity < 1)
    throw invalid('This value must be greater than or equal to 1.', { code: 'parameter_invalid_integer', param: `${at}[quantity]` });
  return {
    id: newId('li'),
    price: price.id,
    quantity,
    metadata: mergeMetadata({}, given['metadata']),
    tax_rates: readTaxRates(world, given['tax_rates'], `${at}[tax_rates]`),
  };
}

function checkMode(prices: Price[], mode: Mode): void {
  const param = 'line_items';
  const recurring = prices.filter((price) => price.recurring).length;
  if (mode === 'payment' && recurring)
    throw invalid(
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
      { param },
    );
  if (mode === 'subscription' && recurring === 0)
    throw invalid('You must provide at least one recurring price in `subscription` mode when using prices.', { param });
  if (mode === 'subscription' && recurring < prices.length) throw notModelled('one-time prices in subscription mode', param);
}

/** `payment_intent_data` or `subscription_data`. */
export function readData(params: Given, mode: Mode): CheckoutData {
  const name = mode === 'payment' ? 'payment_intent_data' : 'subscription_data';
  const wrong = mode === 'payment' ? 'subscription_data' : 'payment_intent_data';
  if (params[wrong] !== undefined) throw invalid(`You can not pass \`${wrong}\` in \`${mode}\` mode.`, { param: wrong });
  const given = (params[name] as Given | undefined) ?? {};
  const known = ['description', 'metadata', ...(mode === 'subscription' ? ['trial_period_days'] : [])];
  const other = Object.keys(given).find((one) => !known.includes(one));
  if (other !== undefined) throw notModelled(`${name}[${other}]`, `${name}[${other}]`);
  return {
    description: (given['description'] as string | undefined) || null,
    metadata: mergeMetadata({}, given['metadata']),
    trial_period_days: (given['trial_period_days'] as number | undefined) ?? null,
  };
}
