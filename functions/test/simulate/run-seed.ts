import { syncTonight } from './actions/sync.ts';
import { type Plant, type Running, boot } from './company/boot.ts';
import { createDatabase } from './company/database.ts';
import { type Ground, START } from './company/ground.ts';
import { openStandIns, skewed } from './company/stand-ins.ts';
import { createDice, randomOf } from './dice.ts';
import { createSeededFaults } from './fault-plan.ts';
import { type Host, createHost } from './host.ts';
import { INVARIANTS } from './invariants/invariants.ts';
import { createDoorForWebhooks } from './roads/from-providers.ts';
import { createPace } from './pace.ts';
import { perform, stepOf } from './plan.ts';
import { createNetwork } from './roads/network.ts';
import { takeQuickbooksCalls } from './roads/to-quickbooks.ts';
import { SECRET_KEY } from './roads/to-stripe.ts';
import { type Person, type Reply, type Simulation, noIntentions } from './simulation.ts';
import { createTime, underOneClock } from './time.ts';
import { createTrace } from './trace.ts';
import { watchOrg } from './watch-org.ts';

export interface SeedResult {
  seed: number;
  hash: string;
  /** What does not hold, in words. Empty: the seed passes. */
  violations: string[];
  acted: Record<string, number>;
  fired: Record<string, number>;
  /** Batches of writes to QuickBooks. */
  batches: Record<string, number>;
  checks: number;
  trace: readonly string[];
}

export interface SeedOptions {
  seed: number;
  /** How many actions people try. */
  steps: number;
  plant?: Plant;
  /** Errors tell where they come from. Stripe's SDK notes that with each call, which costs more than the call. */
  stacks?: boolean;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** How long Apex waits for an answer. */
const CALL_MS = 30 * SECOND;

export const PERMISSIONS: Record<Person, readonly string[]> = {
  rep: ['Trueup_Issue_Invoice', 'Trueup_Void_Invoice'],
  admin: ['Trueup_Administer', 'Trueup_Edit_Price', 'Trueup_Issue_Invoice', 'Trueup_Run_Sync', 'Trueup_Void_Invoice'],
  accountant: ['Trueup_Run_Sync'],
  automation: ['Trueup_Issue_Invoice', 'Trueup_Run_Sync'],
};

/** One seed from its first action to the checks at the end; the same seed gives the same trace. */
export function runSeed(ground: Ground, options: SeedOptions): Promise<SeedResult> {
  const time = createTime(START);
  const kept = Error.stackTraceLimit;
  if (!options.stacks) Error.stackTraceLimit = 0;
  return underOneClock(time, createDice(options.seed), async () => {
    const stage = await openStage(ground, options, time);
    try {
      try {
        await stage.actors();
        await stage.calm();
      } catch (error) {
        stage.bugs.push(`the simulation itself: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
      const violations = [...stage.bugs];
      for (const { name, check } of INVARIANTS) for (const text of check(stage.simulation)) violations.push(`${name}: ${text}`);
      const { trace, intentions } = stage.simulation;
      return {
        seed: options.seed,
        hash: trace.hash(),
        violations,
        acted: intentions.acted,
        fired: stage.fired,
        batches: stage.batches,
        checks: INVARIANTS.length,
        trace: trace.lines,
      };
    } finally {
      await stage.close();
    }
  }).finally(() => (Error.stackTraceLimit = kept));
}

async function openStage(ground: Ground, options: SeedOptions, time: ReturnType<typeof createTime>) {
  const { seed } = options;
  const trace = createTrace(time.now);
  const faults = createSeededFaults(randomOf(seed, 'faults'), (what) => trace.note('FAULT', what));
  const latency = randomOf(seed, 'latency');
  const random = randomOf(seed, 'actors');
  const network = createNetwork({ time, faults, latency, trace });
  const bugs: string[] = [];
  let running: Running | null = null;
  let hosts = 0;

  ground.begin(
    skewed(time, () => faults.skewMs.salesforce),
    faults.plan,
  );
  const standIns = openStandIns(time, faults, createDoorForWebhooks({ time, latency, trace, running: () => running }));
  const giveBack = takeQuickbooksCalls(standIns.quickbooks, network, time.now);
  const database = createDatabase(time);
  const pace = createPace(time, database);

  let alive: Host | null = null;
  const died = (host: Host, backAfterMs = latency.between(500, 20_000)) => {
    if (running?.host === host) running = null;
    alive = null;
    time.after(backAfterMs, start);
  };
  function start(): void {
    const host = createHost(`functions${(hosts += 1)}`, { time, faults, latency, died });
    alive = host;
    trace.note(host.name, 'boots');
    // Whole milliseconds, as a process reads them from its host.
    const clock = { now: () => Math.trunc(time.now()), sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)) };
    boot(host, {
      ground,
      standIns,
      database,
      network,
      trace,
      pace,
      clock,
      faults,
      ...(options.plant ? { plant: options.plant } : {}),
    }).then(
      (booted) => {
        if (!host.dead) running = booted;
      },
      (error: unknown) => bugs.push(`boot: ${String(error)}`),
    );
  }

  const simulation: Simulation = {
    seed,
    time,
    trace,
    random,
    org: ground.org,
    story: ground.story,
    stripe: standIns.stripe,
    stripeKey: SECRET_KEY,
    quickbooks: standIns.quickbooks,
    database,
    intentions: noIntentions(),
    async call(person, operation, body) {
      const asking = { userId: ground.org.users[person], permissions: PERMISSIONS[person] };
      const about = `${operation} ${JSON.stringify(body).slice(0, 160)}`;
      const there = running;
      trace.note(person, there ? about : `${about} -> no process`);
      if (!there) return null;
      const answered = there.call(operation, body, asking).catch((error: unknown) => {
        bugs.push(`${operation}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        return null;
      });
      const reply = (await Promise.race([answered, time.sleep(CALL_MS).then(() => null)])) as Reply | null;
      trace.note(
        person,
        `${operation} -> ${reply ? `${reply.outcome} ${(reply.problems ?? []).map((each) => each.code).join(' ')}` : 'no answer'}`,
      );
      return reply;
    },
    stopFunctions(forMs) {
      if (!alive) return;
      alive.dead = true;
      trace.note(alive.name, `is stopped for ${Math.round(forMs / SECOND)} s`);
      died(alive, forMs);
    },
    keepQuickbooksBusy: (forMs) => void (database.turns.quickbooksBusyUntil = time.now() + forMs),
  };
  const unwatch = watchOrg(simulation);

  /** Lets time pass until `work` is done. */
  const drive = async <T>(work: Promise<T>): Promise<T> => {
    let done = false;
    const ended = work.finally(() => (done = true));
    ended.catch(() => undefined);
    for (let waited = 0; !done; waited += SECOND) {
      if (waited > 30 * DAY) throw new Error('The simulation stands still.');
      await time.advance(SECOND);
    }
    return ended;
  };
  const pass = async (ms: number) => {
    pace.during(ms);
    await time.advance(ms);
    pace.during(0);
  };

  return {
    simulation,
    bugs,
    fired: faults.fired,
    batches: network.batches,
    async actors() {
      start();
      await time.advance(2 * SECOND);
      const underWay = new Set<Promise<unknown>>();
      let night = time.now() + 11 * HOUR;
      for (let step = 0; step < options.steps; step += 1) {
        faults.moveClocks();
        const next = stepOf(seed, step);
        const doing = perform(simulation, next)
          .catch((error: unknown) => bugs.push(`actor: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`))
          .finally(() => underWay.delete(doing));
        underWay.add(doing);
        await pass(next.waitMs);
        if (time.now() > night) {
          night += DAY;
          await drive(syncTonight(simulation));
        }
      }
      await drive(Promise.all(underWay));
    },
    async calm() {
      faults.stop();
      trace.note('FAULT', 'no more faults');
      await pass(2 * MINUTE);
      // The last sync sees it all: a clock that is too far off makes Stripe's signatures worthless.
      for (const wait of [20 * MINUTE, 5 * DAY, DAY]) {
        await pass(wait);
        await drive(syncTonight(simulation));
      }
      // The loops look seldom while nobody acts, and what came just before may wait for their next look.
      running?.wake();
      await pass(MINUTE);
    },
    async close() {
      unwatch();
      giveBack();
      if (running) running.host.dead = true;
      await standIns.close();
    },
  };
}
