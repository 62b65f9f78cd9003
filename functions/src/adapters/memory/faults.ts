import type { Failure, Outcome } from '../../domain/outcome.ts';

/** The process died: no catch in a use case may swallow this. */
export class Killed extends Error {
  constructor(at: string) {
    super(`killed at ${at}`);
  }
}

type FaultKind =
  | 'unavailable'
  | 'rate-limited'
  | 'unauthorized'
  | 'rejected'
  | 'drop-answer'
  | 'drop-before'
  | 'replayed-error'
  | 'kill-before'
  | 'kill-after';

export interface Faults {
  /** The next `times` calls of the point (`payments.createDraft`) meet this. */
  plan(point: string, kind: FaultKind, times?: number): void;
  /** Dies at the n-th call of any port from now on, before or after it took effect. */
  killAtCall(n: number, when: 'before' | 'after'): void;
  clear(): void;
  /** Names of the calls made, in order. */
  readonly calls: string[];
  /** A call whose answer is an Outcome. */
  outcome<T>(point: string, act: () => Outcome<T>): Promise<Outcome<T>>;
  /** A call of our own stores: works or the process dies. */
  plain<T>(point: string, act: () => T): Promise<T>;
  /** Each of them after the other: the process may die between two. */
  rows<T, R>(point: string, items: readonly T[], act: (item: T) => R): R[];
}

export function createFaults(): Faults {
  const calls: string[] = [];
  let planned: { point: string; kind: FaultKind }[] = [];
  let kill: { at: number; when: 'before' | 'after' } | null = null;

  function meet(point: string): FaultKind | null {
    calls.push(point);
    if (kill && calls.length === kill.at) {
      const { when } = kill;
      kill = null;
      return `kill-${when}`;
    }
    const index = planned.findIndex((each) => each.point === point);
    return index < 0 ? null : (planned.splice(index, 1)[0]?.kind ?? null);
  }

  return {
    calls,
    plan: (point, kind, times = 1) => {
      for (let count = 0; count < times; count += 1) planned.push({ point, kind });
    },
    killAtCall: (n, when) => {
      kill = { at: calls.length + n, when };
    },
    clear: () => {
      planned = [];
      kill = null;
    },
    outcome: async (point, act) => {
      const kind = meet(point);
      switch (kind) {
        case null:
          return act();
        case 'kill-before':
          throw new Killed(point);
        case 'kill-after':
          act();
          throw new Killed(point);
        case 'drop-answer':
          act();
          return failure('unknown-outcome', point);
        case 'drop-before':
          return failure('unknown-outcome', point);
        case 'replayed-error':
          return { ...failure('unknown-outcome', point), replayed: true } as Failure;
        case 'rate-limited':
          return { ...failure('rate-limited', point), retryAfterMs: 1000 } as Failure;
        case 'unavailable':
        case 'unauthorized':
        case 'rejected':
          return failure(kind, point);
      }
    },
    plain: async (point, act) => {
      const kind = meet(point);
      if (kind === 'kill-before') throw new Killed(point);
      const value = act();
      if (kind === 'kill-after') throw new Killed(point);
      return value;
    },
    rows: (point, items, act) =>
      items.map((item, index) => {
        if (index > 0 && meet(`${point}.row`)) throw new Killed(`${point}.row`);
        return act(item);
      }),
  };
}

function failure(outcome: Failure['outcome'], point: string): Failure {
  return {
    outcome,
    problem: { code: `planned-${outcome}`, severity: 'error', message: `${point} met a planned fault: ${outcome}.`, action: 'Wait.' },
  } as Failure;
}
