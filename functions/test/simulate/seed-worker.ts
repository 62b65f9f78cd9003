import { parentPort } from 'node:worker_threads';
import { openGround } from './company/ground.ts';
import { type SeedOptions, runSeed } from './run-seed.ts';

/** A thread that plays the seeds it is sent, one after the other. */
const ground = await openGround();
parentPort?.on('message', async (options: SeedOptions) => {
  const result = await runSeed(ground, options);
  // Nobody reads the trace of a seed that passes.
  parentPort?.postMessage(result.violations.length === 0 ? { ...result, trace: [] } : result);
});
parentPort?.postMessage('ready');
