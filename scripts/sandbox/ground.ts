import path from 'node:path';
import {
  type FaultPlan,
  type MasterClock,
  type SkewedClock,
  createClock,
  createFaultPlan,
  createSkewedClock,
} from './emulators/core/index.ts';
import { explain } from './explain.ts';
import { openWhole } from './open-whole.ts';
import { type SandboxState, lockFolder, saveState } from './state.ts';

export const root = path.resolve(import.meta.dirname, '../..');

/** The stand-ins, each with a clock of its own that follows the sandbox's. */
export const STAND_INS = ['org', 'stripe', 'quickbooks'] as const;
export type StandIn = (typeof STAND_INS)[number];

export interface GroundOptions {
  /** Folder of all state; `.sandbox` of the checkout by default. */
  dataDir?: string;
  /** Forgets what an earlier start left, first. */
  fresh?: boolean;
  faultSeed?: number;
  /** The plan of faults; every request to the org and the stand-ins asks it. An empty one of `faultSeed` by default. */
  faults?: FaultPlan;
  log?: (line: string) => void;
}

/** What every way to start has in common: a folder of its own, its state, one clock, one plan of faults. */
export interface Ground {
  dataDir: string;
  log: (line: string) => void;
  state: SandboxState;
  clock: MasterClock;
  clocks: Record<StandIn, SkewedClock>;
  faults: FaultPlan;
  /** Writes the state, with the clock as it is now. */
  remember(): void;
  /** Ends what was started, last first. */
  stops: (() => unknown)[];
  stop(): Promise<void>;
}

/** Lays the ground and builds on it; when that fails, everything is given back and the error is one a person can act on. */
export async function onGround<R>(options: GroundOptions, build: (ground: Ground) => Promise<R>): Promise<R> {
  const { log = () => {}, dataDir = path.join(root, '.sandbox'), fresh = false } = options;
  const stops: (() => unknown)[] = [lockFolder(dataDir)];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const state = await openWhole({ dataDir, fresh, log });
    const clock = createClock({ offsetMs: state.clockOffsetMs });
    const faults = options.faults ?? createFaultPlan(options.faultSeed ?? 1, () => clock.now());
    const follow = (name: StandIn) => createSkewedClock(clock, state.skewMs?.[name] ?? 0);
    const clocks = { org: follow('org'), stripe: follow('stripe'), quickbooks: follow('quickbooks') };
    const remember = () => {
      state.clockOffsetMs = Math.round(clock.now() - Date.now());
      state.skewMs = { org: clocks.org.skewMs(), stripe: clocks.stripe.skewMs(), quickbooks: clocks.quickbooks.skewMs() };
      saveState(dataDir, state);
    };
    clock.onAdvance(remember);
    stops.push(() => clock.stop(), remember);
    return await build({ dataDir, log, state, clock, clocks, faults, remember, stops, stop });
  } catch (error) {
    await stop();
    throw explain(error);
  }
}
