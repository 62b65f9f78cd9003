// npm run bench:load [-- --records n --seed n --quick --json | --kills n]
// The first load of a company with years of history in QuickBooks and in Stripe, under the stand-ins' own limits, by a clock that stands
// still until somebody waits: hours pass in minutes. Records an hour, calls a record, refusals for speed, memory; nothing lost, nothing
// doubled. `--kills`: instead, the running product loads a small past and its process is killed so often meanwhile. Beside it, on a tenth: the loop that one would write with the plain SDKs. Exit code 1 when an aim is missed.
import { parseArgs } from 'node:util';
import { machine, table } from './bench-options.ts';
import { measureKills } from './load/measure-kills.ts';
import { measureLoad } from './load/measure-load.ts';
import { measureNaive } from './load/measure-naive.ts';

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    kills: { type: 'string' },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const records = values.quick ? 2_000 : Number(values.records);
const seed = Number(values.seed);
const log = (line: string) => console.error(line);

if (values.kills === undefined) await bench();
else await kill(Number(values.kills));

async function bench(): Promise<void> {
  log(`${machine()}: ${records.toLocaleString('en')} records of each system`);
  const small = await measureLoad({ seed, records: Math.max(1_000, Math.round(records / 100)), log });
  const load = await measureLoad({ seed, records, log });
  const naive = await measureNaive({ seed, records: Math.round(records / 10), log });
  const growth = load.calls.all / load.read / (small.calls.all / small.read) - 1;

  const row = (what: string, of: (each: typeof load | typeof naive) => string | number) => [what, of(load), of(naive)];
  console.log(
    table(
      ['', 'Trueup', 'plain SDKs'],
      [
        row('records', ({ read }) => read),
        row('hours, by the clock of the limits', ({ hours }) => hours.toFixed(2)),
        row('records an hour', ({ perHour }) => Math.round(perHour)),
        row('calls a record: QuickBooks', ({ read, calls }) => (calls.quickbooks / read).toFixed(4)),
        row('calls a record: Stripe', ({ read, calls }) => (calls.stripe / read).toFixed(4)),
        row('calls a record: Salesforce', ({ read, calls }) => (calls.salesforce / read).toFixed(4)),
        row('answers of 429', ({ refused }) => refused),
        row('lost or doubled', ({ wrong }) => wrong),
      ],
    ),
  );
  const aims = [
    { aim: 'no answer of 429', met: load.refused === 0 },
    { aim: 'nothing lost, nothing doubled', met: load.wrong === 0 && load.state === 'completed' },
    {
      aim: `calls a record within 10 % of those of ${small.read.toLocaleString('en')} records or fewer (${(growth * 100).toFixed(0)} %)`,
      met: growth <= 0.1,
    },
    {
      aim:
        load.heapMb.length < 4
          ? 'memory flat while documents are loaded: too few records to tell'
          : `memory flat while documents are loaded (${load.heapMb.map((mb) => Math.round(mb)).join(', ')} MB)`,
      met: load.flat && load.heapMb.length >= 4,
    },
    { aim: 'reading at 90 % of what each limit allows', met: load.reading.every(({ perHour, ceiling }) => perHour >= 0.9 * ceiling) },
  ];
  console.log(
    `\nreading alone, page after page at the assumed answer times: ${load.reading.map(({ what, perHour, ceiling }) => `${what} ${Math.round(perHour).toLocaleString('en')} an hour, ${((100 * perHour) / ceiling).toFixed(0)} % of what its limit allows`).join('; ')}`,
  );
  console.log(
    `binds: ${load.binds}; matching ${load.matchSeconds.toFixed(0)} s with ${Math.round(load.matchHeapMb)} MB, and the whole ${load.machineSeconds.toFixed(0)} s of this machine's time`,
  );
  for (const { aim, met } of aims) console.log(`${met ? 'met   ' : 'MISSED'}  ${aim}`);
  if (values.json) console.log(JSON.stringify({ ok: aims.every(({ met }) => met), machine: machine(), load, small, naive }));
  process.exitCode = aims.every(({ met }) => met) ? 0 : 1;
}

/** Killed so often, it ends as it does undisturbed: everything that was listed became something, and what is due is what its system says. */
async function kill(kills: number): Promise<void> {
  const { state, killed, objects, sums, seconds, problems } = await measureKills({ seed, records: 1_000, kills, log });
  console.log(
    table(
      ['', 'expected', 'read', 'written', 'unchanged', 'waiting', 'refused'],
      objects.map((each) => [each.object, each.expected, each.read, each.written, each.unchanged, each.waiting, each.refused]),
    ),
  );
  const ok = state === 'completed' && sums.due === sums.balance;
  console.log(
    `\n${state} after ${killed} kills in ${seconds.toFixed(0)} s; due in Salesforce ${String(sums.due)}, in their own systems ${String(sums.balance)}`,
  );
  if (values.json) console.log(JSON.stringify({ ok, state, killed, objects, sums, seconds, problems }));
  process.exitCode = ok ? 0 : 1;
}
