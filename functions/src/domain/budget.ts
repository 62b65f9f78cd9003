import { addDays } from './dates.ts';

const DAY_MS = 86_400_000;
/** From so many percent on somebody should look ahead, and from so many on act. */
const LOOK_AHEAD_AT = 70;
const ACT_AT = 90;
/** The pace is that of so many days: a day with a first load in it does not speak for the month. */
const PACE_DAYS = 7;

/** Calls that a system allows in a span of time, and how many of them are used. */
export interface Budget {
  used: number;
  allowed: number;
  /** ISO instant at which that was so. */
  asOf: string;
}

export interface MonthlyBudget extends Budget {
  /** The day on which the last one is used at the pace of the last days; one of the next month: they are enough. Null: not known yet. */
  lastsUntil: string | null;
}

/** Calls of one meter on one day, by UTC. */
export interface DayOfUsage {
  day: string;
  calls: number;
  /** ISO instant from which on that day was counted: not its beginning on the day of the first call. */
  since: string;
}

export type BudgetStep = 'enough' | 'look-ahead' | 'act';

/** Rounded down: a step is said once it is reached, and not before. */
export const percentOf = ({ used, allowed }: Pick<Budget, 'used' | 'allowed'>): number => Math.floor((used * 100) / allowed);

export function stepOf(budget: Pick<Budget, 'used' | 'allowed'>): BudgetStep {
  const percent = percentOf(budget);
  if (percent >= ACT_AT) return 'act';
  return percent >= LOOK_AHEAD_AT ? 'look-ahead' : 'enough';
}

/** From this day on usage has to be known for `monthlyBudget`: this month, and the days that tell the pace with a week before them. */
export function budgetFrom(now: number): string {
  const today = dayOf(now);
  const [earliest = today] = [firstOf(today), addDays(today, -2 * PACE_DAYS)].sort();
  return earliest;
}

/**
 * What is used of a month's calls. A month ends at midnight UTC: by which time zone QuickBooks counts is not documented, so for some
 * hours around the turn of the month its count and ours may be of neighbouring months.
 */
export function monthlyBudget(days: readonly DayOfUsage[], allowed: number, now: number): MonthlyBudget {
  const today = dayOf(now);
  const used = sum(days.filter(({ day }) => day >= firstOf(today) && day <= today));
  return { used, allowed, asOf: new Date(now).toISOString(), lastsUntil: lastsUntil(allowed - used, paceOf(days, now), now) };
}

/** Calls in 24 hours; null while less than a day was counted. */
function paceOf(days: readonly DayOfUsage[], now: number): number | null {
  const first = addDays(dayOf(now), 1 - PACE_DAYS);
  const counted = days.filter(({ day }) => day >= first);
  const since = counted.length < days.length ? first : counted[0]?.since;
  const elapsed = since === undefined ? 0 : (now - Date.parse(since)) / DAY_MS;
  return elapsed < 1 ? null : sum(counted) / elapsed;
}

function lastsUntil(left: number, pace: number | null, now: number): string | null {
  if (left <= 0) return dayOf(now);
  if (pace === null) return null;
  const next = firstOf(addDays(firstOf(dayOf(now)), 31));
  const spent = Math.min(now + (left / pace) * DAY_MS, Date.parse(next));
  return dayOf(spent);
}

const dayOf = (instantMs: number): string => new Date(instantMs).toISOString().slice(0, 10);
const firstOf = (day: string): string => `${day.slice(0, 7)}-01`;
const sum = (days: readonly DayOfUsage[]): number => days.reduce((all, { calls }) => all + calls, 0);
