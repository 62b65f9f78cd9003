import type { Clock } from '../core/clock.ts';
import type { Store } from '../core/store.ts';

/** Documented for the Builder tier: reads a workspace has in a month. */
const BUILDER_READS = 500_000;
/** Counted reads are written down this often; a restart forgets the rest. */
const KEEP_EVERY = 100;

interface Meter {
  id: 'reads';
  month: string;
  used: number;
  allowance: number;
}

/** Metered reads of the month (GET, queries, change data capture); writes are free. */
export interface ReadMeter {
  /** True when the month's reads are spent; otherwise one is counted. */
  exceeds(): boolean;
  state(): { month: string; used: number; allowance: number };
  set(patch: { used?: number; allowance?: number }): void;
  /** Reads again what is kept, after a restore. */
  reload(): void;
}

/** Opens the meter. Months are UTC's (assumed). */
export function openReadMeter(store: Store, clock: Clock): ReadMeter {
  const rows = store.collection<Meter>('qbo_read_meter');
  const kept = (): Meter => rows.get('reads') ?? { id: 'reads', month: '', used: 0, allowance: BUILDER_READS };
  let meter = kept();
  const current = (): Meter => {
    const month = new Date(clock.now()).toISOString().slice(0, 7);
    if (meter.month !== month) meter = { ...meter, month, used: 0 };
    return meter;
  };
  return {
    exceeds() {
      const now = current();
      if (now.used >= now.allowance) return true;
      meter = { ...now, used: now.used + 1 };
      if (meter.used % KEEP_EVERY === 0) rows.put(meter);
      return false;
    },
    state: () => ({ month: current().month, used: current().used, allowance: current().allowance }),
    set(patch) {
      meter = { ...current(), ...patch };
      rows.put(meter);
    },
    reload: () => void (meter = kept()),
  };
}
