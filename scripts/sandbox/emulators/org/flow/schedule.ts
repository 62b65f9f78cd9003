import { momentAt, partsIn } from '../apex/values/date-format.ts';
import type { FlowSchedule } from './definition.ts';

const DAY_MS = 86_400_000;
const STEP_DAYS = { Daily: 1, Weekly: 7 } as const;

/** The first time after `after` (ms since the epoch) at which the schedule falls due; null when it never does again. */
export function nextDue(schedule: FlowSchedule, after: number, timeZone: string): number | null {
  const first = Date.parse(`${schedule.startDate}T${schedule.startTime}Z`);
  if (Number.isNaN(first)) return null;
  if (schedule.frequency === 'Once') return later(momentAt(first, timeZone), after);
  const step = STEP_DAYS[schedule.frequency] * DAY_MS;
  const { year, month, day, hour, minute, second } = partsIn(after, timeZone);
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  let count = Math.max(Math.floor((wall - first) / step), 0);
  // Around a change of clocks the wall time alone may be off by one occurrence.
  for (; ; count += 1) {
    const due = momentAt(first + count * step, timeZone);
    if (due > after) return due;
  }
}

const later = (due: number, after: number): number | null => (due > after ? due : null);
