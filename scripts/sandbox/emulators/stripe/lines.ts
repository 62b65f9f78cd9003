import { checkSold, createPrice, createProduct } from './catalogue.ts';
import { trimDecimal } from './decimal.ts';
import { readDiscounts } from './discounts/discounts.ts';
import type { Item, LineTax, Price } from './entities.ts';
import { invalid, missing, notModelled } from './errors.ts';
import { newId } from './ids.ts';
import { mergeMetadata } from './metadata.ts';
import { newTaxRate, readTaxRates, taxesOf } from './tax-rates.ts';
import { lineAmount } from './totals.ts';
import { need } from './views.ts';
import type { World } from './world.ts';

/** Parameters of a line or an invoice item, checked for form. */
export type LineParams = Record<string, unknown>;

/** https://docs.stripe.com/changelog/2016-02-22/no-more-than-250-invoice-items */
export const MOST_LINES = 250;
const MOST_TAXES = 20;
const PRICED_BY = ['amount', 'price_data', 'pricing', 'unit_amount_decimal'] as const;
const NOT_MODELLED = ['tax_behavior', 'tax_code'];

/** Makes a new item. `at` is the parameter's path, such as `lines[0]`, or '' for an invoice item of its own. */
export function createItem(
  world: World,
  owner: { customer: string; currency: string; invoice: string | null },
  given: LineParams,
  at: string,
): Item {
  const now = world.now();
  const blank: Item = {
    id: newId('ii'),
    line: newId('il'),
    created: now,
    amount: 0,
    currency: owner.currency,
    customer: owner.customer,
    description: null,
    discountable: true,
    invoice: owner.invoice,
    metadata: {},
    period: { start: now, end: now },
    price: '',
    product: '',
    quantity_decimal: '1',
    unit_amount_decimal: '0',
    taxes: [],
    ...clockOfCustomer(world, owner.customer),
  };
  if (!PRICED_BY.some((name) => given[name] !== undefined)) {
    throw invalid(`Missing required param: ${path(at, 'amount')}.`, { code: 'parameter_missing', param: path(at, 'amount') });
  }
  const item = changeItem(world, blank, given, at);
  if (given['discountable'] === undefined) item.discountable = item.amount >= 0;
  return item;
}

const clockOfCustomer = (world: World, customer: string) => {
  const test_clock = world.db.customers.get(customer)?.test_clock;
  return test_clock ? { test_clock } : {};
};

/** `lines[0]`, `price_data`, `currency` make `lines[0][price_data][currency]`. */
const path = (at: string, ...names: string[]) => names.reduce((whole, name) => (whole === '' ? name : `${whole}[${name}]`), at);

/** Applies parameters to an item and stores it. */
export function changeItem(world: World, item: Item, given: LineParams, at: string): Item {
  for (const name of NOT_MODELLED) {
    const value = given[name];
    if (value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0))
      throw notModelled(`${name} on lines`, path(at, name));
  }
  const changed: Item = { ...item, metadata: mergeMetadata(item.metadata, given['metadata']) };
  if (given['description'] !== undefined) changed.description = given['description'] as string;
  if (given['discountable'] !== undefined) changed.discountable = given['discountable'] as boolean;
  if (given['period'] !== undefined) changed.period = readPeriod(given['period'] as Item['period'], at);
  priceItem(world, changed, given, at);
  taxItem(world, changed, given, at);
  if (given['discounts'] !== undefined) {
    const owner = { customer: item.customer, invoice_item: item.id };
    changed.discounts = readDiscounts(world, given['discounts'], owner, changed, path(at, 'discounts'));
  }
  changed.description ??= world.db.products.get(changed.product)?.name ?? null;
  world.db.items.put(changed);
  return changed;
}

function readPeriod(period: Item['period'], at: string): Item['period'] {
  if (period.end < period.start)
    throw invalid('The period end must be greater than or equal to the start.', { param: path(at, 'period', 'end') });
  return period;
}

function priceItem(world: World, item: Item, given: LineParams, at: string): void {
  const ways = PRICED_BY.filter((name) => given[name] !== undefined);
  const quantity = readQuantity(given, at);
  if (ways.length > 1) throw invalid(`You may only specify one of these parameters: ${ways.join(', ')}.`, { param: path(at, ways[1]!) });
  if (given['amount'] !== undefined) {
    if (quantity !== undefined)
      throw invalid('You may only specify one of these parameters: amount, quantity.', { param: path(at, 'amount') });
    const amount = given['amount'] as number;
    Object.assign(item, ofPrice(inlinePrice(world, item, String(amount))), { quantity_decimal: '1', amount });
    return;
  }
  if (given['price_data'] !== undefined)
    Object.assign(
      item,
      ofPrice(
        samePrice(
          item,
          createPrice(world, given['price_data'] as LineParams, path(at, 'price_data'), true),
          path(at, 'price_data', 'currency'),
        ),
      ),
    );
  else if (given['pricing'] !== undefined) {
    const id = (given['pricing'] as { price?: string }).price;
    if (id === undefined)
      throw invalid(`Missing required param: ${path(at, 'pricing', 'price')}.`, {
        code: 'parameter_missing',
        param: path(at, 'pricing', 'price'),
      });
    const price = need(world.db.prices, 'price', id, path(at, 'pricing', 'price'));
    if (price.recurring)
      throw invalid('The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.', {
        param: path(at, 'pricing', 'price'),
      });
    if (!price.active)
      throw invalid('The price specified is inactive. This field only accepts active prices.', { param: path(at, 'pricing', 'price') });
    checkSold(need(world.db.products, 'product', price.product), path(at, 'pricing', 'price'));
    Object.assign(item, ofPrice(samePrice(item, price, path(at, 'pricing', 'price'))));
  } else if (given['unit_amount_decimal'] !== undefined)
    Object.assign(item, ofPrice(inlinePrice(world, item, given['unit_amount_decimal'] as string)));
  if (quantity !== undefined) item.quantity_decimal = quantity;
  if (ways.length || quantity !== undefined) item.amount = lineAmount(item.quantity_decimal, item.unit_amount_decimal);
}

const ofPrice = (price: Price) => ({ price: price.id, product: price.product, unit_amount_decimal: price.unit_amount_decimal });

/** An amount alone gets an inactive price and product of its own, as at Stripe. */
function inlinePrice(world: World, item: Item, unitAmount: string): Price {
  const product = createProduct(world, { name: (item.description ?? 'Invoice item').slice(0, 250) }, true);
  return createPrice(world, { currency: item.currency, product: product.id, unit_amount_decimal: unitAmount }, '', true);
}

function samePrice(item: Item, price: Price, param: string): Price {
  if (price.currency !== item.currency)
    throw invalid(
      `The price specified has currency ${price.currency}, but the invoice has currency ${item.currency}. All lines of an invoice have its currency.`,
      { param },
    );
  return price;
}

function readQuantity(given: LineParams, at: string): string | undefined {
  const whole = given['quantity'] as number | undefined;
  const decimal = given['quantity_decimal'] as string | undefined;
  if (whole !== undefined && decimal !== undefined)
    throw invalid('You may only specify one of these parameters: quantity, quantity_decimal.', { param: path(at, 'quantity') });
  const text = decimal ?? (whole === undefined ? undefined : String(whole));
  if (text?.startsWith('-'))
    throw invalid('The quantity must be greater than or equal to 0.', {
      param: path(at, decimal === undefined ? 'quantity' : 'quantity_decimal'),
    });
  return text === undefined ? undefined : trimDecimal(text);
}

/** Amounts that the caller computed, or rates; giving one takes the other away. */
function taxItem(world: World, item: Item, given: LineParams, at: string): void {
  const amounts = given['tax_amounts'];
  const rates = given['tax_rates'];
  if (amounts !== undefined && amounts !== '' && rates !== undefined && rates !== '')
    throw invalid('You may only specify one of these parameters: tax_amounts, tax_rates.', { param: path(at, 'tax_rates') });
  if (amounts !== undefined) Object.assign(item, { taxes: readTaxes(world, amounts, at), taxes_given: amounts !== '', tax_rates: [] });
  if (rates !== undefined && (rates !== '' || item.tax_rates?.length))
    Object.assign(item, { tax_rates: readTaxRates(world, rates, path(at, 'tax_rates')), taxes_given: false, taxes: [] });
  if (item.tax_rates?.length) item.taxes = taxesOf(world, item.amount, item.tax_rates);
}

/** Taxes that the caller computed. An equal `tax_rate_data` reuses its TaxRate, as documented for `tax_amounts`. */
function readTaxes(world: World, given: unknown, at: string): LineTax[] {
  if (given === '') return [];
  const taxes = given as { amount: number; taxable_amount: number; taxability_reason?: string; tax_rate_data: Record<string, unknown> }[];
  if (taxes.length > MOST_TAXES) throw invalid(`A line can have up to ${MOST_TAXES} tax amounts.`, { param: path(at, 'tax_amounts') });
  return taxes.map(({ amount, taxable_amount, taxability_reason = 'not_available', tax_rate_data }) => {
    const inclusive = tax_rate_data['inclusive'] as boolean;
    return { amount, inclusive, tax_rate: taxRate(world, tax_rate_data), taxability_reason, taxable_amount };
  });
}

function taxRate(world: World, data: Record<string, unknown>): string {
  const fingerprint = JSON.stringify(Object.entries(data).sort());
  const [known] = world.db.taxRates.where({ fingerprint }, { limit: 1 });
  return (known ?? newTaxRate(world, data, fingerprint)).id;
}

/** The item behind a line id, if it lies on this invoice. */
export function itemOfLine(world: World, invoice: string, line: string, param: string): Item {
  const [item] = world.db.items.where({ line }, { limit: 1 });
  if (item?.invoice !== invoice) throw missing('line item', line, param);
  return item;
}
