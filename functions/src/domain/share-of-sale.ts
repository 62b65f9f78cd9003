import { smallestStep } from './currency.ts';
import { sum } from './money.ts';
import { proRata } from './pro-rata.ts';

/** What was sold: amounts without tax, and the tax of all lines. */
export interface Sale {
  lines: SaleLine[];
  tax: number;
}

export interface SaleLine {
  itemId: string | null;
  description: string;
  amount: number;
  taxable: boolean;
}

/**
 * The part of a sale that `amount` gives back: every line and the tax in proportion, to the minor unit. Null when nothing was
 * sold, so that there is nothing to take a share of.
 */
export function shareOfSale(amount: number, { lines, tax }: Sale, currency: string): Sale | null {
  const parts = [...lines.map((line) => line.amount), tax];
  if (sum(parts) <= 0) return null;
  const shares = proRata(amount, parts, smallestStep(currency));
  const shared = lines.map((line, index) => ({ ...line, amount: shares[index] ?? 0 }));
  const taxShare = shares[lines.length] ?? 0;
  const kept = shared.filter((line) => line.amount !== 0);
  // QuickBooks takes a tax only beside a taxable amount; a share of a cent or two may have none.
  if (taxShare !== 0 && sum(kept.filter((line) => line.taxable).map((line) => line.amount)) <= 0) return onLargest(kept, shared, taxShare);
  return { lines: kept, tax: taxShare };
}

function onLargest(kept: SaleLine[], all: SaleLine[], tax: number): Sale | null {
  const from = kept.length > 0 ? kept : all.filter((line) => line.taxable).slice(0, 1);
  const largest = [...from].sort((a, b) => b.amount - a.amount)[0] ?? all[0];
  if (!largest) return null;
  return { lines: from.map((line) => (line === largest ? { ...line, amount: line.amount + tax } : line)), tax: 0 };
}
