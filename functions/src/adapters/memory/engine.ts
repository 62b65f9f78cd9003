import type { Json } from '../../ports/effect-log.ts';
import type { Engine, Run, Workflow } from '../../ports/engine.ts';
import type { MemoryClock } from './clock.ts';
import { Killed } from './faults.ts';

interface Job {
  workflow: string;
  id: string;
  queueKey: string;
  input: Json;
  memory: Map<string, Json>;
  state: 'waiting' | 'running' | 'finished' | 'interrupted' | 'failed';
  result: Json | undefined;
  error: unknown;
}

/** Runs workflows in this process with remembered steps; a planned kill interrupts it until `restart`. */
export interface MemoryEngine extends Engine {
  /** After a kill: takes up what was interrupted, with the memory of its steps. */
  restart(): void;
  /** The engine's own store is lost: every run and every remembered step. */
  forget(): void;
  /** Until every run is finished or interrupted. */
  idle(): Promise<void>;
  readonly jobs: Map<string, Job>;
}

export function createEngine(clock: MemoryClock): MemoryEngine {
  const workflows = new Map<string, Workflow>();
  const jobs = new Map<string, Job>();
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
    job.state = 'running';
    try {
      const workflow = workflows.get(job.workflow);
      if (!workflow) throw new Error(`No workflow "${job.workflow}".`);
      job.result = structuredClone(await workflow(structuredClone(job.input), runOf(job)));
      job.state = 'finished';
    } catch (error) {
      job.error = error;
      job.state = error instanceof Killed ? 'interrupted' : 'failed';
    }
  }

  function runOf(job: Job): Run {
    const used = new Set<string>();
    return {
      id: job.id,
      sleep: async (ms) => clock.advance(ms),
      step: async (name, action) => {
        if (used.has(name)) throw new Error(`Step "${name}" appears twice in ${job.id}.`);
        used.add(name);
        if (!job.memory.has(name)) job.memory.set(name, JSON.parse(JSON.stringify((await action()) ?? null)) as Json);
        return structuredClone(job.memory.get(name)) as never;
      },
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
        input: structuredClone(input),
        memory: new Map(),
        state: 'waiting',
        result: undefined,
        error: null,
      };
      jobs.set(id, job);
      line(job);
    },
    result: async (id) => {
      const job = jobs.get(id);
      if (!job) return undefined;
      await lines.get(job.queueKey);
      if (job.state === 'failed') throw job.error;
      return job.state === 'finished' ? structuredClone(job.result) : undefined;
    },
    restart: () => {
      for (const job of jobs.values()) if (job.state === 'interrupted') line(job);
    },
    forget: () => {
      jobs.clear();
      lines.clear();
    },
    idle: settle,
  };
}
