import fc from 'fast-check';
import { expect, test } from 'vitest';
import { proRata } from './pro-rata.ts';
import { shareOfSale } from './share-of-sale.ts';

const amount = fc.integer({ min: -5_000_000, max: 9_000_000 });
const parts = fc.array(amount, { minLength: 1, maxLength: 30 }).filter((some) => some.reduce((all, part) => all + part, 0) > 0);

test('shares add up exactly, and none is a unit or more away from its exact share', () => {
  fc.assert(
    fc.property(parts, fc.double({ min: 0, max: 1, noNaN: true }), (some, portion) => {
      const whole = some.reduce((all, part) => all + part, 0);
      const total = Math.round(whole * portion);
      const shares = proRata(total, some);
      expect(shares.reduce((all, share) => all + share, 0)).toBe(total);
      shares.forEach((share, index) => expect(Math.abs(share - ((some[index] ?? 0) * total) / whole)).toBeLessThan(1.000001));
    }),
  );
});

test('the whole gives every part back as it was', () => {
  fc.assert(
    fc.property(parts, (some) => {
      expect(
        proRata(
          some.reduce((all, part) => all + part, 0),
          some,
        ),
      ).toEqual(some);
    }),
  );
});

test('steps are kept where the total keeps them', () => {
  expect(proRata(100, [330, 330, 340], 10)).toEqual([30, 30, 40]);
  expect(proRata(10, [330, 330, 340], 10)).toEqual([0, 0, 10]);
});

test('nothing sold, nothing to share', () => {
  expect(() => proRata(1, [0, 0])).toThrow('nothing');
  expect(shareOfSale(1, { lines: [], tax: 0 }, 'USD')).toBeNull();
});

test('a share of a sale is the amount, tax beside a taxable line alone', () => {
  const line = fc.record({ amount: fc.integer({ min: 1, max: 100_000 }), taxable: fc.boolean() });
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 10 }), fc.integer({ min: 1, max: 1_000 }), (some, portion) => {
      const lines = some.map((each) => ({ ...each, itemId: '1', description: 'x' }));
      const tax = Math.round(lines.filter((each) => each.taxable).reduce((all, each) => all + each.amount, 0) / 12);
      const total = lines.reduce((all, each) => all + each.amount, tax);
      const amount = Math.max(Math.round((total * portion) / 1_000), 1);
      const share = shareOfSale(amount, { lines, tax }, 'USD');
      expect((share?.lines ?? []).reduce((all, each) => all + each.amount, share?.tax ?? 0)).toBe(amount);
      if (share && share.tax > 0) expect(share.lines.some((each) => each.taxable && each.amount > 0)).toBe(true);
    }),
  );
});
