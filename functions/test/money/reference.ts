// Arithmetic of its own, so that the bench does not share a mistake with the code it judges: bigints, one rounding per line.

const PLACES: Record<string, number> = { USD: 2, EUR: 2, JPY: 0, KWD: 3 };

/** Places after the point of one of the bench's currencies. */
export function placesOf(currency: string): number {
  const places = PLACES[currency];
  if (places === undefined) throw new Error(`the bench knows no ${currency}`);
  return places;
}

/** What all three systems can hold: QuickBooks keeps two places and Stripe wants KWD to end in 0. */
const stepOf = (currency: string): bigint => (placesOf(currency) === 3 ? 10n : 1n);

function parse(text: string): { units: bigint; scale: number } {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new Error(`"${text}" is no decimal`);
  return { units: BigInt(`${match[1]}${match[2]}${match[3] ?? ''}`), scale: (match[3] ?? '').length };
}

function rounded(numerator: bigint, denominator: bigint): bigint {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const result = (magnitude * 2n + denominator) / (denominator * 2n);
  return numerator < 0n ? -result : result;
}

/** Quantity x price in minor units, rounded half away from zero to `step` of them. */
export function productOf(quantity: string, price: string, currency: string, step = stepOf(currency)): number {
  const [q, p] = [parse(quantity), parse(price)];
  const numerator = q.units * p.units * 10n ** BigInt(placesOf(currency));
  return Number(rounded(numerator, 10n ** BigInt(q.scale + p.scale) * step) * step);
}

/** Tax of a line in minor units. `rate`: percent. */
export function taxOf(amount: number, rate: string | null, currency: string): number {
  if (rate === null) return 0;
  const { units, scale } = parse(rate);
  const step = stepOf(currency);
  return Number(rounded(BigInt(amount) * units, 10n ** BigInt(scale + 2) * step) * step);
}

/** Minor units of a decimal a system answered with; throws when it is finer than the currency. */
export function minorFrom(value: number | string, currency: string): number {
  const { units, scale } = parse(typeof value === 'number' ? plain(value) : value);
  const places = placesOf(currency);
  if (scale <= places) return Number(units * 10n ** BigInt(places - scale));
  const divisor = 10n ** BigInt(scale - places);
  if (units % divisor !== 0n) throw new Error(`${value} is finer than ${currency}`);
  return Number(units / divisor);
}

/** A roll-up SUM over Currency(18,3) fields: each value kept at three places, added exactly; in thousandths. */
export function rollUp(values: readonly number[]): bigint {
  return values.reduce((sum, value) => {
    const { units, scale } = parse(plain(value));
    return sum + (scale <= 3 ? units * 10n ** BigInt(3 - scale) : rounded(units, 10n ** BigInt(scale - 3)));
  }, 0n);
}

/** Thousandths as minor units; throws when the currency cannot show them. */
export function minorFromThousandths(thousandths: bigint, currency: string): number {
  const divisor = 10n ** BigInt(3 - placesOf(currency));
  if (thousandths % divisor !== 0n) throw new Error(`${thousandths} thousandths are finer than ${currency}`);
  return Number(thousandths / divisor);
}

const plain = (value: number): string => {
  const text = String(value);
  return text.includes('e') ? value.toFixed(12).replace(/\.?0+$/, '') : text;
};
