import type { Json } from '../../ports/effect-log.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Engine, Run, Workflow } from '../../ports/engine.ts';
import { copyJson } from './copy-json.ts';
import { Killed } from './faults.ts';

type Remembered = { name: string } & ({ value: Json } | { error: string });

interface Job {
  workflow: string;
  id: string;
  queueKey: string;
  input: Json;
  /** By the step's place in the run. */
  memory: Map<number, Remembered>;
  state: 'waiting' | 'running' | 'finished' | 'interrupted' | 'failed';
  result: Json | undefined;
  error: unknown;
}

/** What an engine keeps in its database: it outlives the processes that run the jobs. */
export type JobStore = Map<string, Job>;

/** Runs workflows in this process with remembered steps; a planned kill interrupts it until `restart`. */
export interface MemoryEngine extends Engine {
  /** After a kill: takes up what was interrupted, with the memory of its steps. */
  restart(): void;
  /** A new process on the store of one that died: takes up all that is not finished, in the order in which it came. */
  takeUp(): void;
  /** The engine's own store is lost: every run and every remembered step. */
  forget(): void;
  /** Until every run is finished or interrupted. */
  idle(): Promise<void>;
  readonly jobs: JobStore;
}

interface EngineOptions {
  /** Passed before each write to the store; a process that died gets no further. */
  pass?(point: string): Promise<void>;
  jobs?: JobStore;
}

/** DBOS's rules (adapters/engine/engine.ts) on a store in memory: one run per id, one at a time per queue key, in order; taken up, a run takes the same steps. */
export function createEngine(clock: Clock, { pass = async () => undefined, jobs = new Map() }: EngineOptions = {}): MemoryEngine {
  const workflows = new Map<string, Workflow>();
  const lines = new Map<string, Promise<void>>();

  function line(job: Job): void {
    const before = lines.get(job.queueKey) ?? Promise.resolve();
    lines.set(
      job.queueKey,
      before.then(() => work(job)),
    );
  }

  async function work(job: Job): Promise<void> {
    if (!jobs.has(job.id)) return;
    await pass('engine.dequeue');
    job.state = 'running';
    try {
      const workflow = workflows.get(job.workflow);
      if (!workflow) throw new Error(`No workflow "${job.workflow}".`);
      const result = copyJson(await workflow(copyJson(job.input), runOf(job)));
      await pass('engine.finish');
      job.result = result;
      job.state = 'finished';
    } catch (error) {
      if (!(error instanceof Killed)) await pass('engine.fail');
      job.error = error;
      job.state = error instanceof Killed ? 'interrupted' : 'failed';
    }
  }

  function runOf(job: Job): Run {
    const used = new Set<string>();
    let sleeps = 0;
    let places = 0;
    const remember = async (name: string, action: () => Promise<unknown>): Promise<Json> => {
      const place = (places += 1);
      if (!job.memory.has(place)) {
        const held = { name, ...(await attempt(action)) };
        await pass('engine.step');
        job.memory.set(place, held);
      }
      const held = job.memory.get(place) as Remembered;
      if (held.name !== name)
        throw new Error(`Step ${place} of ${job.id} was "${held.name}" before it was taken up, and is "${name}" now.`);
      if ('error' in held) throw new Error(held.error);
      return copyJson(held.value);
    };
    return {
      id: job.id,
      // The moment of waking is what is kept: a restart does not begin the wait anew.
      sleep: async (ms) => {
        const wakeAt = (await remember(`sleep ${(sleeps += 1)}`, async () => clock.now() + ms)) as number;
        if (wakeAt > clock.now()) await clock.sleep(wakeAt - clock.now());
      },
      step: async (name, action) => {
        if (used.has(name)) throw new Error(`Step "${name}" appears twice in ${job.id}.`);
        used.add(name);
        return (await remember(name, action)) as never;
      },
      lost: (error) => error instanceof Killed,
    };
  }

  async function settle(): Promise<void> {
    for (let seen = -1; seen !== jobs.size;) {
      seen = jobs.size;
      await Promise.all(lines.values());
    }
  }

  return {
    jobs,
    register: (name, workflow) => void workflows.set(name, workflow),
    enqueue: async ({ workflow, id, queueKey, input }) => {
      if (jobs.has(id)) return;
      const job: Job = {
        workflow,
        id,
        queueKey,
        input: copyJson(input),
        memory: new Map(),
        state: 'waiting',
        result: undefined,
        error: null,
      };
      jobs.set(id, job);
      line(job);
    },
    result: async (id, waitMs) => {
      const job = jobs.get(id);
      if (!job || waitMs <= 0) return undefined;
      await atMost(waitMs, lines.get(job.queueKey) ?? Promise.resolve());
      if (job.state === 'failed') throw job.error;
      return job.state === 'finished' ? copyJson(job.result) : undefined;
    },
    restart: () => {
      for (const job of jobs.values()) if (job.state === 'interrupted') line(job);
    },
    takeUp: () => {
      for (const job of jobs.values()) if (job.state !== 'finished' && job.state !== 'failed') line(job);
    },
    forget: () => {
      jobs.clear();
      lines.clear();
    },
    idle: settle,
  };
}

async function attempt(action: () => Promise<unknown>): Promise<{ value: Json } | { error: string }> {
  try {
    return { value: copyJson((await action()) ?? null) as Json };
  } catch (error) {
    if (error instanceof Killed) throw error;
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

async function atMost(ms: number, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, patience]).finally(() => clearTimeout(timer));
}
