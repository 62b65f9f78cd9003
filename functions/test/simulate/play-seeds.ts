import { Worker } from 'node:worker_threads';
import type { Options } from './options.ts';
import type { SeedResult } from './run-seed.ts';

/** Plays seeds in as many threads as there are jobs. Whatever finishes first, the results come in the order of the seeds. */
export async function* playSeeds({
  from,
  seeds,
  steps,
  jobs,
  withinMs,
}: Pick<Options, 'from' | 'seeds' | 'steps' | 'jobs' | 'withinMs'>): AsyncGenerator<SeedResult> {
  const ends = withinMs === null ? Infinity : performance.now() + withinMs;
  const done = new Map<number, PromiseWithResolvers<SeedResult | null>>();
  let given = from;
  const threads = Array.from({ length: Math.min(jobs, seeds) }, () => {
    const thread = new Worker(new URL('./seed-worker.ts', import.meta.url));
    let playing: PromiseWithResolvers<SeedResult | null> | undefined;
    thread.on('message', (result: SeedResult | 'ready') => {
      if (result !== 'ready') playing?.resolve(result);
      if (given >= from + seeds) return;
      if (performance.now() > ends) return resultOf(done, given).resolve(null);
      playing = resultOf(done, given);
      thread.postMessage({ seed: given, steps });
      given += 1;
    });
    thread.on('error', (error) => (playing ?? resultOf(done, given)).reject(error));
    return thread;
  });
  try {
    for (let seed = from; seed < from + seeds; seed += 1) {
      const result = await resultOf(done, seed).promise;
      if (result === null) return;
      yield result;
      done.delete(seed);
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.terminate()));
  }
}

/** Null: there was no time for it. */
function resultOf(done: Map<number, PromiseWithResolvers<SeedResult | null>>, seed: number): PromiseWithResolvers<SeedResult | null> {
  let waited = done.get(seed);
  if (!waited) done.set(seed, (waited = Promise.withResolvers<SeedResult | null>()));
  return waited;
}
