import { createRequire } from 'node:module';
import { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock, createFaultPlan } from '../core/index.ts';
import { startOrg } from './index.ts';
import type { Persona, RunningOrg } from './index.ts';
import { billsFiles, writePackage } from './testing/bills-package.ts';

/** jsforce's own replay extension; its types leave it out. */
const { StreamingExtension } = createRequire(import.meta.url)('jsforce/lib/api/streaming.js') as {
  StreamingExtension: { Replay: new (channel: string, replayId: number) => never };
};

const faults = createFaultPlan(1);
let org: RunningOrg;
const connect = (persona: Persona): Connection =>
  new Connection({ instanceUrl: org.baseUrl, accessToken: org.users[persona].accessToken, version: '66.0', maxRequest: 50 });

beforeAll(async () => {
  org = await startOrg({ clock: createClock(), faults, packageDir: writePackage(billsFiles()) });
});
afterAll(() => org.stop());

describe('through jsforce', () => {
  it('creates, reads, updates, upserts and deletes', async () => {
    const rep = connect('rep');
    const account = await rep.sobject('Account').create({ Name: 'Acme', NumberOfEmployees: 0 });
    expect(account).toMatchObject({ success: true, errors: [] });
    expect(await rep.sobject('Account').retrieve(account.id as string)).toMatchObject({
      Name: 'Acme',
      NumberOfEmployees: 0,
      IsDeleted: false,
      attributes: { type: 'Account' },
    });
    const upserted = await rep
      .sobject('Bill__c')
      .upsert({ Key__c: 'main.k1', Account__c: account.id as string, Status__c: 'Open' }, 'Key__c');
    expect(upserted).toMatchObject({ success: true, created: true });
    expect(await rep.sobject('Bill__c').upsert({ Key__c: 'main.k1', Status__c: 'Paid' }, 'Key__c')).toMatchObject({
      id: upserted.id,
      created: false,
    });
    await rep.sobject('Bill_Line__c').create([
      { Bill__c: upserted.id as string, Amount__c: 1.005 },
      { Bill__c: upserted.id as string, Amount__c: 2 },
    ]);
    const { records } = await rep.query<{ Total__c: number; Account__r: { Name: string } }>(
      `SELECT Total__c, Account__r.Name, (SELECT Amount__c FROM Bill_Lines__r) FROM Bill__c WHERE Key__c = 'main.k1'`,
    );
    expect(records[0]).toMatchObject({ Total__c: 3.005, Account__r: { Name: 'Acme' }, Bill_Lines__r: { totalSize: 2 } });
    await rep.sobject('Bill__c').delete(upserted.id as string);
    await expect(rep.sobject('Bill__c').retrieve(upserted.id as string)).rejects.toMatchObject({ errorCode: 'ENTITY_IS_DELETED' });
  });

  it('pages long results and describes objects', async () => {
    const admin = connect('admin');
    for (let batch = 0; batch < 12; batch += 1)
      await admin
        .sobject('Account')
        .create(Array.from({ length: 200 }, (_unused, index) => ({ Name: `Bulk ${String(batch)} ${String(index)}` })));
    const first = await admin.query("SELECT Id FROM Account WHERE Name LIKE 'Bulk%'");
    expect(first).toMatchObject({ totalSize: 2400, done: false });
    expect(first.records).toHaveLength(2000);
    expect((await admin.queryMore(first.nextRecordsUrl as string)).records).toHaveLength(400);
    const described = await admin.sobject('Bill__c').describe();
    expect(described.fields.find((field) => field.name === 'Key__c')).toMatchObject({
      unique: true,
      externalId: true,
      caseSensitive: true,
      length: 40,
    });
    expect((await admin.describeGlobal()).sobjects.map((one) => one.name)).toContain('Bill__c');
    expect(admin.limitInfo.apiUsage).toMatchObject({ limit: 100000 });
  });

  it('runs composite requests with references, and graphs all or none', async () => {
    const rep = connect('rep');
    const url = '/services/data/v66.0';
    const good = await rep.requestPost<{ graphs: { isSuccessful: boolean }[] }>(`${url}/composite/graph`, {
      graphs: [
        {
          graphId: 'g',
          compositeRequest: [
            { method: 'POST', url: `${url}/sobjects/Account`, referenceId: 'a', body: { Name: 'Graph' } },
            { method: 'POST', url: `${url}/sobjects/Bill__c`, referenceId: 'b', body: { Account__c: '@{a.id}' } },
          ],
        },
      ],
    });
    expect(good.graphs[0]).toMatchObject({ isSuccessful: true });
    const bad = await rep.requestPost<{ graphs: object[] }>(`${url}/composite/graph`, {
      graphs: [
        {
          graphId: 'g',
          compositeRequest: [
            { method: 'POST', url: `${url}/sobjects/Account`, referenceId: 'a', body: { Name: 'Halted' } },
            { method: 'POST', url: `${url}/sobjects/Bill__c`, referenceId: 'b', body: { Account__c: '@{a.id}', Status__c: 'Odd' } },
          ],
        },
      ],
    });
    expect(bad.graphs[0]).toEqual({
      graphId: 'g',
      isSuccessful: false,
      graphResponse: {
        compositeResponse: [
          {
            body: [
              {
                errorCode: 'PROCESSING_HALTED',
                message: 'We rolled back the transaction since another operation in the same transaction failed.',
              },
            ],
            httpHeaders: {},
            httpStatusCode: 400,
            referenceId: 'a',
          },
          {
            body: [
              {
                message: 'Status: bad value for restricted picklist field: Odd',
                errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
                fields: ['Status__c'],
              },
            ],
            httpHeaders: {},
            httpStatusCode: 400,
            referenceId: 'b',
          },
        ],
      },
    });
    expect((await rep.query("SELECT Id FROM Account WHERE Name = 'Halted'")).totalSize).toBe(0);
  });

  it('delivers platform events over CometD, with replay', async () => {
    const rep = connect('rep');
    const got: number[] = [];
    const subscribe = (replay: number): Promise<{ cancel(): void }> =>
      new Promise((resolve) => {
        const client = rep.streaming.createClient([new StreamingExtension.Replay('/event/Bill_Event__e', replay)]);
        const subscription = client.subscribe(
          '/event/Bill_Event__e',
          (message: { event: { replayId: number }; payload: { Bill_Id__c: string } }) => got.push(message.event.replayId),
        );
        void subscription.then(() => resolve({ cancel: () => subscription.cancel() }));
      });
    await rep.sobject('Bill_Event__e').create({ Bill_Id__c: 'missed' });
    const subscription = await subscribe(-2);
    await rep.sobject('Bill_Event__e').create({ Bill_Id__c: 'live' });
    for (let waited = 0; got.length < 2 && waited < 40; waited += 1) await new Promise((resolve) => setTimeout(resolve, 50));
    subscription.cancel();
    expect(got).toEqual([1, 2]);
    await expect(connect('none').sobject('Bill_Event__e').create({ Bill_Id__c: 'x' })).rejects.toMatchObject({ errorCode: 'NOT_FOUND' });
  }, 15_000);

  it('refuses unknown sessions and what it does not do', async () => {
    const stranger = await fetch(`${org.baseUrl}/services/data/v66.0/sobjects/Account`, { headers: { authorization: 'Bearer badToken' } });
    expect(stranger.status).toBe(401);
    expect(stranger.headers.get('www-authenticate')).toBe('Token');
    expect(stranger.headers.get('sforce-limit-info')).toBeNull();
    expect(await stranger.json()).toEqual([{ message: 'Session expired or invalid', errorCode: 'INVALID_SESSION_ID' }]);
    const beyond = await fetch(`${org.baseUrl}/services/data/v66.0/tooling/query?q=x`, {
      headers: { authorization: `Bearer ${org.users.admin.accessToken}` },
    });
    expect(beyond.status).toBe(501);
    expect(await beyond.json()).toMatchObject([{ errorCode: 'NOT_IMPLEMENTED_IN_SANDBOX' }]);
    faults.add({ point: 'org.request', times: 1, fault: { kind: 'expire-token' } });
    await expect(connect('rep').query('SELECT Id FROM Account')).rejects.toMatchObject({ errorCode: 'INVALID_SESSION_ID' });
    await connect('rep').query('SELECT Id FROM Account LIMIT 1');
  });
});
