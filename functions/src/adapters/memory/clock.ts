import type { Clock } from '../../ports/clock.ts';

/** A clock that stands still until it is moved; sleeping moves it. */
export interface MemoryClock extends Clock {
  advance(ms: number): void;
}

export function createClock(start = '2026-11-24T15:00:00.000Z'): MemoryClock {
  let now = Date.parse(start);
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    sleep: async (ms) => {
      now += ms;
    },
  };
}
