import { createRandom } from '../../../scripts/sandbox/index.ts';
import { placesOf } from './reference.ts';

export const CURRENCIES = ['USD', 'EUR', 'JPY', 'KWD'] as const;
export type BenchCurrency = (typeof CURRENCIES)[number];

export interface MoneyLine {
  /** Plain decimals as Salesforce has them: quantity to 7 places, price to 8, percent to 2. */
  quantity: string;
  unitPrice: string;
  discountPercent: string | null;
  hasProduct: boolean;
}

/** An invoice somebody could ask for. */
export interface MoneyCase {
  serial: number;
  /** Why it was made: `any`, or the refusal it aims at. */
  aim: Aim;
  currency: BenchCurrency;
  /** Percent of every line; null: no tax. */
  taxRate: string | null;
  stripeTax: boolean;
  /** Balance of the customer in Stripe, minor units. */
  balance: number;
  send: boolean;
  lines: MoneyLine[];
}

const AIMS = {
  'total-negative': 12,
  'below-minimum-charge': 10,
  'above-maximum-charge': 8,
  'amount-too-fine': 12,
  'customer-balance': 5,
  'amount-too-large': 3,
  'negative-line-with-stripe-tax': 5,
  'too-many-lines': 2,
};
export type Aim = 'any' | keyof typeof AIMS;
export const REFUSAL_AIMS = Object.keys(AIMS) as Exclude<Aim, 'any'>[];

/** Largest total that stays below Stripe's maximum, in whole units of the currency. */
const MOST: Record<BenchCurrency, number> = { USD: 900_000, EUR: 900_000, JPY: 900_000_000, KWD: 90_000 };
const RATES = ['5', '7.7', '8.25', '19', '0.5', '20', '6.625'];

/**
 * Invoices of a seeded generator: the same seed gives the same ones. About six in a hundred aim at a refusal.
 * @param aims what to make in turn instead of drawing
 */
export function* generate(seed: number, aims?: readonly Aim[]): Generator<MoneyCase> {
  const random = createRandom(seed);
  for (let serial = 0; ; serial += 1) {
    const drawn = aims ? (aims[serial % aims.length] ?? 'any') : drawAim(random);
    yield makeCase(random, serial, drawn);
  }
}

function drawAim(random: () => number): Aim {
  let mark = random() * 1000;
  for (const aim of REFUSAL_AIMS) if ((mark -= AIMS[aim]) < 0) return aim;
  return 'any';
}

function makeCase(random: () => number, serial: number, aim: Aim): MoneyCase {
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
  const currency =
    aim === 'amount-too-fine' ? 'KWD' : aim === 'below-minimum-charge' ? pick(['USD', 'EUR', 'JPY'] as const) : pick(CURRENCIES);
  const aimed = aim === 'any' || aim === 'customer-balance' ? null : aimedLines(random, aim, currency);
  const count = aimed ? 0 : lineCount(random);
  const most = MOST[currency] / Math.max(count, 1);
  return {
    serial,
    aim,
    currency,
    taxRate: aimed || random() < 0.55 ? null : random() < 0.7 ? pick(RATES) : decimalText(random, 30_000, 3),
    stripeTax: aim === 'negative-line-with-stripe-tax',
    balance: aim === 'customer-balance' ? (random() < 0.5 ? -1 : 1) * 10 * Math.ceil(random() * 1000) : 0,
    send: random() < 0.1,
    lines: aimed ?? Array.from({ length: count }, (_, index) => anyLine(random, currency, most, index)),
  };
}

/** 1 to 200, most of them short. */
function lineCount(random: () => number): number {
  const kind = random();
  const [from, to] = kind < 0.45 ? [1, 5] : kind < 0.75 ? [6, 25] : kind < 0.92 ? [26, 75] : [76, 200];
  return from + Math.floor(random() * (to - from + 1));
}

/** Credits stay small beside what is sold, so that few totals turn negative. */
function anyLine(random: () => number, currency: BenchCurrency, most: number, index: number): MoneyLine {
  const credit = index > 0 && random() < 0.08;
  const quantity = anyQuantity(random);
  const limit = Math.min(((credit ? 0.05 : 1) * most) / Math.max(Number(quantity), 1), 1e9);
  const unitPrice = anyPrice(random, currency, limit);
  const turned = credit && random() < 0.3;
  return {
    quantity: turned ? `-${quantity}` : quantity,
    unitPrice: credit && !turned && Number(unitPrice) !== 0 ? `-${unitPrice}` : unitPrice,
    discountPercent: random() < 0.25 ? decimalText(random, 10_000, 2) : null,
    hasProduct: random() < 0.85,
  };
}

function anyQuantity(random: () => number): string {
  const kind = random();
  if (kind < 0.4) return String(1 + Math.floor(random() * 100));
  if (kind < 0.45) return String(1 + Math.floor(random() * 100_000));
  if (kind < 0.65) return fraction(1 + Math.floor(random() * 400), 1 + Math.floor(random() * 2), random);
  if (kind < 0.95) return fraction(1 + Math.floor(random() * 1000), 1 + Math.floor(random() * 7), random);
  return `0.${'0'.repeat(Math.floor(random() * 6))}${1 + Math.floor(random() * 9)}`;
}

const fraction = (whole: number, places: number, random: () => number): string =>
  trim(`${whole}.${String(Math.floor(random() * 10 ** places)).padStart(places, '0')}`);

/** From a price list (the currency's places, KWD in steps of ten fils), by the piece or call (to 8 places), or nothing. */
function anyPrice(random: () => number, currency: BenchCurrency, limit: number): string {
  const kind = random();
  if (kind < 0.04) return '0';
  const size = limit * 10 ** (-6 * random());
  if (kind < 0.6) return trim(size.toFixed(Math.min(placesOf(currency), 2)));
  // The last digit is not 0: cut to three places, such a price would be one that KWD has and others have not.
  if (kind < 0.9) return `${size.toFixed(3 + Math.floor(random() * 5))}${1 + Math.floor(random() * 9)}`;
  return `0.000${'0'.repeat(Math.floor(random() * 3))}${1 + Math.floor(random() * 99)}`;
}

function aimedLines(random: () => number, aim: Aim, currency: BenchCurrency): MoneyLine[] {
  const line = (quantity: string, unitPrice: string): MoneyLine => ({ quantity, unitPrice, discountPercent: null, hasProduct: true });
  const whole = (from: number, to: number): string => String(from + Math.floor(random() * (to - from)));
  switch (aim) {
    case 'total-negative':
      return [line('1', whole(1, 50)), line(whole(1, 5), `-${whole(51, 900)}`)];
    case 'below-minimum-charge':
      return [line('1', currency === 'JPY' ? whole(1, 49) : `0.${whole(10, 49)}`)];
    case 'above-maximum-charge':
      return [line('2', whole(MOST[currency] * 6, MOST[currency] * 9)), line('1', whole(1, 50))];
    case 'amount-too-fine':
      return [line('1', `${whole(1, 900)}.${whole(10, 99)}${whole(1, 9)}`), line('3', '5')];
    case 'amount-too-large':
      return [line(whole(9_000, 9_900), String(Math.floor((3 + random()) * 10 ** (9 - placesOf(currency)))))];
    case 'negative-line-with-stripe-tax':
      return [line('2', whole(100, 900)), line('1', `-${whole(1, 50)}`)];
    case 'too-many-lines':
      return Array.from({ length: 251 }, () => line(whole(1, 5), whole(1, 50)));
    default:
      throw new Error(`no lines are made for ${aim}`);
  }
}

/** A decimal of at most `units / 10^places`. */
const decimalText = (random: () => number, units: number, places: number): string =>
  trim((Math.floor(random() * (units + 1)) / 10 ** places).toFixed(places));

const trim = (text: string): string => (text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text);
