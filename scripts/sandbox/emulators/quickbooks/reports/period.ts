import { faults } from '../errors.ts';
import { plusDays, today } from '../pacific-time.ts';

export interface Period {
  start: string;
  end: string;
  /** The macro that made it, as the header names it; undefined for explicit dates. */
  macro?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MACRO = /^(this|last|next) (week|month|(?:fiscal|calendar) quarter|(?:fiscal|calendar) year)(-to-date)?$/;

/** The dates of a report: explicit ones, a macro, else `otherwise`. Fiscal years begin in January here. */
export function periodOf(query: Record<string, string>, now: number, otherwise: string): Period {
  const { start_date: start, end_date: end, date_macro: macro } = query;
  for (const [name, value] of Object.entries({ start_date: start, end_date: end }))
    if (value !== undefined && !DAY.test(value)) throw faults.invalidDate(name, value);
  if (start !== undefined && end !== undefined) {
    if (start > end) throw faults.unsupported('report whose start_date is after its end_date');
    return { start, end };
  }
  if (start !== undefined || end !== undefined) throw faults.unsupported('report with only one of start_date and end_date');
  return macroPeriod((macro ?? otherwise).toLowerCase(), today(now));
}

function macroPeriod(macro: string, day: string): Period {
  if (macro === 'today') return { start: day, end: day, macro };
  if (macro === 'yesterday') return { start: plusDays(day, -1), end: plusDays(day, -1), macro };
  const match = MACRO.exec(macro);
  if (!match) throw faults.unsupported(`report with the date_macro ${macro}`);
  const [, which, unit, toDate] = match;
  const first = firstDay(unit!, day);
  const start = which === 'this' ? first : which === 'last' ? firstDay(unit!, plusDays(first, -1)) : plusDays(lastDay(unit!, day), 1);
  const whole = lastDay(unit!, start);
  if (!toDate) return { start, end: whole, macro };
  const end = which === 'this' ? day : plusDays(start, daysBetween(first, day));
  return { start, end: end < whole ? end : whole, macro };
}

export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

function firstDay(unit: string, day: string): string {
  const [year, month] = [day.slice(0, 4), Number(day.slice(5, 7))];
  if (unit === 'week') return plusDays(day, -new Date(`${day}T00:00:00Z`).getUTCDay());
  if (unit === 'month') return `${day.slice(0, 7)}-01`;
  if (unit.endsWith('year')) return `${year}-01-01`;
  return `${year}-${String(month - ((month - 1) % 3)).padStart(2, '0')}-01`;
}

function lastDay(unit: string, day: string): string {
  const first = firstDay(unit, day);
  if (unit === 'week') return plusDays(first, 6);
  const months = unit === 'month' ? 1 : unit.endsWith('quarter') ? 3 : 12;
  const next = new Date(Date.UTC(Number(first.slice(0, 4)), Number(first.slice(5, 7)) - 1 + months, 1));
  return plusDays(next.toISOString().slice(0, 10), -1);
}

/** Calendar months that a period touches: "2026-01" … . */
export function monthsOf({ start, end }: Period): string[] {
  const months: string[] = [];
  for (let day = firstDay('month', start); day <= end; day = plusDays(lastDay('month', day), 1)) months.push(day.slice(0, 7));
  return months;
}

/** First and last day of a month ("2026-02"), within the period. */
export function monthWithin(month: string, { start, end }: Period): { first: string; last: string } {
  const [first, last] = [`${month}-01`, lastDay('month', `${month}-01`)];
  return { first: first < start ? start : first, last: last > end ? end : last };
}
