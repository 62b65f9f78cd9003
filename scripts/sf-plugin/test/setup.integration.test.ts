import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClock, createFaultPlan, createOrgWriter, startOrg } from '../../sandbox/index.ts';
import type { SetupResult } from '../src/commands/trueup/setup.ts';
import { startCli } from './run-cli.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'trueup-setup-'));
const clock = createClock();
const SECRET = 'the-secret-of-the-functions';
let org: Awaited<ReturnType<typeof startOrg>>;
let login: { instanceUrl: string; accessToken: string; home: string };
let everything: string[];
let cli: ReturnType<typeof startCli>;

/** An org with the package and nothing connected. */
beforeAll(async () => {
  org = await startOrg({ clock, faults: createFaultPlan(1), packageDir: path.resolve(import.meta.dirname, '../../../force-app/main') });
  login = { instanceUrl: org.baseUrl, accessToken: org.users.admin.accessToken, home: folder };
  cli = startCli(login);
  everything = ['--functions-url', 'https://trueup.example.com', '--rep', org.users.none.username];
});
afterAll(async () => {
  cli?.stop();
  await org?.stop();
  clock.stop();
  rmSync(folder, { recursive: true, force: true });
});

const setup = (args: string[], secret: string | null = SECRET) =>
  cli.run<SetupResult>(['setup', ...args], secret === null ? {} : { TRUEUP_FUNCTION_SECRET: secret });
const isNamed = async () => {
  const headers = { authorization: `Bearer ${login.accessToken}` };
  return (await fetch(`${org.baseUrl}/services/data/v66.0/named-credentials/named-credential-setup/Trueup_Functions`, { headers })).ok;
};
const repsNamed = async () => {
  const soql = `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = '${org.users.none.id}' AND PermissionSet.Name = 'Trueup_Sales_Rep'`;
  return (await createOrgWriter(org.baseUrl, login.accessToken).query(soql)).length;
};
const STEPS = () => [
  'create the named credential for https://trueup.example.com',
  'fill the secret of the credential',
  `assign Trueup_Sales_Rep to ${org.users.none.username}`,
];

describe('sf trueup setup, in an org where nothing is connected', () => {
  test('without an address says what is missing', async () => {
    const run = await setup(['--dry-run']);
    expect(run).toMatchObject({ exitCode: 1, message: 'The org has no named credential for the functions yet.' });
    expect(run.actions?.[0]).toContain('--functions-url');
  });

  test('--dry-run shows what it would do and does nothing', async () => {
    const run = await setup([...everything, '--dry-run']);
    expect(run.result).toMatchObject({ dryRun: true, steps: STEPS().map((step) => ({ step, done: false })) });
    expect([await isNamed(), await repsNamed()]).toEqual([false, 0]);
  });

  test('without the secret it stops before it does anything', async () => {
    const run = await setup([...everything, '--no-prompt'], null);
    expect(run.exitCode).toBe(1);
    expect(run.message).toContain('TRUEUP_FUNCTION_SECRET');
    expect([await isNamed(), await repsNamed()]).toEqual([false, 0]);
  });

  test('somebody who does not exist is named before anything is done', async () => {
    const run = await setup([...everything, '--accountant', 'nobody@nowhere.example', '--no-prompt']);
    expect(run).toMatchObject({ exitCode: 1, message: 'There is no user nobody@nowhere.example in this org.' });
    expect(await isNamed()).toBe(false);
  });

  test('--no-prompt does it, and never shows the secret', async () => {
    const run = await setup([...everything, '--no-prompt']);
    expect(run.result.steps).toEqual(STEPS().map((step) => ({ step, done: true })));
    expect([await isNamed(), await repsNamed()]).toEqual([true, 1]);
    expect(run.text).not.toContain(SECRET);
  });

  test('a second run has nothing to do', async () => {
    const run = await setup([...everything, '--no-prompt'], null);
    expect(run).toMatchObject({ exitCode: 0, result: { steps: [] } });
  });

  test('another address moves the named credential', async () => {
    const run = await setup(['--functions-url', 'https://other.example.com', '--no-prompt'], null);
    expect(run.result.steps).toEqual([
      { step: 'point the named credential from https://trueup.example.com to https://other.example.com', done: true },
    ]);
  });
});
