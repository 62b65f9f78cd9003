import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RealGround, openRealGround } from '../simulate/real/ground.ts';
import { playReal } from '../simulate/real/run-seed.ts';

// What the simulation plays in one process by the thousand, here with real processes: `npm run simulate -- --real` plays more, and longer.

/** Each with a kill at least, and without a wait of hours. */
const SEEDS = [3, 36, 57];
const STEPS = 4;
const WEEK = 7 * 86_400_000;

let ground: RealGround;
beforeAll(async () => {
  ground = await openRealGround();
});
afterAll(() => ground?.stop());

test('whatever people do and whatever is killed and lost meanwhile, in the end the books tie out', async () => {
  const { violations, acted, fired, trace } = await playReal(ground, { seeds: SEEDS, steps: STEPS, calmMs: [WEEK] });
  expect(violations, trace.join('\n')).toEqual([]);
  expect(Object.keys(acted)).not.toEqual([]);
  expect(fired['kill']).toBeGreaterThanOrEqual(SEEDS.length);
});
