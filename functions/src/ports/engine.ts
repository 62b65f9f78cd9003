import type { Json } from './effect-log.ts';

/** What a durable workflow may use. Steps run at least once, their results are kept: results must be plain JSON. */
export interface Run {
  readonly id: string;
  /** Runs `action` once and remembers what it returned; after a crash the memory is used. Names are unique in a run. */
  step<T>(name: string, action: () => Promise<T>): Promise<T>;
  /** Durable: survives restarts. */
  sleep(ms: number): Promise<void>;
  /** Whether this was thrown because another process has the run, or takes it since this one leaves: no end of the run, and nobody is told. */
  lost(error: unknown): boolean;
}

export type Workflow = (input: Json, run: Run) => Promise<Json>;

export interface Job {
  workflow: string;
  id: string;
  queueKey: string;
  input: Json;
}

/** Decides what runs next, never whether a write may be sent (that is the effect log). */
export interface Engine {
  /** Before start, in every process that runs workflows. */
  register(name: string, workflow: Workflow): void;
  /**
   * Durable once resolved. The same id again is the same run, running or finished, and changes nothing.
   * Runs with one `queueKey` go one at a time, first come first served: this is the lease of an invoice.
   */
  enqueue(job: Job): Promise<void>;
  /** The result once finished; undefined when it takes longer than `waitMs`. Throws what the workflow threw. */
  result(id: string, waitMs: number): Promise<Json | undefined>;
}
