import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ground, openGround } from './company/ground.ts';
import { DEFECTS, PLANTED_STEPS, tells } from './planted.ts';
import { runSeed } from './run-seed.ts';

/** Short ones, for this has to be quick: `npm run simulate` plays long ones, and more of them. */
const SEEDS = 30;
const STEPS = 8;
/** So many seeds after its own are tried before a planted defect counts as not found. */
const TRIED = 15;

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
});
afterAll(() => ground?.close());

describe('whatever people do and whatever goes wrong meanwhile', () => {
  test(`in ${SEEDS} seeds: in the end the books tie out`, { timeout: 300_000 }, async () => {
    for (let seed = 1001; seed < 1001 + SEEDS; seed += 1) {
      const { violations } = await runSeed(ground, { seed, steps: STEPS });
      expect(violations, `npm run simulate -- --seed ${seed} --steps ${STEPS}`).toEqual([]);
    }
  });

  test('the same seed gives the same trace', async () => {
    const first = await runSeed(ground, { seed: 7, steps: STEPS });
    expect((await runSeed(ground, { seed: 7, steps: STEPS })).hash).toBe(first.hash);
    expect((await runSeed(ground, { seed: 8, steps: STEPS })).hash).not.toBe(first.hash);
  });
});

describe('the checks can fail', () => {
  test.each(Object.entries(DEFECTS))('%s is found', { timeout: 240_000 }, async (_name, defect) => {
    let found = false;
    for (let seed = defect.seed; seed <= defect.seed + TRIED && !found; seed += 1)
      found = tells(defect, await runSeed(ground, { seed, steps: PLANTED_STEPS, plant: defect.plant }));
    expect(found, `no check says "${defect.breaks}"`).toBe(true);
  });
});
