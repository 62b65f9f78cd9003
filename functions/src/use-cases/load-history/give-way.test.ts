import { expect, test } from 'vitest';
import { giveWay } from './give-way.ts';

/** Keeps the process busy in steps of so many milliseconds. */
function* toil(steps: number, ms: number): Generator<undefined, string> {
  for (let step = 0; step < steps; step += 1) {
    for (const until = performance.now() + ms; performance.now() < until;);
    yield;
  }
  return 'done';
}

test('what waits meanwhile is seen to again and again before long work is done', async () => {
  let seen = 0;
  const others = setInterval(() => (seen += 1), 1);
  expect(await giveWay(toil(60, 1))).toBe('done');
  clearInterval(others);
  expect(seen).toBeGreaterThanOrEqual(5);
});
