/** Answers kept for a short while, each with its age, so that a second question soon after the first costs no call. */
export interface Recent<T> {
  /** The kept answer when it is at most `maxAgeMs` old. */
  read(key: string, maxAgeMs: number): T | undefined;
  keep(key: string, value: T): void;
  forget(): void;
}

/** So many are kept; the oldest go first. */
const MOST = 1_000;

export function createRecent<T>(now: () => number = () => performance.now()): Recent<T> {
  const kept = new Map<string, { value: T; at: number }>();
  return {
    read(key, maxAgeMs) {
      const known = kept.get(key);
      return known && now() - known.at < maxAgeMs ? known.value : undefined;
    },
    keep(key, value) {
      kept.delete(key);
      kept.set(key, { value, at: now() });
      const [oldest] = kept.keys();
      if (kept.size > MOST && oldest !== undefined) kept.delete(oldest);
    },
    forget: () => kept.clear(),
  };
}
