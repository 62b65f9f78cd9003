// `npm run bench:sandbox [-- --quick] [--json]`: how fast the local org and the stand-ins are, beside what is expected of them.
// A full run ends with exit code 1 when a target is missed; a quick one only shows the figures.
import os from 'node:os';
import { parseArgs } from 'node:util';
import type { BenchRow } from './bench-row.ts';
import { benchOrg } from './org.ts';
import { benchQuickbooks } from './quickbooks.ts';
import { printable, ratioOf } from './report.ts';
import { benchStripe } from './stripe.ts';

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } } });
const { quick, json } = values;
const [load = 0] = os.loadavg();
const machine = `${os.availableParallelism()} cores, load ${load.toFixed(1)}, Node ${process.versions.node}`;
const started = performance.now();
console.log(`bench:sandbox${quick ? ', quick' : ''} (${machine})\n`);

const rows: BenchRow[] = [];
for (const [name, bench] of Object.entries({ org: benchOrg, Stripe: benchStripe, QuickBooks: benchQuickbooks })) {
  rows.push(...(await bench({ quick })));
  console.log(`  ${name} done, ${Math.round((performance.now() - started) / 1000)} s`);
}

console.log(`\n${printable(rows)}`);
const missed = rows.filter((row) => ratioOf(row) < 1);
console.log(missed.length === 0 ? '\nAll targets are met.' : `\nMissed: ${missed.map((row) => row.what).join('; ')}.`);
const ok = missed.length === 0;
if (json) console.log(JSON.stringify({ ok, quick, machine, seconds: Math.round((performance.now() - started) / 1000), rows }));
process.exit(ok || quick ? 0 : 1);
