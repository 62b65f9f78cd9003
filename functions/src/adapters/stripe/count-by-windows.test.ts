import { expect, test } from 'vitest';
import { done } from '../../domain/outcome.ts';
import { countByWindows, type CreatedRange } from './count-by-windows.ts';

const NOW = Date.UTC(2026, 10, 24) / 1000;
const DAY = 86_400;

/** A list of these moments as Stripe answers it: the newest hundred. */
const listOf = (moments: number[]) => {
  const asked = { times: 0 };
  const newest = async ({ gte = 0, lte = Infinity }: CreatedRange) => {
    asked.times += 1;
    const within = moments.filter((at) => at >= gte && at <= lte).sort((a, b) => b - a);
    return done({ data: within.slice(0, 100).map((created) => ({ created })), has_more: within.length > 100 });
  };
  return { asked, newest };
};
const spread = (count: number, years: number) =>
  Array.from({ length: count }, (_unused, index) => NOW - Math.floor((index * years * 365 * DAY) / count));

test('what fits on a page is counted, with one call', async () => {
  const { asked, newest } = listOf(spread(100, 3));
  expect(await countByWindows({}, newest)).toEqual(done({ records: 100, estimated: false }));
  expect(asked.times).toBe(1);
});

test.each([
  ['steadily over three years', spread(40_000, 3)],
  ['more and more', Array.from({ length: 40_000 }, (_unused, index) => NOW - Math.floor(3 * 365 * DAY * (1 - Math.sqrt(index / 40_000))))],
])('forty thousand that came %s are estimated within a tenth, with few calls', async (_how, moments) => {
  const { asked, newest } = listOf(moments);
  const counted = await countByWindows({}, newest);
  if (counted.outcome !== 'done') throw new Error(counted.outcome);
  expect(counted.value.estimated).toBe(true);
  expect(Math.abs(counted.value.records / 40_000 - 1)).toBeLessThan(0.1);
  expect(asked.times).toBeLessThanOrEqual(24);
});

test('of what is not all wanted the wanted are counted, and estimated by their share', async () => {
  const odd = ({ created }: { created: number }) => created % 2 === 1;
  const few = listOf([NOW, NOW - 1, NOW - 2, NOW - 3]);
  expect(await countByWindows({}, few.newest, odd)).toEqual(done({ records: 2, estimated: false }));
  const many = listOf(spread(40_000, 3).map((at, index) => at - (at % 2) + (index % 4 === 0 ? 1 : 0)));
  const counted = await countByWindows({}, many.newest, odd);
  if (counted.outcome !== 'done') throw new Error(counted.outcome);
  expect(Math.abs(counted.value.records / 10_000 - 1)).toBeLessThan(0.1);
});
