import { expect, test } from 'vitest';
import { createClock, createSkewedClock } from './clock.ts';

const HOUR = 3_600_000;
/** Real time goes on between two looks, longer on a machine with much else to do. */
const A_WHILE = 10_000;

test('advancing fires timers in order, each at its own moment', async () => {
  const clock = createClock();
  const start = clock.now();
  const fired: [string, number][] = [];
  clock.setTimer(start + 3 * HOUR, () => void fired.push(['late', clock.now()]));
  clock.setTimer(start + HOUR, () => {
    fired.push(['early', clock.now()]);
    clock.setTimer(clock.now() + HOUR, () => void fired.push(['chained', clock.now()]));
  });
  const cancel = clock.setTimer(start + HOUR, () => void fired.push(['cancelled', 0]));
  cancel();
  let heard = 0;
  clock.onAdvance((now) => void (heard = now));

  await clock.advance(4 * HOUR);

  expect(fired.map(([name]) => name)).toEqual(['early', 'chained', 'late']);
  for (const [index, [, at]] of fired.entries()) expect(Math.abs(at - (start + (index + 1) * HOUR))).toBeLessThan(A_WHILE);
  expect(heard).toBeGreaterThanOrEqual(start + 4 * HOUR);
  clock.stop();
});

test('whoever follows the clock has its time before a timer fires', async () => {
  const clock = createClock();
  const start = clock.now();
  let followed = 0;
  const unsubscribe = clock.onJump(async () => {
    await Promise.resolve();
    followed = clock.now();
  });
  const seen: number[] = [];
  for (const hours of [1, 3]) clock.setTimer(start + hours * HOUR, () => void seen.push(followed));
  await clock.advance(4 * HOUR);
  for (const [index, at] of [...seen, followed].entries()) expect(Math.abs(at - (start + [1, 3, 4][index]! * HOUR))).toBeLessThan(A_WHILE);
  unsubscribe();
  await clock.advance(HOUR);
  expect(clock.now() - followed).toBeGreaterThan(HOUR / 2);
  clock.stop();
});

test('timers also fire with real time', async () => {
  const clock = createClock({ offsetMs: 30 * 24 * HOUR });
  expect(clock.now() - Date.now()).toBeGreaterThan(29 * 24 * HOUR);
  await new Promise<void>((resolve) => clock.setTimer(clock.now() + 5, resolve));
  clock.stop();
});

test('the clock never goes back', async () => {
  await expect(createClock().advance(-1)).rejects.toThrow('forward');
});

test('a skewed clock follows the other one at a distance, its timers too, and can be put right', async () => {
  const clock = createClock();
  const late = createSkewedClock(clock, -HOUR);
  expect(Math.abs(clock.now() - late.now() - HOUR)).toBeLessThan(A_WHILE);
  const fired: string[] = [];
  clock.setTimer(clock.now() + HOUR, () => void fired.push('the clock'));
  late.setTimer(late.now() + HOUR / 2, () => void fired.push('its own'));
  late.setTimer(clock.now() + HOUR, () => void fired.push('behind'));
  await late.advance(HOUR);
  expect(fired).toEqual(['its own', 'the clock']);
  late.skew(0);
  await clock.advance(0);
  expect(fired).toEqual(['its own', 'the clock', 'behind']);
  late.stop();
  clock.stop();
});

test('a clock that is set fires nothing, also when it is set back', async () => {
  const clock = createClock();
  const start = clock.now();
  let fired = 0;
  clock.setTimer(start + HOUR, () => void (fired += 1));
  await clock.advance(2 * HOUR);
  clock.set(start);
  expect(Math.abs(clock.now() - start)).toBeLessThan(A_WHILE);
  expect(fired).toBe(1);
  clock.stop();
});
