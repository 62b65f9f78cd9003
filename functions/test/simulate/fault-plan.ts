import type { Fault, FaultPlan } from '../../../scripts/sandbox/index.ts';
import type { Random } from './dice.ts';

export type Remote = 'stripe' | 'quickbooks' | 'salesforce';

/** What may happen to one request to a remote system. */
export type RequestFault = 'lost-before' | 'answer-lost' | 'refused' | 'failed-500' | 'throttled-429' | 'slow' | 'token-expired' | 'locked';

/** To a batch of writes, besides: it is refused as a whole; one of its writes is not done, or done and nothing is said of it. */
export type BatchFault = Exclude<RequestFault, 'locked'> | 'rejected' | 'item-failed' | 'item-unsaid';

/** What goes wrong in one seed: drawn from it, until the faults stop. */
export interface SeededFaults {
  /** For the stand-ins: webhooks and row locks. */
  plan: FaultPlan;
  onRequest(remote: Remote): RequestFault | null;
  /** The same to a batch of writes to QuickBooks. */
  onBatch(): BatchFault | null;
  /** Does another process take over a write just before it goes out in a batch? */
  takesOver(): boolean;
  /** Somebody else holds a row that `work` wants to write. */
  underLock<T>(work: () => T): T;
  /** Does the process die at this point? */
  kills(point: string): boolean;
  /** Somebody sets the clock of a remote system. */
  moveClocks(): void;
  /** Nothing goes wrong from now on. */
  stop(): void;
  /** How often each kind really happened. */
  readonly fired: Record<string, number>;
  /** By how much each clock is off now. */
  readonly skewMs: Record<Remote, number>;
}

/** How likely each is, per request; a seed is calm, rough or stormy. */
const REQUEST: Record<RequestFault, number> = {
  'lost-before': 0.01,
  'answer-lost': 0.02,
  refused: 0.005,
  'failed-500': 0.01,
  'throttled-429': 0.01,
  slow: 0.02,
  'token-expired': 0.006,
  locked: 0.01,
};
/** Of batches there are few, and more is at stake with each. */
const BATCH: Record<BatchFault, number> = {
  'lost-before': 0.04,
  'answer-lost': 0.12,
  refused: 0.01,
  'failed-500': 0.03,
  'throttled-429': 0.03,
  slow: 0.03,
  'token-expired': 0.02,
  rejected: 0.06,
  'item-failed': 0.08,
  'item-unsaid': 0.08,
};
const TAKEN_OVER = 0.05;
const WEBHOOK: Partial<Record<Fault['kind'], number>> = { lose: 0.05, duplicate: 0.1, reorder: 0.08, delay: 0.08, 'drop-answer': 0.03 };
const NEVER_GENERATED = 0.02;
const KILL = 0.002;
const KILL_AT_BATCH = 0.04;
const AT_BATCH = /batch|sendTogether/;
const MOST_KILLS = 6;
const CLOCK_MOVED = 0.03;
/** Past five Stripe's signatures are worthless, and webhooks tell nothing. */
const SKEW_MINUTES = [0, 0, 4, 4, 10];
const WEATHER = [0, 0.4, 1, 1, 2.5];
const MINUTE = 60_000;

export function createSeededFaults(random: Random, told: (what: string) => void): SeededFaults {
  const fired: Record<string, number> = {};
  const strength = random.pick(WEATHER);
  const skewed = () => {
    const most = random.pick(SKEW_MINUTES) * MINUTE;
    return random.between(-most, most);
  };
  let active = true;
  let locking = false;
  const count = (kind: string): void => {
    fired[kind] = (fired[kind] ?? 0) + 1;
  };
  const drawn = (probability: number, by = strength): boolean => active && random.chance(probability * by);
  /** Batches form where it is calm rather than stormy. */
  const atBatch = (probability: number): boolean => drawn(probability, Math.sign(strength));
  const webhook = (context: Record<string, string>): Fault | undefined => {
    for (const [kind, probability] of Object.entries(WEBHOOK)) {
      if (!drawn(probability)) continue;
      count(`webhook-${kind}`);
      told(`webhook ${context['type'] ?? context['types'] ?? ''}: ${kind}`);
      return kind === 'delay' ? { kind, ms: random.between(1, 600) * 1000 } : ({ kind } as Fault);
    }
    return undefined;
  };

  const plan: FaultPlan = {
    next(point, context) {
      if (point === 'stripe.event' || point === 'quickbooks.event') {
        if (!drawn(NEVER_GENERATED)) return undefined;
        count('webhook-never-generated');
        told(`event ${context['type'] ?? `${context['entity'] ?? ''} ${context['operation'] ?? ''}`}: never generated`);
        return { kind: 'never-generate' };
      }
      if (point === 'stripe.webhook' || point === 'quickbooks.webhook') return webhook(context);
      if (point === 'org.dml' && locking) {
        locking = false;
        return { kind: 'lock-row' };
      }
      return undefined;
    },
    add: () => {
      throw new Error('The seed alone makes faults.');
    },
    remove: () => undefined,
    list: () => [],
    log: () => [],
    clear: () => undefined,
    seed: () => 0,
    reseed: () => undefined,
  };

  const skewMs = { stripe: skewed(), quickbooks: skewed(), salesforce: skewed() };

  return {
    plan,
    fired,
    skewMs,
    moveClocks() {
      if (!drawn(CLOCK_MOVED)) return;
      const remote = random.pick(Object.keys(skewMs) as Remote[]);
      skewMs[remote] = skewed();
      count('clock-moved');
      told(`the clock of ${remote} is off by ${Math.round(skewMs[remote] / 1000)} s now`);
    },
    underLock(work) {
      locking = true;
      try {
        return work();
      } finally {
        locking = false;
      }
    },
    onRequest(remote) {
      for (const [kind, probability] of Object.entries(REQUEST) as [RequestFault, number][]) {
        if (!applies(kind, remote) || !drawn(probability)) continue;
        count(kind);
        return kind;
      }
      return null;
    },
    onBatch() {
      for (const [kind, probability] of Object.entries(BATCH) as [BatchFault, number][]) {
        if (!atBatch(probability)) continue;
        count(`batch-${kind}`);
        return kind;
      }
      return null;
    },
    takesOver() {
      if (!atBatch(TAKEN_OVER)) return false;
      count('batch-write-taken-over');
      return true;
    },
    kills(point) {
      if ((fired['kill'] ?? 0) >= MOST_KILLS || !(AT_BATCH.test(point) ? atBatch(KILL_AT_BATCH) : drawn(KILL))) return false;
      count('kill');
      told(`killed at ${point}`);
      return true;
    },
    stop: () => void (active = false),
  };
}

/** Keys of Stripe do not expire; locks are Stripe's and Salesforce's. */
function applies(kind: RequestFault, remote: Remote): boolean {
  if (kind === 'token-expired') return remote !== 'stripe';
  return kind !== 'locked' || remote !== 'quickbooks';
}
