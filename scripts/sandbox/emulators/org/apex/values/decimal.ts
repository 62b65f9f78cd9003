import { roundQuotient } from './rounding.ts';
import type { RoundingMode } from './rounding.ts';
import { ApexObject } from './value.ts';

/** Digits kept by a division that does not end (IEEE decimal128, as Java's MathContext.DECIMAL128). */
const DIVISION_DIGITS = 34;

const power = (exponent: number): bigint => 10n ** BigInt(exponent);

/** An exact decimal: `unscaled / 10^scale`, scale >= 0. Apex's Decimal. */
export class ApexDecimal extends ApexObject {
  readonly typeName = 'Decimal';
  readonly unscaled: bigint;
  readonly scale: number;

  constructor(unscaled: bigint, scale = 0) {
    super();
    this.unscaled = unscaled;
    this.scale = scale;
  }

  /** Parses `-12.50` or `1.5e3`; undefined when the text is no number. */
  static parse(text: string): ApexDecimal | undefined {
    const match = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/.exec(text.trim());
    if (!match || (!match[2] && !match[3])) return undefined;
    const fraction = match[3] ?? '';
    const digits = BigInt(`${match[2] ?? ''}${fraction}`);
    const scale = fraction.length - Number(match[4] ?? 0);
    const unscaled = match[1] === '-' ? -digits : digits;
    return scale < 0 ? new ApexDecimal(unscaled * power(-scale)) : new ApexDecimal(unscaled, scale);
  }

  /** The shortest decimal that reads back as the number. */
  static fromNumber(value: number): ApexDecimal {
    const parsed = ApexDecimal.parse(String(value));
    if (!parsed) throw new RangeError(`${value} is no decimal`);
    return parsed;
  }

  static fromInteger(value: number | bigint): ApexDecimal {
    return new ApexDecimal(BigInt(value));
  }

  private at(scale: number): bigint {
    return this.unscaled * power(scale - this.scale);
  }

  plus(other: ApexDecimal): ApexDecimal {
    const scale = Math.max(this.scale, other.scale);
    return new ApexDecimal(this.at(scale) + other.at(scale), scale);
  }

  minus(other: ApexDecimal): ApexDecimal {
    return this.plus(other.negated());
  }

  times(other: ApexDecimal): ApexDecimal {
    return new ApexDecimal(this.unscaled * other.unscaled, this.scale + other.scale);
  }

  negated(): ApexDecimal {
    return new ApexDecimal(-this.unscaled, this.scale);
  }

  absolute(): ApexDecimal {
    return this.unscaled < 0n ? this.negated() : this;
  }

  compare(other: ApexDecimal): number {
    const scale = Math.max(this.scale, other.scale);
    const [left, right] = [this.at(scale), other.at(scale)];
    return left < right ? -1 : left > right ? 1 : 0;
  }

  isZero(): boolean {
    return this.unscaled === 0n;
  }

  /** Quotient with exactly `scale` decimals. The divisor must not be zero. */
  dividedTo(other: ApexDecimal, scale: number, mode: RoundingMode = 'HALF_EVEN'): ApexDecimal {
    const shift = scale - this.scale + other.scale;
    const [top, bottom] = shift >= 0 ? [this.unscaled * power(shift), other.unscaled] : [this.unscaled, other.unscaled * power(-shift)];
    return new ApexDecimal(roundQuotient(top, bottom, mode), scale);
  }

  /** Quotient as `/` gives it: exact where it ends, else 34 significant digits. The divisor must not be zero. */
  dividedBy(other: ApexDecimal): ApexDecimal {
    const preferred = Math.max(this.scale - other.scale, 0);
    const whole = this.dividedTo(other, 0, 'DOWN');
    const integerDigits = whole.isZero() ? 0 : whole.absolute().unscaled.toString().length;
    const quotient = this.dividedTo(other, Math.max(DIVISION_DIGITS - integerDigits, preferred), 'HALF_EVEN');
    return quotient.strippedTo(preferred);
  }

  /** Drops trailing zeros, but not below `least` decimals. */
  strippedTo(least: number): ApexDecimal {
    let { unscaled, scale } = this;
    while (scale > least && unscaled % 10n === 0n) {
      unscaled /= 10n;
      scale -= 1;
    }
    return new ApexDecimal(unscaled, scale);
  }

  withScale(scale: number, mode: RoundingMode = 'HALF_EVEN'): ApexDecimal {
    if (scale >= this.scale) return new ApexDecimal(this.at(scale), scale);
    return new ApexDecimal(roundQuotient(this.unscaled, power(this.scale - scale), mode), scale);
  }

  get precision(): number {
    return this.absolute().unscaled.toString().length;
  }

  /** The whole part, as a Long. */
  toInteger(): bigint {
    return this.unscaled / power(this.scale);
  }

  toNumber(): number {
    return Number(this.toString());
  }

  override key(): unknown {
    return `n:${this.strippedTo(0).toString()}`;
  }

  override toString(): string {
    const digits = this.absolute()
      .unscaled.toString()
      .padStart(this.scale + 1, '0');
    const sign = this.unscaled < 0n ? '-' : '';
    return this.scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -this.scale)}.${digits.slice(-this.scale)}`;
  }
}
