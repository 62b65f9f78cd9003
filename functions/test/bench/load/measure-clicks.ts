import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createRandom } from '../../../../scripts/sandbox/index.ts';
import type { Load } from '../../../src/domain/first-load/load.ts';
import { accountsOf, fillPast, sharesOf } from '../../first-load/fill-past.ts';
import { ANSWERS } from '../../first-load/limits.ts';
import { writersOf } from '../../first-load/past-writers.ts';
import { type Road, startRoad } from '../../road.ts';
import { clickIssue, previewDeal } from '../click.ts';
import { createDeals } from '../deals.ts';
import { BULK, type Delay, createMeter, realisticDelay } from '../meter.ts';
import { countRefusals } from './count-refusals.ts';

/** Who issue at the same time, invoice after invoice. */
const REPS = 2;
const LINES = 5;
const SEEDED_AT_ONCE = 500;
/** Rows that Salesforce saves at once, of a bulk job and of a collection. */
const ROWS = 200;

interface Wanted {
  seed: number;
  records: number;
  /** Of all reps together: so many with nothing beside them, and so many during the load. */
  clicks: number;
  log(line: string): void;
}

export interface Clicks {
  clicks: number;
  medianMs: number;
  p95Ms: number;
  /** Answers that a limit refused, to the load's calls too. */
  refused: number;
  /** For how long at most the process of the stand-ins answered nobody, which the real systems would have. */
  standInsHeldUpMs: number;
}

/**
 * Reps issue invoices, first with nothing beside them and then while the running product loads a past. By the clock on the wall: each call
 * takes as long as its system would, the load's too, and clicks and load share a process, a database and all budgets.
 */
export async function measureClicks({ seed, records, clicks, log }: Wanted) {
  const meter = createMeter();
  const road = await startRoad({ durable: true, faults: meter.plan, limits: true, stripeLimits: 'test' });
  try {
    const { sandbox } = road;
    const accounts = accountsOf(seed, sharesOf(records).customers).map(({ name, phone }) => ({ Name: name, Phone: phone }));
    while (accounts.length > 0) await road.insert('Account', ...accounts.splice(0, SEEDED_AT_ONCE));
    await fillPast({ ...writersOf(sandbox), standIns: sandbox }, seed, records);
    const [known = '', ...deals] = await createDeals(sandbox, { count: 1 + 2 * clicks, lines: LINES });
    await issue(road, known);
    log(`clicks: the past of ${records} records is laid down, ${deals.length} deals are won`);

    meter.delayBy(slowly(seed));
    const alone = await watch(deals.splice(0, clicks), (deal) => issue(road, deal));
    log(`clicks with nothing beside them: median ${alone.medianMs} ms, p95 ${alone.p95Ms} ms`);
    const started = await road.call('start-load', {}, 'admin');
    if (started.outcome !== 'accepted') throw new Error(`the load did not start: ${JSON.stringify(started)}`);
    meter.delayBy(slowly(seed));
    const passed = new Set<string>();
    const beside = await watch(deals, async (deal) => {
      const load = await readLoad(road);
      if (load.state !== 'running') return null;
      const object = load.objects.find(({ state }) => state !== 'done')?.object;
      if (object) passed.add(object);
      return issue(road, deal);
    });
    return { alone, beside, passed: [...passed], records };
  } finally {
    await road.stop();
  }
}

/** As in real life. Writes are the clicks', of which each phase has the same ones; what saves many records takes its time for each. */
function slowly(seed: number): Delay {
  const [clicks, load] = [realisticDelay(createRandom(seed)), realisticDelay(createRandom(seed + 1))];
  return (system, call) => {
    if (call === BULK || call.includes('/composite/sobjects/')) return load(system, call) + ROWS * ANSWERS.row;
    return (/^POST .*(?:\/v1\/|\/v3\/|\/composite)/.test(call) ? clicks : load)(system, call);
  };
}

/** All reps at work until no deal is left, or `act` says with null that it is over. */
async function watch(deals: string[], act: (deal: string) => Promise<number | null>): Promise<Clicks> {
  const refusals = countRefusals();
  const standIns = monitorEventLoopDelay({ resolution: 10 });
  standIns.enable();
  const times: number[] = [];
  const work = async (): Promise<void> => {
    for (let deal = deals.shift(); deal !== undefined; deal = deals.shift()) {
      const ms = await act(deal);
      if (ms === null) return;
      times.push(ms);
    }
  };
  try {
    await Promise.all(Array.from({ length: REPS }, work));
  } finally {
    standIns.disable();
    refusals.stop();
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.ceil(times.length * share) - 1)] ?? 0);
  return {
    ...{ clicks: times.length, medianMs: at(0.5), p95Ms: at(0.95) },
    ...{ refused: refusals.stop(), standInsHeldUpMs: Math.round(standIns.max / 1e6) },
  };
}

async function issue({ sandbox }: Road, deal: string): Promise<number> {
  await previewDeal(sandbox, deal);
  const clicked = await clickIssue(sandbox, deal);
  if (clicked.outcome !== 'done') throw new Error(`the deal was not issued: ${clicked.outcome} ${JSON.stringify(clicked.problems)}`);
  return clicked.ms;
}

async function readLoad(road: Road): Promise<Load> {
  const reply = (await road.call('read-load', {}, 'admin')) as unknown as { load?: Load };
  if (!reply.load) throw new Error(`no load: ${JSON.stringify(reply)}`);
  return reply.load;
}
