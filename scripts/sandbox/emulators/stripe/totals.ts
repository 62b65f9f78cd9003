import { chargeStep, maximumCharge, minimumCharge } from './currencies.ts';
import { multiplyToInteger } from './decimal.ts';

/** What of a line counts for an invoice's totals, in minor units. */
export interface CountedLine {
  amount: number;
  /** What discounts take off: the line's own, and the invoice's. */
  discounts?: { own: number; ofInvoice: number };
  taxes: { amount: number; inclusive: boolean }[];
}

export interface Totals {
  subtotal: number;
  subtotal_excluding_tax: number;
  total: number;
  total_excluding_tax: number;
}

/** The amount of a line of quantity and unit price (decimal strings, price in minor units), rounded once per line. */
export function lineAmount(quantity: string, unitAmount: string): number {
  return multiplyToInteger(quantity, unitAmount);
}

/** Totals of an invoice. Inclusive taxes lie within the lines' amounts, exclusive ones come on top. */
export function invoiceTotals(lines: CountedLine[]): Totals {
  let subtotal = 0;
  let discount = 0;
  let inclusive = 0;
  let exclusive = 0;
  for (const line of lines) {
    subtotal += line.amount - (line.discounts?.own ?? 0);
    discount += line.discounts?.ofInvoice ?? 0;
    for (const tax of line.taxes) {
      if (tax.inclusive) inclusive += tax.amount;
      else exclusive += tax.amount;
    }
  }
  const total = subtotal - discount;
  return {
    subtotal,
    subtotal_excluding_tax: subtotal - inclusive,
    total: total + exclusive,
    total_excluding_tax: total - inclusive,
  };
}

/** What an invoice's own discounts took off its subtotal. */
export function discountOf(invoice: Pick<Totals, 'subtotal' | 'total'> & { total_taxes: CountedLine['taxes'] }): number {
  const exclusive = invoice.total_taxes.filter((tax) => !tax.inclusive).reduce((sum, tax) => sum + tax.amount, 0);
  return invoice.subtotal + exclusive - invoice.total;
}

/** What finalizing makes of a total and the customer's balance (negative: credit). */
export interface Settlement {
  amount_due: number;
  ending_balance: number;
  /** Why the customer's balance moved; null when it did not. */
  moved: 'applied_to_invoice' | 'invoice_too_small' | 'invoice_too_large' | null;
}

/**
 * Credit is used up, debt is added, a negative total becomes credit; what cannot be charged is moved to the balance and
 * the invoice counts as paid. https://docs.stripe.com/billing/customer/balance
 */
export function settle(total: number, balance: number, currency: string): Settlement {
  const due = total + balance;
  if (due <= 0) return { amount_due: 0, ending_balance: due, moved: due === balance ? null : 'applied_to_invoice' };
  if (due < minimumCharge(currency)) return { amount_due: 0, ending_balance: due, moved: 'invoice_too_small' };
  if (due > maximumCharge(currency)) return { amount_due: 0, ending_balance: due, moved: 'invoice_too_large' };
  return { amount_due: due, ending_balance: 0, moved: balance === 0 ? null : 'applied_to_invoice' };
}

/** False for an amount that the card networks cannot carry (a KWD amount that does not end in 0). */
export function isChargeable(amount: number, currency: string): boolean {
  return amount % chargeStep(currency) === 0;
}
