// `npm run bench:issue [-- --quick] [--mapped] [--json] [--seed n]`: what one issued invoice costs in calls, and how long a click takes.
import { finish, machine, readOptions, table } from './bench-options.ts';
import { ALLOWED, ALLOWED_MAPPED, type CallCount, MEDIAN_AIM_MS, P95_AIM_MS, countCalls, openBench, timeClicks } from './issue-run.ts';
import { createRandom } from '../../../scripts/sandbox/index.ts';
import { SYSTEMS, realisticDelay } from './meter.ts';

const options = readOptions();
console.log(`bench:issue (${machine()})`);
const { sandbox, meter, close } = await openBench((line) => console.log(`  ${line}`), options);
const allowed = options.mapped ? ALLOWED_MAPPED : ALLOWED;
try {
  const counts = await countCalls(sandbox, meter, options.quick ? [1, 100] : [1, 5, 25, 100]);
  console.log('  calls counted; timing clicks …');
  const times = [
    await timeClicks(sandbox, meter, { lines: 5, clicks: options.quick ? 20 : 60 }),
    await timeClicks(sandbox, meter, { lines: 100, clicks: options.quick ? 5 : 20 }),
  ];
  console.log('  and now with realistic delays …');
  const slow = await timeClicks(sandbox, meter, { lines: 5, clicks: options.quick ? 6 : 80 }, realisticDelay(createRandom(options.seed)));

  console.log(
    `\nCalls per issued invoice, known customer and products${options.mapped ? ', four mapped fields' : ''} (at most ${SYSTEMS.map((system) => `${allowed[system]} ${system}`).join(', ')}):`,
  );
  const cell = (calls: CallCount['flow']) => SYSTEMS.map((system) => calls[system]).join(' / ');
  console.log(
    table(
      ['lines', 'by a flow', 'by a click', 'panel before it'],
      counts.map(({ lines, flow, click, panel }) => [String(lines), cell(flow), cell(click), cell(panel)]),
    ),
  );
  console.log(`${SYSTEMS.join(' / ')}, webhooks and what they set off included`);
  console.log(`\nA click, from the call to the finished invoice (${machine()}):`);
  console.log(
    table(
      ['stand-ins', 'lines', 'clicks', 'median ms', 'p95 ms', 'aim'],
      [
        ...times.map(({ lines, clicks, medianMs, p95Ms }) => [
          'answer at once',
          lines,
          clicks,
          medianMs,
          p95Ms,
          lines === 5 ? `median <= ${MEDIAN_AIM_MS}` : '',
        ]),
        ['realistic delays', slow.lines, slow.clicks, slow.medianMs, slow.p95Ms, `p95 <= ${P95_AIM_MS}`],
      ],
    ),
  );
  const [short] = times;
  const cheap = counts.every(({ flow, click }) =>
    SYSTEMS.every((system) => flow[system] <= allowed[system] && click[system] <= ALLOWED[system]),
  );
  const fast = (short?.medianMs ?? Infinity) <= MEDIAN_AIM_MS && slow.p95Ms <= P95_AIM_MS;
  finish(cheap && fast, { counts, times, slow }, options);
} finally {
  await close();
}
