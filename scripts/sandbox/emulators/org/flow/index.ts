import type { ApexRuntime } from '../apex/index.ts';
import type { Clock } from '../../core/clock.ts';
import type { OrgData, PlatformEvent, RecordChange } from '../data.ts';
import type { SchemaProblem } from '../schema/metadata-file.ts';
import { checkFlows } from './check.ts';
import type { FlowDefinition, FlowValue } from './definition.ts';
import { newSeed } from './interview.ts';
import type { InterviewSeed } from './interview.ts';
import { loadFlows } from './load.ts';
import { runFlow } from './run-flow.ts';
import type { FlowRun } from './run-flow.ts';
import { nextDue } from './schedule.ts';
import { seedOfChange, seedOfEvent, seedsOfSchedule } from './triggers.ts';
import type { FlowWorld } from './world.ts';

export type { FlowRun } from './run-flow.ts';

export interface FlowOptions {
  packageDirs: string[];
  data: OrgData;
  apex: ApexRuntime;
  clock: Clock;
  /** Scheduled and event-triggered flows run as this user. */
  automationUserId: string;
  /** IANA name of the org's time zone, in which schedules are meant. */
  timeZone: string;
}

export interface FlowSummary {
  name: string;
  label: string;
  kind: string;
  active: boolean;
  /** When a scheduled flow runs next, in ms since the epoch. */
  nextRun: number | null;
}

/** The package's flows, ready to run over an org's data. */
export interface FlowRuntime {
  /** Elements and references that cannot be run; empty when all is well. */
  check(): SchemaProblem[];
  list(): FlowSummary[];
  /** Switches a flow on or off, as an admin does in Setup; lost at the next start. */
  setActive(name: string, active: boolean): void;
  /** Runs an active scheduled flow now. */
  runScheduled(name: string): Promise<FlowRun>;
  /** Runs an autolaunched flow with input variables. */
  runAutolaunched(name: string, inputs: Record<string, FlowValue>, userId: string): Promise<FlowRun>;
  /** Starts the asynchronous paths that committed changes call for; resolves when they have ended. */
  onRecordChange(changes: RecordChange[]): Promise<FlowRun[]>;
  onEvent(events: PlatformEvent[]): Promise<FlowRun[]>;
  /** Runs every scheduled flow whose time has come since it was last asked. */
  due(now: number): Promise<FlowRun[]>;
  /** Notes anew when each flow is due, after the clock was set. */
  rearm(): void;
  /** The latest runs, newest first. */
  runs(): FlowRun[];
  stop(): void;
}

const KEPT_RUNS = 100;

export function createFlowRuntime(options: FlowOptions): FlowRuntime {
  const { flows, problems } = loadFlows(options.packageDirs);
  const world: FlowWorld = { data: options.data, apex: options.apex, clock: options.clock, flows, timeZone: options.timeZone };
  const history: FlowRun[] = [];
  const nextRuns = new Map<string, number | null>();
  const timers = new Map<string, () => void>();

  const named = (name: string): FlowDefinition => {
    const flow = flows.get(name);
    if (!flow) throw new Error(`There is no flow ${name}`);
    return flow;
  };
  const isActive = (flow: FlowDefinition): boolean => flow.status === 'Active';
  const start = async (flow: FlowDefinition, seeds: InterviewSeed[], userId: string): Promise<FlowRun> => {
    const run = await runFlow(flow, seeds, userId, world);
    history.unshift(run);
    history.length = Math.min(history.length, KEPT_RUNS);
    return run;
  };
  const startScheduled = (flow: FlowDefinition): Promise<FlowRun> =>
    start(flow, seedsOfSchedule(flow, options.automationUserId, world), options.automationUserId);

  /** Notes when the flow is due next and wakes up then. */
  const arm = (flow: FlowDefinition, after: number): void => {
    timers.get(flow.name)?.();
    timers.delete(flow.name);
    const at = flow.start.schedule && isActive(flow) ? nextDue(flow.start.schedule, after, options.timeZone) : null;
    nextRuns.set(flow.name, at);
    if (at !== null)
      timers.set(
        flow.name,
        options.clock.setTimer(at, async () => void (await due(options.clock.now()))),
      );
  };
  const due = async (now: number): Promise<FlowRun[]> => {
    const runs: FlowRun[] = [];
    for (const flow of flows.values()) {
      const at = nextRuns.get(flow.name) ?? null;
      if (at === null || at > now) continue;
      arm(flow, now);
      runs.push(await startScheduled(flow));
    }
    return runs;
  };
  const rearm = (): void => {
    for (const flow of flows.values()) arm(flow, options.clock.now());
  };
  rearm();

  return {
    check: () => [...problems, ...checkFlows(flows, options.data, options.apex)],
    list: () =>
      [...flows.values()].map((flow) => ({
        name: flow.name,
        label: flow.label,
        kind: flow.start.kind,
        active: isActive(flow),
        nextRun: nextRuns.get(flow.name) ?? null,
      })),
    setActive: (name, active) => {
      named(name).status = active ? 'Active' : 'Obsolete';
      arm(named(name), options.clock.now());
    },
    runScheduled: async (name) => {
      const flow = named(name);
      if (flow.start.kind !== 'scheduled') throw new Error(`${name} is not a scheduled flow`);
      if (!isActive(flow)) throw new Error(`${name} is not active`);
      return startScheduled(flow);
    },
    runAutolaunched: async (name, inputs, userId) => {
      const flow = named(name);
      if (!isActive(flow)) throw new Error(`${name} is not active`);
      return start(flow, [newSeed(null, null, inputs)], userId);
    },
    onRecordChange: (changes) => startFor(changes, seedOfChange, (change) => change.userId),
    onEvent: (events) => startFor(events, seedOfEvent, () => options.automationUserId),
    due,
    rearm,
    runs: () => [...history],
    stop: () => {
      for (const cancel of timers.values()) cancel();
    },
  };

  /** All interviews that one set of changes starts in one flow for one user run together. */
  async function startFor<Cause>(
    causes: Cause[],
    seedOf: (flow: FlowDefinition, cause: Cause, world: FlowWorld) => InterviewSeed | null,
    userOf: (cause: Cause) => string,
  ): Promise<FlowRun[]> {
    const runs: FlowRun[] = [];
    for (const flow of flows.values()) {
      if (!isActive(flow)) continue;
      const byUser = new Map<string, InterviewSeed[]>();
      for (const cause of causes) {
        const seed = seedOf(flow, cause, world);
        if (seed) byUser.set(userOf(cause), [...(byUser.get(userOf(cause)) ?? []), seed]);
      }
      for (const [userId, seeds] of byUser) runs.push(await start(flow, seeds, userId));
    }
    return runs;
  }
}
