// `npm run bench:kill [-- --quick] [--json] [--seed n]`: kill -9 of web, workers and PostgreSQL at random while invoices are issued and paid.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createRandom, setDatabaseClock } from '../../../scripts/sandbox/index.ts';
import { startRoad } from '../road.ts';
import { until } from '../until.ts';
import { finish, machine, readOptions, table } from './bench-options.ts';
import { startCrew } from './kill/crew.ts';
import { startDatabase } from './kill/database.ts';
import { findOutOfOrder, timeTakeover, watchInvoices } from './kill/watch.ts';
import { countHoldings, createWorkload, tally } from './kill/workload.ts';

const WORKERS = 3;
const TAKEOVER_AIM_MS = 10_000;
/** Fewer show nothing. */
const AT_LEAST = readOptions().quick ? { web: 1, worker: 1, postgres: 1, takeovers: 1 } : { web: 5, worker: 15, postgres: 8, takeovers: 5 };
const SETTLE_MS = 420_000;
const SYNC_EVERY_MS = 30_000;
/** QuickBooks may still act on a request this long after it came; what is unknown waits it out. */
const QUICKBOOKS_TIMEOUT_MS = 125_000;

const options = readOptions();
const killForMs = options.quick ? 25_000 : 600_000;
const random = createRandom(options.seed);
console.log(`bench:kill (${machine()})`);
const dir = mkdtempSync(path.join(os.tmpdir(), 'trueup-kill-'));
const database = await startDatabase(path.join(dir, 'postgres'));
const road = await startRoad({ limits: false, durable: true });
const { functions } = road.sandbox;
await functions.stop();
const env = { ...functions.env, DATABASE_URL: database.url, LOG_LEVEL: 'warn' };
const port = Number(new URL(functions.baseUrl).port);
let crew = startCrew(WORKERS, functions.folder, env, port, dir);
const isUp = () =>
  fetch(`${functions.baseUrl}/health/live`).then(
    ({ ok }) => ok,
    () => false,
  );

try {
  await until(isUp, 60_000, 'the web process answers');
  const before = await countHoldings(road);
  const workload = createWorkload(road);
  await workload.issueOne();
  const watcher = watchInvoices(road);
  const kills = { web: 0, worker: 0, postgres: 0 };
  const takeovers: Promise<number | null>[] = [];
  const end = Date.now() + killForMs;
  const going = () => Date.now() < end;

  const killing = (async () => {
    while (going()) {
      await wait(options.quick ? 2000 + random() * 4000 : 4000 + random() * 6000);
      const draw = random();
      const due = (Object.keys(kills) as (keyof typeof kills)[]).find((role) => kills[role] === 0);
      const role = due ?? (draw < 0.25 ? 'postgres' : draw < 0.45 ? 'web' : 'worker');
      if (role === 'postgres') {
        kills.postgres += 1;
        await database.kill();
        continue;
      }
      const ofRole = crew.members.filter((each) => each.pid() !== undefined && each.role === role);
      const victim = ofRole[Math.floor(random() * ofRole.length)];
      if (!victim) continue;
      kills[victim.role] += 1;
      takeovers.push(timeTakeover(database, victim.kill()));
    }
  })();
  const selling = (async () => {
    while (going()) {
      await workload.issueOne();
      await wait(500);
    }
  })();
  const paying = (async () => {
    while (going()) {
      workload.payOpen();
      await watcher.look();
      await wait(400);
    }
  })();
  await Promise.all([killing, selling, paying]);
  const took = (await Promise.all(takeovers)).filter((ms) => ms !== null);
  console.log(`  ${workload.deals.length} invoices, ${Object.values(kills).reduce((a, b) => a + b)} kills; now it settles …`);

  const fell = crew.fell();
  await crew.stop();
  await road.sandbox.clock.advance(QUICKBOOKS_TIMEOUT_MS);
  const later = functions.atItsTime();
  await setDatabaseClock(database.url, QUICKBOOKS_TIMEOUT_MS);
  crew = startCrew(WORKERS, functions.folder, { ...env, ...later.env }, port, dir, later.args);
  await until(isUp, 60_000, 'the web process answers again');
  // Stripe repeats a webhook that met nobody after an hour at the earliest; the nightly sync need not wait for it.
  let syncAt = 0;
  const sync = (waitMs: number) => road.call('run-sync', { kind: 'Nightly', waitMs }, 'automation').catch(() => undefined);
  const settled = async () => {
    if (Date.now() > syncAt) {
      await sync(100);
      syncAt = Date.now() + SYNC_EVERY_MS;
    }
    workload.payOpen();
    await watcher.look();
    const { lost } = await tally(road, workload.deals, before);
    return lost.length === 0;
  };
  await until(settled, SETTLE_MS, 'all is settled').catch(() => undefined);
  // What is settled stays so: one more sync, which has nothing left to do.
  await sync(25_000);
  const isIdle = async () => {
    const rows = await database.ask<{ busy: string }>(
      `SELECT (SELECT count(*) FROM trueup.dirty_object WHERE NOT parked)
         + (SELECT count(*) FROM dbos.workflow_status WHERE status IN ('PENDING', 'ENQUEUED')) AS busy`,
    );
    return rows?.[0]?.busy === '0';
  };
  await until(isIdle, 60_000, 'no run is under way').catch(() => undefined);
  await watcher.look();
  const broken = await findOutOfOrder(database);
  const { invoices, lost, doubled } = await tally(road, workload.deals, before);

  const slowest = took.length > 0 ? Math.max(...took) : null;
  const count = (things: string[]) => things.length;
  const rows: [string, string | number, string, boolean][] = [
    ['lost', count(lost), '0', lost.length === 0],
    ['doubled', count(doubled), '0', doubled.length === 0],
    ['runs of one invoice at the same time', count(broken.overlapping), '0', broken.overlapping.length === 0],
    ['runs of one invoice that were overtaken', count(broken.overtaken), '0', broken.overtaken.length === 0],
    ['steps back that a person could see', count(watcher.backwards), '0', watcher.backwards.length === 0],
    [
      'slowest takeover of a dead worker, ms',
      slowest === null ? 'not measured' : Math.round(slowest),
      `<= ${TAKEOVER_AIM_MS}`,
      slowest !== null && slowest <= TAKEOVER_AIM_MS,
    ],
    ...Object.entries({ ...kills, takeovers: took.length }).map(([what, is]): (typeof rows)[number] => {
      const wanted = AT_LEAST[what as keyof typeof AT_LEAST];
      return [what === 'takeovers' ? 'takeovers measured' : `kills of ${what}`, is, `>= ${wanted}`, is >= wanted];
    }),
  ];
  console.log(
    `\nKilled within ${killForMs / 1000} s: web ${kills.web}, workers ${kills.worker} of ${WORKERS}, PostgreSQL ${kills.postgres}; ended by themselves: ${fell} (${machine()}).`,
  );
  console.log(`${invoices} invoices issued, e-mailed and paid; ${took.length} dead workers had runs under way.\n`);
  console.log(
    table(
      ['', 'found', 'wanted', ''],
      rows.map(([what, is, wanted, met]) => [what, is, wanted, met ? 'met' : 'MISSED']),
    ),
  );
  for (const line of [...lost, ...doubled, ...broken.overlapping, ...broken.overtaken, ...watcher.backwards].slice(0, 20))
    console.log(`  ${line}`);
  finish(
    rows.every(([, , , met]) => met),
    { kills, fell, invoices, lost, doubled, broken, backwards: watcher.backwards, slowestMs: slowest },
    options,
  );
} finally {
  await crew.stop();
  await road.stop();
  await database.stop();
  if (!process.env['KEEP']) rmSync(dir, { recursive: true, force: true });
}
