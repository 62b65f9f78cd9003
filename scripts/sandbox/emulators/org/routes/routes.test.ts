import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock, createFaultPlan } from '../../core/index.ts';
import { startOrg } from '../index.ts';
import type { Persona, RunningOrg } from '../index.ts';
import { billsFiles, writePackage } from '../testing/bills-package.ts';

const faults = createFaultPlan(1);
let org: RunningOrg;
beforeAll(async () => {
  org = await startOrg({ clock: createClock(), faults, packageDir: writePackage(billsFiles()), functionsUrl: 'http://127.0.0.1:9' });
});
afterAll(() => org.stop());

interface Answer {
  status: number;
  body: unknown;
  text: string;
}
const call = async (method: string, url: string, body?: unknown, persona: Persona = 'rep'): Promise<Answer> => {
  const answer = await fetch(url.startsWith('/sandbox') ? org.baseUrl + url : `${org.baseUrl}/services/data/v66.0${url}`, {
    method,
    headers: {
      authorization: `Bearer ${org.users[persona].accessToken}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, text, body: text ? JSON.parse(text) : undefined };
};
const make = async (type: string, fields: Record<string, unknown>): Promise<string> =>
  ((await call('POST', `/sobjects/${type}`, fields)).body as { id: string }).id;

describe('errors, as recorded', () => {
  const cases: [string, () => Promise<Answer>, number, string][] = [
    [
      'unknown object',
      () => call('POST', '/sobjects/PlayingCard__c', { Name: 'x' }),
      404,
      '[{"errorCode":"NOT_FOUND","message":"The requested resource does not exist"}]',
    ],
    [
      'unknown field',
      async () => call('PATCH', `/sobjects/Bill__c/${await bill()}`, { Color__c: 'Red' }),
      400,
      `[{"message":"No such column 'Color__c' on sobject of type Bill__c","errorCode":"INVALID_FIELD"}]`,
    ],
    [
      'unknown field before a bad id',
      () => call('PATCH', '/sobjects/Bill__c/a00B000000FSjVUIB1', { Color__c: 'Red' }),
      400,
      `[{"message":"No such column 'Color__c' on sobject of type Bill__c","errorCode":"INVALID_FIELD"}]`,
    ],
    [
      'wrong checksum',
      () => call('PATCH', '/sobjects/Bill__c/a00B000000FSjVUIB1', { Tax__c: 1 }),
      400,
      '[{"message":"Record ID: id value of incorrect type: a00B000000FSjVUIB1","errorCode":"MALFORMED_ID","fields":["Id"]}]',
    ],
    [
      'required',
      () => call('POST', '/sobjects/Account', {}),
      400,
      '[{"message":"Required fields are missing: [Name]","errorCode":"REQUIRED_FIELD_MISSING","fields":["Name"]}]',
    ],
    [
      'bad query',
      () => call('GET', '/query?q=SELEKT+Id+FROM+Account'),
      400,
      '[{"message":"unexpected token: SELEKT","errorCode":"MALFORMED_QUERY"}]',
    ],
    [
      'unknown key field',
      () => call('GET', '/sobjects/Account/Namez/x'),
      404,
      '[{"errorCode":"NOT_FOUND","message":"Provided external ID field does not exist or is not accessible: Namez"}]',
    ],
    [
      'malformed JSON',
      () => call('POST', '/sobjects/Account', '{"Name":'),
      400,
      '[{"message":"The body is not valid JSON.","errorCode":"JSON_PARSER_ERROR"}]',
    ],
  ];
  it.each(cases)('%s', async (_name, ask, status, text) => expect(await ask()).toMatchObject({ status, text }));

  it('answers 404 for a deleted record', async () => {
    const id = await bill();
    expect(await call('DELETE', `/sobjects/Bill__c/${id}`)).toMatchObject({ status: 204, text: '' });
    expect(await call('DELETE', `/sobjects/Bill__c/${id}`)).toMatchObject({
      status: 404,
      text: '[{"message":"entity is deleted","errorCode":"ENTITY_IS_DELETED","fields":[]}]',
    });
  });

  it('counts calls, and refuses when the day’s are used up', async () => {
    faults.add({ point: 'org.request', times: 1, fault: { kind: 'throttle' } });
    expect(await call('GET', '/limits')).toMatchObject({
      status: 403,
      text: '[{"message":"TotalRequests Limit exceeded.","errorCode":"REQUEST_LIMIT_EXCEEDED"}]',
    });
    faults.add({ point: 'org.request', times: 1, fault: { kind: 'lock-row' } });
    expect(await call('GET', '/limits')).toMatchObject({
      status: 400,
      text: '[{"message":"unable to obtain exclusive access to this record","errorCode":"UNABLE_TO_LOCK_ROW","fields":[]}]',
    });
    const { body } = (await call('GET', '/limits')) as { body: { DailyApiRequests: { Max: number; Remaining: number } } };
    expect(body.DailyApiRequests.Max - body.DailyApiRequests.Remaining).toBeGreaterThan(0);
  });
});

const bill = async (fields: Record<string, unknown> = {}): Promise<string> =>
  make('Bill__c', { Account__c: await make('Account', { Name: 'Acme' }), ...fields });

describe('upsert by external id', () => {
  it('answers 201, 200, and 300 when several match', async () => {
    const account = await make('Account', { Name: 'Acme' });
    expect(await call('PATCH', '/sobjects/Bill__c/Number__c/A%2F1%3A2', { Account__c: account })).toMatchObject({
      status: 201,
      body: { success: true, errors: [], created: true },
    });
    expect(await call('PATCH', '/sobjects/Bill__c/Number__c/A%2F1%3A2', { Tax__c: 0 })).toMatchObject({
      status: 200,
      body: { created: false },
    });
    const twin = await make('Bill__c', { Account__c: account, Number__c: 'A/1:2' });
    const several = await call('PATCH', '/sobjects/Bill__c/Number__c/A%2F1%3A2', { Tax__c: 1 });
    expect(several.status).toBe(300);
    expect(several.body).toContain(`/services/data/v66.0/sobjects/Bill__c/${twin}`);
  });
});

describe('composite, collections, tree, batch', () => {
  const base = '/services/data/v66.0';
  it('rolls back all or none, and names references that lead nowhere', async () => {
    const compositeRequest = [
      { method: 'POST', url: `${base}/sobjects/Account`, referenceId: 'one', body: { Name: 'Composite' } },
      {
        method: 'GET',
        url: `${base}/query?q=${encodeURIComponent("SELECT Id FROM Account WHERE Name = 'Composite'")}`,
        referenceId: 'two',
      },
      { method: 'PATCH', url: `${base}/sobjects/Account/@{two.records[0].Id}`, referenceId: 'three', body: { Phone: '@{one.id}' } },
      { method: 'DELETE', url: `${base}/sobjects/Account/@{nothing.id}`, referenceId: 'four' },
    ];
    const loose = (await call('POST', '/composite', { compositeRequest })).body as { compositeResponse: { httpStatusCode: number }[] };
    expect(loose.compositeResponse.map((one) => one.httpStatusCode)).toEqual([201, 200, 204, 400]);
    const strict = (await call('POST', '/composite', { allOrNone: true, compositeRequest })).body as {
      compositeResponse: { httpStatusCode: number; body: { errorCode: string }[] }[];
    };
    expect(strict.compositeResponse.map((one) => one.body[0]?.errorCode)).toEqual(Array.from({ length: 4 }, () => 'PROCESSING_HALTED'));
    expect((await call('GET', `/query?q=${encodeURIComponent("SELECT Id FROM Account WHERE Name = 'Composite'")}`)).body).toMatchObject({
      totalSize: 1,
    });
    const many = {
      compositeRequest: Array.from({ length: 6 }, (_unused, index) => ({
        method: 'GET',
        url: `${base}/query?q=SELECT+Id+FROM+Account`,
        referenceId: `q${String(index)}`,
      })),
    };
    expect(await call('POST', '/composite', many)).toMatchObject({ status: 400, body: [{ errorCode: 'LIMIT_EXCEEDED' }] });
  });

  it('saves collections with a result per record', async () => {
    const records = [{ attributes: { type: 'Account' }, Name: 'A' }, { attributes: { type: 'Account' } }];
    expect((await call('POST', '/composite/sobjects', { allOrNone: false, records })).body).toEqual([
      { id: expect.stringMatching(/^001/) as string, success: true, errors: [] },
      {
        success: false,
        errors: [{ statusCode: 'REQUIRED_FIELD_MISSING', message: 'Required fields are missing: [Name]', fields: ['Name'] }],
      },
    ]);
    const upserts = [
      { attributes: { type: 'Bill__c' }, Key__c: 'c1', Account__c: await make('Account', { Name: 'A' }) },
      { attributes: { type: 'Bill__c' }, Key__c: 'c2', Account__c: 'x' },
    ];
    expect((await call('PATCH', '/composite/sobjects/Bill__c/Key__c', { allOrNone: true, records: upserts })).body).toMatchObject([
      { success: false, created: true, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK' }] },
      { success: false, errors: [{ statusCode: 'MALFORMED_ID' }] },
    ]);
  });

  it('plants trees and runs batches', async () => {
    const tree = {
      records: [
        {
          attributes: { type: 'Account', referenceId: 'a' },
          Name: 'Tree',
          Contacts: { records: [{ attributes: { type: 'Contact', referenceId: 'c' }, LastName: 'Leaf' }] },
        },
      ],
    };
    expect(await call('POST', '/composite/tree/Account', tree)).toMatchObject({
      status: 201,
      body: { hasErrors: false, results: [{ referenceId: 'a' }, { referenceId: 'c' }] },
    });
    const two = (referenceId: string, more: object = {}) => ({
      records: [
        { attributes: { type: 'Account', referenceId: 'a' }, Name: 'Rolled back', ...more },
        { attributes: { type: 'Account', referenceId }, Name: 'Rolled back' },
      ],
    });
    const leafless = { Contacts: { records: [{ attributes: { type: 'Contact', referenceId: 'c' }, Email: 'no' }] } };
    expect(await call('POST', '/composite/tree/Account', two('b', leafless))).toMatchObject({
      status: 400,
      body: { hasErrors: true, results: [{ referenceId: 'c', errors: [{ statusCode: 'INVALID_EMAIL_ADDRESS', fields: ['Email'] }] }] },
    });
    expect(await call('POST', '/composite/tree/Account', two('a'))).toMatchObject({
      status: 400,
      body: { results: [{ referenceId: 'a', errors: [{ message: 'Duplicate ReferenceId provided in the request.' }] }] },
    });
    expect((await call('GET', `/query?q=${encodeURIComponent("SELECT Id FROM Account WHERE Name = 'Rolled back'")}`)).body).toMatchObject({
      totalSize: 0,
    });
    const batch = {
      batchRequests: [
        { method: 'GET', url: 'v66.0/sobjects/Account/describe' },
        { method: 'GET', url: 'v66.0/sobjects/Nope/describe' },
      ],
    };
    expect((await call('POST', '/composite/batch', batch)).body).toMatchObject({
      hasErrors: true,
      results: [{ statusCode: 200 }, { statusCode: 404 }],
    });
  });
});

describe('queries', () => {
  it('tell their columns when they are asked to, and turn unknown locators away', async () => {
    const soql = 'SELECT Name, Account__r.Name, (SELECT Amount__c FROM Bill_Lines__r) FROM Bill__c';
    expect((await call('GET', `/query?columns=true&q=${encodeURIComponent(soql)}`)).body).toMatchObject({
      entityName: 'Bill__c',
      idSelected: false,
      columnMetadata: [
        { columnName: 'Name', aggregate: false, textType: true, joinColumns: [] },
        { columnName: 'Account__r', foreignKeyName: 'Account__c', joinColumns: [{ columnName: 'Name' }] },
        { columnName: 'Bill_Lines__r', aggregate: true, joinColumns: [{ columnName: 'Amount__c', numberType: true }] },
      ],
    });
    expect(await call('GET', '/query/01gLo0000000000AAA-2000')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_QUERY_LOCATOR' }],
    });
    expect((await call('GET', '')).body).toMatchObject({ jobs: '/services/data/v66.0/jobs', query: '/services/data/v66.0/query' });
  });
});

describe('named credentials', () => {
  it('are an administrator’s to make, and never show their secret', async () => {
    expect(await call('GET', '/named-credentials/named-credential-setup', undefined, 'rep')).toMatchObject({ status: 403 });
    expect(
      await call('POST', '/named-credentials/external-credentials', { developerName: 'Books', authenticationProtocol: 'Custom' }, 'admin'),
    ).toMatchObject({ status: 201 });
    expect(
      await call(
        'POST',
        '/named-credentials/named-credential-setup',
        { developerName: 'Books_Api', calloutUrl: 'http://127.0.0.1:1', externalCredentials: [{ developerName: 'Books' }] },
        'admin',
      ),
    ).toMatchObject({ status: 201 });
    const secret = {
      externalCredential: 'Books',
      principalName: 'Main',
      principalType: 'NamedPrincipal',
      authenticationProtocol: 'Custom',
      credentials: { token: { value: 'hush', encrypted: true } },
    };
    const made = await call('POST', '/named-credentials/credential', secret, 'admin');
    expect(made).toMatchObject({ status: 201, body: { authenticationStatus: 'Configured' } });
    expect(made.text).not.toContain('hush');
    expect(
      await call('GET', '/named-credentials/credential?externalCredential=Books&principalName=Main', undefined, 'admin'),
    ).toMatchObject({ status: 200, body: { credentials: { token: { encrypted: true, value: null } } } });
  });
});

describe('the coverage page', () => {
  it('lists what there is and counts what there is not', async () => {
    await call('GET', '/chatter/feeds');
    const answer = await fetch(`${org.baseUrl}/sandbox/coverage`, { headers: { accept: 'application/json' } });
    const { covered, refused } = (await answer.json()) as { covered: { item: string }[]; refused: { item: string }[] };
    expect(covered.length).toBeGreaterThan(60);
    expect(refused).toContainEqual({ item: 'GET /chatter/feeds', count: 1 });
    expect(await (await fetch(`${org.baseUrl}/sandbox`)).text()).toContain('Bill__c');
  });
});

const fixtures = process.env['TRUEUP_FIXTURES'] ?? path.resolve(import.meta.dirname, '../../../../../../shared/fixtures');
if (!existsSync(fixtures)) console.log(`No fixtures at ${fixtures}: recorded describes and UI API answers are not compared.`);
const recorded = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(fixtures, 'salesforce', name), 'utf8')) as Record<string, unknown>;

describe.skipIf(!existsSync(fixtures))('shapes, as recorded', () => {
  it('describes objects with the recorded keys and attributes', async () => {
    const real = recorded('describe/Opportunity.json') as { fields: Record<string, unknown>[] };
    const ours = (await call('GET', '/sobjects/Opportunity/describe', undefined, 'admin')).body as { fields: Record<string, unknown>[] };
    const known = new Set(Object.keys(real));
    expect(Object.keys(ours).filter((key) => !known.has(key))).toEqual([]);
    for (const field of ours.fields) {
      const twin = real.fields.find((one) => one['name'] === field['name']);
      if (!twin) continue;
      expect(Object.keys(field).sort(), String(field['name'])).toEqual(Object.keys(twin).sort());
      for (const key of [
        'type',
        'length',
        'precision',
        'scale',
        'nillable',
        'createable',
        'updateable',
        'permissionable',
        'soapType',
        'custom',
        'calculated',
        'nameField',
      ])
        expect(`${String(field['name'])}.${key}=${String(field[key])}`).toBe(`${String(field['name'])}.${key}=${String(twin[key])}`);
    }
  });

  it('represents records with the recorded keys', async () => {
    const real = recorded('lwc-recipes/ldsCreateRecord.createRecord.json');
    const made = (await call('POST', '/ui-api/records', { apiName: 'Account', fields: { Name: 'Universal Containers' } })).body as Record<
      string,
      unknown
    > & { fields: Record<string, unknown> };
    expect(Object.keys(real).filter((key) => !(key in made))).toEqual([]);
    expect(made.fields['Name']).toEqual({ displayValue: null, value: 'Universal Containers' });
    expect(made.fields['Owner']).toMatchObject({
      displayValue: 'Rosa Reyes',
      value: { apiName: 'User', fields: { Id: {}, Name: { value: 'Rosa Reyes' } } },
    });
  });

  it('describes objects for pages with the recorded keys', async () => {
    const real = recorded('lwc-recipes/ldsGenerateRecordInputForCreate.getRecordCreateDefaults.json') as {
      objectInfos: { Account: { fields: { Name: object } } };
    };
    const ours = (await call('GET', '/ui-api/record-defaults/create/Account')).body as typeof real;
    expect(Object.keys(real.objectInfos.Account).filter((key) => !(key in ours.objectInfos.Account))).toEqual([]);
    expect(Object.keys(ours.objectInfos.Account.fields.Name).sort()).toEqual(Object.keys(real.objectInfos.Account.fields.Name).sort());
  });
});
