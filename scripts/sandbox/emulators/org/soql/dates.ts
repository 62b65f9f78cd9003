/** A span of days, first included, last excluded, as `YYYY-MM-DD`. */
export interface DaySpan {
  from: string;
  to: string;
}

interface Day {
  year: number;
  /** 0 to 11. */
  month: number;
  day: number;
}

/** Making one costs a hundred times what using it does. */
const days = new Map<string, Intl.DateTimeFormat>();

const pad = (value: number, size = 2): string => String(value).padStart(size, '0');
const text = ({ year, month, day }: Day): string => `${pad(year, 4)}-${pad(month + 1)}-${pad(day)}`;

function normalise(year: number, month: number, day: number): Day {
  const date = new Date(Date.UTC(year, month, day));
  return { year: date.getUTCFullYear(), month: date.getUTCMonth(), day: date.getUTCDate() };
}

/** True for a `YYYY-MM-DD` that the calendar has. */
export function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split('-').map(Number);
  return month >= 1 && month <= 12 && day >= 1 && day <= (day <= 28 ? 28 : new Date(Date.UTC(year, month, 0)).getUTCDate());
}

/** The calendar day it is at `now` in a time zone. */
export function dayIn(now: number, timeZone: string): string {
  const format = days.get(timeZone) ?? new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  days.set(timeZone, format);
  return format.format(now);
}

/** The instant a day begins in a time zone, as stored text. */
export function startOfDay(day: string, timeZone: string): string {
  const guess = Date.parse(`${day}T00:00:00Z`);
  let instant = guess - offsetAt(guess, timeZone);
  // Where the clock changes near midnight the first guess may be off by the change.
  instant = guess - offsetAt(instant, timeZone);
  return storedInstant(instant);
}

function offsetAt(instant: number, timeZone: string): number {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
      .formatToParts(instant)
      .map((part) => [part.type, Number(part.value)]),
  );
  return (
    Date.UTC(
      parts['year'] ?? 0,
      (parts['month'] ?? 1) - 1,
      parts['day'] ?? 1,
      parts['hour'] ?? 0,
      parts['minute'] ?? 0,
      parts['second'] ?? 0,
    ) -
    Math.floor(instant / 1000) * 1000
  );
}

/** Milliseconds to the text kept in datetime columns and sent over REST. */
export const storedInstant = (ms: number): string => new Date(ms).toISOString().replace('Z', '+0000');

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

/** First day of the unit `steps` units away from the one that holds `today`. */
function unitStart(today: string, unit: Unit, steps: number): Day {
  const [year = 0, month = 1, day = 1] = today.split('-').map(Number);
  switch (unit) {
    case 'DAY':
      return normalise(year, month - 1, day + steps);
    case 'WEEK':
      // Weeks start on Sunday in the org's locale (en_US).
      return normalise(year, month - 1, day - new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 7 * steps);
    case 'MONTH':
      return normalise(year, month - 1 + steps, 1);
    case 'QUARTER':
      return normalise(year, Math.floor((month - 1) / 3) * 3 + 3 * steps, 1);
    case 'YEAR':
      return normalise(year + steps, 0, 1);
  }
}

const between = (today: string, unit: Unit, from: number, to: number): DaySpan => ({
  from: text(unitStart(today, unit, from)),
  to: text(unitStart(today, unit, to)),
});

const SIMPLE: Record<string, [Unit, number, number]> = {
  YESTERDAY: ['DAY', -1, 0],
  TODAY: ['DAY', 0, 1],
  TOMORROW: ['DAY', 1, 2],
  LAST_WEEK: ['WEEK', -1, 0],
  THIS_WEEK: ['WEEK', 0, 1],
  NEXT_WEEK: ['WEEK', 1, 2],
  LAST_MONTH: ['MONTH', -1, 0],
  THIS_MONTH: ['MONTH', 0, 1],
  NEXT_MONTH: ['MONTH', 1, 2],
  LAST_90_DAYS: ['DAY', -90, 1],
  NEXT_90_DAYS: ['DAY', 1, 91],
  LAST_QUARTER: ['QUARTER', -1, 0],
  THIS_QUARTER: ['QUARTER', 0, 1],
  NEXT_QUARTER: ['QUARTER', 1, 2],
  LAST_YEAR: ['YEAR', -1, 0],
  THIS_YEAR: ['YEAR', 0, 1],
  NEXT_YEAR: ['YEAR', 1, 2],
};

/** The days a date literal stands for, seen from `today`. Source: developer.salesforce.com/docs SOQL, "Date Formats and Date Literals". */
export function daysOf(literal: string, today: string): DaySpan | undefined {
  // The fiscal year is the calendar year (Organization.FiscalYearStartMonth = 1).
  const [word = '', count] = literal.toUpperCase().replace('FISCAL_', '').split(':');
  const simple = SIMPLE[word];
  if (simple) return between(today, ...simple);
  const n = Number(count);
  const match = /^(?:(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S|N_(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO)$/.exec(word);
  if (!match || !Number.isInteger(n)) return undefined;
  if (match[3]) return between(today, match[3] as Unit, -n, -n + 1);
  const unit = match[2] as Unit;
  // LAST_N_DAYS includes today; the other units end before the current one. NEXT_N_* start after the current one.
  if (match[1] === 'LAST') return unit === 'DAY' ? between(today, unit, -n, 1) : between(today, unit, -n, 0);
  return between(today, unit, 1, n + 1);
}
