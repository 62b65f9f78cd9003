import { faults } from '../errors.ts';
import type { Dimensions, LedgerEntry, Posting } from '../ledger/ledger.ts';
import { monthsOf, monthWithin } from './period.ts';
import type { Period } from './period.ts';
import type { Column, ReportSource } from './report.ts';

/** Into which column a posting falls, and which columns there are. */
export interface ColumnSet {
  /** As the header names it. */
  by: string;
  keyOf(entry: LedgerEntry, posting: Posting): string;
  /** The columns of the keys that occurred; the total comes after them. */
  columns(keys: Set<string>): { key: string; column: Column }[];
  totalTitle: string;
}

const DIMENSIONS = { Customers: ['customer', 'Customer'], Classes: ['class', 'Class'], Departments: ['department', 'Department'] } as const;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const UNNAMED = '';

/** The ids a posting is reported under: its own, else its transaction's. */
export const dimensionsOf = (entry: LedgerEntry, posting: Posting): Dimensions => ({ ...entry.dimensions, ...posting.dimensions });

/** `summarize_column_by`: Total, Month, Customers, Classes or Departments. */
export function columnSet(source: ReportSource, period: Period): ColumnSet {
  const by = source.query['summarize_column_by'] ?? 'Total';
  if (by === 'Total') return { by, keyOf: () => UNNAMED, columns: () => [], totalTitle: 'Total' };
  if (by === 'Month') return monthly(period);
  const dimension = DIMENSIONS[by as keyof typeof DIMENSIONS] as (typeof DIMENSIONS)[keyof typeof DIMENSIONS] | undefined;
  if (!dimension) throw faults.unsupported(`report with summarize_column_by=${by}`);
  const [member, entity] = dimension;
  const nameOf = (id: string) => {
    const body = source.books.get(entity, id);
    return String(body?.['FullyQualifiedName'] ?? body?.['DisplayName'] ?? id);
  };
  return {
    by,
    keyOf: (entry, posting) => dimensionsOf(entry, posting)[member] ?? UNNAMED,
    columns: (keys) =>
      [...keys]
        .map((key) => ({ key, title: key === UNNAMED ? 'Not Specified' : nameOf(key) }))
        .sort((a, b) => (a.key === UNNAMED ? 1 : b.key === UNNAMED ? -1 : a.title < b.title ? -1 : 1))
        .map(({ key, title }) => ({ key, column: { title, type: 'Money', metaData: { ColKey: key === UNNAMED ? '0' : key } } })),
    totalTitle: 'TOTAL',
  };
}

function monthly(period: Period): ColumnSet {
  return {
    by: 'Month',
    keyOf: (entry) => entry.date.slice(0, 7),
    columns: () =>
      monthsOf(period).map((key) => {
        const title = `${MONTHS[Number(key.slice(5)) - 1]!} ${key.slice(0, 4)}`;
        const { first, last } = monthWithin(key, period);
        return { key, column: { title, type: 'Money', metaData: { StartDate: first, EndDate: last, ColKey: title } } };
      }),
    totalTitle: 'Total',
  };
}
