/** Places after the point where ISO 4217 says other than two. */
const EXPONENT: Record<string, number> = {
  BIF: 0,
  CLP: 0,
  DJF: 0,
  GNF: 0,
  ISK: 0,
  JPY: 0,
  KMF: 0,
  KRW: 0,
  PYG: 0,
  RWF: 0,
  UGX: 0,
  VND: 0,
  VUV: 0,
  XAF: 0,
  XOF: 0,
  XPF: 0,
  BHD: 3,
  IQD: 3,
  JOD: 3,
  KWD: 3,
  LYD: 3,
  OMR: 3,
  TND: 3,
};

/** Number of decimal places of a currency (ISO 4217, upper case): USD 2, JPY 0, KWD 3. */
export function exponentOf(currency: string): number {
  return EXPONENT[currency] ?? 2;
}

/**
 * The smallest step an amount may have in every system, in minor units. Stripe wants three-decimal currencies with a last
 * digit of 0 (docs.stripe.com/currencies#three-decimal) and QuickBooks keeps two places.
 */
export function smallestStep(currency: string): number {
  return exponentOf(currency) === 3 ? 10 : 1;
}

/** Stripe's minimum charge in minor units (docs.stripe.com/currencies#minimum-and-maximum-charge-amounts); 0 where none is published. */
const MINIMUM_CHARGE: Record<string, number> = {
  USD: 50,
  AED: 200,
  AUD: 50,
  BGN: 100,
  BRL: 50,
  CAD: 50,
  CHF: 50,
  CZK: 1500,
  DKK: 250,
  EUR: 50,
  GBP: 30,
  HKD: 400,
  HUF: 17500,
  INR: 50,
  JPY: 50,
  MXN: 1000,
  MYR: 200,
  NOK: 300,
  NZD: 50,
  PLN: 200,
  RON: 200,
  SEK: 300,
  SGD: 50,
  THB: 1000,
};

export function minimumCharge(currency: string): number {
  return MINIMUM_CHARGE[currency] ?? 0;
}

/** Digits of Stripe's largest charge in minor units where it is not eight (docs.stripe.com/currencies#minimum-and-maximum-charge-amounts). */
const MAXIMUM_DIGITS: Record<string, number> = { COP: 10, HUF: 10, IDR: 12, INR: 9, JPY: 10, LBP: 12 };

/** Stripe's maximum charge in minor units; a larger invoice it would put on the customer's balance and call paid. */
export function maximumCharge(currency: string): number {
  const largest = 10 ** (MAXIMUM_DIGITS[currency] ?? 8) - 1;
  return largest - (largest % smallestStep(currency));
}
