import { exponentOf, smallestStep } from './currency.ts';
import { decimal, fitsScale, formatDecimal, multiply, parseDecimal, roundTo, subtract, type Decimal } from './decimal.ts';
import { toMinor } from './money.ts';

export const QUANTITY_PLACES = 7;
export const PRICE_PLACES = 8;

/**
 * Quantity x unit price, rounded once to the smallest step every system can hold, in minor units; null when either is no
 * decimal of its places or the amount is too large.
 */
export function lineAmount(quantity: string, unitPrice: string, currency: string): number | null {
  const product = exactProduct(quantity, unitPrice);
  return product && toMinor(roundTo(product, placesHeld(currency)), currency);
}

/** True when quantity x price needs no rounding: then every system comes to the amount by itself and both may be sent. */
export function reproducesAmount(quantity: string, unitPrice: string, currency: string): boolean {
  const product = exactProduct(quantity, unitPrice);
  return product !== null && fitsScale(product, placesHeld(currency));
}

/**
 * True when the price is an amount the currency has but not every system can hold (1.235 KWD) and the line does not come out
 * even either: what was agreed would be changed. Finer prices, quantities and discounts are rounded like in any currency.
 */
export function isTooFine(agreedPrice: string, quantity: string, unitPrice: string, currency: string): boolean {
  const price = parseDecimal(agreedPrice);
  if (!price || !fitsScale(price, exponentOf(currency)) || fitsScale(price, placesHeld(currency))) return false;
  return exactProduct(quantity, unitPrice) !== null && !reproducesAmount(quantity, unitPrice, currency);
}

/** Places after the point that Stripe, QuickBooks and Salesforce all hold: USD 2, JPY 0, KWD 2. */
const placesHeld = (currency: string): number => exponentOf(currency) - (smallestStep(currency) === 10 ? 1 : 0);

/** The price per unit with the discount folded in, to 8 places. */
export function netUnitPrice(unitPrice: string, discountPercent: string | null): string {
  if (discountPercent === null) return formatDecimal(roundTo(decimal(unitPrice), PRICE_PLACES));
  const share = subtract({ unscaled: 100n, scale: 0 }, decimal(discountPercent));
  const net = multiply(decimal(unitPrice), { unscaled: share.unscaled, scale: share.scale + 2 });
  return formatDecimal(roundTo(net, PRICE_PLACES));
}

/** Tax of one line at `rate` percent, rounded once to the smallest step every system can hold, in minor units. */
export function taxOfLine(amount: number, rate: string, currency: string): number {
  const percent = decimal(rate);
  const step = smallestStep(currency);
  const tens = step === 10 ? 1 : 0;
  const steps = roundTo({ unscaled: BigInt(amount) * percent.unscaled, scale: percent.scale + 2 + tens }, 0);
  return Number(steps.unscaled) * step;
}

function exactProduct(quantity: string, unitPrice: string): Decimal | null {
  const q = parseDecimal(quantity);
  const p = parseDecimal(unitPrice);
  if (!q || !p || !fitsScale(q, QUANTITY_PLACES) || !fitsScale(p, PRICE_PLACES)) return null;
  return multiply(q, p);
}
