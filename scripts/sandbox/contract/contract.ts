// `npm run contract`: recorded and official data against the stand-ins. --json prints one object on the last line.
import { parseArgs } from 'node:util';
import { findFixtures } from './fixtures.ts';
import { printReports } from './print.ts';
import { runContract } from './run.ts';
import { countOf } from './verdict.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const { folder, missing } = findFixtures();
if (missing !== undefined) {
  console.log(missing);
  if (values.json) console.log(JSON.stringify({ compared: false, folder, sources: [] }));
} else {
  const reports = await runContract(folder);
  console.log(printReports(reports));
  const total = countOf(reports.flatMap(({ findings }) => findings));
  if (values.json) {
    const sources = reports.map(({ system, source, findings }) => ({
      system,
      source,
      ...countOf(findings),
      differences: findings.filter(({ outcome }) => outcome === 'differs'),
    }));
    console.log(JSON.stringify({ compared: true, ...total, sources }));
  }
  if (total.differs > 0) process.exitCode = 1;
}
