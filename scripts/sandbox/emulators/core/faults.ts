/** What goes wrong when a rule fires. Emulators refuse kinds that make no sense at their point. */
export type Fault =
  | { kind: 'status'; status: number }
  | { kind: 'drop-answer' }
  | { kind: 'drop-before' }
  | { kind: 'delay'; ms: number }
  | { kind: 'duplicate' }
  | { kind: 'lose' }
  | { kind: 'never-generate' }
  | { kind: 'reorder' }
  | { kind: 'throttle' }
  | { kind: 'expire-token' }
  | { kind: 'lock-row' };

/** One rule of the plan: at `point`, when all of `match` holds, `fault` happens. */
export interface FaultRule {
  id?: string;
  /** "stripe.request", "stripe.webhook", "quickbooks.request", "org.request", … */
  point: string;
  /** Context values that must be equal, such as method and path; `*` stands for any run of characters. */
  match?: Record<string, string>;
  /** How often it fires before it retires; without it, always. */
  times?: number;
  /** 0 to 1, drawn from the plan's seed; without it, 1. */
  probability?: number;
  fault: Fault;
}

/** One fault plan for the whole sandbox; the same seed and calls give the same faults. */
export interface FaultPlan {
  /** The fault due at this point, if any; uses up one of the rule's `times`. */
  next(point: string, context: Record<string, string>): Fault | undefined;
  /** Adds a rule and returns its id. */
  add(rule: FaultRule): string;
  remove(id: string): void;
  /** The rules in force, with the `times` they have left. */
  list(): FaultRule[];
  clear(): void;
}

/** A small seeded generator (mulberry32) of numbers in [0, 1). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const matches = (pattern: string, value: string | undefined) => {
  if (value === undefined) return false;
  if (!pattern.includes('*')) return pattern === value;
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(value);
};

/** Creates an empty plan. */
export function createFaultPlan(seed = 1): FaultPlan {
  const random = createRandom(seed);
  const rules = new Map<string, FaultRule & { id: string }>();
  let counter = 0;

  return {
    next(point, context) {
      for (const rule of rules.values()) {
        if (rule.point !== point) continue;
        if (!Object.entries(rule.match ?? {}).every(([key, pattern]) => matches(pattern, context[key]))) continue;
        if (rule.probability !== undefined && random() >= rule.probability) continue;
        if (rule.times !== undefined && (rule.times -= 1) <= 0) rules.delete(rule.id);
        return rule.fault;
      }
      return undefined;
    },
    add(rule) {
      const id = rule.id ?? `fault-${++counter}`;
      if (rule.times !== undefined && !(Number.isInteger(rule.times) && rule.times > 0))
        throw new RangeError('`times` is a whole number above zero.');
      rules.set(id, { ...structuredClone(rule), id });
      return id;
    },
    remove: (id) => void rules.delete(id),
    list: () => [...rules.values()].map((rule) => structuredClone(rule)),
    clear: () => rules.clear(),
  };
}
