// `npm run bench:freshness [-- --quick] [--json]`: from a payment at Stripe to Salesforce, without and with a worker that is killed.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startRoad } from '../road.ts';
import { until } from '../until.ts';
import { finish, machine, readOptions, table } from './bench-options.ts';
import { countCpu } from './freshness/cpu-shares.ts';
import { type Freshness, issueMany, payAndWatch } from './freshness/pay-and-watch.ts';
import { type Crew, startCrew } from './kill/crew.ts';

const PER_SECOND = 10;
const AIMS = { p95Ms: 1000, p99Ms: 3000, killedP99Ms: 15_000, missing: 0 };
const KILL_EVERY_MS = 30_000;

const options = readOptions();
const seconds = options.quick ? 5 : 300;
const log = (line: string) => console.log(`  ${line}`);
console.log(`bench:freshness (${machine()})`);
const dir = mkdtempSync(path.join(os.tmpdir(), 'trueup-freshness-'));
const road = await startRoad({ limits: false, durable: true });
const { functions, databaseUrl } = road.sandbox;
let crew: Crew | undefined;

try {
  log(`issuing ${seconds * PER_SECOND} invoices to be paid …`);
  const invoices = [...(await issueMany(road, seconds * PER_SECOND))];
  await functions.stop();
  crew = startCrew(
    1,
    functions.folder,
    { ...functions.env, DATABASE_URL: databaseUrl, LOG_LEVEL: 'warn' },
    Number(new URL(functions.baseUrl).port),
    dir,
  );
  const isUp = () =>
    fetch(`${functions.baseUrl}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
  await until(isUp, 60_000, 'the web process answers');
  await road.settled();

  const half = Math.ceil(invoices.length / 2);
  log(`${PER_SECOND} payments a second for ${half / PER_SECOND} s …`);
  const cpuFor = await countCpu(crew, databaseUrl);
  const calm = await payAndWatch(road, new Map(invoices.slice(0, half)), PER_SECOND, 60_000);
  const cpu = await cpuFor(half);
  log('and now with the worker killed …');
  const worker = crew.members.find(({ role }) => role === 'worker');
  let kills = 0;
  const kill = () => {
    if (worker?.pid() === undefined) return;
    kills += 1;
    worker.kill();
  };
  const first = setTimeout(kill, options.quick ? 1000 : KILL_EVERY_MS / 2);
  const killing = setInterval(kill, KILL_EVERY_MS);
  const killed = await payAndWatch(road, new Map(invoices.slice(half)), PER_SECOND, 90_000);
  clearTimeout(first);
  clearInterval(killing);

  const missing = ({ payments, ms }: Freshness) => payments - ms.length;
  const at = ({ ms, payments }: Freshness, share: number) => ms[Math.ceil(payments * share) - 1] ?? Infinity;
  const row = (title: string, run: Freshness, aim: string) => [
    title,
    run.payments,
    missing(run),
    ...[0.5, 0.95, 0.99].map((share) => (at(run, share) / 1000).toFixed(2)),
    aim,
  ];
  console.log(`\nFrom a payment at Stripe to Salesforce, ${PER_SECOND} a second, one web and one worker process (${machine()}):`);
  console.log(
    table(
      ['', 'payments', 'missing', 'median s', 'p95 s', 'p99 s', 'aim'],
      [
        row('no kill', calm, `p95 < ${AIMS.p95Ms / 1000} s, p99 < ${AIMS.p99Ms / 1000} s`),
        row(`worker killed ${kills} times`, killed, `p99 < ${AIMS.killedP99Ms / 1000} s`),
      ],
    ),
  );
  const shares = Object.entries({ web: cpu.web, worker: cpu.worker, PostgreSQL: cpu.postgres, 'stand-ins and bench': cpu.standIns });
  const sum = shares.reduce((all, [, ms]) => all + ms, 0);
  console.log(
    `\nCPU until a payment is shown, while earlier ones are booked: ${shares.map(([name, ms]) => `${name} ${ms.toFixed(0)} ms`).join(', ')}.`,
  );
  console.log(`${PER_SECOND} payments a second keep ${((sum * PER_SECOND) / 1000).toFixed(2)} of ${os.availableParallelism()} cores busy.`);
  console.log(`Transactions in PostgreSQL until then: ${cpu.transactions.toFixed(0)} a payment.`);
  const wantedKills = options.quick ? 1 : 4;
  console.log(`\nNone may be missing, and the worker has to be killed ${wantedKills === 1 ? 'once' : `${wantedKills} times`} at least.`);
  const shown = missing(calm) <= AIMS.missing && missing(killed) <= AIMS.missing && kills >= wantedKills;
  const met = shown && at(calm, 0.95) < AIMS.p95Ms && at(calm, 0.99) < AIMS.p99Ms && at(killed, 0.99) < AIMS.killedP99Ms;
  const figures = (run: Freshness) => ({
    payments: run.payments,
    missing: missing(run),
    p50: at(run, 0.5),
    p95: at(run, 0.95),
    p99: at(run, 0.99),
  });
  finish(met, { perSecond: PER_SECOND, kills, cpu, calm: figures(calm), killed: figures(killed) }, options);
} finally {
  await crew?.stop();
  await road.stop();
  rmSync(dir, { recursive: true, force: true });
}
