import { parseArgs } from 'node:util';
import { machine, table } from '../bench/bench-options.ts';
import { DAY, HOUR, MINUTE } from './company.ts';
import { type Played, SCENARIOS } from './scenarios.ts';

// Outages on a moved clock: what is lost, doubled and late, and what people are told.

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, quick: { type: 'boolean', default: false } } });
const started = performance.now();
console.log(`outages on a moved clock (${machine()})\n`);
const played: (Played & { outage: string; ok: boolean })[] = [];
for (const { outage, healsByItself, play } of SCENARIOS) {
  const result = await play();
  const whole = result.right === result.of && result.doubled === 0 && result.reconciled.startsWith('Reconciled with no difference');
  played.push({ outage, ...result, ok: whole && (result.announced.length === 0) === healsByItself });
}

console.log(
  table(
    ['outage', 'right', 'lost', 'doubled', 'right after', 'full compares', 'alarms', 'clock moved'],
    played.map((each) => [
      each.outage,
      `${each.right} of ${each.of}`,
      each.of - each.right,
      each.doubled,
      span(each.behindMs),
      each.announced.length,
      each.alarms.length,
      span(each.tookMs),
    ]),
  ),
);
for (const { outage, announced, alarms, reconciled } of played) {
  console.log(`\n${outage}`);
  for (const text of [...announced, ...alarms, reconciled]) console.log(`  ${text}`);
}
const ok = played.every((each) => each.ok);
console.log(
  `\n${ok ? 'Nothing is lost or doubled, and what cannot heal by itself is announced and compared.' : 'An outage did NOT heal.'}`,
);
const seconds = Math.round((performance.now() - started) / 1000);
if (values.json) console.log(JSON.stringify({ ok, machine: machine(), seconds, outages: played }));
process.exitCode = ok ? 0 : 1;

function span(ms: number): string {
  if (ms >= 2 * DAY) return `${(ms / DAY).toFixed(1)} days`;
  return ms >= 2 * HOUR ? `${(ms / HOUR).toFixed(1)} h` : `${Math.round(ms / MINUTE)} min`;
}
