import type { Options } from '../options.ts';
import type { SeedResult } from '../run-seed.ts';
import { openRealGround } from './ground.ts';
import { CALM, playReal } from './run-seed.ts';

/** Seeds with real processes, one after the other, each from the same beginning. */
export async function* playRealSeeds({ from, seeds, steps, withinMs }: Options): AsyncGenerator<SeedResult> {
  const ends = withinMs === null ? Infinity : performance.now() + withinMs;
  const ground = await openRealGround();
  try {
    if (seeds > 1) await ground.keep();
    for (let seed = from; seed < from + seeds && performance.now() < ends; seed += 1) {
      if (seed > from) await ground.begin();
      yield await playReal(ground, { seeds: [seed], steps, calmMs: CALM });
    }
  } finally {
    await ground.stop();
  }
}
