import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ground, openGround } from './company/ground.ts';
import { STEPS } from './options.ts';
import { DEFECTS } from './planted.ts';
import { runSeed } from './run-seed.ts';

const SEEDS = 5;
/** Within so many seeds each planted defect is found. */
const FOUND_WITHIN = 10;

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground?.close());

describe('whatever people do and whatever goes wrong meanwhile', () => {
  test.each(Array.from({ length: SEEDS }, (_, index) => 1001 + index))('seed %i: in the end the books tie out', async (seed) => {
    const { violations } = await runSeed(ground, { seed, steps: STEPS });
    expect(violations).toEqual([]);
  });

  test('the same seed gives the same trace', async () => {
    const first = await runSeed(ground, { seed: 7, steps: 8 });
    expect((await runSeed(ground, { seed: 7, steps: 8 })).hash).toBe(first.hash);
    expect((await runSeed(ground, { seed: 8, steps: 8 })).hash).not.toBe(first.hash);
  });
});

describe('the checks can fail', () => {
  test.each(Object.entries(DEFECTS))('%s is found', { timeout: 240_000 }, async (_name, plant) => {
    const found: string[] = [];
    for (let seed = 1; seed <= FOUND_WITHIN && found.length === 0; seed += 1)
      found.push(...(await runSeed(ground, { seed, steps: STEPS, plant })).violations);
    expect(found).not.toEqual([]);
  });
});
