import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFaultPlan } from '../core/faults.ts';
import { createClock } from '../core/clock.ts';
import type { Clock } from '../core/clock.ts';
import type { TestReport } from './apex/index.ts';
import { openOrg, packageDirectories } from './open-org.ts';
import type { OpenOrg } from './open-org.ts';
import { packageRuntime } from './package-runtime.ts';
import type { OrgRuntime } from './runtime.ts';
import type { OrgFeatures } from './schema/model.ts';

const FORCE_APP = path.resolve(import.meta.dirname, '../../../../force-app');

const ORGS = [
  { name: 'with multi-currency, Orders and Quotes', features: { multiCurrency: true, personAccounts: false, orders: true, quotes: true } },
  {
    name: 'with one currency and neither Orders nor Quotes',
    features: { multiCurrency: false, personAccounts: false, orders: false, quotes: false },
  },
];

async function open(features: OrgFeatures): Promise<{ org: OpenOrg; runtime: OrgRuntime; clock: Clock }> {
  const clock = createClock();
  const packageDirs = packageDirectories(FORCE_APP, features);
  const org = openOrg({
    packageDirs,
    features,
    currencies: ['USD', 'EUR', 'JPY'],
    timeZone: 'America/New_York',
    faults: createFaultPlan(),
    now: clock.now(),
  });
  const callout = async () => ({ status: 503, statusText: 'Service Unavailable', headers: {}, body: '' });
  const runtime = await packageRuntime({ packageDirs, data: org.data, clock, callout, automationUserId: org.users.automation });
  return { org, runtime, clock };
}

describe.each(ORGS)('the package in an org $name', ({ features }) => {
  let org: OpenOrg;
  let runtime: OrgRuntime;
  let clock: Clock;

  beforeAll(async () => {
    ({ org, runtime, clock } = await open(features));
  });
  afterAll(() => {
    runtime.stop?.();
    clock.stop();
    org.close();
  });

  it('uses nothing the local org does not run', () => {
    expect(runtime.check()).toEqual([]);
  });

  it('passes its own Apex tests, with the coverage a package version needs', async () => {
    const report = (await runtime.apex.runTests()) as TestReport;
    expect(report.failed.map((one) => `${one.class}.${one.method}:${one.line} ${one.message}`)).toEqual([]);
    expect(report.passed).toBeGreaterThan(20);
    expect(report.meetsPackageRule).toBe(true);
  });

  it('deploys a field mapping as the admin, and tells open pages how it ended', async () => {
    const told: unknown[] = [];
    const stop = org.data.onEvent(({ payload }) => told.push([payload['Kind__c'], payload['State__c'], payload['Reason__c']]));
    const deploy = async (label: string): Promise<void> => {
      const mappingsJson = JSON.stringify([{ name: 'Region', label, targetObject: 'Stripe Invoice', active: true, required: false }]);
      await runtime.apex.invokeAura('TrueupMappings', 'deployMappings', { mappingsJson }, org.users.admin);
      await clock.advance(1000);
    };
    await deploy('Region');
    await deploy('R'.repeat(41));
    stop();
    expect(told).toEqual([
      ['deploy-mappings', 'Succeeded', null],
      ['deploy-mappings', 'Failed', expect.stringMatching(/^Label: data value too large/)],
    ]);
    const saved = await runtime.apex.invokeAura('TrueupMappingSources', 'savedMappings', {}, org.users.admin);
    expect(saved).toMatchObject([{ DeveloperName: 'Region', MasterLabel: 'Region', Target_Object__c: 'Stripe Invoice', Active__c: true }]);
  });

  it('runs the nightly sync, which does nothing until a company is connected', async () => {
    expect(await runtime.flows.runScheduled('Trueup_Nightly_Sync')).toMatchObject({ interviews: 1, faults: [] });
  });
});

describe('in an org whose customers are people', () => {
  it('another system’s e-mail address is taken over, and its name refused with what to do instead', async () => {
    const { org, runtime, clock } = await open({ multiCurrency: true, personAccounts: true, orders: false, quotes: false });
    const admin = { userId: org.users.admin, now: clock.now(), accessLevel: 'system' as const };
    const insert = (type: string, fields: object) => {
      const [saved] = org.data.insert([{ attributes: { type }, ...fields }], admin, { allOrNone: true, accessLevel: 'system' });
      return String(saved?.id);
    };
    const ann = insert('Account', { FirstName: 'Ann', LastName: 'Lee', PersonEmail: 'ann@lee.example' });
    const person = () => org.data.query('SELECT Name, PersonEmail, PersonContactId FROM Account WHERE Id = :ann', admin, { ann })[0];
    const conflict = (field: string, value: string) => {
      const of = { Conflict_Key__c: field, Account__c: ann, Contact__c: person()?.['PersonContactId'], Field__c: field, State__c: 'Open' };
      return insert('Trueup_Conflict__c', { ...of, Stripe_Value__c: value });
    };
    const takeOver = (field: string, value: string) =>
      runtime.apex.invokeAura(
        'TrueupConflictController',
        'takeOverValue',
        { conflictId: conflict(field, value), choose: 'Stripe', value },
        org.users.admin,
      );

    await takeOver('Email', 'ann@new.example');
    await expect(takeOver('Name', 'Ann Young')).rejects.toThrow('made of first and last name');
    expect(person()).toMatchObject({ Name: 'Ann Lee', PersonEmail: 'ann@new.example' });
    runtime.stop?.();
    clock.stop();
    org.close();
  });
});
