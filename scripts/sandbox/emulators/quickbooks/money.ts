/** QuickBooks Online holds every amount at two decimals, whatever the currency; quantities and prices have up to seven. */
const AMOUNT_DECIMALS = 2;

interface Decimal {
  units: bigint;
  scale: number;
}

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Reads a JSON number or a numeric string exactly; undefined when it is neither. */
export function parseDecimal(value: unknown): Decimal | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const match = DECIMAL.exec(String(value).trim());
  if (!match) return undefined;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  if (whole + fraction === '') return undefined;
  let units = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  let scale = fraction.length - Number(exponent);
  if (scale < 0) {
    units *= 10n ** BigInt(-scale);
    scale = 0;
  }
  return { units, scale };
}

/** Rescales with half away from zero, which is how QuickBooks rounds line amounts. */
function rescale({ units, scale }: Decimal, to: number): bigint {
  if (scale <= to) return units * 10n ** BigInt(to - scale);
  const divisor = 10n ** BigInt(scale - to);
  const negative = units < 0n;
  const size = negative ? -units : units;
  const rounded = (size * 2n + divisor) / (divisor * 2n);
  return negative ? -rounded : rounded;
}

/** Hundredths of `value`, or undefined when it is no number or has more than two decimals. */
export function exactMinor(value: unknown): number | undefined {
  const decimal = parseDecimal(value);
  if (!decimal) return undefined;
  const minor = rescale(decimal, AMOUNT_DECIMALS);
  const isExact =
    minor * 10n ** BigInt(Math.max(decimal.scale - AMOUNT_DECIMALS, 0)) ===
    decimal.units * 10n ** BigInt(Math.max(AMOUNT_DECIMALS - decimal.scale, 0));
  return isExact ? Number(minor) : undefined;
}

/** Hundredths of an amount that is already known to be held by QuickBooks. */
export function toMinor(value: unknown): number {
  const decimal = parseDecimal(value ?? 0);
  if (!decimal) throw new TypeError(`"${String(value)}" is not an amount.`);
  return Number(rescale(decimal, AMOUNT_DECIMALS));
}

/** The JSON number for a count of hundredths. */
export function fromMinor(minor: number): number {
  return minor / 10 ** AMOUNT_DECIMALS;
}

/** Quantity times price in hundredths, half away from zero. */
export function multiply(quantity: unknown, price: unknown): number {
  const a = parseDecimal(quantity);
  const b = parseDecimal(price);
  if (!a || !b) throw new TypeError(`"${String(quantity)}" x "${String(price)}" is no product of numbers.`);
  return Number(rescale({ units: a.units * b.units, scale: a.scale + b.scale }, AMOUNT_DECIMALS));
}

/** Hundredths of the home currency for hundredths of another, at `rate` home units per unit. */
export function toHome(minor: number, rate: unknown): number {
  const decimal = parseDecimal(rate);
  if (!decimal) throw new TypeError(`"${String(rate)}" is no exchange rate.`);
  return Number(rescale({ units: BigInt(minor) * decimal.units, scale: decimal.scale + AMOUNT_DECIMALS }, AMOUNT_DECIMALS));
}

/** `part` of `whole` in proportion, half away from zero. */
export function proportion(amount: number, part: number, whole: number): number {
  if (whole === 0) return 0;
  const product = BigInt(amount) * BigInt(part) * (whole < 0 ? -1n : 1n);
  const divisor = BigInt(Math.abs(whole));
  const size = product < 0n ? -product : product;
  const rounded = (size * 2n + divisor) / (divisor * 2n);
  return Number(product < 0n ? -rounded : rounded);
}

/** 1861.07 as QuickBooks writes it in a fault: "1,861.07". */
export function grouped(value: unknown): string {
  const number = Number(value);
  return Number.isFinite(number) ? number.toLocaleString('en-US', { maximumFractionDigits: 7 }) : String(value);
}
