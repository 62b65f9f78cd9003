import { exponentOf } from './currency.ts';
import { formatDecimal } from './decimal.ts';
import type { Money } from './money.ts';

const PLACES = 10;

/** Units of the settlement currency per unit of `own`, as Stripe settled it: plain decimal with up to ten places. */
export function exchangeRate(settled: Money, own: Money): string | null {
  if (own.minor === 0 || settled.minor === 0) return null;
  const scale = 10n ** BigInt(PLACES + exponentOf(own.currency));
  const numerator = BigInt(Math.abs(settled.minor)) * scale;
  const denominator = BigInt(Math.abs(own.minor)) * 10n ** BigInt(exponentOf(settled.currency));
  return formatDecimal({ unscaled: (numerator * 2n + denominator) / (denominator * 2n), scale: PLACES });
}
