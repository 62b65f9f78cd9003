import { type FaultPlan, createFaultPlan } from '../../../scripts/sandbox/index.ts';

export const SYSTEMS = ['stripe', 'quickbooks', 'salesforce'] as const;
export type System = (typeof SYSTEMS)[number];
export type Calls = Record<System, number>;

/** Milliseconds a call ("METHOD path") takes beyond what it takes by itself; it is BULK for what a bulk job saves at once. */
export type Delay = (system: System, call: string) => number;
export const BULK = 'bulk';

export interface Meter {
  plan: FaultPlan;
  /** The calls since the last time this was asked, each as "METHOD path". */
  take(): Record<System, string[]>;
  /** Calls so far. */
  count(): number;
  delayBy(delay: Delay | null): void;
}

const POINTS: Record<string, System> = { 'stripe.request': 'stripe', 'quickbooks.request': 'quickbooks', 'org.request': 'salesforce' };
/** Business calls: tokens and the add-on's own are asked for once an hour. */
const COUNTED = /^\/(services\/data|v1|v3)\//;

/** Counts what reaches the stand-ins and the org, where they ask their plan of faults: each request once, before anything else. */
export function createMeter(): Meter {
  const plan = createFaultPlan(1);
  const seen: [System, string][] = [];
  let total = 0;
  let delayOf: Delay | null = null;
  return {
    plan: {
      ...plan,
      next(point, context) {
        if (point === 'org.bulk' && delayOf) return { kind: 'delay', ms: delayOf('salesforce', BULK) };
        const system = POINTS[point];
        const path = context['path'] ?? '';
        if (!system || !COUNTED.test(path)) return plan.next(point, context);
        total += 1;
        const call = `${context['method'] ?? ''} ${path}`;
        seen.push([system, call]);
        const fault = plan.next(point, context);
        return fault ?? (delayOf ? { kind: 'delay', ms: delayOf(system, call) } : undefined);
      },
    },
    take() {
      const calls: Record<System, string[]> = { stripe: [], quickbooks: [], salesforce: [] };
      for (const [system, call] of seen.splice(0)) calls[system].push(call);
      return calls;
    },
    count: () => total,
    delayBy: (delay) => void (delayOf = delay),
  };
}

const MEDIAN_MS: Calls = { stripe: 300, quickbooks: 700, salesforce: 150 };
/** Spread of the logarithm: nine calls in ten lie between 0.66 and 1.5 times the median. */
const SIGMA = 0.25;

/** Delays as in real life: log-normal around each system's median, and one call in twenty three times as long. */
export function realisticDelay(random: () => number): Delay {
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return (system) => MEDIAN_MS[system] * Math.exp(SIGMA * normal()) * (random() < 0.05 ? 3 : 1);
}
