import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, dayInZone, endOfDay, isDay, isTimeZone } from './dates.ts';
import { dueDate, findTerms, offeredTerms } from './terms.ts';

const zone = fc.constantFrom(
  'America/New_York',
  'Asia/Tokyo',
  'Europe/Berlin',
  'Pacific/Auckland',
  'Asia/Kolkata',
  'America/Sao_Paulo',
  'UTC',
);
const instant = fc.integer({ min: Date.parse('2020-01-01T00:00:00Z'), max: Date.parse('2035-01-01T00:00:00Z') });

describe("days in the company's time zone", () => {
  test('an evening in New York is already tomorrow in Tokyo', () => {
    const at = Date.parse('2026-03-31T23:30:00-04:00');
    expect(dayInZone(at, 'America/New_York')).toBe('2026-03-31');
    expect(dayInZone(at, 'Asia/Tokyo')).toBe('2026-04-01');
  });

  test('the end of a day is its last second, across clock changes too', () => {
    fc.assert(
      fc.property(instant, zone, (at, timeZone) => {
        const day = dayInZone(at, timeZone);
        const end = endOfDay(day, timeZone);
        expect(dayInZone(end, timeZone)).toBe(day);
        expect(dayInZone(end + 1000, timeZone)).toBe(addDays(day, 1));
      }),
    );
    expect(new Date(endOfDay('2026-11-01', 'America/New_York')).toISOString()).toBe('2026-11-02T04:59:59.000Z');
  });

  test('only days that exist are days', () => {
    expect(['2026-02-28', '2024-02-29'].every(isDay)).toBe(true);
    expect(['2026-02-30', '2026-13-01', '26-1-1', '', '2026-11-24T00:00'].some(isDay)).toBe(false);
  });

  test('adding days goes over months and leap years', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-12-31', 30)).toBe('2027-01-30');
  });

  test('an unknown zone is told apart', () => {
    expect(isTimeZone('Europe/Berlin')).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
  });
});

describe('terms', () => {
  const ledger = [
    { id: '3', name: 'Net 30', dueDays: 30, active: true },
    { id: '9', name: 'Net 7', dueDays: 7, active: true },
    { id: '5', name: 'Old', dueDays: 99, active: false },
  ];

  test("QuickBooks' own come with their ids, the usual ones are added", () => {
    const offered = offeredTerms(ledger);
    expect(offered.map((term) => [term.value, term.termId])).toEqual([
      ['Due on receipt', null],
      ['Net 7', '9'],
      ['Net 15', null],
      ['Net 30', '3'],
      ['Net 60', null],
    ]);
    expect(findTerms(offered, 'net 30')?.days).toBe(30);
    expect(findTerms(offered, 'Old')).toBeUndefined();
  });

  test('the due date counts from the invoice date', () => {
    const [receipt] = offeredTerms([]);
    expect(receipt && dueDate('2026-11-24', receipt)).toBe('2026-11-24');
    const net30 = findTerms(offeredTerms([]), 'Net 30');
    expect(net30 && dueDate('2026-11-24', net30)).toBe('2026-12-24');
  });
});
