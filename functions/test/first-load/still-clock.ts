import type { SandboxClock } from '../../../scripts/sandbox/index.ts';
import { watchCalls } from './calls-under-way.ts';

export interface StillClock extends SandboxClock {
  /** Until so much time has passed. It passes as soon as all wait, so that several may wait side by side. */
  wait(ms: number): Promise<void>;
}

/**
 * A clock that stands still until somebody waits: hours of limits and waits pass in minutes, and nothing that the machine is slow at
 * counts. The stand-ins, our own limits and our own waits all go by it.
 */
export function createStillClock(start: number): StillClock {
  let now = start;
  const calls = watchCalls();
  const timers = new Set<{ at: number; fn: () => void | Promise<void> }>();
  const sleepers = new Set<{ at: number; wake: () => void }>();
  const listeners = new Set<(now: number) => void | Promise<void>>();
  let moving = false;

  async function advance(ms: number): Promise<void> {
    const target = now + ms;
    for (let due = earliest(timers); due && due.at <= target; due = earliest(timers)) {
      timers.delete(due);
      now = Math.max(now, due.at);
      await due.fn();
    }
    now = Math.max(now, target);
    for (const listener of [...listeners]) await listener(now);
  }

  async function move(): Promise<void> {
    if (moving) return;
    moving = true;
    while (sleepers.size > 0) {
      await calls.quiet();
      const next = earliest(sleepers);
      if (!next) break;
      sleepers.delete(next);
      await advance(Math.max(0, next.at - now));
      next.wake();
    }
    moving = false;
  }

  return {
    now: () => now,
    advance,
    wait(ms) {
      const slept = new Promise<void>((wake) => sleepers.add({ at: now + ms, wake }));
      void move();
      return slept;
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
      calls.stop();
      timers.clear();
      listeners.clear();
    },
  };
}

const earliest = <T extends { at: number }>(all: Iterable<T>): T | undefined =>
  [...all].reduce<T | undefined>((a, b) => (a && a.at <= b.at ? a : b), undefined);
