import { describe, expect, test } from 'vitest';
import { budgetFrom, monthlyBudget, percentOf, stepOf } from './budget.ts';
import { addDays } from './dates.ts';

const ALLOWED = 500_000;
const NOON = Date.parse('2026-11-20T12:00:00.000Z');
/** The same number each day up to `last`, counted from the beginning of the first. */
const daily = (first: string, last: string, calls: number) => {
  const days = [];
  for (let day = first; day <= last; day = addDays(day, 1)) days.push({ day, calls, since: `${day}T00:00:00.000Z` });
  return days;
};

describe('stepOf', () => {
  test.each([
    [0, 'enough'],
    [349_999, 'enough'],
    [350_000, 'look-ahead'],
    [449_999, 'look-ahead'],
    [450_000, 'act'],
    [510_000, 'act'],
  ] as const)('%i of 500,000', (used, step) => expect(stepOf({ used, allowed: ALLOWED })).toBe(step));

  test('says no share that is not reached', () => expect(percentOf({ used: 349_999, allowed: ALLOWED })).toBe(69));
});

describe('monthlyBudget', () => {
  test('takes the days of the running month', () => {
    const days = daily('2026-10-25', '2026-11-20', 1_000);
    expect(monthlyBudget(days, ALLOWED, NOON)).toMatchObject({ used: 20_000, allowed: ALLOWED, asOf: '2026-11-20T12:00:00.000Z' });
    expect(monthlyBudget(days, ALLOWED, Date.parse('2026-12-01T00:00:00.000Z'))).toMatchObject({ used: 0 });
  });

  test.each([
    ['the last days run on as they did', daily('2026-11-01', '2026-11-20', 20_000), '2026-11-25'],
    ['it is enough', daily('2026-11-01', '2026-11-20', 1_000), '2026-12-01'],
    [
      'a first load is long over',
      [...daily('2026-11-02', '2026-11-02', 300_000), ...daily('2026-11-03', '2026-11-20', 1_000)],
      '2026-12-01',
    ],
    ['all are used', daily('2026-11-01', '2026-11-20', 25_000), '2026-11-20'],
    ['it was counted for a few hours', [{ day: '2026-11-20', calls: 90_000, since: '2026-11-20T06:00:00.000Z' }], null],
    ['it was counted for two days', [{ day: '2026-11-18', calls: 200_000, since: '2026-11-18T12:00:00.000Z' }], '2026-11-23'],
    ['nothing was counted yet', [], null],
    ['nothing was read for long', daily('2026-11-01', '2026-11-02', 1_000), '2026-12-01'],
  ])('tells how long they last when %s', (_title, days, until) => expect(monthlyBudget(days, ALLOWED, NOON).lastsUntil).toBe(until));

  test.each([
    ['2026-11-20', '2026-11-01'],
    ['2026-11-03', '2026-10-20'],
  ])('on %s needs the days from %s on', (day, from) => expect(budgetFrom(Date.parse(`${day}T12:00:00.000Z`))).toBe(from));
});
