import { type Operation, isBroken, isSettled } from '../../domain/operation.ts';
import type { Progress } from '../../ports/progress.ts';

export interface MemoryProgress extends Progress {
  operations: Map<string, Operation>;
}

/** How often a follower looks. */
const LOOK_EVERY_MS = 100;
const finished = (operation: Operation): number => operation.steps.filter((step) => step.state !== 'running').length;

/** Progress with PostgreSQL's rules (adapters/postgres/progress.ts): what was never opened is never changed. */
export function createProgress(): MemoryProgress {
  const operations = new Map<string, Operation>();
  const read = (key: string): Operation | null => structuredClone(operations.get(key) ?? null);
  return {
    operations,
    open: async ({ key, kind, invoiceId }) => {
      if (!operations.has(key))
        operations.set(key, {
          key,
          kind,
          state: 'accepted',
          steps: [],
          invoiceId,
          invoiceNumber: null,
          problems: [],
          retries: 0,
          cancelledBy: null,
        });
    },
    step: async (key, step) => {
      const steps = operations.get(key)?.steps;
      const index = steps?.findIndex((each) => each.name === step.name) ?? -1;
      if (index < 0) steps?.push(step);
      else if (steps) steps[index] = step;
    },
    set: async (key, change) => {
      const held = operations.get(key);
      const told = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined && value !== null));
      if (held) operations.set(key, { ...held, ...structuredClone(told) });
    },
    read: async (key) => read(key),
    broken: async (retries) => structuredClone([...operations.values()].filter((each) => isBroken(each) && each.retries >= retries)),
    follow: async (key, seen, waitMs) => {
      for (let left = waitMs; ; left -= LOOK_EVERY_MS) {
        const operation = read(key);
        if (!operation || left <= 0 || isSettled(operation.state) || operation.state === 'waiting' || finished(operation) > seen)
          return operation;
        await new Promise((resolve) => setTimeout(resolve, Math.min(left, LOOK_EVERY_MS)));
      }
    },
    retry: async (key) => {
      const held = operations.get(key);
      if (held?.state !== 'needs-attention' && held?.state !== 'rejected') return null;
      operations.set(key, { ...held, state: 'accepted', problems: [], retries: held.retries + 1, cancelledBy: null });
      return structuredClone(operations.get(key) ?? null);
    },
    cancel: async (key, userId) => {
      const held = operations.get(key);
      if (!held || isSettled(held.state)) return false;
      operations.set(key, { ...held, cancelledBy: userId });
      return true;
    },
  };
}
