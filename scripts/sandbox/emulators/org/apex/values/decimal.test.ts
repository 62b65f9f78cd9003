import { describe, expect, it } from 'vitest';
import { ApexDecimal } from './decimal.ts';
import type { RoundingMode } from './rounding.ts';

const decimal = (text: string): ApexDecimal => ApexDecimal.parse(text) as ApexDecimal;

/** The table of https://docs.oracle.com/javase/8/docs/api/java/math/RoundingMode.html, which Apex's modes follow. */
const ROUNDED: [input: string, ...results: number[]][] = [
  ['5.5', 6, 5, 6, 5, 6, 5, 6],
  ['2.5', 3, 2, 3, 2, 3, 2, 2],
  ['1.6', 2, 1, 2, 1, 2, 2, 2],
  ['1.1', 2, 1, 2, 1, 1, 1, 1],
  ['1.0', 1, 1, 1, 1, 1, 1, 1],
  ['-1.0', -1, -1, -1, -1, -1, -1, -1],
  ['-1.1', -2, -1, -1, -2, -1, -1, -1],
  ['-1.6', -2, -1, -1, -2, -2, -2, -2],
  ['-2.5', -3, -2, -2, -3, -3, -2, -2],
  ['-5.5', -6, -5, -5, -6, -6, -5, -6],
];
const MODES: RoundingMode[] = ['UP', 'DOWN', 'CEILING', 'FLOOR', 'HALF_UP', 'HALF_DOWN', 'HALF_EVEN'];

describe('decimals', () => {
  it.each(ROUNDED)('rounds %s in every mode', (input, ...results) => {
    expect(MODES.map((mode) => decimal(input).withScale(0, mode).toNumber())).toEqual(results);
  });

  it('keeps every digit', () => {
    expect(decimal('12345678901234567890.123').times(decimal('1000.0000001')).toString()).toBe('12345678902469135780246.4567890123');
  });

  it.each([
    ['1', '3', '0.3333333333333333333333333333333333'],
    ['2', '3', '0.6666666666666666666666666666666667'],
    ['10.00', '4', '2.50'],
    ['1', '8', '0.125'],
    ['-7', '2', '-3.5'],
    ['100', '0.03', '3333.333333333333333333333333333333'],
  ])('divides %s by %s', (top, bottom, result) => {
    expect(decimal(top).dividedBy(decimal(bottom)).toString()).toBe(result);
  });

  it.each(['', 'abc', '1.2.3', '--1', '.'])('does not parse %j', (text) => {
    expect(ApexDecimal.parse(text)).toBeUndefined();
  });
});
