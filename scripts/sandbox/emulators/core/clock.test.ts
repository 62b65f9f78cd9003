import { expect, test } from 'vitest';
import { createClock } from './clock.ts';

const HOUR = 3_600_000;

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
  for (const [index, [, at]] of fired.entries()) expect(Math.abs(at - (start + (index + 1) * HOUR))).toBeLessThan(200);
  expect(heard).toBeGreaterThanOrEqual(start + 4 * HOUR);
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
