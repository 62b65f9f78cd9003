import { isSettled, type Operation } from '../../domain/operation.ts';
import type { Progress } from '../../ports/progress.ts';

export function createProgress(): Progress & { operations: Map<string, Operation> } {
  const operations = new Map<string, Operation>();
  const at = (key: string): Operation => {
    const held = operations.get(key);
    if (!held) throw new Error(`No operation "${key}" was opened.`);
    return held;
  };
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
      const operation = at(key);
      const index = operation.steps.findIndex((each) => each.name === step.name);
      if (index < 0) operation.steps.push(step);
      else operation.steps[index] = step;
    },
    set: async (key, change) => {
      operations.set(key, { ...at(key), ...change });
    },
    retry: async (key) => {
      const held = operations.get(key);
      if (held?.state !== 'needs-attention') return null;
      operations.set(key, { ...held, state: 'accepted', problems: [], retries: held.retries + 1, cancelledBy: null });
      return structuredClone(operations.get(key) ?? null);
    },
    cancel: async (key, userId) => {
      const held = operations.get(key);
      if (!held || isSettled(held.state)) return false;
      operations.set(key, { ...held, cancelledBy: userId });
      return true;
    },
    read: async (key) => structuredClone(operations.get(key) ?? null),
    follow: async (key) => structuredClone(operations.get(key) ?? null),
  };
}
