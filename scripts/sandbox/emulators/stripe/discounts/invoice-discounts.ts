import type { DiscountAmount, Invoice, Item } from '../entities.ts';
import { taxesOf } from '../tax-rates.ts';
import type { World } from '../world.ts';
import { discountLines } from './apply.ts';
import type { Rule } from './apply.ts';
import { amountOff } from './coupons.ts';
import { endDiscount } from './discounts.ts';

/** Discounts as arithmetic; those of another currency take nothing off. */
function rulesOf(world: World, ids: string[] = [], currency: string): Rule[] {
  return ids.flatMap((discount) => {
    const coupon = world.db.coupons.get(world.db.discounts.get(discount)?.coupon ?? '');
    if (!coupon) return [];
    return [{ discount, percent: coupon.percent_off, amount: amountOff(coupon, currency), products: coupon.applies_to }];
  });
}

/** The lines of a draft with their discounts and the taxes on what is left of them; what changed is stored. */
export function priceLines(world: World, invoice: Invoice): Item[] {
  const items = world.db.items.where({ invoice: invoice.id });
  const amounts = discountLines(
    items.map((item) => ({ ...item, own: rulesOf(world, item.discounts, item.currency) })),
    rulesOf(world, invoice.discounts, invoice.currency),
  );
  return items.map((item, index) => {
    const priced = priceLine(world, invoice, item, amounts[index]!);
    if (priced !== item) world.db.items.put(priced);
    return priced;
  });
}

/** A line without taxes or rates of its own gets the invoice's default rates. */
function priceLine(world: World, invoice: Invoice, item: Item, amounts: DiscountAmount[]): Item {
  const priced = { ...item, ...(amounts.length || item.discount_amounts?.length ? { discount_amounts: amounts } : {}) };
  const rates = item.taxes_given ? undefined : item.tax_rates?.length ? item.tax_rates : invoice.default_tax_rates;
  if (rates) priced.taxes = taxesOf(world, item.amount - off(amounts), rates);
  return JSON.stringify(priced) === JSON.stringify(item) ? item : priced;
}

export const off = (amounts: DiscountAmount[] = []): number => amounts.reduce((sum, one) => sum + one.amount, 0);

/** What the line's own discounts take off it. */
export const ownOff = (item: Item): number => off(item.discount_amounts?.filter((one) => item.discounts?.includes(one.discount)));

/** What each discount takes off all lines. */
export function totalDiscounts(items: Item[]): DiscountAmount[] {
  const sums = new Map<string, number>();
  for (const { amount, discount } of items.flatMap((item) => item.discount_amounts ?? []))
    sums.set(discount, (sums.get(discount) ?? 0) + amount);
  return [...sums].map(([discount, amount]) => ({ amount, discount }));
}

/** A customer's or a subscription's discount for one invoice is used up once that is final. */
export function useUpDiscounts(world: World, invoice: Invoice): void {
  for (const id of invoice.discounts ?? []) {
    const discount = world.db.discounts.get(id);
    if (!discount || discount.invoice !== null || discount.invoice_item !== null || discount.checkout_session !== null) continue;
    if (world.db.coupons.get(discount.coupon)?.duration === 'once') endDiscount(world, id);
  }
}
