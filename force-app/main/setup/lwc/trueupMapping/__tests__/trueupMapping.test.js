import deployMappings from '@salesforce/apex/TrueupMappings.deployMappings';
import savedMappings from '@salesforce/apex/TrueupMappingSources.savedMappings';
import { fileOf, mappingOf, nameFor, newMapping, saveMapping, sourceOf, tidied } from 'c/trueupMapping';
import { isEmpEnabled, subscribe } from 'lightning/empApi';

jest.mock('@salesforce/apex/TrueupMappings.deployMappings', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('@salesforce/apex/TrueupMappingSources.savedMappings', () => ({ default: jest.fn() }), { virtual: true });
jest.mock('lightning/empApi', () => ({ isEmpEnabled: jest.fn(), onError: jest.fn(), subscribe: jest.fn(), unsubscribe: jest.fn() }));

const RECORD = {
  DeveloperName: 'Class',
  MasterLabel: 'Class',
  Target_Object__c: 'QuickBooks Invoice',
  Target_Field__c: 'ClassRef',
  Source_Kind__c: 'Field',
  Source_Object__c: 'Trueup_Invoice__c',
  Source_Field__c: 'Account__r.Industry',
  Transform__c: 'Value Map',
  Value_Map__c: '{"Banking":"Field <Sales>"}',
  Required__c: false,
  Active__c: true,
};
const CLASS = mappingOf(RECORD);
let tell;

beforeEach(() => {
  jest.useFakeTimers();
  isEmpEnabled.mockResolvedValue(true);
  subscribe.mockImplementation(async (_channel, _from, onEvent) => {
    tell = (payload) => onEvent({ data: { payload } });
    return {};
  });
});
afterEach(() => {
  jest.useRealTimers();
  jest.clearAllMocks();
});

it('reads a record, and names a new mapping as Salesforce allows', () => {
  expect(CLASS).toMatchObject({ name: 'Class', sourceField: 'Account__r.Industry', defaultValue: '', required: false, active: true });
  expect(newMapping()).toMatchObject({ sourceKind: 'Field', transform: 'None', active: true });
  expect(nameFor('2 Größe & Klasse!', [])).toBe('Gro_e_Klasse');
  expect(nameFor('Class', ['class', 'Class_2'])).toBe('Class_3');
  expect(nameFor('x'.repeat(60), [`${'x'.repeat(40)}`])).toBe(`${'x'.repeat(38)}_2`);
});

it('saves nothing that the kind and the transform do not use', () => {
  expect(tidied({ ...CLASS, sourceKind: 'Constant', constantValue: ' East ', transform: 'None' })).toMatchObject({
    sourceField: null,
    sourceObject: null,
    constantValue: 'East',
    valueMap: null,
  });
});

it('gives the source with empty fields said to be empty', () => {
  const source = sourceOf(CLASS);
  expect(fileOf(CLASS)).toBe('customMetadata/Trueup_Field_Mapping.Class.md-meta.xml');
  const parsed = new DOMParser().parseFromString(source, 'text/xml');
  expect(parsed.querySelector('parsererror')).toBeNull();
  expect(source).toContain('Field &lt;Sales&gt;');
  expect(source).toContain('<field>Default_Value__c</field>\n        <value xsi:nil="true"/>');
  expect(source).toContain('<field>Active__c</field>\n        <value xsi:type="xsd:boolean">true</value>');
});

it('is saved once Salesforce holds it, without waiting for the event', async () => {
  deployMappings.mockResolvedValue('0Af1');
  savedMappings.mockResolvedValueOnce([]).mockResolvedValueOnce([RECORD]);
  const saved = saveMapping(CLASS);
  await jest.advanceTimersByTimeAsync(4000);
  expect(await saved).toEqual({ state: 'saved', records: [RECORD] });
  expect(JSON.parse(deployMappings.mock.calls[0][0].mappingsJson)).toEqual([tidied(CLASS)]);
});

it('is refused with the reason as soon as the event says so', async () => {
  deployMappings.mockResolvedValue('0Af1');
  savedMappings.mockResolvedValue([]);
  const saved = saveMapping(CLASS);
  await jest.advanceTimersByTimeAsync(0);
  tell({ Kind__c: 'deploy-mappings', Operation_Id__c: '0Af1', State__c: 'Failed', Reason__c: 'Target: bad value' });
  await jest.advanceTimersByTimeAsync(500);
  expect(await saved).toEqual({ state: 'refused', reason: 'Target: bad value', id: '0Af1' });
});

it('says that it does not know after a minute', async () => {
  deployMappings.mockResolvedValue('0Af1');
  savedMappings.mockResolvedValue([]);
  const saved = saveMapping(CLASS);
  await jest.advanceTimersByTimeAsync(64000);
  expect(await saved).toEqual({ state: 'unknown', id: '0Af1' });
});

it('takes a look that failed for no answer, and stops when nobody waits any more', async () => {
  deployMappings.mockResolvedValue('0Af1');
  savedMappings.mockRejectedValueOnce(new Error('No answer.')).mockResolvedValue([RECORD]);
  const saved = saveMapping(CLASS);
  await jest.advanceTimersByTimeAsync(4000);
  expect(await saved).toEqual({ state: 'saved', records: [RECORD] });
  const leaving = new AbortController();
  savedMappings.mockResolvedValue([]);
  const left = saveMapping(CLASS, leaving.signal);
  await jest.advanceTimersByTimeAsync(500);
  leaving.abort();
  expect(await left).toEqual({ state: 'left' });
});
