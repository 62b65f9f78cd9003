// node scripts/checks/index.ts [--json] [--only name,name] [--except name,name]
// Checks the Salesforce package without an org. Exit code 1 when anything is wrong or, under TRUEUP_REQUIRE_ALL=1, not run.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checks } from './list.ts';
import { runAll } from './run-all.ts';
import type { Result } from './run-all.ts';

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, only: { type: 'string' }, except: { type: 'string' } },
});
const wanted = values.only?.split(',');
const unwanted = values.except?.split(',') ?? [];
const unknown = [...(wanted ?? []), ...unwanted].find((name) => !checks.some((check) => check.name === name));
if (unknown) {
  console.error(`There is no check "${unknown}". The checks are: ${checks.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const results = await runAll(
  path.resolve(import.meta.dirname, '../..'),
  checks.filter(({ name }) => (!wanted || wanted.includes(name)) && !unwanted.includes(name)),
);
const requireAll = process.env.TRUEUP_REQUIRE_ALL === '1';
const red = results.some(({ state }) => state === 'failed' || (requireAll && state === 'not run'));
if (!values.json) print(results);
else console.log(JSON.stringify({ passed: !red, results }));
process.exitCode = red ? 1 : 0;

function print(all: Result[]): void {
  const width = Math.max(...all.map(({ name }) => name.length));
  for (const { name, shows, state, findings, milliseconds } of all) {
    const count = state === 'failed' ? `${findings.length || 'could not look'}` : state;
    console.log(`${name.padEnd(width)}  ${count.padStart(8)}  ${`${(milliseconds / 1000).toFixed(1)} s`.padStart(7)}  ${shows}`);
  }
  for (const { name, findings, reason, state } of all) {
    if (state === 'failed' && reason) console.log(`\n${name} could not look: ${reason}`);
    for (const [index, { file, line, message }] of findings.entries())
      console.log(`${index === 0 ? `\n${name}\n` : ''}  ${file}${line ? `:${line}` : ''}  ${message}`);
  }
  const failed = all.filter(({ state }) => state === 'failed').length;
  const notRun = all.filter(({ state }) => state === 'not run');
  console.log(
    `\n${all.length - failed - notRun.length} of ${all.length} checks of the package passed${failed > 0 ? `, ${failed} failed` : ''}.`,
  );
  for (const { name, reason } of notRun)
    console.log(`Not run: ${name}, since ${reason ?? ''}${requireAll ? ' (TRUEUP_REQUIRE_ALL makes this red)' : ''}`);
}
