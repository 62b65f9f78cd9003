// `npm run simulate [-- --real] [--seeds n] [--from n] [--steps n] [--jobs n] [--seed n] [--orders] [--json] [--quick]`: people work with the product at random while
// requests, answers, webhooks and processes are lost; then the faults stop, time passes, and the books must tie out. One thread
// and one virtual clock for each seed: one that fails is played again, with its trace, by `npm run simulate -- --seed n`.
import { machine, table } from '../bench/bench-options.ts';
import { openGround } from './company/ground.ts';
import { PAID, createOrders } from './play-orders.ts';
import { type Options, REAL_STEPS, STEPS, readOptions } from './options.ts';
import { playSeeds } from './play-seeds.ts';
import { playRealSeeds } from './real/play-seeds.ts';
import { type SeedResult, runSeed } from './run-seed.ts';

interface Totals {
  seeds: number;
  acted: Record<string, number>;
  fired: Record<string, number>;
  batches: Record<string, number>;
  checks: number;
  failed: { seed: number; violations: string[] }[];
}

/** Looks of a loop that found nothing. */
const NOISE = /composite operations -> 200$/;
/** So much of a failing seed's trace is shown; the whole of it when it is played alone. */
const LAST_LINES = 40;
const MANY = 100;

const options = readOptions();
const started = performance.now();
process.exitCode = (await (options.orders ? playOrders() : playMany())) ? 0 : 1;

async function playMany(): Promise<boolean> {
  console.log(`simulate, seeds from ${options.from}, ${options.steps} actions each (${machine()})`);
  const totals = await runAll(options);
  print(totals);
  const ok = totals.failed.length === 0;
  console.log(ok ? '\nEvery check holds.' : `\n${totals.failed.length} of ${totals.seeds} seeds FAIL.`);
  if (options.json)
    console.log(JSON.stringify({ ok, machine: machine(), seconds: seconds(), ...totals, kills: totals.fired['kill'] ?? 0 }));
  return ok;
}

/** All orders of the six events of one payment within one second, and one event a hundred times at once. */
async function playOrders(): Promise<boolean> {
  console.log(`the six events of one payment in every order, every other one twice (${machine()})`);
  const orders = createOrders();
  const wanted = JSON.stringify(PAID);
  let [tried, wrong] = [0, 0];
  for await (const { order, state } of orders.play(1)) {
    tried += 1;
    if (JSON.stringify(state) === wanted) continue;
    wrong += 1;
    console.log(`  ${order.join(', ')} FAILS: ${JSON.stringify(state)}`);
  }
  const atOnce = await orders.playAtOnce(MANY);
  orders.close();
  const one = atOnce.news === 1 && JSON.stringify(atOnce.state) === wanted;
  const outcome: [string, number | string][] = [
    ['orders', tried],
    ['orders with another state in the end', wrong],
    [`effects of one event delivered ${MANY} times at once`, one ? 1 : `${atOnce.news} new, ${JSON.stringify(atOnce.state)}`],
    ['seconds', seconds()],
  ];
  console.log(`\n${table(['in all', ''], outcome)}`);
  if (options.json) console.log(JSON.stringify({ ok: one && wrong === 0, machine: machine(), seconds: seconds(), tried, wrong }));
  return one && wrong === 0;
}

async function runAll(options: Options): Promise<Totals> {
  const all: Totals = { seeds: 0, acted: {}, fired: {}, batches: {}, checks: 0, failed: [] };
  for await (const result of results(options)) {
    all.seeds += 1;
    all.checks += result.checks;
    add(all.acted, result.acted);
    add(all.fired, result.fired);
    add(all.batches, result.batches);
    if (options.alone) console.log(result.trace.join('\n'));
    if (result.violations.length > 0) {
      all.failed.push({ seed: result.seed, violations: result.violations });
      tell(result, options);
    } else if (options.alone || options.real || all.seeds % 25 === 0)
      console.log(`  seed ${result.seed}: ${result.hash} (${all.seeds} done, ${seconds()} s)`);
  }
  return all;
}

function results(options: Options): AsyncGenerator<SeedResult> {
  if (options.real) return playRealSeeds(options);
  return options.alone ? playTwice(options) : playSeeds(options);
}

/** A seed played alone shows that it is the same each time, and where errors come from. */
async function* playTwice({ from: seed, steps }: Options): AsyncGenerator<SeedResult> {
  const ground = await openGround();
  const result = await runSeed(ground, { seed, steps, stacks: true });
  const again = await runSeed(ground, { seed, steps });
  ground.close();
  const same = again.hash === result.hash;
  yield same ? result : { ...result, violations: [...result.violations, `the same seed gave ${result.hash} and ${again.hash}`] };
}

function tell({ seed, hash, violations, trace }: SeedResult, { alone, steps, real }: Options): void {
  console.log(`\nseed ${seed} FAILS (trace ${hash}):`);
  for (const each of violations) console.log(`  ${each}`);
  if (!alone)
    console.log(
      trace
        .filter((line) => !NOISE.test(line))
        .slice(-LAST_LINES)
        .join('\n'),
    );
  console.log(
    `  replay: npm run simulate -- ${real ? '--real ' : ''}--seed ${seed}${steps === (real ? REAL_STEPS : STEPS) ? '' : ` --steps ${steps}`}\n`,
  );
}

function print({ seeds, acted, fired, batches, checks, failed }: Totals): void {
  const sorted = (counts: Record<string, number>) => Object.entries(counts).sort((a, b) => (a[0] < b[0] ? -1 : 1));
  console.log(`\n${table(['action', 'done'], sorted(acted))}`);
  console.log(`\n${table(['fault', 'happened'], sorted(fired))}`);
  console.log(
    `\n${table(
      ['in all', ''],
      [
        ['seeds', seeds],
        ['kills', fired['kill'] ?? 0],
        ['batches of writes to QuickBooks', batches['sent'] ?? 0],
        ['writes in them', batches['writes'] ?? 0],
        ['batches lost', batches['lost'] ?? 0],
        ['batches with a faulty item', batches['withFaultyItem'] ?? 0],
        ['batches refused as a whole', batches['refused'] ?? 0],
        ['invariant checks', checks],
        ['seeds that fail', failed.length],
        ['seconds', seconds()],
      ],
    )}`,
  );
}

function add(sums: Record<string, number>, counts: Record<string, number>): void {
  for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
}

function seconds(): number {
  return Math.round((performance.now() - started) / 1000);
}
