import { expect, test } from 'vitest';
import type { BenchRow } from './bench-row.ts';
import { printable, ratioOf } from './report.ts';

test('a ratio below one is a missed target, whichever way the figure counts', () => {
  const fast: BenchRow = { what: 'writes', measured: 900, unit: 'per second', target: 300, better: 'higher' };
  const slow: BenchRow = { what: 'start', measured: 4, unit: 'seconds', target: 2, better: 'lower' };
  expect([ratioOf(fast), ratioOf(slow)]).toEqual([3, 0.5]);
  const lines = printable([fast, slow]).split('\n');
  expect(lines[0]).toMatch(/^what\s+measured\s+target\s+ratio$/);
  expect(lines[2]).toMatch(/900 per second\s+at least 300\s+3\.00$/);
  expect(lines[3]).toMatch(/4 seconds\s+at most 2\s+0\.50 MISSED$/);
});
