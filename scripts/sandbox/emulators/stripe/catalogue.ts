import type { Price, Product, Recurring } from './entities.ts';
import { invalid, notModelled } from './errors.ts';
import { newId } from './ids.ts';
import { mergeMetadata } from './metadata.ts';
import { isCurrency } from './currencies.ts';
import { trimDecimal } from './decimal.ts';
import { need } from './need.ts';
import type { World } from './world.ts';

type Given = Record<string, unknown>;

export function createProduct(world: World, given: Given, inline = false): Product {
  const now = world.now();
  const product: Product = {
    id: (given['id'] as string | undefined) ?? newId('prod'),
    created: now,
    active: (given['active'] as boolean | undefined) ?? !inline,
    description: (given['description'] as string | undefined) ?? null,
    images: (given['images'] as string[] | undefined) ?? [],
    metadata: mergeMetadata({}, given['metadata']),
    name: given['name'] as string,
    statement_descriptor: (given['statement_descriptor'] as string | undefined) ?? null,
    tax_code: (given['tax_code'] as string | undefined) ?? null,
    unit_label: (given['unit_label'] as string | undefined) ?? null,
    updated: now,
    url: (given['url'] as string | undefined) ?? null,
    shippable: (given['shippable'] as boolean | undefined) ?? null,
    inline,
  };
  world.db.products.put(product);
  return product;
}

/** Makes a price of `unit_amount` or `unit_amount_decimal` (exactly one). `at` names the parameter in errors. */
export function createPrice(world: World, given: Given, at: string, inline = false): Price {
  const child = (name: string) => (at === '' ? name : `${at}[${name}]`);
  const currency = checkCurrency(given['currency'] as string, child('currency'));
  const whole = given['unit_amount'] as number | undefined;
  const decimal = given['unit_amount_decimal'] as string | undefined;
  if ((whole === undefined) === (decimal === undefined)) {
    throw invalid(`You must specify exactly one of ${child('unit_amount')} and ${child('unit_amount_decimal')}.`, {
      code: 'parameter_missing',
      param: child('unit_amount'),
    });
  }
  const price: Price = {
    id: newId('price'),
    created: world.now(),
    active: (given['active'] as boolean | undefined) ?? !inline,
    currency,
    lookup_key: (given['lookup_key'] as string | undefined) ?? null,
    metadata: mergeMetadata({}, given['metadata']),
    nickname: (given['nickname'] as string | undefined) ?? null,
    product: productOf(world, given, at, inline),
    recurring: readRecurring(given['recurring'] as Given | undefined, child('recurring')),
    tax_behavior: (given['tax_behavior'] as string | undefined) ?? 'unspecified',
    unit_amount_decimal: trimDecimal(decimal ?? String(whole)),
    inline,
  };
  world.db.prices.put(price);
  return price;
}

/** https://docs.stripe.com/api/prices/create#create_price-recurring */
function readRecurring(given: Given | undefined, at: string): Recurring | null {
  if (!given) return null;
  if (given['usage_type'] === 'metered' || given['meter'] !== undefined) throw notModelled('metered usage', `${at}[usage_type]`);
  const { interval, interval_count = 1, trial_period_days = null } = given as unknown as Partial<Recurring> & Pick<Recurring, 'interval'>;
  const most = { day: 365 * 3, week: 156, month: 36, year: 3 }[interval];
  if (interval_count < 1 || interval_count > most)
    throw invalid(`The interval count of a price can be at most three years (${most} ${interval}s).`, { param: `${at}[interval_count]` });
  return { interval, interval_count, trial_period_days };
}

function productOf(world: World, given: Given, at: string, inline: boolean): string {
  const child = (name: string) => (at === '' ? name : `${at}[${name}]`);
  const id = given['product'] as string | undefined;
  const data = given['product_data'] as Given | undefined;
  if (id !== undefined && data !== undefined)
    throw invalid(`You may only specify one of these parameters: ${child('product')}, ${child('product_data')}.`, {
      param: child('product'),
    });
  if (id !== undefined) {
    const product = need(world.db.products, 'product', id, child('product'));
    if (at !== '') checkSold(product, child('product'));
    return product.id;
  }
  if (data !== undefined) return createProduct(world, data, inline).id;
  throw invalid(`You must specify one of ${child('product')} and ${child('product_data')}.`, {
    code: 'parameter_missing',
    param: child('product'),
  });
}

/** An archived product goes on no new invoice and no new subscription. https://docs.stripe.com/products-prices/manage-prices#archive-product */
export function checkSold({ id, active, inline }: Product, param: string): void {
  if (active || inline) return;
  throw invalid(`The product ${id} is marked as inactive, and thus cannot be added to new invoices or subscriptions.`, { param });
}

/** The lower-case code, or Stripe's refusal. */
export function checkCurrency(given: string, param: string): string {
  const code = given.toLowerCase();
  if (!isCurrency(code))
    throw invalid(
      `Invalid currency: ${code}. Stripe currently supports these currencies: usd, eur, gbp, jpy, kwd, and others listed at https://stripe.com/docs/currencies`,
      { param },
    );
  return code;
}
