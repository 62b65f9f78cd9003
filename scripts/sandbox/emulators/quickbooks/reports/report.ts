import type { Draft } from '../entities.ts';
import { fromMinor } from '../money.ts';
import { seconds } from '../pacific-time.ts';
import type { Books } from '../store.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Applications } from '../ledger/applications.ts';
import type { Period } from './period.ts';

/** What a report is made from. */
export interface ReportSource {
  books: Books;
  ledger: Ledger;
  applications: Applications;
  query: Record<string, string>;
  now: number;
}

export interface Column {
  title: string;
  type: 'Account' | 'Money' | 'Customer';
  metaData?: Record<string, string>;
}

export interface Cell {
  value: string;
  id?: string;
}

export type Row = Draft;

/** An amount as reports write it: two decimals, nothing where there is nothing. */
export const money = (minor: number | undefined): string => (minor === undefined ? '' : fromMinor(minor).toFixed(2));

export const dataRow = (cells: Cell[], type?: 'Data'): Row => ({ ColData: cells, ...(type ? { type } : {}) });

/** A section: heading, rows and total, each only where there is one. */
export const section = (parts: { header?: Cell[]; rows?: Row[]; summary?: Cell[]; group?: string }): Row => ({
  ...(parts.header ? { Header: { ColData: parts.header } } : {}),
  ...(parts.rows && parts.rows.length > 0 ? { Rows: { Row: parts.rows } } : {}),
  ...(parts.summary ? { Summary: { ColData: parts.summary } } : {}),
  type: 'Section',
  ...(parts.group ? { group: parts.group } : {}),
});

/** Header, columns and rows in the order recorded. `filters` are named as in the header: Customer, Class, Department. */
export function reportBody(
  source: ReportSource,
  parts: {
    name: string;
    period?: Period;
    head?: Draft;
    filters?: Record<string, string | undefined>;
    options?: Record<string, string>;
    isEmpty: boolean;
    columns: Column[];
    rows: Row[];
  },
): Draft {
  const { period } = parts;
  const options = { ...parts.options, NoReportData: String(parts.isEmpty) };
  const filters = Object.fromEntries(Object.entries(parts.filters ?? {}).filter(([, value]) => value !== undefined));
  const pairs = (record: Record<string, string>) => Object.entries(record).map(([Name, Value]) => ({ Name, Value }));
  return {
    Header: {
      Time: seconds(source.now),
      ReportName: parts.name,
      ...(period?.macro ? { DateMacro: period.macro } : {}),
      ...parts.head,
      ...(period ? { StartPeriod: period.start, EndPeriod: period.end } : {}),
      ...(parts.head?.['SummarizeColumnsBy'] ? { SummarizeColumnsBy: parts.head['SummarizeColumnsBy'] } : {}),
      Currency: source.books.settings.homeCurrency,
      ...filters,
      Option: pairs(options),
    },
    Columns: {
      Column: parts.columns.map(({ title, type, metaData }) => ({
        ColTitle: title,
        ColType: type,
        ...(metaData ? { MetaData: pairs(metaData) } : {}),
      })),
    },
    Rows: { Row: parts.rows },
  };
}
