import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createClock, createFaultPlan, startOrg } from '../../sandbox/index.ts';
import { runSf } from './run-cli.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'trueup-sf-'));
const clock = createClock();
let org: Awaited<ReturnType<typeof startOrg>>;
let login: { instanceUrl: string; accessToken: string; home: string };

beforeAll(async () => {
  org = await startOrg({ clock, faults: createFaultPlan(1), packageDir: path.resolve(import.meta.dirname, '../../../force-app/main') });
  login = { instanceUrl: org.baseUrl, accessToken: org.users.admin.accessToken, home: folder };
});
afterAll(async () => {
  await org?.stop();
  clock.stop();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, content: unknown): string {
  const file = path.join(folder, name);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

/** The CLI as it is published, unchanged, against the local org. */
describe('sf', () => {
  test('org display finds the org connected', async () => {
    const run = await runSf<{ connectedStatus: string }>(login, ['org', 'display']);
    expect(run).toMatchObject({ exitCode: 0, result: { id: org.orgId.slice(0, 15), connectedStatus: 'Connected' } });
  });

  test('data import tree plants records by a plan, and data query reads them with their columns', async () => {
    write('accounts.json', { records: [{ attributes: { type: 'Account', referenceId: 'AccountRef1' }, Name: 'Planted' }] });
    write('contacts.json', {
      records: [{ attributes: { type: 'Contact', referenceId: 'ContactRef1' }, LastName: 'Leaf', AccountId: '@AccountRef1' }],
    });
    const plan = write('plan.json', [
      { sobject: 'Account', files: ['accounts.json'] },
      { sobject: 'Contact', files: ['contacts.json'] },
    ]);
    const planted = await runSf<{ refId: string; type: string }[]>(login, ['data', 'import', 'tree', '-p', plan]);
    expect(planted.result).toMatchObject([
      { refId: 'AccountRef1', type: 'Account' },
      { refId: 'ContactRef1', type: 'Contact' },
    ]);
    const soql = "SELECT LastName, Account.Name FROM Contact WHERE Account.Name = 'Planted'";
    const found = await runSf<{ records: object[] }>(login, ['data', 'query', '-q', soql]);
    expect(found.result.records).toMatchObject([{ LastName: 'Leaf', Account: { Name: 'Planted' } }]);
  });

  test('data upsert bulk saves by external id and tells of failures, data export bulk reads back', async () => {
    const upsert = (csv: string) =>
      runSf<object>(login, ['data', 'upsert', 'bulk', '-s', 'Trueup_Company__c', '-i', 'External_Key__c', '-w', '1', '-f', csv]);
    const good = await upsert(write('good.csv', 'External_Key__c,Name\nsf.1,First\nsf.2,"Second, quoted"\n'));
    expect(good).toMatchObject({
      exitCode: 0,
      result: { jobInfo: { state: 'JobComplete', numberRecordsProcessed: 2, numberRecordsFailed: 0 } },
    });
    const bad = await upsert(write('bad.csv', 'External_Key__c,No_Such__c\nsf.3,x\n'));
    expect(bad.exitCode).not.toBe(0);
    expect(bad.message).toContain('InvalidBatch : Field name not found : No_Such__c');
    const file = path.join(folder, 'out.csv');
    const soql = "SELECT External_Key__c, Name FROM Trueup_Company__c WHERE External_Key__c LIKE 'sf.%'";
    await runSf(login, ['data', 'export', 'bulk', '-q', soql, '--output-file', file, '-w', '1']);
    expect(readFileSync(file, 'utf8')).toBe('"External_Key__c","Name"\n"sf.1","First"\n"sf.2","Second, quoted"\n');
  });
});
