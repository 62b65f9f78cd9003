// Every stand-in against recorded and official data. The counts are pinned: fewer exact ones, or a new reason not to compare, are a change to be looked at.
import { describe, expect, it } from 'vitest';
import { findFixtures } from './fixtures.ts';
import { printReports } from './print.ts';
import { runContract } from './run.ts';
import { countOf } from './verdict.ts';

const { folder, missing } = findFixtures();
if (missing !== undefined) process.stdout.write(`${missing}\n`);

const PINNED: Record<string, [exact: number, notApplicable: number]> = {
  'qbo_api recordings': [49, 2],
  'ExQuickBooks answers': [12, 3],
  'quickbooks-ruby XML': [43, 14],
  'OAuth samples': [4, 3],
  'webhook vectors': [4, 0],
  'faults index': [21, 3],
  "Intuit's XSD": [170, 0],
  'attribute tables': [756, 84],
  describes: [208, 255],
  'error catalogue': [15, 5],
  'observed error bodies': [8, 7],
  'LWC Recipes UI API': [7, 18],
  'AppLink SDK mappings': [11, 40],
  'standard fields (API 65)': [483, 0],
};

describe.skipIf(missing !== undefined)('the contract with the real systems', () => {
  it('holds for every datum that applies, and gives a reason for each that does not', async () => {
    const reports = await runContract(folder);
    const findings = reports.flatMap((report) => report.findings);
    expect(findings.filter(({ outcome }) => outcome === 'differs')).toEqual([]);
    expect(findings.filter(({ outcome, reason }) => outcome !== 'exact' && !reason)).toEqual([]);
    const counted = reports.map(({ source, findings: found }) => {
      const { exact, notApplicable } = countOf(found);
      return [source, [exact, notApplicable]];
    });
    expect(Object.fromEntries(counted)).toEqual(PINNED);
    expect(printReports(reports)).toContain('Nothing differs.');
  });
});
