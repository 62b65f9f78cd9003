import { expect, test } from 'vitest';
import { periodEnd } from './periods.ts';

const at = (text: string) => Date.parse(`${text}T10:00:00Z`) / 1000;
const day = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10);

test('months are counted from the anchor, so the 31st comes back', () => {
  const anchor = at('2026-01-31');
  const month = { interval: 'month', interval_count: 1, trial_period_days: null } as const;
  const ends: string[] = [];
  for (let time = anchor, n = 0; n < 4; n += 1) ends.push(day((time = periodEnd(anchor, month, time))));
  expect(ends).toEqual(['2026-02-28', '2026-03-31', '2026-04-30', '2026-05-31']);
  expect(day(periodEnd(at('2024-02-29'), { ...month, interval: 'year' }, at('2024-02-29')))).toBe('2025-02-28');
  expect(day(periodEnd(anchor, { ...month, interval: 'week', interval_count: 2 }, at('2026-02-20')))).toBe('2026-02-28');
});
