/** Seconds. */
export const DAY = 86_400;

/** The first midnight (UTC) at or after a time. */
export const midnightFrom = (seconds: number): number => Math.ceil(seconds / DAY) * DAY;
