/** What goes wrong when a rule fires. Emulators refuse kinds that make no sense at their point. */
export type Fault =
  | { kind: 'status'; status: number; retryAfterS?: number }
  /** The connection breaks after the work is done, or before it begins; `afterMs` says how long it hangs until then. */
  | { kind: 'drop-answer'; afterMs?: number }
  | { kind: 'drop-before'; afterMs?: number }
  | { kind: 'delay'; ms: number }
  | { kind: 'duplicate' }
  | { kind: 'lose' }
  | { kind: 'never-generate' }
  | { kind: 'reorder' }
  | { kind: 'throttle'; retryAfterS?: number }
  | { kind: 'expire-token' }
  | { kind: 'lock-row' }
  | { kind: 'edit-by-other' };

/** One rule of the plan: at `point`, when all of `match` holds, `fault` happens. */
export interface FaultRule {
  id?: string;
  /** What a person calls it, for the page and the log. */
  label?: string;
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

/** A rule in force. */
export interface ActiveRule extends FaultRule {
  id: string;
  /** How often it has fired so far. */
  fired: number;
}

/** One fault that happened. */
export interface FiredFault {
  /** Milliseconds since the epoch, on the plan's clock. */
  at: number;
  rule: string;
  label?: string;
  point: string;
  /** What was hit: method and path, event type, object and id. */
  context: Record<string, string>;
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
  list(): ActiveRule[];
  /** The last faults that happened, newest first. */
  log(): FiredFault[];
  clear(): void;
  seed(): number;
  /** Lets every rule draw anew, from this seed. */
  reseed(seed: number): void;
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

/** Each rule draws from a stream of its own, so that calls at one system do not shift what happens at another. */
const streamOf = (seed: number, id: string) => {
  let hash = seed >>> 0;
  for (const character of id) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return createRandom(hash);
};

const LOGGED = 200;

interface Kept extends ActiveRule {
  draw(): number;
}

/** Creates an empty plan; `now` dates its log. */
export function createFaultPlan(seed = 1, now: () => number = Date.now): FaultPlan {
  const rules = new Map<string, Kept>();
  const log: FiredFault[] = [];
  let counter = 0;
  let currentSeed = seed;

  const fire = (rule: Kept, point: string, context: Record<string, string>): Fault => {
    rule.fired += 1;
    if (rule.times !== undefined && (rule.times -= 1) <= 0) rules.delete(rule.id);
    const { id, label, fault } = rule;
    log.unshift({ at: now(), rule: id, ...(label === undefined ? {} : { label }), point, context: { ...context }, fault });
    log.length = Math.min(log.length, LOGGED);
    return fault;
  };

  return {
    next(point, context) {
      for (const rule of rules.values()) {
        if (rule.point !== point) continue;
        if (!Object.entries(rule.match ?? {}).every(([key, pattern]) => matches(pattern, context[key]))) continue;
        if (rule.probability !== undefined && rule.draw() >= rule.probability) continue;
        return fire(rule, point, context);
      }
      return undefined;
    },
    add(rule) {
      const id = rule.id ?? `fault-${++counter}`;
      if (rule.times !== undefined && !(Number.isInteger(rule.times) && rule.times > 0))
        throw new RangeError('`times` is a whole number above zero.');
      if (rule.probability !== undefined && !(rule.probability >= 0 && rule.probability <= 1))
        throw new RangeError('`probability` is a number from 0 to 1.');
      rules.set(id, { ...structuredClone(rule), id, fired: 0, draw: streamOf(currentSeed, id) });
      return id;
    },
    remove: (id) => void rules.delete(id),
    list: () => [...rules.values()].map(({ draw: _draw, ...rule }) => structuredClone(rule)),
    log: () => structuredClone(log),
    clear: () => rules.clear(),
    seed: () => currentSeed,
    reseed(next) {
      currentSeed = next;
      for (const rule of rules.values()) rule.draw = streamOf(next, rule.id);
    },
  };
}
