import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startOnly } from '../../sandbox/index.ts';
import type { CoverageResult } from '../src/commands/trueup/coverage.ts';
import { startCli } from './run-cli.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'trueup-coverage-'));
const dataDir = path.join(folder, 'sandbox');
let sandbox: Awaited<ReturnType<typeof startOnly>>;
const cli = startCli({ instanceUrl: '', home: path.join(folder, 'home') });
const coverage = (...args: string[]) => cli.run<CoverageResult>(['coverage', '--sandbox-file', ...args]);

beforeAll(async () => {
  sandbox = await startOnly(['org', 'stripe', 'quickbooks'], { dataDir });
});
afterAll(async () => {
  cli.stop();
  await sandbox?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('sf trueup coverage', () => {
  test('lists routes, entities and rules of every stand-in with fidelity and source, and what was refused', async () => {
    const { org, stripe, quickbooks } = sandbox.info;
    const notModelled: [string, string][] = [
      [`${org!.instanceUrl}/services/data/v66.0/analytics/reports`, org!.users['admin']!.accessToken],
      [`${stripe!.baseUrl}/v1/quotes`, stripe!.secretKey],
      [`${quickbooks!.baseUrl}/v3/company/${quickbooks!.realmId}/estimate/1`, quickbooks!.accessToken],
    ];
    for (const [url, token] of notModelled)
      expect((await fetch(url, { headers: { authorization: `Bearer ${token}`, accept: 'application/json' } })).ok).toBe(false);
    const { exitCode, result } = await coverage(path.join(dataDir, 'sandbox.json'));
    expect(exitCode).toBe(0);
    expect(result.standIns.map(({ system }) => system)).toEqual(['Salesforce', 'Stripe', 'QuickBooks']);
    for (const { system, covered, refused } of result.standIns) {
      expect(new Set(covered.map(({ kind }) => kind)), system).toEqual(new Set(['route', 'entity', 'rule']));
      expect(
        covered.filter(({ item, source, fidelity }) => !item || !source || !/^(recorded|documented|typed|assumed)$/.test(fidelity)),
        `${system}: each row says how sure it is and why`,
      ).toEqual([]);
      expect(refused, `${system} counts what it refused`).toEqual([{ item: expect.any(String) as string, count: 1 }]);
    }
  });

  test('says what to do when no sandbox runs', async () => {
    const run = await coverage(path.join(folder, 'nowhere.json'));
    expect(run.exitCode).not.toBe(0);
    expect(run.message).toContain('There is no running sandbox');
    expect(run.actions?.join()).toContain('npm start');
  });
});
