import { checkCurrency } from '../catalogue.ts';
import type { Coupon } from '../entities.ts';
import { invalid, missing } from '../errors.ts';
import { token } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { need } from '../need.ts';
import type { World } from '../world.ts';
import { formatCoupon, isValid } from './formatters.ts';

type Given = Record<string, unknown>;
/** https://docs.stripe.com/api/coupons/create#create_coupon-name */
const LONGEST_NAME = 40;

/** A coupon that is still there. */
export function couponOf(world: World, id: string, param = 'id'): Coupon {
  const coupon = world.db.coupons.get(id);
  if (!coupon || coupon.gone) throw missing('coupon', id, param);
  return coupon;
}

export function createCoupon(world: World, given: Given): Coupon {
  const id = (given['id'] as string | undefined) ?? token(8);
  if (world.db.coupons.get(id)) throw invalid('Coupon already exists.', { code: 'resource_already_exists', param: 'id' });
  const coupon: Coupon = {
    id,
    created: world.now(),
    ...readValue(given),
    ...readDuration(given),
    applies_to: readProducts(world, given),
    max_redemptions: (given['max_redemptions'] as number | undefined) ?? null,
    metadata: mergeMetadata({}, given['metadata']),
    name: readName(given['name']),
    redeem_by: (given['redeem_by'] as number | undefined) ?? null,
    times_redeemed: 0,
  };
  if (coupon.max_redemptions !== null && coupon.max_redemptions < 1)
    throw invalid('max_redemptions must be at least 1.', { code: 'parameter_invalid_integer', param: 'max_redemptions' });
  if (coupon.redeem_by !== null && coupon.redeem_by <= world.now())
    throw invalid('redeem_by must be in the future.', { code: 'parameter_invalid_integer', param: 'redeem_by' });
  world.db.coupons.put(coupon);
  world.emit('coupon.created', formatCoupon(coupon, world.now()));
  return coupon;
}

function readValue(given: Given): Pick<Coupon, 'amount_off' | 'currency' | 'currency_options' | 'percent_off'> {
  const { amount_off, percent_off, currency } = given as { amount_off?: number; percent_off?: number; currency?: string };
  if ((amount_off === undefined) === (percent_off === undefined))
    throw invalid('You must specify exactly one of amount_off and percent_off.', { code: 'parameter_missing', param: 'percent_off' });
  const currency_options = readCurrencyOptions(given['currency_options']);
  if (percent_off !== undefined) {
    if (percent_off <= 0 || percent_off > 100)
      throw invalid('percent_off must be greater than 0 and at most 100.', { param: 'percent_off' });
    if (Object.keys(currency_options).length)
      throw invalid('currency_options are for coupons with amount_off.', { param: 'currency_options' });
    return { amount_off: null, percent_off, currency: null, currency_options };
  }
  if (amount_off! < 1) throw invalid('Invalid positive integer', { code: 'parameter_invalid_integer', param: 'amount_off' });
  if (currency === undefined) throw invalid('Missing required param: currency.', { code: 'parameter_missing', param: 'currency' });
  return { amount_off: amount_off!, percent_off: null, currency: checkCurrency(currency, 'currency'), currency_options };
}

export const readCurrencyOptions = (given: unknown): Record<string, number> =>
  Object.fromEntries(
    Object.entries((given as Record<string, { amount_off: number }> | undefined) ?? {}).map(([code, { amount_off }]) => [
      checkCurrency(code, `currency_options[${code}]`),
      amount_off,
    ]),
  );

function readDuration(given: Given): Pick<Coupon, 'duration' | 'duration_in_months'> {
  const duration = (given['duration'] as Coupon['duration'] | undefined) ?? 'once';
  const months = given['duration_in_months'] as number | undefined;
  const param = 'duration_in_months';
  if (duration !== 'repeating') {
    if (months !== undefined) throw invalid('duration_in_months is for coupons with duration `repeating`.', { param });
    return { duration, duration_in_months: null };
  }
  if (months === undefined) throw invalid('Missing required param: duration_in_months.', { code: 'parameter_missing', param });
  if (months < 1) throw invalid('Invalid positive integer', { code: 'parameter_invalid_integer', param });
  return { duration, duration_in_months: months };
}

function readProducts(world: World, given: Given): string[] | null {
  const products = (given['applies_to'] as { products?: string[] } | undefined)?.products;
  if (!products?.length) return null;
  return products.map((id, index) => need(world.db.products, 'product', id, `applies_to[products][${index}]`).id);
}

export function readName(given: unknown): string | null {
  const name = (given as string | undefined) ?? null;
  if (name !== null && name.length > LONGEST_NAME)
    throw invalid(`Coupon names can be at most ${LONGEST_NAME} characters.`, { param: 'name' });
  return name;
}

/** Refuses what can no longer be redeemed. https://docs.stripe.com/error-codes#coupon-expired */
export function refuseUsedUp(world: World, coupon: Coupon, param: string): void {
  if (isValid(coupon, world.now())) return;
  const expired = coupon.redeem_by !== null && coupon.redeem_by <= world.now();
  if (expired) throw invalid(`Coupon expired: ${coupon.id}`, { code: 'coupon_expired', param });
  throw invalid(`Coupon ${coupon.id} is used up and cannot be applied.`, { param });
}

/** What it takes off in a currency; null when it knows no amount in it. */
export const amountOff = (coupon: Coupon, currency: string): number | null =>
  coupon.currency === currency ? coupon.amount_off : (coupon.currency_options[currency] ?? null);
