/** QuickBooks writes every moment in US Pacific time, whatever the company's zone (as recorded). */
const ZONE = 'America/Los_Angeles';
const HOUR_MS = 3_600_000;

const parts = new Intl.DateTimeFormat('en-US', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});
let cachedHour = Number.NaN;
let cachedOffsetMinutes = 0;

/** Minutes that Pacific time is ahead of UTC (negative); it changes on full hours only. */
function offsetMinutes(ms: number): number {
  const hour = Math.floor(ms / HOUR_MS);
  if (hour !== cachedHour) {
    const read = Object.fromEntries(parts.formatToParts(hour * HOUR_MS).map((part) => [part.type, Number(part.value)]));
    const local = Date.UTC(read['year']!, read['month']! - 1, read['day']!, read['hour']!, read['minute']!, read['second']!);
    cachedOffsetMinutes = (local - hour * HOUR_MS) / 60_000;
    cachedHour = hour;
  }
  return cachedOffsetMinutes;
}

function suffix(minutes: number): string {
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
}

/** "2020-09-29T05:58:16-07:00", the form of MetaData. */
export function seconds(ms: number): string {
  const offset = offsetMinutes(ms);
  return new Date(ms + offset * 60_000).toISOString().slice(0, 19) + suffix(offset);
}

/** "2020-09-29T05:58:16.187-07:00", the form of an answer's time. */
export function milliseconds(ms: number): string {
  const offset = offsetMinutes(ms);
  return new Date(ms + offset * 60_000).toISOString().slice(0, 23) + suffix(offset);
}

/** Today's date where the server is. */
export const today = (ms: number): string => seconds(ms).slice(0, 10);

/** `date` ("YYYY-MM-DD") plus days. */
export const plusDays = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
