/** Days are `YYYY-MM-DD` in the company's time zone; instants are ISO text or epoch milliseconds. */

const DAY_MS = 86_400_000;
/** Making one costs a hundred times what using it does. */
const formats = new Map<string, { day: Intl.DateTimeFormat; instant: Intl.DateTimeFormat }>();

/** The day it is at `instantMs` in an IANA time zone. */
export function dayInZone(instantMs: number, timeZone: string): string {
  const parts = formatsOf(timeZone).day.formatToParts(instantMs);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** True for a day that exists. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The last whole second of a day in a time zone, as epoch milliseconds; right across clock changes. */
export function endOfDay(day: string, timeZone: string): number {
  return startOfDay(addDays(day, 1), timeZone) - 1000;
}

export function startOfDay(day: string, timeZone: string): number {
  const asUtc = Date.parse(`${day}T00:00:00Z`);
  // The offset at the guess may differ from the one at the answer when the clock changes that night: settle in two rounds.
  const guess = asUtc - offsetAt(asUtc, timeZone);
  return asUtc - offsetAt(guess, timeZone);
}

function offsetAt(instantMs: number, timeZone: string): number {
  const parts = formatsOf(timeZone).instant.formatToParts(instantMs);
  const at = (type: string) => Number(parts.find((each) => each.type === type)?.value);
  const local = Date.UTC(at('year'), at('month') - 1, at('day'), at('hour'), at('minute'), at('second'));
  return local - Math.floor(instantMs / 1000) * 1000;
}

function formatsOf(timeZone: string) {
  let found = formats.get(timeZone);
  if (!found) {
    const [numeric, padded] = ['numeric', '2-digit'] as const;
    found = {
      day: new Intl.DateTimeFormat('en-CA', { timeZone, year: numeric, month: padded, day: padded }),
      instant: new Intl.DateTimeFormat('en-US', {
        timeZone,
        hourCycle: 'h23',
        year: numeric,
        month: numeric,
        day: numeric,
        hour: numeric,
        minute: numeric,
        second: numeric,
      }),
    };
    formats.set(timeZone, found);
  }
  return found;
}

/** An ISO instant as a person reads it where nobody's time zone is known: `2026-11-24 15:00 UTC`. */
export const instantText = (instant: string): string => `${instant.slice(0, 16).replace('T', ' ')} UTC`;

/** True when the zone is one this machine knows. */
export function isTimeZone(timeZone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone }));
  } catch {
    return false;
  }
}
