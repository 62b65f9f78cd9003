import type { BalanceRow } from './balance-row.ts';
import { dayInZone } from './dates.ts';
import { sum } from './money.ts';

export type FeeCategory = 'Payment fees' | 'Dispute fees' | 'Payout fees' | 'Stripe fees';

/** What Stripe took on one day, in one currency, for one reason. */
export interface FeeGroup {
  day: string;
  currency: string;
  category: FeeCategory;
  parts: FeePart[];
}

export interface FeePart {
  rowId: string;
  /** What was taken; negative when Stripe gave some back. */
  amount: number;
}

/** The fees of rows by currency, day in the company's time zone and category, oldest day first. */
export function groupFees(rows: readonly BalanceRow[], timeZone: string): FeeGroup[] {
  const groups = new Map<string, FeeGroup>();
  for (const row of rows) {
    const amount = feeOf(row);
    if (amount === 0) continue;
    const day = dayInZone(Date.parse(row.createdAt), timeZone);
    const category = categoryOf(row);
    const key = `${day} ${row.currency} ${category}`;
    const group = groups.get(key) ?? { day, currency: row.currency, category, parts: [] };
    group.parts.push({ rowId: row.id, amount });
    groups.set(key, group);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** The part of a group that no earlier expense holds. */
export const withoutBooked = (group: FeeGroup, booked: ReadonlySet<string>): FeePart[] =>
  group.parts.filter(({ rowId }) => !booked.has(rowId));

export const totalOf = (parts: readonly FeePart[]): number => sum(parts.map(({ amount }) => amount));

/** A row's own fee; a row that is nothing but a fee takes it as its amount. */
export const feeOf = (row: Pick<BalanceRow, 'category' | 'amount' | 'fee'>): number => row.fee - (row.category === 'fee' ? row.amount : 0);

function categoryOf({ category }: BalanceRow): FeeCategory {
  switch (category) {
    case 'charge':
    case 'refund':
    case 'refund_failure':
      return 'Payment fees';
    case 'dispute':
    case 'dispute_reversal':
      return 'Dispute fees';
    case 'payout':
    case 'payout_reversal':
      return 'Payout fees';
    case 'fee':
    case 'other':
      return 'Stripe fees';
  }
}
