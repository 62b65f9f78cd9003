/** An exact decimal: `unscaled / 10^scale`. Used for quantities (7 places) and unit prices (8 places), never floats. */
export interface Decimal {
  unscaled: bigint;
  scale: number;
}

const PLAIN = /^([+-]?)(\d{1,30})(?:\.(\d{1,20}))?$/;

/** Parses plain decimal text (`-12.50`); null for anything else, exponents included. */
export function parseDecimal(text: string): Decimal | null {
  const match = PLAIN.exec(text.trim());
  if (!match) return null;
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  const unscaled = BigInt(`${match[2] ?? ''}${fraction}`);
  return { unscaled: match[1] === '-' ? -unscaled : unscaled, scale: fraction.length };
}

/** Parses text known to be decimal; throws when it is not (a bug, not bad input). */
export function decimal(text: string): Decimal {
  const parsed = parseDecimal(text);
  if (!parsed) throw new Error(`Not a plain decimal: ${JSON.stringify(text)}`);
  return parsed;
}

export function formatDecimal({ unscaled, scale }: Decimal, minimumPlaces = 0): string {
  const negative = unscaled < 0n;
  const digits = (negative ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits
    .slice(digits.length - scale)
    .replace(/0+$/, '')
    .padEnd(minimumPlaces, '0');
  return `${negative ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`;
}

export const multiply = (a: Decimal, b: Decimal): Decimal => ({ unscaled: a.unscaled * b.unscaled, scale: a.scale + b.scale });

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { unscaled: atScale(a, scale) + atScale(b, scale), scale };
}

export const subtract = (a: Decimal, b: Decimal): Decimal => add(a, { unscaled: -b.unscaled, scale: b.scale });

/** Negative, zero or positive as `a` is less than, equal to or greater than `b`. */
export function compare(a: Decimal, b: Decimal): number {
  const { unscaled } = subtract(a, b);
  return unscaled < 0n ? -1 : unscaled > 0n ? 1 : 0;
}

/** Rounds to `scale` places, half away from zero, so that a credit mirrors its invoice. */
export function roundTo(value: Decimal, scale: number): Decimal {
  if (value.scale <= scale) return { unscaled: atScale(value, scale), scale };
  const divisor = 10n ** BigInt(value.scale - scale);
  const negative = value.unscaled < 0n;
  const magnitude = negative ? -value.unscaled : value.unscaled;
  const rounded = (magnitude * 2n + divisor) / (divisor * 2n);
  return { unscaled: negative ? -rounded : rounded, scale };
}

/** True when the value has no digit beyond `scale` places. */
export function fitsScale(value: Decimal, scale: number): boolean {
  const { unscaled } = roundTo(value, scale);
  return compare(value, { unscaled, scale }) === 0;
}

/** The whole number of units at `scale` places; the value must have no finer digits. */
function atScale(value: Decimal, scale: number): bigint {
  return value.scale <= scale ? value.unscaled * 10n ** BigInt(scale - value.scale) : value.unscaled / 10n ** BigInt(value.scale - scale);
}
