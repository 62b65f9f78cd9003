import { exponentOf } from './currency.ts';
import { fitsScale, formatDecimal, parseDecimal, roundTo, type Decimal } from './decimal.ts';
import { groupThousands } from './group-thousands.ts';

/** An amount as whole minor units (cents, yen, fils) of an ISO 4217 currency. Never a float. */
export interface Money {
  minor: number;
  currency: string;
}

/** What people and Apex get: the same amount as minor units, plain decimal and words. */
export interface MoneyText extends Money {
  decimal: string;
  display: string;
}

/** So large that 250 lines of it, taxed at 100 %, can still be added up exactly as numbers. */
const LARGEST = 10_000_000_000_000n;

/** Rounds an exact decimal to minor units, half away from zero. Null beyond ten million million of them. */
export function toMinor(value: Decimal, currency: string): number | null {
  const { unscaled } = roundTo(value, exponentOf(currency));
  return unscaled > LARGEST || unscaled < -LARGEST ? null : Number(unscaled);
}

/** Parses `1234.50` as money; null when it is no decimal, too fine for the currency or too large. */
export function parseMoney(text: string, currency: string): Money | null {
  const value = parseDecimal(text);
  if (!value || !fitsScale(value, exponentOf(currency))) return null;
  const minor = toMinor(value, currency);
  return minor === null ? null : { minor, currency };
}

/** Plain decimal text with the currency's places: 1234500 KWD -> `1234.500`. */
export function formatMinor(minor: number, currency: string): string {
  const places = exponentOf(currency);
  return formatDecimal({ unscaled: BigInt(minor), scale: places }, places);
}

/** Adds minor units; throws when the sum cannot be counted exactly. */
export function sum(amounts: readonly number[]): number {
  const total = amounts.reduce((all, amount) => all + amount, 0);
  if (!Number.isSafeInteger(total)) throw new Error(`A sum of ${amounts.length} amounts is too large to count exactly.`);
  return total;
}

export function moneyText(minor: number, currency: string): MoneyText {
  const decimal = formatMinor(minor, currency);
  const [whole = '', fraction] = decimal.split('.');
  return { minor, currency, decimal, display: `${currency} ${groupThousands(whole)}${fraction ? `.${fraction}` : ''}` };
}
