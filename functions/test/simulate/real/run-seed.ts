import { setTimeout as wait } from 'node:timers/promises';
import { randomOf } from '../dice.ts';
import { createSeededFaults } from '../fault-plan.ts';
import { INVARIANTS } from '../invariants/invariants.ts';
import { perform, stepOf } from '../plan.ts';
import type { SeedResult } from '../run-seed.ts';
import { type Reply, type Simulation, noIntentions } from '../simulation.ts';
import { syncTonight } from '../actions/sync.ts';
import { createTrace } from '../trace.ts';
import { watchOrg } from '../watch-org.ts';
import { isIdle, readDatabase } from './database.ts';
import { overHttp, planKills } from './faults.ts';
import type { RealGround } from './ground.ts';
import { type RealProcess, watchOver } from './process.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A wait of the plan lasts a moment, in which something can be done; a longer one is jumped over, by new processes. */
const MOMENT = { ofMs: 10, least: 100, most: 1_500 };
const LONG = 5 * MINUTE;
/** Whoever waits for an answer then has not got one. */
const PATIENCE_MS = 2 * SECOND;
/** What waits for its next try waits for the clock to be moved. */
const SETTLE_MS = 45 * SECOND;
const CALL_MS = 30 * SECOND;
const MOST_KILLS = 2;

export interface RealPlay {
  /** Played one after the other in the same company. */
  seeds: readonly number[];
  steps: number;
  /** What passes once nothing goes wrong any more, with a sync after each. */
  calmMs: readonly number[];
}

export const CALM = [DAY, 5 * DAY];

/** Plans of seeds with real processes: people and faults are the same each time, what they meet is not. */
export async function playReal(ground: RealGround, { seeds, steps, calmMs }: RealPlay): Promise<SeedResult> {
  const { sandbox } = ground.road;
  const trace = createTrace(() => sandbox.clock.now());
  const host = watchOver(sandbox);
  const world = await openWorld(ground, host, trace);
  const unwatch = watchOrg(world);
  const bugs: string[] = [];
  const fired: Record<string, number> = {};
  try {
    // The books of a company begin when it is connected: by clocks that are off, what is paid within minutes would be from before.
    await host.later(HOUR);
    for (const seed of seeds) {
      trace.note('seed', String(seed));
      const faults = createSeededFaults(randomOf(seed, 'faults'), (what) => trace.note('FAULT', what));
      const kill = () => {
        trace.note('FAULT', 'kill -9');
        host.kill();
      };
      ground.suffer(overHttp(faults, randomOf(seed, 'network'), planKills(randomOf(seed, 'kills'), MOST_KILLS), kill));
      const killed = host.kills;
      await act(ground, host, { ...world, seed }, { steps, faults, bugs });
      // Over before the request at which it was to die: then while all that it set off is under way.
      if (host.kills === killed) kill();
      await host.up();
      for (const [kind, times] of Object.entries(faults.fired)) fired[kind] = (fired[kind] ?? 0) + times;
    }
    ground.suffer(null);
    trace.note('FAULT', 'no more faults');
    await host.up();
    for (const ms of calmMs) {
      await host.later(ms);
      await syncTonight(world);
      await settle(ground);
      const [run] = await ground.road.soql(
        'SELECT State__c, Report__c FROM Trueup_Sync_Run__c WHERE Started_At__c != null ORDER BY Started_At__c DESC LIMIT 1',
      );
      trace.note('sync run', `${String(run?.State__c)}: ${String(run?.Report__c).replaceAll('\n', ' ')}`);
    }
  } catch (error) {
    bugs.push(`the simulation itself: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } finally {
    unwatch();
    ground.suffer(null);
    await host.up();
  }
  world.database = await readDatabase(ground.database);
  const violations = [...bugs];
  for (const { name, check } of INVARIANTS) for (const text of check(world)) violations.push(`${name}: ${text}`);
  return {
    seed: seeds[0] ?? 0,
    hash: trace.hash(),
    violations,
    acted: world.intentions.acted,
    fired: { ...fired, kill: host.kills },
    batches: {},
    checks: INVARIANTS.length,
    trace: trace.lines,
  };
}

interface Playing {
  steps: number;
  faults: ReturnType<typeof createSeededFaults>;
  bugs: string[];
}

async function act(ground: RealGround, host: RealProcess, world: Simulation, { steps, faults, bugs }: Playing): Promise<void> {
  const { clocks } = ground.road.sandbox;
  const underWay = new Set<Promise<unknown>>();
  for (let step = 0; step < steps; step += 1) {
    faults.moveClocks();
    clocks.org.skew(faults.skewMs.salesforce);
    clocks.stripe.skew(faults.skewMs.stripe);
    clocks.quickbooks.skew(faults.skewMs.quickbooks);
    world.database = await readDatabase(ground.database);
    const next = stepOf(world.seed, step);
    const doing = perform(world, next)
      .catch((error: unknown) => bugs.push(`actor: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`))
      .finally(() => underWay.delete(doing));
    underWay.add(doing);
    await wait(moment(next.waitMs));
    await host.up();
    if (next.waitMs <= LONG) continue;
    await Promise.race([Promise.all(underWay), wait(PATIENCE_MS)]);
    await host.later(next.waitMs);
  }
  await Promise.all(underWay);
}

async function openWorld({ road, database }: RealGround, host: RealProcess, trace: Simulation['trace']): Promise<Simulation> {
  const { org, stripe, quickbooks, clock } = road.sandbox;
  const ids = Object.fromEntries(Object.entries(org.users).map(([name, { id }]) => [name, id]));
  return {
    seed: 0,
    time: { now: () => clock.now(), sleep: (ms) => wait(moment(ms)) },
    trace,
    random: randomOf(0, 'actors'),
    org: { orgId: org.orgId, users: ids as Simulation['org']['users'], data: org.data },
    story: road.story,
    stripe: stripe.engine,
    stripeKey: stripe.secretKey,
    quickbooks: quickbooks.engine,
    database: await readDatabase(database),
    intentions: noIntentions(),
    async call(person, operation, body) {
      trace.note(person, `${operation} ${JSON.stringify(body).slice(0, 160)}`);
      const answered = road.call(operation, body, person).then(
        (reply) => (reply.outcome || reply.status < 300 ? reply : null),
        () => null,
      );
      const reply = (await Promise.race([answered, wait(CALL_MS, null)])) as Reply | null;
      const told = reply ? `${reply.outcome} ${(reply.problems ?? []).map(({ code }) => code).join(' ')}` : 'no answer';
      trace.note(person, `${operation} -> ${told}`);
      return reply;
    },
    stopFunctions: () => host.kill(),
    keepQuickbooksBusy: () => undefined,
  };
}

const moment = (ms: number): number => Math.min(Math.max(ms / MOMENT.ofMs, MOMENT.least), MOMENT.most);

/** Until nothing is under way, or what is waits for a later time. */
async function settle({ road, database }: RealGround): Promise<void> {
  const end = Date.now() + SETTLE_MS;
  for (let calm = 0; calm < 2 && Date.now() < end;) {
    await road.sandbox.stripe.idle();
    await wait(60);
    calm = (await isIdle(database)) ? calm + 1 : 0;
  }
}
