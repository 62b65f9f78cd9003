interface Parts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  weekday: number;
}

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  let found = formatters.get(timeZone);
  if (!found) {
    found = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formatters.set(timeZone, found);
  }
  return found;
}

/** Wall-clock parts of a moment in an IANA time zone. */
export function partsIn(ms: number, timeZone: string): Parts {
  const found = Object.fromEntries(
    formatterOf(timeZone)
      .formatToParts(ms)
      .map((part) => [part.type, Number(part.value)]),
  ) as Record<string, number>;
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
  return { year, month, day, hour, minute, second, weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay() };
}

/** Milliseconds the zone is ahead of GMT at a moment. */
export function offsetOf(ms: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = partsIn(ms, timeZone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
}

/** The moment at which the zone's clocks show the given wall-clock time (as if it were GMT milliseconds). */
export function momentAt(wallMs: number, timeZone: string): number {
  const guess = wallMs - offsetOf(wallMs, timeZone);
  return wallMs - offsetOf(guess, timeZone);
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function offsetText(ms: number, timeZone: string, colon: boolean): string {
  const minutes = Math.round(offsetOf(ms, timeZone) / 60_000);
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${String(Math.floor(size / 60)).padStart(2, '0')}${colon ? ':' : ''}${String(size % 60).padStart(2, '0')}`;
}

/** Java's SimpleDateFormat for the letters that billing texts use. */
export function formatMoment(ms: number, pattern: string, timeZone: string): string {
  const parts = partsIn(ms, timeZone);
  return pattern.replace(/'([^']*)'|([A-Za-z])\2*/g, (run: string, quoted: string | undefined, letter: string | undefined) => {
    if (quoted !== undefined) return quoted === '' ? "'" : quoted;
    const pad = (value: number): string => String(value).padStart(run.length, '0');
    switch (letter) {
      case 'y':
        return run.length === 2 ? String(parts.year % 100).padStart(2, '0') : pad(parts.year);
      case 'M':
        return run.length >= 4
          ? (MONTHS[parts.month - 1] ?? '')
          : run.length === 3
            ? (MONTHS[parts.month - 1] ?? '').slice(0, 3)
            : pad(parts.month);
      case 'd':
        return pad(parts.day);
      case 'H':
        return pad(parts.hour);
      case 'h':
        return pad(parts.hour % 12 || 12);
      case 'm':
        return pad(parts.minute);
      case 's':
        return pad(parts.second);
      case 'S':
        return pad(((ms % 1000) + 1000) % 1000);
      case 'a':
        return parts.hour < 12 ? 'AM' : 'PM';
      case 'E':
        return run.length >= 4 ? (DAYS[parts.weekday] ?? '') : (DAYS[parts.weekday] ?? '').slice(0, 3);
      case 'Z':
        return offsetText(ms, timeZone, false);
      case 'X':
        return timeZone === 'GMT' || timeZone === 'UTC' ? 'Z' : offsetText(ms, timeZone, run.length === 3);
      case 'z':
        return timeZone;
      default:
        throw new RangeError(`Illegal pattern character '${letter}'`);
    }
  });
}
