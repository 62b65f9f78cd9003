import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exponentOf, smallestStep } from './currency.ts';
import { add, compare, decimal, fitsScale, formatDecimal, parseDecimal, roundTo } from './decimal.ts';
import { isTooFine, lineAmount, netUnitPrice, reproducesAmount, taxOfLine } from './line-amount.ts';
import { formatMinor, moneyText, parseMoney, sum } from './money.ts';
import { spread } from './spread.ts';

const currency = fc.constantFrom('USD', 'EUR', 'JPY', 'KWD');
const minor = fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 });
const places = (most: number) =>
  fc
    .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: most }))
    .map(([unscaled, scale]) => formatDecimal({ unscaled, scale }));

describe('money', () => {
  test('decimal places: USD 2, EUR 2, JPY 0, KWD 3', () => {
    expect(['USD', 'EUR', 'JPY', 'KWD'].map(exponentOf)).toEqual([2, 2, 0, 3]);
  });

  test.each([
    ['19.99', 'USD', 1999],
    ['500', 'JPY', 500],
    ['1.234', 'KWD', 1234],
    ['-0.01', 'EUR', -1],
    ['0', 'USD', 0],
    ['1000', 'USD', 100_000],
  ])('%s %s is %i minor units', (text, code, expected) => {
    expect(parseMoney(text, code)).toEqual({ minor: expected, currency: code });
  });

  test.each([
    ['19.999', 'USD'],
    ['500.5', 'JPY'],
    ['1e3', 'USD'],
    ['', 'USD'],
    ['1,000', 'USD'],
    ['99999999999999999999', 'USD'],
  ])('%s %s is refused', (text, code) => {
    expect(parseMoney(text, code)).toBeNull();
  });

  test('what is written is read back the same', () => {
    fc.assert(fc.property(minor, currency, (amount, code) => parseMoney(formatMinor(amount, code), code)?.minor === amount));
  });

  test('people see thousands grouped and the currency named', () => {
    expect(moneyText(123_450, 'USD')).toEqual({ minor: 123_450, currency: 'USD', decimal: '1234.50', display: 'USD 1,234.50' });
    expect(moneyText(-1_000_000, 'JPY').display).toBe('JPY -1,000,000');
    expect(moneyText(1_234_567, 'KWD').display).toBe('KWD 1,234.567');
  });

  test('a sum that cannot be counted exactly is refused', () => {
    expect(() => sum([Number.MAX_SAFE_INTEGER, 1])).toThrow(/too large/);
  });
});

describe('line amounts', () => {
  test.each([
    ['3', '33.333', 'USD', 10_000],
    ['0.5', '0.01', 'USD', 1],
    ['-0.5', '0.01', 'USD', -1],
    ['1.5', '333', 'JPY', 500],
    ['0.3333333', '100', 'USD', 3333],
    ['2', '0.005', 'KWD', 10],
    ['1.5', '12.35', 'KWD', 18_530],
    ['1.3333333', '1', 'KWD', 1330],
  ])('%s x %s %s = %i', (quantity, price, code, expected) => {
    expect(lineAmount(quantity, price, code)).toBe(expected);
  });

  test('the amount is never more than half a step from the exact product, and a multiple of it', () => {
    fc.assert(
      fc.property(places(7), places(8), currency, (quantity, price, code) => {
        const amount = lineAmount(quantity, price, code);
        if (amount === null) return;
        const exact = {
          unscaled: decimal(quantity).unscaled * decimal(price).unscaled,
          scale: decimal(quantity).scale + decimal(price).scale,
        };
        const off = add(exact, { unscaled: -BigInt(amount), scale: exponentOf(code) });
        const half = { unscaled: 5n * BigInt(smallestStep(code)), scale: exponentOf(code) + 1 };
        expect(Math.abs(amount % smallestStep(code))).toBe(0);
        expect(compare({ unscaled: off.unscaled < 0n ? -off.unscaled : off.unscaled, scale: off.scale }, half)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('a credit mirrors its invoice', () => {
    fc.assert(
      fc.property(places(7), places(8), currency, (quantity, price, code) => {
        const amount = lineAmount(quantity, price, code);
        const mirrored = lineAmount(formatDecimal({ ...decimal(quantity), unscaled: -decimal(quantity).unscaled }), price, code);
        expect(amount === null ? null : amount + (mirrored ?? 0)).toBe(amount === null ? null : 0);
      }),
    );
  });

  test('quantity and price reproduce the amount only when nothing is rounded', () => {
    expect(reproducesAmount('2.5', '36', 'USD')).toBe(true);
    expect(reproducesAmount('3', '33.333', 'USD')).toBe(false);
    expect(reproducesAmount('1.5', '333', 'JPY')).toBe(false);
    expect(reproducesAmount('1.5', '12.35', 'KWD')).toBe(false);
    expect(reproducesAmount('2', '12.355', 'KWD')).toBe(true);
  });

  test.each([
    ['an agreed third decimal that stays', '1.235', '1', '1.235', true],
    ['one that the quantity evens out', '1.235', '2', '1.235', false],
    ['a price every system can hold, of a part', '12.35', '1.5', '12.35', false],
    ['a discount on such a price', '12.35', '1', '11.115', false],
    ['a price per call, finer than the currency itself', '0.0012345', '10', '0.0012345', false],
  ])('%s in KWD: too fine %s', (_title, agreed, quantity, net, expected) => {
    expect(isTooFine(agreed, quantity, net, 'KWD')).toBe(expected);
    expect(isTooFine(agreed, quantity, net, 'USD')).toBe(false);
  });

  test('too fine, too large or no number at all: no amount', () => {
    expect(lineAmount('0.12345678', '1', 'USD')).toBeNull();
    expect(lineAmount('1', '0.123456789', 'USD')).toBeNull();
    expect(lineAmount('99999999999', '99999999999', 'USD')).toBeNull();
    expect(lineAmount('one', '1', 'USD')).toBeNull();
  });

  test('a discount is folded into the price', () => {
    expect(netUnitPrice('40', '10')).toBe('36');
    expect(netUnitPrice('33.33', '12.5')).toBe('29.16375');
    expect(netUnitPrice('0.00000001', '50')).toBe('0.00000001');
    expect(netUnitPrice('100', null)).toBe('100');
  });

  test('tax of a line is rounded once, to a step every system can hold', () => {
    expect(taxOfLine(10_000, '8.25', 'USD')).toBe(825);
    expect(taxOfLine(999, '8.25', 'USD')).toBe(82);
    fc.assert(
      fc.property(
        fc.integer({ min: -10_000_000, max: 10_000_000 }),
        currency,
        (amount, code) => taxOfLine(amount, '7.775', code) % smallestStep(code) === 0,
      ),
    );
  });
});

describe('decimals', () => {
  test('text survives a round trip, whatever zeros it carries', () => {
    fc.assert(
      fc.property(places(16), (text) => {
        const value = parseDecimal(`${text}${text.includes('.') ? '000' : '.000'}`);
        expect(value && formatDecimal(value)).toBe(text === '-0' ? '0' : text);
      }),
    );
  });

  test('rounding to fewer places is idempotent and fits', () => {
    fc.assert(
      fc.property(places(12), fc.integer({ min: 0, max: 8 }), (text, scale) => {
        const rounded = roundTo(decimal(text), scale);
        expect(fitsScale(rounded, scale)).toBe(true);
        expect(roundTo(rounded, scale)).toEqual(rounded);
      }),
    );
  });
});

describe('spreading an amount over lines', () => {
  test('the shares add up exactly and none is off by a unit or more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1_000_000, max: 1_000_000 }),
        fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 60 }),
        (total, weights) => {
          const shares = spread(total, weights);
          expect(shares.reduce((all, share) => all + share, 0)).toBe(total);
          const whole = weights.reduce((all, weight) => all + weight, 0);
          if (whole > 0)
            shares.forEach((share, index) => expect(Math.abs(share - (total * (weights[index] ?? 0)) / whole)).toBeLessThan(1));
        },
      ),
    );
  });

  test('in steps of ten where the total is', () => {
    expect(spread(100, [1, 1, 1], 10)).toEqual([40, 30, 30]);
    expect(spread(0, [], 10)).toEqual([]);
    expect(spread(7, [0, 0])).toEqual([7, 0]);
  });
});
