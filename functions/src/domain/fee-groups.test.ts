import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BalanceRow, RowCategory } from './balance-row.ts';
import { dayInZone } from './dates.ts';
import { groupFees, totalOf, withoutBooked } from './fee-groups.ts';

const CATEGORIES: RowCategory[] = ['charge', 'refund', 'dispute', 'payout', 'fee'];
const row = fc
  .record({
    category: fc.constantFrom(...CATEGORIES),
    amount: fc.integer({ min: -100_000, max: 100_000 }),
    fee: fc.integer({ min: -50, max: 5_000 }),
    currency: fc.constantFrom('USD', 'EUR'),
    minutes: fc.integer({ min: 0, max: 6_000 }),
  })
  .map(({ minutes, ...given }, index = 0): BalanceRow => {
    const createdAt = new Date(Date.parse('2026-11-24T00:00:00Z') + minutes * 60_000).toISOString();
    const common = { reportedAs: given.category, createdAt, availableAt: createdAt, sourceId: null, paymentId: null, description: null };
    return { id: `txn_${index}`, ...given, ...common, net: given.amount - given.fee };
  });
const rows = fc.array(row, { maxLength: 60 }).map((some) => some.map((each, index) => ({ ...each, id: `txn_${index}` })));

test('no fee is lost or counted twice: the groups add up to the fees and the fee rows, to the cent', () => {
  fc.assert(
    fc.property(rows, (some) => {
      const groups = groupFees(some, 'America/New_York');
      for (const currency of ['USD', 'EUR']) {
        const own = some.filter((each) => each.currency === currency);
        const expected = own.reduce((all, each) => all + each.fee - (each.category === 'fee' ? each.amount : 0), 0);
        const grouped = groups.filter((group) => group.currency === currency).reduce((all, { parts }) => all + totalOf(parts), 0);
        expect(grouped).toBe(expected);
      }
      for (const group of groups)
        for (const { rowId } of group.parts)
          expect(dayInZone(Date.parse(some.find((each) => each.id === rowId)?.createdAt ?? ''), 'America/New_York')).toBe(group.day);
    }),
  );
});

test('a day ends where the company is', () => {
  const at = (createdAt: string, id: string): BalanceRow => ({
    id,
    category: 'charge',
    reportedAs: 'charge',
    amount: 10_000,
    fee: 320,
    net: 9_680,
    currency: 'USD',
    createdAt,
    availableAt: createdAt,
    sourceId: null,
    paymentId: null,
    description: null,
  });
  const groups = groupFees([at('2026-11-25T04:59:59.000Z', 'a'), at('2026-11-25T05:00:00.000Z', 'b')], 'America/New_York');
  expect(groups.map(({ day, parts }) => [day, totalOf(parts)])).toEqual([
    ['2026-11-24', 320],
    ['2026-11-25', 320],
  ]);
  expect(totalOf(withoutBooked(groups[0]!, new Set(['a'])))).toBe(0);
});
