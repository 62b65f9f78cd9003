import type { DiscountAmount } from '../entities.ts';

/** A discount as arithmetic: a share or an amount, for some products or all. */
export interface Rule {
  discount: string;
  percent: number | null;
  amount: number | null;
  products: string[] | null;
}

export interface DiscountedLine {
  amount: number;
  discountable: boolean;
  product: string;
  /** Its own discounts, which go before the invoice's. */
  own: Rule[];
}

/** What every discount takes off every line, in order; a line never falls below zero. https://docs.stripe.com/billing/subscriptions/coupons */
export function discountLines(lines: DiscountedLine[], ofInvoice: Rule[]): DiscountAmount[][] {
  const left = lines.map((line) => (line.discountable ? Math.max(line.amount, 0) : 0));
  const taken: DiscountAmount[][] = lines.map(() => []);
  const take = (index: number, rule: Rule, amount: number) => {
    taken[index]!.push({ amount, discount: rule.discount });
    left[index]! -= amount;
  };
  const reaches = (line: DiscountedLine, rule: Rule) => line.discountable && (rule.products?.includes(line.product) ?? true);
  for (const [index, line] of lines.entries())
    for (const rule of line.own) if (reaches(line, rule)) take(index, rule, partOf(left[index]!, rule));
  for (const rule of ofInvoice) {
    const reached = [...lines.keys()].filter((index) => reaches(lines[index]!, rule));
    const parts =
      rule.percent === null
        ? split(
            rule.amount ?? 0,
            reached.map((index) => left[index]!),
          )
        : reached.map((index) => partOf(left[index]!, rule));
    reached.forEach((index, place) => take(index, rule, parts[place]!));
  }
  return taken;
}

/** Rounded per line, ties away from zero. */
const partOf = (amount: number, rule: Rule): number =>
  rule.percent === null ? Math.min(rule.amount ?? 0, amount) : Math.round(Number(((amount * rule.percent) / 100).toFixed(6)));

/** An amount over parts in proportion, exactly: what rounding leaves goes to the largest remainders, first come first. */
export function split(amount: number, over: number[]): number[] {
  const whole = over.reduce((sum, part) => sum + part, 0);
  if (whole === 0) return over.map(() => 0);
  const shared = Math.min(amount, whole);
  const exact = over.map((part) => (part / whole) * shared);
  const parts = exact.map(Math.floor);
  const rest = shared - parts.reduce((sum, part) => sum + part, 0);
  const byRemainder = [...over.keys()].sort((a, b) => exact[b]! - parts[b]! - (exact[a]! - parts[a]!) || a - b);
  for (const index of byRemainder.slice(0, rest)) parts[index]! += 1;
  return parts;
}
