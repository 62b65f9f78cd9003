/** One movable clock for every emulator: real time plus an offset that only grows. */
export interface Clock {
  /** Milliseconds since the epoch, as the sandbox sees them. */
  now(): number;
  /** Moves time forward; every timer that falls due on the way fires at its own moment, in order, and is awaited. */
  advance(ms: number): Promise<void>;
  /** Calls `fn` after each `advance`. Returns the unsubscribe function. */
  onAdvance(fn: (now: number) => void | Promise<void>): () => void;
  /** Fires `fn` once when the clock reaches `at` (ms since the epoch). Returns the cancel function. */
  setTimer(at: number, fn: () => void | Promise<void>): () => void;
  /** Cancels all timers. */
  stop(): void;
}

interface Timer {
  at: number;
  order: number;
  fn: () => void | Promise<void>;
}

/** Node clamps longer timeouts to 1 ms, so a far timer wakes up and sleeps again. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** Creates a clock that runs with real time, shifted by `offsetMs`. */
export function createClock(options: { offsetMs?: number } = {}): Clock {
  let offset = options.offsetMs ?? 0;
  let order = 0;
  let wakeUp: NodeJS.Timeout | undefined;
  let advancing = false;
  const timers = new Set<Timer>();
  const listeners = new Set<(now: number) => void | Promise<void>>();
  const now = () => Date.now() + offset;

  const earliest = () => {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (!first || timer.at < first.at || (timer.at === first.at && timer.order < first.order)) first = timer;
    }
    return first;
  };

  const arm = () => {
    clearTimeout(wakeUp);
    const next = earliest();
    if (!next || advancing) return;
    wakeUp = setTimeout(fireDue, Math.min(Math.max(next.at - now(), 0), LONGEST_TIMEOUT_MS));
    wakeUp.unref();
  };

  const fireDue = () => {
    for (let next = earliest(); next && next.at <= now(); next = earliest()) {
      timers.delete(next);
      // A throwing timer is a bug of the sandbox: it surfaces as an unhandled rejection.
      void Promise.resolve().then(next.fn);
    }
    arm();
  };

  return {
    now,
    async advance(ms) {
      if (!Number.isFinite(ms) || ms < 0) throw new RangeError(`The clock moves forward only; got ${ms} ms.`);
      const target = now() + ms;
      advancing = true;
      try {
        for (let next = earliest(); next && next.at <= target; next = earliest()) {
          timers.delete(next);
          offset += Math.max(next.at - now(), 0);
          await next.fn();
        }
        offset += Math.max(target - now(), 0);
      } finally {
        advancing = false;
        arm();
      }
      for (const listener of [...listeners]) await listener(now());
    },
    onAdvance(fn) {
      listeners.add(fn);
      return () => listeners.delete(fn);
    },
    setTimer(at, fn) {
      const timer = { at, order: order++, fn };
      timers.add(timer);
      arm();
      return () => {
        if (timers.delete(timer)) arm();
      };
    },
    stop() {
      clearTimeout(wakeUp);
      timers.clear();
      listeners.clear();
    },
  };
}
