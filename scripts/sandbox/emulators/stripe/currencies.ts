/** https://docs.stripe.com/currencies#zero-decimal */
const ZERO_DECIMAL = new Set(['bif', 'clp', 'djf', 'gnf', 'jpy', 'kmf', 'krw', 'mga', 'pyg', 'rwf', 'vnd', 'vuv', 'xaf', 'xof', 'xpf']);
/** https://docs.stripe.com/currencies#three-decimal */
const THREE_DECIMAL = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);
/** Have no cents, yet travel with two decimals that must be zero. https://docs.stripe.com/currencies#special-cases */
const WITHOUT_CENTS = new Set(['isk', 'ugx']);

const TWO_DECIMAL = new Set(
  'aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bmd bnd bob brl bsd bwp byn bzd cad cdf chf cny cop crc cve czk dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gtq gyd hkd hnl htg huf idr ils inr isk jmd kes kgs khr kyd kzt lak lbp lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd pab pen pgk php pkr pln qar ron rsd rub sar sbd scr sek sgd shp sle sos srd std szl thb tjs top try ttd twd tzs uah ugx usd uyu uzs wst xcd yer zar zmw'.split(
    ' ',
  ),
);

/** Lower-case codes that Stripe accepts as presentment currency. */
export const isCurrency = (code: string): boolean => TWO_DECIMAL.has(code) || ZERO_DECIMAL.has(code) || THREE_DECIMAL.has(code);

/** How many decimals a minor unit has. */
export function exponentOf(code: string): number {
  return ZERO_DECIMAL.has(code) ? 0 : THREE_DECIMAL.has(code) ? 3 : 2;
}

/**
 * The step in which amounts can be charged, in minor units: three-decimal amounts end in 0, ISK and UGX have no cents.
 * https://docs.stripe.com/currencies#three-decimal
 */
export function chargeStep(code: string): number {
  return THREE_DECIMAL.has(code) ? 10 : WITHOUT_CENTS.has(code) ? 100 : 1;
}

/** https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts; for a currency without an entry none is assumed. */
const MINIMUM: Record<string, number> = {
  aed: 200,
  aud: 50,
  bgn: 100,
  brl: 50,
  cad: 50,
  chf: 50,
  czk: 1500,
  dkk: 250,
  eur: 50,
  gbp: 30,
  hkd: 400,
  huf: 17500,
  inr: 50,
  jpy: 50,
  mxn: 1000,
  myr: 200,
  nok: 300,
  nzd: 50,
  pln: 200,
  ron: 200,
  sek: 300,
  sgd: 50,
  thb: 1000,
  usd: 50,
};

export const minimumCharge = (code: string): number => MINIMUM[code] ?? 1;

/** Eight digits for most currencies, same source. */
const MORE_DIGITS: Record<string, number> = { cop: 10, huf: 10, idr: 12, inr: 9, jpy: 10, lbp: 12 };

export const maximumCharge = (code: string): number => 10 ** (MORE_DIGITS[code] ?? 8) - 1;

/** "1234.50" for 123450 in a two-decimal currency. */
export function decimalText(amount: number, code: string): string {
  const places = exponentOf(code);
  const digits = String(Math.abs(amount)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${amount < 0 ? '-' : ''}${whole}${places ? `.${digits.slice(-places)}` : ''}`;
}

/** "$1,234.50 USD" as on the hosted page, without a guess at symbols we do not have. */
export function display(amount: number, code: string): string {
  return `${decimalText(amount, code)} ${code.toUpperCase()}`;
}
