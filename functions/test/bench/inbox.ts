import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startPostgres } from '../../../scripts/sandbox/index.ts';
import { finish, machine, readOptions, table } from './bench-options.ts';
import { type Order, ORDERS, createStream, readTemplates } from './inbox/events.ts';
import { KINDS, type Kind, TITLES } from './inbox/kinds.ts';
import { watchMemory } from './inbox/memory.ts';
import { type Bench, type Run, type Summary, drainBeside, measure, summarise } from './inbox/measure.ts';
import { type Receiver, startReceiver } from './inbox/start-receiver.ts';

const AIMS = { times: 4, cpuMs: 0.15, p99Ms: 100, p999Ms: 3000 };
const CONNECTIONS = 64;
const FLAT = 1.25;
/** As where the system does not tell what a process uses: then no aim is met. */
const NOT_MEASURED = 'not measured';
const HEAD = ['', 'events/s', 'CPU ms', 'Node', 'PostgreSQL', 'p50 ms', 'p99 ms', 'p99.9 ms', 'refused', 'wrong states'];

const options = readOptions();
console.log(`bench:inbox (${machine()})`);
if (options.memory) await memory();
else await compare();

/** Flat: a million events leave it where a hundred thousand had brought it, give or take what the collector has not taken yet. */
async function memory(): Promise<void> {
  const marks = options.quick ? [1_000, 5_000, 10_000] : [10_000, 100_000, 1_000_000];
  const found = await watchMemory(marks, (line) => console.log(`  ${line}`));
  console.log(`\nResident memory of web and worker in one process, refreshing all the while (${machine()}):`);
  console.log(
    table(
      ['events', 'megabytes'],
      found.map(({ events, megabytes }) => [events.toLocaleString('en'), Number.isNaN(megabytes) ? NOT_MEASURED : megabytes]),
    ),
  );
  const [, before = 0, after = 0] = found.map(({ megabytes }) => megabytes);
  finish(after <= before * FLAT, { found }, options);
}

async function compare(): Promise<void> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'trueup-inbox-'));
  const postgres = await startPostgres({ dataDir, log: (line) => console.log(`  ${line}`) });
  const pool = new pg.Pool({ connectionString: postgres.url, max: 4 });
  // PostgreSQL ends before the last connection has said goodbye.
  pool.on('error', () => undefined);
  const receivers: Receiver[] = [];
  try {
    await compareOn({ pool, postgresPid: postgres.pid, connections: CONNECTIONS }, receivers, (kind) =>
      startReceiver(kind, postgres.url, dataDir),
    );
  } finally {
    await Promise.all(receivers.map((receiver) => receiver.stop()));
    await pool.end();
    await postgres.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function compareOn(bench: Bench, receivers: Receiver[], start: (kind: Kind) => Promise<Receiver>): Promise<void> {
  const templates = readTemplates();
  let streams = 0;
  const next = (invoices: number, order: Order) => {
    streams += 1;
    const run = `${Date.now().toString(36)}${String(streams).padStart(4, '0')}`;
    return createStream(templates, run, invoices, order, options.seed + streams);
  };
  const invoices = options.quick ? 250 : 1500;
  const rounds = options.quick ? 1 : 3;
  for (const kind of KINDS) receivers.push(await start(kind));
  // The first ten thousand events run code that is not compiled yet, in every order: as many for each receiver.
  for (const order of ORDERS)
    for (const receiver of receivers) await measure(bench, receiver, order, next(options.quick ? 100 : 1000, order));
  const runs: Run[] = [];
  // In turn, since a machine is not as fast from one minute to the next.
  for (let round = 0; round < rounds; round += 1)
    for (const order of ORDERS) for (const receiver of receivers) runs.push(await measure(bench, receiver, order, next(invoices, order)));

  const [ours] = receivers;
  if (!ours) throw new Error('no receiver runs');
  let wrongBeside = 0;
  for (const order of ORDERS) wrongBeside += await drainBeside(bench, ours, next(invoices, order));
  const whole = await start('with-worker');
  receivers.push(whole);
  await measure(bench, whole, 'in order', next(100, 'in order'));
  const down = summarise([await measure(bench, whole, 'in order', next(invoices, 'in order'))]);

  const of = (kind: string, order?: Order) => summarise(runs.filter((run) => run.kind === kind && (!order || run.order === order)));
  const shared = of('shared');
  console.log(`\nSigned Stripe invoice events over ${CONNECTIONS} connections, fsync on (${machine()}):`);
  console.log(
    table(
      HEAD,
      ORDERS.flatMap((order) => KINDS.map((kind) => row(`${order}: ${TITLES[kind]}`, of(kind, order)))),
    ),
  );
  console.log(
    `(d) reads the body and answers: what HTTP alone costs on this machine, of which the checked signature of (b) is ${inMs(of('signature').cpuMs - of('http').cpuMs)} more.`,
  );
  console.log(
    `(c) has applied the event when it answers; Trueup has stored it, and applying costs ${inMs(shared.drainMs ?? NaN)} of CPU more, without the reads of the three systems.`,
  );
  console.log(`\nSalesforce, Stripe and QuickBooks all down, the worker trying in the same process:`);
  console.log(table(HEAD, [row(TITLES['with-worker'], down)]));

  const times = Math.min(...ORDERS.map((order) => of('shared', order).perSecond / of('sync-engine', order).perSecond));
  const wrong = (shared.wrong ?? 0) + wrongBeside + shared.refused;
  const aims: [string, string, string, boolean][] = [
    ['events stored a second, of those (c) applies', `${times.toFixed(1)} times`, `>= ${AIMS.times}`, times >= AIMS.times],
    ['CPU per event stored, Node and PostgreSQL', inMs(shared.cpuMs), `<= ${AIMS.cpuMs}`, shared.cpuMs <= AIMS.cpuMs],
    ['p99 until it is stored', `${shared.p99.toFixed(0)} ms`, `< ${AIMS.p99Ms}`, shared.p99 < AIMS.p99Ms],
    ['wrong final states, drained after and beside', String(wrong), '0', wrong === 0],
    ['p99.9 while all three are down', `${down.p999.toFixed(0)} ms`, `< ${AIMS.p999Ms}`, down.p999 < AIMS.p999Ms && down.refused === 0],
  ];
  console.log(
    `\n${table(
      ['aim', 'measured', 'wanted', ''],
      aims.map(([what, is, wanted, met]) => [what, is, wanted, met ? 'met' : 'MISSED']),
    )}`,
  );
  const rows = ORDERS.flatMap((order) => KINDS.map((kind) => ({ order, kind, ...of(kind, order) })));
  finish(
    aims.every(([, , , met]) => met),
    { times, shared, wrongBeside, down, rows },
    options,
  );
}

function row(title: string, { perSecond, cpuMs, nodeMs, postgresMs, p50, p99, p999, refused, wrong }: Summary): (string | number)[] {
  const ms = (value: number) => (Number.isNaN(value) ? NOT_MEASURED : value.toFixed(3));
  return [title, perSecond, ms(cpuMs), ms(nodeMs), ms(postgresMs), p50.toFixed(1), p99.toFixed(1), p999.toFixed(1), refused, wrong ?? '-'];
}

function inMs(value: number): string {
  return Number.isNaN(value) ? NOT_MEASURED : `${value.toFixed(3)} ms`;
}
