import { expect, test } from 'vitest';
import { createEngine } from './engine.ts';
import { Killed } from './faults.ts';

const clock = { now: () => 0, sleep: async () => undefined };

/** A run that is killed at its second step and taken up again; the step's name of each try. */
async function takenUp(nameOf: (attempt: number) => string) {
  let attempt = 0;
  let steps = 0;
  const pass = async (point: string) => {
    if (point === 'engine.step' && (steps += 1) === 2) throw new Killed(point);
  };
  const engine = createEngine(clock, { pass });
  engine.register('run', async (_input, run) => {
    attempt += 1;
    await run.step(nameOf(attempt), async () => attempt);
    return run.step('after it', async () => 'done');
  });
  await engine.enqueue({ workflow: 'run', id: 'r', queueKey: 'k', input: null });
  await engine.idle();
  engine.restart();
  return engine.result('r', 1_000);
}

test('a run that is taken up takes the same steps, and what they gave is remembered', async () => {
  expect(await takenUp(() => 'first')).toBe('done');
});

test('one that takes others than before ends, as it does in DBOS', async () => {
  await expect(takenUp((attempt) => `first of try ${attempt}`)).rejects.toThrow(
    'Step 1 of r was "first of try 1" before it was taken up, and is "first of try 2" now.',
  );
});
