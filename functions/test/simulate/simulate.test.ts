import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Plant } from './company/boot.ts';
import { type Ground, openGround } from './company/ground.ts';
import { INVARIANTS } from './invariants/invariants.ts';
import { DEFECTS } from './defects.ts';
import { NOT_PLANTED, PLANTED_STEPS, tells, withDefect, withoutDefect } from './planted.ts';
import { type SeedResult, runSeed } from './run-seed.ts';

/** Short ones, for this has to be quick: `npm run simulate` plays long ones, and more of them. */
const SEEDS = 100;
const STEPS = 6;
/** So many seeds after its own are tried before a planted defect counts as not found. */
const TRIED = 40;

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
  test('each of them is broken by a planted defect', () => {
    const broken = [...Object.values(DEFECTS).map(({ breaks }) => breaks), ...NOT_PLANTED];
    expect(new Set(broken)).toEqual(new Set(INVARIANTS.map(({ name }) => name)));
  });

  /** Several defects share a seed without them. */
  const healthy = new Map<string, Promise<SeedResult>>();

  test.each(Object.entries(DEFECTS))('%s is found, and not without it in the same seed', { timeout: 240_000 }, async (title, defect) => {
    for (let seed = defect.seed; seed <= defect.seed + TRIED; seed += 1) {
      const run = (plant: Plant) => runSeed(ground, { seed, steps: defect.steps ?? PLANTED_STEPS, plant });
      if (!tells(defect, await run(withDefect(defect)))) continue;
      const name = `${seed} ${defect.silent ?? false} ${defect.amid ? title : ''}`;
      const without = healthy.get(name) ?? run(withoutDefect(defect));
      healthy.set(name, without);
      if (!tells(defect, await without)) return;
    }
    expect.fail(`no seed in which "${defect.breaks}" is said for the defect alone`);
  });
});
