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

/** The sandbox's own clock, which the others follow. */
export interface MasterClock extends Clock {
  /** Sets the time, also back, and fires nothing: for a restored snapshot, whose owner arms what it holds. */
  set(now: number): void;
  /** Calls `fn` each time it has jumped, before what is due by that fires. Returns the unsubscribe function. */
  onJump(fn: () => void | Promise<void>): () => void;
}

/** A clock that goes wrong by a fixed amount against the one it follows, as a provider's clock can. */
export interface SkewedClock extends Clock {
  skewMs(): number;
  /** Changes how far it is ahead (or, below zero, behind); what falls due by that fires. */
  skew(ms: number): void;
}

interface Timer {
  at: number;
  order: number;
  fn: () => void | Promise<void>;
}

/** Node clamps longer timeouts to 1 ms, so a far timer wakes up and sleeps again. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** Creates a clock that runs with real time, shifted by `offsetMs`. */
export function createClock(options: { offsetMs?: number } = {}): MasterClock {
  let offset = options.offsetMs ?? 0;
  let order = 0;
  let wakeUp: NodeJS.Timeout | undefined;
  let advancing = false;
  const timers = new Set<Timer>();
  const listeners = new Set<(now: number) => void | Promise<void>>();
  const jumps = new Set<() => void | Promise<void>>();
  const now = () => Date.now() + offset;
  const jump = async (to: number) => {
    if (to <= now()) return;
    offset += to - now();
    for (const tell of [...jumps]) await tell();
  };

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
          await jump(next.at);
          await next.fn();
        }
        await jump(target);
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
    onJump(fn) {
      jumps.add(fn);
      return () => jumps.delete(fn);
    },
    setTimer(at, fn) {
      const timer = { at, order: order++, fn };
      timers.add(timer);
      arm();
      return () => {
        if (timers.delete(timer)) arm();
      };
    },
    set(time) {
      offset += time - now();
      arm();
    },
    stop() {
      clearTimeout(wakeUp);
      timers.clear();
      listeners.clear();
      jumps.clear();
    },
  };
}

/** A view of `clock` that can be skewed. Moving it moves the whole clock; stopping it cancels its own timers only. */
export function createSkewedClock(clock: Clock, skewMs = 0): SkewedClock {
  let skewed = skewMs;
  const timers = new Set<Timer & { cancel(): void }>();
  const unsubscribes = new Set<() => void>();
  const now = () => clock.now() + skewed;
  const arm = (timer: Timer & { cancel(): void }) => {
    timer.cancel = clock.setTimer(timer.at - skewed, () => {
      timers.delete(timer);
      return timer.fn();
    });
  };
  return {
    now,
    advance: (ms) => clock.advance(ms),
    onAdvance(fn) {
      const unsubscribe = clock.onAdvance(() => fn(now()));
      unsubscribes.add(unsubscribe);
      return unsubscribe;
    },
    setTimer(at, fn) {
      const timer = { at, order: 0, fn, cancel: () => {} };
      timers.add(timer);
      arm(timer);
      return () => {
        timer.cancel();
        timers.delete(timer);
      };
    },
    skewMs: () => skewed,
    skew(ms) {
      if (!Number.isFinite(ms)) throw new RangeError(`The skew is a number of milliseconds; got ${ms}.`);
      skewed = ms;
      for (const timer of timers) {
        timer.cancel();
        arm(timer);
      }
    },
    stop() {
      for (const timer of timers) timer.cancel();
      timers.clear();
      for (const unsubscribe of unsubscribes) unsubscribe();
    },
  };
}
