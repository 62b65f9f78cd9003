import { discountLines } from '../discounts/apply.ts';
import { amountOff } from '../discounts/coupons.ts';
import type { CheckoutItem, CheckoutSession, LineTax } from '../entities.ts';
import { taxesOf } from '../tax-rates.ts';
import { lineAmount } from '../totals.ts';
import type { World } from '../world.ts';

export interface ItemAmounts {
  subtotal: number;
  discount: number;
  taxes: LineTax[];
  tax: number;
  total: number;
}

/** What each item comes to, discounts and taxes included; a trial costs nothing today. */
export function amountsOf(world: World, session: Pick<CheckoutSession, 'currency' | 'discounts' | 'items' | 'data'>): ItemAmounts[] {
  const trial = session.data.trial_period_days !== null;
  const lines = session.items.map((item) => lineOf(world, item, trial));
  const rules = session.discounts.flatMap(({ coupon: id }) => {
    const coupon = world.db.coupons.get(id ?? '');
    return coupon
      ? [{ discount: coupon.id, percent: coupon.percent_off, amount: amountOff(coupon, session.currency), products: coupon.applies_to }]
      : [];
  });
  const taken = discountLines(lines, rules);
  return lines.map(({ amount: subtotal, rates }, index) => {
    const discount = taken[index]!.reduce((sum, one) => sum + one.amount, 0);
    const taxes = taxesOf(world, subtotal - discount, rates);
    const exclusive = taxes.filter((tax) => !tax.inclusive).reduce((sum, tax) => sum + tax.amount, 0);
    const tax = taxes.reduce((sum, one) => sum + one.amount, 0);
    return { subtotal, discount, taxes, tax, total: subtotal - discount + exclusive };
  });
}

function lineOf(world: World, item: CheckoutItem, trial: boolean) {
  const price = world.db.prices.get(item.price)!;
  const amount = trial ? 0 : lineAmount(String(item.quantity), price.unit_amount_decimal);
  return { amount, discountable: true, own: [], product: price.product, rates: item.tax_rates };
}

export const sum = (amounts: ItemAmounts[], of: 'discount' | 'subtotal' | 'tax' | 'total'): number =>
  amounts.reduce((total, one) => total + one[of], 0);
