/** Seconds. */
export const DAY = 86_400;

/** The first midnight (UTC) at or after a time. */
export const midnightFrom = (seconds: number): number => Math.ceil(seconds / DAY) * DAY;

/** The same day of the month and time (UTC) so many months later; the month's last day where it is shorter. */
export function addMonths(seconds: number, months: number): number {
  const from = new Date(seconds * 1000);
  const target = new Date(from);
  target.setUTCDate(1);
  target.setUTCMonth(from.getUTCMonth() + months);
  const last = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
  target.setUTCDate(Math.min(from.getUTCDate(), last));
  return target.getTime() / 1000;
}
