import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClock, createFaultPlan, startOrg } from '../../../scripts/sandbox/index.ts';
import { createSalesforceClient } from '../../src/adapters/salesforce/client.ts';
import { fromAuthorization } from '../../src/adapters/salesforce/from-authorization.ts';
import { createMappings } from '../../src/adapters/salesforce/mappings.ts';
import type { ValuesWanted } from '../../src/domain/map-fields/source-values.ts';
import type { Place } from '../../src/domain/map-fields/source-path.ts';
import { createMetrics, type Metrics } from '../../src/platform/metrics.ts';
import type { Mappings } from '../../src/ports/mappings.ts';
import { must } from './must.ts';

// Field mappings and what they read, as the integration user, through Salesforce's SDK at an org with the package and an admin's own
// records and fields.

const root = new URL('../../../force-app/main', import.meta.url).pathname;
const own = mkdtempSync(path.join(tmpdir(), 'trueup-mappings-'));
let mappings: Mappings;
let metrics: Metrics;
let wanted: ValuesWanted;
let stop: () => Promise<void>;

const record = (name: string, values: Record<string, string | boolean>) =>
  `<?xml version="1.0" encoding="UTF-8"?>
<CustomMetadata xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
    <label>${name}</label>
    <protected>false</protected>
${Object.entries(values)
  .map(
    ([field, value]) =>
      `    <values><field>${field}</field><value xsi:type="xsd:${typeof value === 'boolean' ? 'boolean' : 'string'}">${String(value)}</value></values>`,
  )
  .join('\n')}
</CustomMetadata>`;

function write(file: string, content: string): void {
  mkdirSync(path.dirname(path.join(own, file)), { recursive: true });
  writeFileSync(path.join(own, file), content);
}

beforeAll(async () => {
  const class_ = {
    Target_Object__c: 'QuickBooks Invoice',
    Target_Field__c: 'ClassRef',
    Source_Kind__c: 'Field',
    Transform__c: 'Value Map',
  };
  write(
    'customMetadata/Trueup_Field_Mapping.Class.md-meta.xml',
    record('Class', {
      ...class_,
      Source_Field__c: 'Account__r.Industry',
      Value_Map__c: '{"Energy":"Hardware"}',
      Required__c: true,
      Active__c: true,
    }),
  );
  write('customMetadata/Trueup_Field_Mapping.Retired.md-meta.xml', record('Retired', { ...class_, Active__c: false }));
  write(
    'objects/Trueup_Invoice__c/fields/Cost_Centre__c.field-meta.xml',
    `<?xml version="1.0" encoding="UTF-8"?>
<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">
    <fullName>Cost_Centre__c</fullName>
    <label>Cost Centre</label>
    <length>20</length>
    <required>true</required>
    <type>Text</type>
</CustomField>`,
  );
  const clock = createClock();
  const org = await startOrg({
    clock,
    faults: createFaultPlan(1),
    packageDir: root,
    extraDirs: [own],
    features: { multiCurrency: true, personAccounts: false, orders: false, quotes: false },
  });
  Object.assign(process.env, {
    HEROKU_APPLINK_API_URL: org.appLink.apiUrl,
    HEROKU_APPLINK_TOKEN: org.appLink.token,
    HEROKU_APP_ID: 'trueup-test',
  });
  const seed = async (records: object[]) => {
    const answer = await fetch(`${org.baseUrl}/sandbox/seed`, {
      method: 'POST',
      headers: { authorization: `Bearer ${org.users.admin.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ records }),
    });
    return ((await answer.json()) as { id: string }[]).map(({ id }) => id);
  };
  const [accountId = '', productId = ''] = await seed([
    { attributes: { type: 'Account' }, Name: 'Acme', Industry: 'Energy', NumberOfEmployees: 12 },
    { attributes: { type: 'Product2' }, Name: 'Rocket', Family: 'Hardware', IsActive: true },
  ]);
  const [opportunityId = ''] = await seed([
    { attributes: { type: 'Opportunity' }, Name: 'Moon', AccountId: accountId, StageName: 'Closed Won', CloseDate: '2026-11-24' },
  ]);
  wanted = {
    sourceType: 'Opportunity',
    sourceId: opportunityId,
    accountId,
    contactId: null,
    opportunityId,
    productIds: [productId],
    places: [],
  };
  metrics = createMetrics();
  mappings = createMappings(createSalesforceClient(fromAuthorization('worker', '66.0'), '66.0', metrics), 'main');
  stop = async () => {
    await org.stop();
    clock.stop();
  };
});
afterAll(async () => {
  await stop();
  rmSync(own, { recursive: true, force: true });
});

const place = (root: Place['root'], object: string, field: string): Place => ({ root, object, field });

it('reads the active mappings once a minute', async () => {
  const [only, ...others] = must(await mappings.readMappings());
  expect(others).toEqual([]);
  expect(only).toMatchObject({
    name: 'Class',
    targetObject: 'QuickBooks Invoice',
    targetField: 'ClassRef',
    sourceObject: 'Trueup_Invoice__c',
    sourceField: 'Account__r.Industry',
    transform: 'Value Map',
    valueMap: '{"Energy":"Hardware"}',
    required: true,
    active: true,
    companyKey: null,
    template: null,
  });
  const before = metrics.calls()['salesforce'] ?? 0;
  await mappings.readMappings();
  expect(metrics.calls()['salesforce']).toBe(before);
  await mappings.readMappings(true);
  expect(metrics.calls()['salesforce']).toBe(before + 1);
});

it('reads all values in one call, and none again for a while', async () => {
  const places = [
    place('account', 'Account', 'Industry'),
    place('opportunity', 'Opportunity', 'Owner.Name'),
    place('opportunity', 'Opportunity', 'Type'),
    place('product', 'Product2', 'Family'),
  ];
  const before = metrics.calls()['salesforce'] ?? 0;
  const read = must(await mappings.readValues({ ...wanted, places }));
  expect(read).toMatchObject({
    account: { Industry: 'Energy' },
    opportunity: { 'Owner.Name': expect.stringMatching(/./), Type: '' },
    products: { [wanted.productIds[0] ?? '']: { Family: 'Hardware' } },
    contact: null,
    unreadable: [],
  });
  await mappings.readValues({ ...wanted, places }, 60_000);
  expect(metrics.calls()['salesforce']).toBe(before + 1);
});

it('a renamed field and one that the integration user may not see are told, and the others are read', async () => {
  const places = [
    place('account', 'Account', 'Industry'),
    place('account', 'Account', 'Gone__c'),
    place('account', 'Account', 'AnnualRevenue'),
  ];
  expect(must(await mappings.readValues({ ...wanted, places }))).toMatchObject({
    account: { Industry: 'Energy' },
    unreadable: [
      { object: 'Account', field: 'Gone__c' },
      { object: 'Account', field: 'AnnualRevenue' },
    ],
  });
});

it('describes fields as the integration user sees them', async () => {
  const found = must(
    await mappings.describe([
      place('account', 'Account', 'Industry'),
      place('account', 'Account', 'Owner.Name'),
      place('account', 'Account', 'Gone__c'),
      place('account', 'Account', 'Nowhere__r.Name'),
    ]),
  );
  expect(found.map(({ field, found: there, type }) => [field, there, type])).toEqual([
    ['Industry', true, 'picklist'],
    ['Owner.Name', true, 'text'],
    ['Gone__c', false, 'other'],
    ['Nowhere__r.Name', false, 'other'],
  ]);
  expect(found[0]?.options).toContain('Energy');
});

it('tells a field that somebody made required and Trueup does not fill', async () => {
  expect(must(await mappings.listForeignRequiredFields())).toEqual([
    { object: 'Trueup_Invoice__c', field: 'Cost_Centre__c', label: 'Cost Centre' },
  ]);
});
