import type { SandboxClock } from '../../../scripts/sandbox/index.ts';

/**
 * A clock that stands still until somebody waits: hours of limits and waits pass in minutes, and nothing that the machine is slow at
 * counts. The stand-ins, our own limits and our own waits all go by it.
 */
export function createStillClock(start: number): SandboxClock {
  let now = start;
  const timers = new Set<{ at: number; fn: () => void | Promise<void> }>();
  const listeners = new Set<(now: number) => void | Promise<void>>();
  const next = () =>
    [...timers].reduce<{ at: number; fn: () => void | Promise<void> } | undefined>((a, b) => (a && a.at <= b.at ? a : b), undefined);
  return {
    now: () => now,
    async advance(ms) {
      const target = now + ms;
      for (let due = next(); due && due.at <= target; due = next()) {
        timers.delete(due);
        now = Math.max(now, due.at);
        await due.fn();
      }
      now = Math.max(now, target);
      for (const listener of [...listeners]) await listener(now);
    },
    onAdvance(fn) {
      listeners.add(fn);
      return () => listeners.delete(fn);
    },
    setTimer(at, fn) {
      const timer = { at, fn };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    stop() {
      timers.clear();
      listeners.clear();
    },
  };
}
