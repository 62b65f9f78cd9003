// npm run bench:load [-- --records n --seed n --quick --json | --writing | --kills n | --clicks n]
// The first load of a company with years of history in QuickBooks and in Stripe, under the stand-ins' own limits, by a clock that stands
// still until all wait: hours pass in minutes. Records an hour, calls a record, refusals for speed, memory, how near it comes to what
// binds it; nothing lost, nothing doubled, held against what was laid down. Beside it, on a tenth: the loop that one would write with the
// plain SDKs. Then as many payments are booked in QuickBooks, by the same kind of clock (`--writing`: that alone). Then, by the clock on the
// wall: reps who issue invoices while the running product loads a past (not with `--quick`). `--clicks`: instead, that alone, with so many. `--kills`: instead, the running product loads a small past and its process is killed so
// often meanwhile. Exit code 1 when an aim is missed; what too few records or clicks say nothing of is not judged.
import { parseArgs } from 'node:util';
import { machine, table } from './bench-options.ts';
import { P95_AIM_MS } from './issue-run.ts';
import { measureClicks } from './load/measure-clicks.ts';
import { measureKills } from './load/measure-kills.ts';
import { measureLoad } from './load/measure-load.ts';
import { measureNaive } from './load/measure-naive.ts';
import { measureNaiveWriting } from './load/measure-naive-writing.ts';
import { measureWriting } from './load/measure-writing.ts';
import { WRITTEN_AN_HOUR } from '../first-load/limits.ts';

const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
    kills: { type: 'string' },
    clicks: { type: 'string' },
    writing: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const records = values.quick ? 2_000 : Number(values.records);
const seed = Number(values.seed);
const log = (line: string) => console.error(line);
/** Looks at the memory; fewer say nothing of how it goes on. */
const ENOUGH_LOOKS = 4;

/** So large that documents are written in bulk jobs too, and that it goes on for longer than the clicks. */
const BESIDE_CLICKS = 24_000;
const CLICKS = 40;
/** Of fewer the slowest twentieth is one of them. */
const ENOUGH_CLICKS = 20;
/** Of fewer payments the first and the last batches, which are not full, tell the pace. */
const ENOUGH_WRITTEN = 10_000;

if (values.kills !== undefined) await kill(Number(values.kills));
else if (values.clicks !== undefined) {
  const { aims, measured } = await click(Number(values.clicks));
  end(aims, measured);
} else if (values.writing) {
  const { aims, measured } = await write();
  end(aims, measured);
} else await bench();

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
        row('refused because of a limit', ({ refused }) => refused),
        row('lost or doubled', ({ wrong }) => wrong),
      ],
    ),
  );
  const { reading } = load;
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const aims: Aim[] = [
    { aim: 'no answer of 429, nor that the calls of the day are used up', met: load.refused === 0 },
    {
      aim: `nothing lost, nothing doubled: ${load.shown.invoices} invoices and ${load.shown.payments} payments as they were laid down`,
      met: load.wrong === 0 && load.state === 'completed' && load.shown.invoices !== 0 && load.shown.payments !== 0,
    },
    {
      aim: `calls a record within 10 % of those of ${small.read.toLocaleString('en')} records or fewer (${percent(growth)})`,
      met: growth <= 0.1,
    },
    {
      aim: `memory flat while documents are loaded (${load.heapMb.map((mb) => Math.round(mb)).join(', ')} MB)`,
      met: load.heapMb.length < ENOUGH_LOOKS ? null : load.flat,
    },
    {
      aim: `reading alone at 90 % of what binds it (${percent(reading.share)}: ${reading.binds})`,
      met: reading.isEnough ? reading.share >= 0.9 : null,
    },
  ];
  console.log(`\nat work, of the time: ${load.shares.map(({ what, share }) => `${what} ${percent(share)}`).join(', ')}`);
  console.log(
    `reading alone, of what the limit of calls allows: ${reading.least.map(({ system, ofLimit }) => `${system} ${percent(ofLimit)}`).join(', ')}`,
  );
  console.log(
    `matching ${load.matchSeconds.toFixed(0)} s with ${Math.round(load.matchHeapMb)} MB, and the whole ${load.machineSeconds.toFixed(0)} s of this machine's time`,
  );
  const writing = await write();
  const clicks = values.quick ? null : await click(CLICKS);
  const measured = { load, small, naive, writing: writing.measured, clicks: clicks?.measured ?? null };
  end([...aims, ...writing.aims, ...(clicks?.aims ?? [])], measured);
}

/** What Stripe took, booked in QuickBooks. */
async function write(): Promise<{ aims: Aim[]; measured: object }> {
  const written = await measureWriting({ seed, records, log });
  const naive = await measureNaiveWriting({ seed, records: Math.round(records / 10) });
  const { perHour, lost, doubled, refused } = written;
  const share = perHour / WRITTEN_AN_HOUR;
  const whole = (number: number) => Math.round(number).toLocaleString('en');
  const row = (what: string, of: (each: typeof written | typeof naive) => string | number) => [what, of(written), of(naive)];
  console.log(
    `\n${table(
      ['written to QuickBooks', 'Trueup', 'plain SDK'],
      [
        row('payments', (each) => whole(each.records)),
        row('hours, by the clock of the limits', ({ hours }) => hours.toFixed(2)),
        row('payments an hour', (each) => whole(each.perHour)),
        row('calls a payment', ({ callsARecord }) => callsARecord.toFixed(4)),
        row('requests or their answers that were lost', ({ lostRequests }) => lostRequests),
        row('refused because of a limit', (each) => each.refused),
        row('lost or doubled', (each) => each.lost + each.doubled),
      ],
    )}`,
  );
  console.log(`\nthe writing took ${whole(written.machineSeconds)} s of this machine's time`);
  const aims: Aim[] = [
    { aim: 'no answer of 429 while payments are booked', met: refused === 0 },
    { aim: `each payment is in QuickBooks once (${lost} lost, ${doubled} doubled)`, met: lost + doubled === 0 },
    {
      aim: `written at 90 % of the ${whole(WRITTEN_AN_HOUR)} an hour that QuickBooks' batches allow (${(100 * share).toFixed(1)} %)`,
      met: written.records < ENOUGH_WRITTEN ? null : share >= 0.9,
    },
  ];
  return { aims, measured: { ...written, naive } };
}

/** What reps feel of a load. */
async function click(clicks: number): Promise<{ aims: Aim[]; measured: object }> {
  log(machine());
  const measured = await measureClicks({ seed, records: BESIDE_CLICKS, clicks, log });
  const { alone, beside, passed } = measured;
  const row = (what: string, of: typeof alone) => [what, of.clicks, of.medianMs, of.p95Ms, of.refused, of.standInsHeldUpMs];
  console.log(
    `\n${table(
      ['a rep’s click, with realistic delays', 'clicks', 'median ms', 'p95 ms', 'refused because of a limit', 'stand-ins held up ms'],
      [row('nothing beside it', alone), row('during a load', beside)],
    )}`,
  );
  console.log(`the load was at ${passed.join(', ')}`);
  const aims: Aim[] = [
    { aim: 'no answer of 429 while reps click', met: alone.refused + beside.refused === 0 },
    {
      aim: `a click during a load: p95 <= ${P95_AIM_MS} ms (${beside.p95Ms} ms, and ${alone.p95Ms} ms with nothing beside it)`,
      met: beside.clicks < ENOUGH_CLICKS ? null : beside.p95Ms <= P95_AIM_MS,
    },
  ];
  return { aims, measured };
}

interface Aim {
  aim: string;
  /** Null: too few records to tell. */
  met: boolean | null;
}

function end(aims: Aim[], result: object): void {
  for (const { aim, met } of aims) console.log(`${met === null ? 'not judged' : met ? 'met' : 'MISSED'}`.padEnd(12) + aim);
  const ok = aims.every(({ met }) => met !== false);
  if (values.json) console.log(JSON.stringify({ ok, machine: machine(), ...result }));
  process.exitCode = ok ? 0 : 1;
}

/** Killed so often, it ends as it does undisturbed: all that was laid down is shown once, and what is due is what its system says. */
async function kill(kills: number): Promise<void> {
  const measured = await measureKills({ seed, records: 1_000, kills, log });
  const { state, killed, objects, shown, wrong, deviations, seconds } = measured;
  console.log(
    table(
      ['', 'expected', 'read', 'written', 'unchanged', 'waiting', 'refused'],
      objects.map((each) => [each.object, each.expected, each.read, each.written, each.unchanged, each.waiting, each.refused]),
    ),
  );
  console.log(`\n${state} after ${killed} kills in ${seconds.toFixed(0)} s`);
  for (const deviation of deviations) console.log(deviation);
  end(
    [
      { aim: `killed ${kills} times before it was over (${killed})`, met: killed === kills },
      { aim: 'completed', met: state === 'completed' },
      {
        aim: `nothing lost, nothing doubled: ${shown.invoices} invoices and ${shown.payments} payments as they were laid down`,
        met: wrong === 0 && shown.invoices !== 0 && shown.payments !== 0,
      },
    ],
    measured,
  );
}
