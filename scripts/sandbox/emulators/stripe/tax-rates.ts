import type { LineTax, TaxRate } from './entities.ts';
import { invalid } from './errors.ts';
import { newId } from './ids.ts';
import { mergeMetadata } from './metadata.ts';
import { need } from './need.ts';
import type { World } from './world.ts';

type Given = Record<string, unknown>;

/** https://docs.stripe.com/billing/taxes/tax-rates */
const MOST_RATES = 5;

/** Makes a rate of `tax_rate_data` or of the parameters of `/v1/tax_rates`. */
export function newTaxRate(world: World, data: Given, fingerprint: string): TaxRate {
  const text = (name: string) => (data[name] as string | undefined) ?? null;
  const rate: TaxRate = {
    id: newId('txr'),
    created: world.now(),
    active: (data['active'] as boolean | undefined) ?? true,
    description: text('description'),
    display_name: data['display_name'] as string,
    inclusive: data['inclusive'] as boolean,
    jurisdiction: text('jurisdiction'),
    metadata: mergeMetadata({}, data['metadata']),
    percentage: data['percentage'] as number,
    country: text('country'),
    state: text('state'),
    tax_type: text('tax_type'),
    fingerprint,
  };
  world.db.taxRates.put(rate);
  return rate;
}

/** Ids of active rates, each checked. */
export function readTaxRates(world: World, given: unknown, at: string): string[] {
  if (given === '' || given === undefined) return [];
  const ids = given as string[];
  if (ids.length > MOST_RATES) throw invalid(`You can specify up to ${MOST_RATES} tax rates.`, { param: at });
  const rates = ids.map((id, index) => need(world.db.taxRates, 'tax rate', id, `${at}[${index}]`));
  const inactive = rates.findIndex((rate) => rate.active === false);
  if (inactive >= 0) throw invalid(`The tax rate ${ids[inactive]} is inactive.`, { param: `${at}[${inactive}]` });
  if (new Set(rates.map((rate) => rate.inclusive)).size > 1)
    throw invalid('You cannot combine inclusive and exclusive tax rates.', { param: at });
  return ids;
}

/** What rates make of a line: exclusive ones on top, inclusive ones out of the amount; rounded per line and rate. */
export function taxesOf(world: World, amount: number, rates: string[]): LineTax[] {
  const found = rates.map((id) => need(world.db.taxRates, 'tax rate', id));
  const inclusive = found.filter((rate) => rate.inclusive).reduce((sum, rate) => sum + rate.percentage, 0);
  const net = amount / (1 + inclusive / 100);
  return found.map((rate) => ({
    amount: away(((rate.inclusive ? net : amount) * rate.percentage) / 100),
    inclusive: rate.inclusive,
    tax_rate: rate.id,
    taxability_reason: 'not_available',
    taxable_amount: rate.inclusive ? away(net) : amount,
  }));
}

/** Ties away from zero, free of the noise of binary fractions. */
const away = (value: number) => Math.sign(value) * Math.round(Math.abs(Number(value.toFixed(6))));
