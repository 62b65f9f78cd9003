import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRecords } from '../../src/adapters/salesforce/records.ts';
import type { Records } from '../../src/ports/records.ts';
import { must } from './must.ts';
import { type Org, type Seeded, asking, call, client, openRecordsOrg, orderOf, soql } from './records-org.ts';

// What sweeps and sync runs write through the records port: how far each system is known, runs, and what a person is to look at.

let org: Org;
let records: Records;
let ids: Seeded;
let stop: () => Promise<void>;

beforeAll(async () => ({ org, records, ids, stop } = await openRecordsOrg()));
afterAll(() => stop());

describe('what the sweeps write', () => {
  it('is on the company: how far each system is known, what is used of it, and an alarm that is closed again', async () => {
    const issue = {
      key: 'main.silent.stripe',
      cause: 'Webhooks Silent' as const,
      invoiceId: null,
      recordId: null,
      message: 'No webhook has come.',
      fix: 'Look at the endpoint.',
    };
    const asOf = '2026-11-24T10:00:00.000Z';
    const quickbooks = { used: 362_410, allowed: 500_000, asOf, lastsUntil: '2026-11-29' };
    const write = { companyId: ids.company, stripeReadTo: asOf, quickbooksReadTo: null };
    must(
      await records.writeFreshness({ ...write, budgets: { quickbooks, salesforce: { used: 12, allowed: 100, asOf } }, issues: [issue] }),
    );
    const [company] = await soql<Record<string, string>>(org, 'SELECT Stripe_Read_To__c, QuickBooks_Read_To__c FROM Trueup_Company__c');
    expect(Date.parse(company?.Stripe_Read_To__c ?? '')).toBe(Date.parse(write.stripeReadTo));
    expect(company?.QuickBooks_Read_To__c).toBeNull();
    const told = { quickbooks: { ...quickbooks, used: 1, lastsUntil: null }, salesforce: null };
    must(await records.writeFreshness({ ...write, budgets: told, issues: [{ ...issue, resolved: true }] }));
    const [used] = await soql(
      org,
      'SELECT QuickBooks_Reads__c, QuickBooks_Reads_Allowed__c, QuickBooks_Reads_Last_Until__c, Salesforce_Calls__c, Salesforce_Calls_Allowed__c FROM Trueup_Company__c',
    );
    expect(used).toMatchObject({
      QuickBooks_Reads__c: 1,
      QuickBooks_Reads_Allowed__c: 500_000,
      QuickBooks_Reads_Last_Until__c: null,
      Salesforce_Calls__c: 12,
      Salesforce_Calls_Allowed__c: 100,
    });
    const alarms = await soql(org, `SELECT Cause__c, Status__c FROM Trueup_Sync_Issue__c WHERE Issue_Key__c = '${issue.key}'`);
    expect(alarms).toMatchObject([{ Cause__c: 'Webhooks Silent', Status__c: 'Resolved' }]);
  });

  it('what is used of the calls is what the last answer told, with its moment', async () => {
    const asked = client(org);
    expect(asked.lastUsage()).toBeNull();
    must(await createRecords(asked, { companyKey: 'main', orgId: org.orgId }).readCompany({ asking: null }));
    const { used, allowed, asOf } = asked.lastUsage() ?? {};
    expect([used, allowed]).toEqual([expect.any(Number), expect.any(Number)]);
    expect(used).toBeGreaterThan(0);
    expect(used).toBeLessThan(allowed ?? 0);
    expect(Math.abs(Date.now() - Date.parse(asOf ?? ''))).toBeLessThan(60_000);
  });

  it('a full compare is a run of its own kind that says why; every invoice can be listed for it', async () => {
    const run = { key: 'full-compare.main.1', companyId: ids.company, kind: 'Full Compare' as const, state: 'Running' as const };
    must(await records.writeSyncRun({ ...run, report: 'Full compare: because.', issues: [], operation: null }));
    const runs = await soql(org, `SELECT Kind__c, Report__c FROM Trueup_Sync_Run__c WHERE Run_Key__c = '${run.key}'`);
    expect(runs).toMatchObject([{ Kind__c: 'Full Compare', Report__c: 'Full compare: because.' }]);
    const source = must(await records.readSource({ sourceId: ids.opportunity, asking: asking(org) }));
    must(await records.createIntent(orderOf(org, ids, source)));
    const { invoices, next } = must(await records.listBriefly({ cursor: null }));
    expect(invoices.length).toBeGreaterThan(0);
    expect(invoices[0]).toMatchObject({ currency: expect.any(String), invoiceDate: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) });
    expect(next).toBeNull();
  });
});

describe('more findings than a graph takes', () => {
  const issues = Array.from({ length: 600 }, (_, n) => ({
    key: `many.${n}`,
    cause: 'Deleted In QuickBooks' as const,
    invoiceId: null,
    recordId: null,
    message: 'm',
    fix: 'f',
  }));
  const run = { key: 'run-sync.main.many', kind: 'Nightly' as const };
  const count = async (where: string) => (await soql(org, `SELECT Id FROM Trueup_Sync_Issue__c WHERE ${where}`)).length;

  it('are all written, with their run, and all closed', async () => {
    const operation = { key: run.key, kind: 'run-sync' as const, state: 'done' as const, step: null, problems: [] };
    const end = { ...run, companyId: ids.company, state: 'Completed With Issues' as const, operation };
    const { runId } = must(await records.writeSyncRun({ ...end, issues }));
    expect(await count(`Sync_Run__c = '${runId}' AND Status__c = 'Open'`)).toBe(600);
    expect(await soql(org, `SELECT State__c FROM Trueup_Sync_Run__c WHERE Id = '${runId}'`)).toMatchObject([
      { State__c: 'Completed With Issues' },
    ]);
    must(await records.writeSyncRun({ ...end, issues: [], resolved: issues.map(({ key }) => key) }));
    expect(await count(`Issue_Key__c LIKE 'many.%' AND Status__c = 'Resolved'`)).toBe(600);
    // Closed while the run went on: it is named as what the run found, and stays closed.
    const written = issues.slice(0, 3).map((issue) => ({ ...issue, written: true as const }));
    const next = must(await records.writeSyncRun({ ...end, key: 'run-sync.main.next', operation: null, issues: written }));
    expect(await count(`Sync_Run__c = '${next.runId}' AND Status__c = 'Resolved'`)).toBe(3);
    must(await records.writeIssues({ companyId: ids.company, issues }));
    expect(await count(`Issue_Key__c LIKE 'many.%' AND Status__c = 'Open'`)).toBe(600);
  });
});

describe('findings of no run', () => {
  it('are one issue each, opened and closed by their key', async () => {
    const issue = {
      key: 'stuck:stripe:charge:ch_1',
      cause: 'Needs Person' as const,
      invoiceId: null,
      recordId: null,
      message: 'm',
      fix: 'f',
    };
    const write = (part: object = {}) => records.writeIssues({ companyId: ids.company, issues: [{ ...issue, ...part }] });
    must(await write());
    must(await write({ resolved: true }));
    const query = `SELECT Status__c, Cause__c FROM Trueup_Sync_Issue__c WHERE Issue_Key__c = '${issue.key}'`;
    const found = (await (await call(org, 'GET', `/services/data/v66.0/query?q=${encodeURIComponent(query)}`)).json()) as {
      records: object[];
    };
    expect(found.records).toMatchObject([{ Status__c: 'Resolved', Cause__c: 'Needs Person' }]);
  });
});
