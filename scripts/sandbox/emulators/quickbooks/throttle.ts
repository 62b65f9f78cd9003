import type { Clock } from '../core/clock.ts';

/** Documented limits: 500 requests a minute per company, 10 a second and 40 batches a minute per company and app. */
const LIMITS = [
  { name: 'per minute', windowMs: 60_000, most: 500, batchesOnly: false },
  { name: 'per second', windowMs: 1_000, most: 10, batchesOnly: false },
  { name: 'batches per minute', windowMs: 60_000, most: 40, batchesOnly: true },
];

export interface Throttle {
  /** True when a request is over a limit; otherwise it is counted. */
  exceeds(key: { realm: string; app: string; isBatch: boolean }): boolean;
}

/** Sliding windows on the sandbox's clock. */
export function createThrottle(clock: Clock): Throttle {
  const windows = new Map<string, number[]>();
  return {
    exceeds({ realm, app, isBatch }) {
      const now = clock.now();
      const concerned = LIMITS.filter((limit) => isBatch || !limit.batchesOnly).map((limit) => {
        const id = `${limit.name}:${realm}:${limit.name === 'per minute' ? '' : app}`;
        const recent = (windows.get(id) ?? []).filter((at) => at > now - limit.windowMs && at <= now);
        windows.set(id, recent);
        return { recent, most: limit.most };
      });
      if (concerned.some(({ recent, most }) => recent.length >= most)) return true;
      for (const { recent } of concerned) recent.push(now);
      return false;
    },
  };
}
