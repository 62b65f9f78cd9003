import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Connection } from 'jsforce';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock, createFaultPlan } from '../../core/index.ts';
import { startOrg } from '../index.ts';
import type { Persona, RunningOrg } from '../index.ts';
import { billsFiles, writePackage } from '../testing/bills-package.ts';

const clock = createClock();
const faults = createFaultPlan(1);
let org: RunningOrg;
let account: string;
beforeAll(async () => {
  org = await startOrg({ clock, faults, packageDir: writePackage(billsFiles()) });
  account = ((await call('POST', '/sobjects/Account', { Name: 'Acme' })).body as { id: string }).id;
});
afterAll(() => org.stop());

interface Answer {
  status: number;
  body: unknown;
  text: string;
  headers: Headers;
}
const call = async (method: string, url: string, body?: unknown, persona: Persona = 'rep', type = 'application/json'): Promise<Answer> => {
  const answer = await fetch(`${org.baseUrl}/services/data/v66.0${url}`, {
    method,
    headers: { authorization: `Bearer ${org.users[persona].accessToken}`, ...(body === undefined ? {} : { 'content-type': type }) },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const json = answer.headers.get('content-type')?.includes('json');
  return { status: answer.status, text, headers: answer.headers, body: json && text ? JSON.parse(text) : undefined };
};

interface Info {
  id: string;
  state: string;
  [key: string]: unknown;
}
const open = async (job: object, persona?: Persona): Promise<Info> => (await call('POST', '/jobs/ingest', job, persona)).body as Info;
const upload = (id: string, csv: string): Promise<Answer> => call('PUT', `/jobs/ingest/${id}/batches`, csv, 'rep', 'text/csv');
const close = (id: string): Promise<Answer> => call('PATCH', `/jobs/ingest/${id}`, { state: 'UploadComplete' });

/** Creates, uploads, closes, and waits for the clock's timers. */
async function ingest(job: object, csv: string): Promise<{ info: Info; successful: string; failed: string }> {
  const { id } = await open(job);
  await upload(id, csv);
  await close(id);
  await clock.advance(0);
  const info = (await call('GET', `/jobs/ingest/${id}`)).body as Info;
  const [successful, failed] = await Promise.all(
    ['successfulResults', 'failedResults'].map(async (name) => (await call('GET', `/jobs/ingest/${id}/${name}`)).text),
  );
  return { info, successful: successful ?? '', failed: failed ?? '' };
}
const query = async (soql: string): Promise<Record<string, unknown>[]> =>
  ((await call('GET', `/query?q=${encodeURIComponent(soql)}`)).body as { records: Record<string, unknown>[] }).records;

describe('ingest', () => {
  it('inserts what it can and says why it could not do the rest', async () => {
    const { info, successful, failed } = await ingest(
      { object: 'Account', operation: 'insert' },
      'Name,NumberOfEmployees,Description\nBulk One,30,"a ""quoted"", text"\n,7,nameless\nBulk Two,many,\n',
    );
    expect(info).toMatchObject({
      state: 'JobComplete',
      jobType: 'V2Ingest',
      numberRecordsProcessed: 3,
      numberRecordsFailed: 2,
      apiVersion: 66,
    });
    expect(successful).toMatch(
      /^"sf__Id","sf__Created","Name","NumberOfEmployees","Description"\n"001\w{15}","true","Bulk One","30","a ""quoted"", text"\n$/,
    );
    expect(failed).toContain('"","REQUIRED_FIELD_MISSING:Required fields are missing: [Name]:Name --","","7","nameless"\n');
    expect(failed).toContain('"INVALID_TYPE_ON_FIELD_IN_RECORD:Employees: value not of required type: many:NumberOfEmployees --"');
  });

  it('upserts by external id, finds parents by theirs, leaves empty values alone and clears with #N/A', async () => {
    const job = { object: 'Bill__c', operation: 'upsert', externalIdFieldName: 'Key__c' };
    const first = await ingest(job, `Key__c,Account__c,Number__c,Tax__c\nbulk.1,${account},B-1,1.5\nbulk.2,${account},B-2,2\n`);
    expect(first.info).toMatchObject({ externalIdFieldName: 'Key__c', numberRecordsProcessed: 2, numberRecordsFailed: 0 });
    const again = await ingest(job, 'Key__c,Number__c,Tax__c\nbulk.1,#N/A,\n');
    expect(again.successful).toContain('"false","bulk.1"');
    expect(await query("SELECT Number__c, Tax__c FROM Bill__c WHERE Key__c = 'bulk.1'")).toMatchObject([{ Number__c: null, Tax__c: 1.5 }]);
    const lines = await ingest({ object: 'Bill_Line__c', operation: 'insert' }, 'Bill__r.Key__c,Amount__c\nbulk.2,10\nnowhere,1\n');
    expect(lines.info).toMatchObject({ numberRecordsProcessed: 2, numberRecordsFailed: 1 });
    expect(lines.failed).toContain('INVALID_FIELD:Foreign key external ID: nowhere not found for field Key__c in entity Bill__c:--');
    expect(await query("SELECT Total__c FROM Bill__c WHERE Key__c = 'bulk.2'")).toMatchObject([{ Total__c: 12 }]);
  });

  it('updates and deletes by id, through the rules of every other save', async () => {
    const [row] = await query("SELECT Id FROM Account WHERE Name = 'Bulk One'");
    const id = String(row?.['Id']);
    const updated = await ingest(
      { object: 'Account', operation: 'update', columnDelimiter: 'SEMICOLON', lineEnding: 'CRLF' },
      `Id;Phone\r\n${id};123\r\n001000000000000AAA;4\r\n`,
    );
    expect(updated.successful).toContain(`"${id}";"false";"${id}";"123"\r\n`);
    expect(updated.failed).toContain('"INVALID_CROSS_REFERENCE_KEY:invalid cross reference id:--"');
    faults.add({ point: 'org.dml', times: 1, fault: { kind: 'lock-row' } });
    const locked = await ingest({ object: 'Account', operation: 'delete' }, `Id\n${id}\n`);
    expect(locked.failed).toContain('UNABLE_TO_LOCK_ROW');
    expect((await ingest({ object: 'Account', operation: 'delete' }, `Id\n${id}\n`)).info).toMatchObject({ numberRecordsFailed: 0 });
    expect((await call('GET', `/sobjects/Account/${id}`)).status).toBe(404);
  });

  it('takes so long for each 200 rows as the plan of faults says', async () => {
    faults.add({ point: 'org.bulk', match: { object: 'Account' }, times: 2, fault: { kind: 'delay', ms: 40 } });
    const began = performance.now();
    const rows = Array.from({ length: 201 }, (_, index) => `Slow ${index}\n`);
    const { info } = await ingest({ object: 'Account', operation: 'insert' }, `Name\n${rows.join('')}`);
    expect(info).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 201 });
    expect(performance.now() - began).toBeGreaterThanOrEqual(80);
  });

  it.each([
    ['an unknown column', 'Name,Shoe_Size__c\nx,1\n', 'InvalidBatch : Field name not found : Shoe_Size__c'],
    ['the wrong line ending', 'Name\r\nx\r\n', 'ClientInputError : LineEnding is invalid on user data. Current LineEnding setting is LF'],
    ['no data', '', 'ClientInputError : Unable to find any data to create batch'],
  ])('fails a job with %s', async (_name, csv, errorMessage) => {
    const { info } = await ingest({ object: 'Account', operation: 'insert' }, csv);
    expect(info).toMatchObject({ state: 'Failed', errorMessage, numberRecordsProcessed: 0 });
  });

  it('does not know objects and columns that the user may not see', async () => {
    expect(await call('POST', '/jobs/ingest', { object: 'Bill__c', operation: 'insert' }, 'none')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALIDENTITY' }],
    });
    const { info } = await ingest({ object: 'Bill__c', operation: 'insert' }, `Account__c,Secret__c\n${account},x\n`);
    expect(info).toMatchObject({ state: 'Failed', errorMessage: 'InvalidBatch : Field name not found : Secret__c' });
  });

  it('serves others while it works, and stops when it is aborted', async () => {
    const { id } = await open({ object: 'Account', operation: 'insert' });
    await upload(id, `Name\n${Array.from({ length: 4000 }, (_unused, index) => `Many ${String(index)}\n`).join('')}`);
    await close(id);
    let info: Info;
    do info = (await call('GET', `/jobs/ingest/${id}`)).body as Info;
    while (info.state === 'UploadComplete' || info['numberRecordsProcessed'] === 0);
    expect(info).toMatchObject({ state: 'InProgress' });
    expect(await call('DELETE', `/jobs/ingest/${id}`)).toMatchObject({ status: 400, body: [{ errorCode: 'INVALIDJOBSTATE' }] });
    expect(await call('PATCH', `/jobs/ingest/${id}`, { state: 'Aborted' })).toMatchObject({ status: 200, body: { state: 'Aborted' } });
    const done = Number(((await call('GET', `/jobs/ingest/${id}`)).body as Info)['numberRecordsProcessed']);
    expect(done).toBeLessThan(4000);
    const rest = (await call('GET', `/jobs/ingest/${id}/unprocessedrecords`)).text.trim().split('\n');
    expect(rest).toHaveLength(4000 - done + 1);
    expect(await query("SELECT count(Id) n FROM Account WHERE Name LIKE 'Many%'")).toMatchObject([{ n: done }]);
  });
});

describe('a job that a stop of the org interrupts', () => {
  it('goes on where it stood', async () => {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'trueup-bulk-'));
    const packageDir = writePackage(billsFiles());
    const first = await startOrg({ clock, faults, packageDir, dataDir });
    const rep = new Connection({ instanceUrl: first.baseUrl, accessToken: first.users.rep.accessToken, version: '66.0' });
    const job = rep.bulk2.createJob({ object: 'Account', operation: 'insert' });
    await job.open();
    await job.uploadData(`Name\n${Array.from({ length: 1500 }, (_unused, index) => `Resumed ${String(index)}\n`).join('')}`);
    await job.close();
    await first.stop();
    const second = await startOrg({ clock, faults, packageDir, dataDir });
    try {
      await clock.advance(0);
      const again = new Connection({ instanceUrl: second.baseUrl, accessToken: second.users.rep.accessToken, version: '66.0' });
      expect(await again.bulk2.job('ingest', { id: job.id }).check()).toMatchObject({ state: 'JobComplete', numberRecordsProcessed: 1500 });
      expect((await again.query("SELECT count(Id) n FROM Account WHERE Name LIKE 'Resumed%'")).records).toMatchObject([{ n: 1500 }]);
    } finally {
      await second.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  });
});

describe('states and refusals', () => {
  it('answers them as the org does', async () => {
    const { id, ...job } = await open({ object: 'Account', operation: 'insert' });
    expect(job).toMatchObject({
      operation: 'insert',
      object: 'Account',
      state: 'Open',
      concurrencyMode: 'Parallel',
      contentType: 'CSV',
      contentUrl: `services/data/v66.0/jobs/ingest/${id}/batches`,
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
    });
    const url = `/jobs/ingest/${id}`;
    const refusals: [Promise<Answer>, number, string][] = [
      [call('POST', '/jobs/ingest', { object: 'Account', operation: 'hardDelete' }, 'admin'), 400, 'FEATURENOTENABLED'],
      [call('POST', '/jobs/ingest', { object: 'Nothing__c', operation: 'insert' }), 400, 'INVALIDENTITY'],
      [call('POST', '/jobs/ingest', { object: 'Account', operation: 'upsert' }), 400, 'INVALIDJOB'],
      [call('POST', '/jobs/ingest', { object: 'Account', operation: 'merge' }), 400, 'JSON_PARSER_ERROR'],
      [call('GET', `${url}/successfulResults`), 400, 'INVALIDJOBSTATE'],
      [call('DELETE', url), 400, 'INVALIDJOBSTATE'],
      [call('GET', url, undefined, 'accountant'), 404, 'NOT_FOUND'],
      [call('PUT', `${url}/batches`, '{}'), 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ];
    for (const [answer, status, errorCode] of refusals) expect(await answer).toMatchObject({ status, body: [{ errorCode }] });
    expect(await upload(id, 'Name\nx\n')).toMatchObject({ status: 201, text: '' });
    expect(await upload(id, 'Name\ny\n')).toMatchObject({ status: 400, body: [{ errorCode: 'CLIENTINPUTERROR' }] });
    await close(id);
    await clock.advance(0);
    expect((await close(id)).text).toBe('[{"errorCode":"INVALIDJOBSTATE","message":"Closing already Completed Job not allowed"}]');
    expect((await call('PATCH', url, { state: 'Aborted' })).text).toBe(
      '[{"errorCode":"INVALIDJOBSTATE","message":"Aborting already Completed Job not allowed"}]',
    );
    expect(((await call('GET', '/jobs/ingest')).body as { records: Info[] }).records[0]).toMatchObject({ id, state: 'JobComplete' });
    const { body: limits } = await call('GET', '/limits');
    const { DailyBulkApiBatches } = limits as { DailyBulkApiBatches: { Max: number; Remaining: number } };
    expect(DailyBulkApiBatches.Remaining).toBeLessThan(DailyBulkApiBatches.Max);
    expect((await call('DELETE', url)).status).toBe(204);
    expect((await call('GET', url)).status).toBe(404);
  });
});

describe('query', () => {
  const ask = async (soql: string, operation = 'query'): Promise<Info> => {
    const { id } = (await call('POST', '/jobs/query', { operation, query: soql })).body as Info;
    await clock.advance(0);
    return (await call('GET', `/jobs/query/${id}`)).body as Info;
  };

  it('reads records in the order of their ids, page by page', async () => {
    const records = Array.from({ length: 5 }, (_unused, index) => ({
      attributes: { type: 'Account' },
      Name: `Paged ${String(index)}`,
      NumberOfEmployees: index,
    }));
    await call('POST', '/composite/sobjects', { records });
    const job = await ask("SELECT Name, NumberOfEmployees, IsDeleted, AnnualRevenue, Owner.Username FROM Account WHERE Name LIKE 'Paged%'");
    expect(job).toMatchObject({ state: 'JobComplete', jobType: 'V2Query', object: 'Account', numberRecordsProcessed: 5 });
    const first = await call('GET', `/jobs/query/${job.id}/results?maxRecords=3`);
    expect(first.headers.get('sforce-numberofrecords')).toBe('3');
    expect(first.text.split('\n').slice(0, 2)).toEqual([
      '"Name","NumberOfEmployees","IsDeleted","AnnualRevenue","Owner.Username"',
      '"Paged 0","0","false","","rep@trueup.local"',
    ]);
    const second = await call('GET', `/jobs/query/${job.id}/results?maxRecords=3&locator=${first.headers.get('sforce-locator') ?? ''}`);
    expect(second.headers.get('sforce-locator')).toBe('null');
    expect(second.text.trim().split('\n').map((line) => line.slice(1, 8))).toEqual(['Name","', 'Paged 3', 'Paged 4']); // prettier-ignore
    await call(
      'DELETE',
      `/composite/sobjects?ids=${(await query("SELECT Id FROM Account WHERE Name = 'Paged 0'")).map((row) => String(row['Id'])).join()}`,
    );
    const counts = await Promise.all(
      ['query', 'queryAll'].map((operation) => ask("SELECT Id FROM Account WHERE Name LIKE 'Paged%'", operation)),
    );
    expect(counts.map((one) => one['numberRecordsProcessed'])).toEqual([4, 5]);
  });

  it.each([
    ['SELECT COUNT() FROM Account', 'Aggregate Relationships not supported in Bulk Query'],
    ['SELECT Id, (SELECT Id FROM Contacts) FROM Account', 'Aggregate Relationships not supported in Bulk Query'],
    ['SELECT BillingAddress FROM Account', 'Selecting compound data not supported in Bulk Query'],
    ['SELECT Id FROM Account LIMIT 1 OFFSET 1', 'OFFSET not supported in Bulk Query'],
    ['SELECT Nothing__c FROM Account', "No such column 'Nothing__c'"],
  ])('refuses %s', async (soql, message) => {
    const answer = await call('POST', '/jobs/query', { operation: 'query', query: soql });
    expect(answer).toMatchObject({ status: 400, body: [{ errorCode: 'API_ERROR', message: expect.stringContaining(message) as string }] });
  });
});

describe('through jsforce', () => {
  it('loads and reads back', async () => {
    const rep = new Connection({ instanceUrl: org.baseUrl, accessToken: org.users.rep.accessToken, version: '66.0' });
    const loaded = await rep.bulk2.loadAndWaitForResults({
      object: 'Account',
      operation: 'insert',
      input: [{ Name: 'Jsforce 1' }, { Name: 'Jsforce 2' }, { Name: null }] as never,
      pollInterval: 20,
    });
    expect(loaded.successfulResults).toHaveLength(2);
    expect(loaded.failedResults).toMatchObject([{ sf__Error: expect.stringContaining('REQUIRED_FIELD_MISSING') as string }]);
    expect(loaded.unprocessedRecords).toEqual([]);
    const stream = await rep.bulk2.query("SELECT Id, Name FROM Account WHERE Name LIKE 'Jsforce%'", { pollInterval: 20 });
    expect((await stream.toArray()).map((row) => (row as { Name: string }).Name)).toEqual(['Jsforce 1', 'Jsforce 2']);
  });
});
