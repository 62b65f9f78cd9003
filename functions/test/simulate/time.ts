import { AsyncResource } from 'node:async_hooks';

/** The one clock of a simulation. Nothing waits for real: time jumps to the next thing that is due. */
export interface Time {
  now(): number;
  /** Runs `fn` when the clock is `ms` further; returns the cancel function. */
  after(ms: number, fn: () => void): () => void;
  sleep(ms: number): Promise<void>;
  /** Lets everything happen that falls due until then. */
  advance(ms: number): Promise<void>;
}

interface Due {
  at: number;
  order: number;
  fn: (() => void) | null;
}

const nextTurn = globalThis.setImmediate;

export function createTime(start: number): Time {
  let now = start;
  let order = 0;
  const heap: Due[] = [];

  const after = (ms: number, fn: () => void) => {
    const due: Due = { at: now + Math.max(ms, 0), order: (order += 1), fn };
    push(heap, due);
    return () => void (due.fn = null);
  };
  return {
    now: () => now,
    after,
    sleep: (ms) => new Promise((resolve) => after(ms, resolve)),
    async advance(ms) {
      const end = now + ms;
      for (;;) {
        // Promises, ticks and immediates first: whatever was due has then had its whole effect.
        await new Promise((resolve) => nextTurn(resolve));
        const due = heap[0];
        if (!due || due.at > end) break;
        pop(heap);
        // One that was called off still gives a turn: an error on its way through axios takes more than one.
        if (!due.fn) continue;
        now = Math.max(now, due.at);
        due.fn();
      }
      now = end;
    },
  };
}

const before = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

function push(heap: Due[], due: Due): void {
  let at = heap.push(due) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (before(heap[parent] as Due, due)) break;
    heap[at] = heap[parent] as Due;
    at = parent;
  }
  heap[at] = due;
}

function pop(heap: Due[]): void {
  const last = heap.pop() as Due;
  if (heap.length === 0) return;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= heap.length) break;
    if (child + 1 < heap.length && before(heap[child + 1] as Due, heap[child] as Due)) child += 1;
    if (before(last, heap[child] as Due)) break;
    heap[at] = heap[child] as Due;
    at = child;
  }
  heap[at] = last;
}

/** Whatever the code under test asks of the machine's clock, timers and dice comes from the simulation while `work` runs. */
export async function underOneClock<T>(time: Time, dice: Dice, work: () => Promise<T>): Promise<T> {
  const machine = globalThis as unknown as Record<string, unknown>;
  const kept = ['Date', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'].map((name) => [name, machine[name]] as const);
  const { now } = performance;
  const RealDate = Date;
  machine['Date'] = class extends RealDate {
    constructor(...given: unknown[]) {
      super(...((given.length === 0 ? [time.now()] : given) as [number]));
    }
    static override now = () => time.now();
  };
  performance.now = () => time.now();
  machine['setTimeout'] = (fn: (...given: unknown[]) => void, ms = 0, ...given: unknown[]) => {
    const scope = new AsyncResource('SimulatedTimer');
    return timer(time.after(ms, () => scope.runInAsyncScope(fn, undefined, ...given)));
  };
  machine['setInterval'] = () => {
    throw new Error('The simulation knows no intervals.');
  };
  machine['clearTimeout'] = (held: { cancel?: () => void } | undefined) => held?.cancel?.();
  const giveBack = dice.take();
  try {
    return await work();
  } finally {
    giveBack();
    performance.now = now;
    for (const [name, value] of kept) machine[name] = value;
  }
}

function timer(cancel: () => void) {
  const held = { cancel, unref: () => held, ref: () => held, hasRef: () => false };
  return held;
}

/** Takes the place of the machine's random numbers; returns what gives them back. */
export interface Dice {
  take(): () => void;
}
