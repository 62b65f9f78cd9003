import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alone } from '../../src/adapters/engine/alone.ts';
import { type RunningEngine, createEngine } from '../../src/adapters/engine/engine.ts';
import { createEngine as memoryEngine } from '../../src/adapters/memory/engine.ts';
import type { Engine } from '../../src/ports/engine.ts';
import { type TestDatabase, startTestDatabase } from './database.ts';

let database: TestDatabase | undefined;
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const clock = { now: () => Date.now(), sleep: wait };

/** DBOS on PostgreSQL, and the memory the simulation puts in its place. */
const KINDS: [string, () => Promise<{ engine: Engine; start(): Promise<void>; stop(): Promise<void> }>][] = [
  [
    'DBOS',
    async () => {
      database = await startTestDatabase();
      const engine = await createEngine({ databaseUrl: database.url, executorId: 'test' });
      return { engine, start: () => engine.start(), stop: () => engine.stop() };
    },
  ],
  ['memory', async () => ({ engine: memoryEngine(clock), start: async () => undefined, stop: async () => undefined })],
];

describe.each(KINDS)('on %s', (name, open) => {
  const log: string[] = [];
  let leave: () => void = () => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  let running: Awaited<ReturnType<typeof open>>;
  let engine: Engine;

  beforeAll(async () => {
    running = await open();
    engine = running.engine;
    engine.register('add', async (input, run) => {
      const { a, b, ms } = input as { a: number; b: number; ms: number };
      log.push(`start ${run.id}`);
      const sum = await run.step('sum', async () => a + b);
      await run.sleep(ms);
      log.push(`end ${run.id}`);
      return { sum };
    });
    engine.register('fail', async () => {
      throw new Error('a bug');
    });
    engine.register('stumble', async (_input, run) => {
      const first = await run.step('refuse', () => Promise.reject(new Error('refused'))).catch((error: Error) => error.message);
      return { first, second: await run.step('go on', async () => 'went on') };
    });
    engine.register('linger', async (_input, run) => {
      await left;
      const error = new Error('its connections ended');
      log.push(`lost: ${run.lost(error)}`);
      throw error;
    });
    await running.start();
  });
  afterAll(async () => {
    await running?.stop();
    await database?.stop();
    database = undefined;
  });

  it('runs a workflow once however often its id is enqueued', async () => {
    const job = { workflow: 'add', id: 'one', queueKey: 'k', input: { a: 1, b: 2, ms: 0 } };
    await Promise.all([engine.enqueue(job), engine.enqueue(job), engine.enqueue(job)]);
    expect(await engine.result('one', 5000)).toEqual({ sum: 3 });
    await engine.enqueue(job);
    expect(await engine.result('one', 5000)).toEqual({ sum: 3 });
    expect(log.filter((line) => line === 'start one')).toHaveLength(1);
  });

  it('runs with one key go one at a time in order, others beside them', async () => {
    for (const id of ['a1', 'a2', 'a3']) await engine.enqueue({ workflow: 'add', id, queueKey: 'a', input: { a: 0, b: 0, ms: 60 } });
    await engine.enqueue({ workflow: 'add', id: 'b1', queueKey: 'b', input: { a: 0, b: 0, ms: 0 } });
    await Promise.all(['a1', 'a2', 'a3', 'b1'].map((id) => engine.result(id, 10_000)));
    expect(log.filter((line) => / a\d$/.test(line))).toEqual(['start a1', 'end a1', 'start a2', 'end a2', 'start a3', 'end a3']);
    expect(log.indexOf('end b1')).toBeLessThan(log.indexOf('end a3'));
  });

  it('gives up waiting, not the run; throws what the workflow threw', async () => {
    await engine.enqueue({ workflow: 'add', id: 'slow', queueKey: 's', input: { a: 2, b: 2, ms: 400 } });
    expect(await engine.result('slow', 50)).toBeUndefined();
    expect(await engine.result('slow', 5000)).toEqual({ sum: 4 });
    await engine.enqueue({ workflow: 'fail', id: 'bad', queueKey: 'f', input: null });
    await expect(engine.result('bad', 5000)).rejects.toThrow('a bug');
  });

  it('a step that throws is remembered as such, and the run goes on', async () => {
    await engine.enqueue({ workflow: 'stumble', id: 'stumbling', queueKey: 'z', input: null });
    expect(await engine.result('stumbling', 5000)).toEqual({ first: 'refused', second: 'went on' });
  });

  it.runIf(name === 'DBOS')('forgets runs that ended long enough ago, and no others', async () => {
    const { forget, enqueue, result } = engine as RunningEngine;
    await enqueue({ workflow: 'add', id: 'old', queueKey: 'old', input: { a: 1, b: 1, ms: 0 } });
    await result('old', 5000);
    await enqueue({ workflow: 'add', id: 'under way', queueKey: 'way', input: { a: 1, b: 1, ms: 1500 } });
    expect(await forget(Date.now() - 60_000, 100)).toBe(0);
    expect(await forget(Date.now() + 60_000, 100)).toBeGreaterThan(0);
    expect(await result('old', 50)).toBeUndefined();
    expect(await result('under way', 5000)).toEqual({ sum: 2 });
  });

  it.runIf(name === 'DBOS')('processes that boot together take turns at its tables', async () => {
    let inside = 0;
    const work = async () => {
      expect((inside += 1)).toBe(1);
      await wait(20);
      inside -= 1;
    };
    await Promise.all([1, 2, 3].map(() => alone(database?.url.reveal() ?? '', work)));
  });

  it('what was never asked for has no result', async () => {
    expect(await engine.result('unknown', 50)).toBeUndefined();
  });

  it.runIf(name === 'DBOS')('a run under way when its process leaves is lost to it, not ended: the next process finds it', async () => {
    await engine.enqueue({ workflow: 'linger', id: 'lingering', queueKey: 'l', input: null });
    const look = new pg.Client({ connectionString: database?.url.reveal() });
    await look.connect();
    const state = async () =>
      (await look.query("SELECT status FROM dbos.workflow_status WHERE workflow_uuid = 'lingering'")).rows[0]?.status;
    await expect.poll(state).toBe('PENDING');
    await running.stop();
    running.stop = async () => undefined;
    leave();
    await expect.poll(() => log).toContain('lost: true');
    await wait(300);
    expect(await state()).toBe('PENDING');
    await look.end();
  });
});
