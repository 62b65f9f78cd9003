import { afterEach, describe, expect, it } from 'vitest';
import type { QueryRow } from '../data.ts';
import { AuraError } from './index.ts';
import { openApex } from './testing/try-apex.ts';
import type { TriedApex } from './testing/try-apex.ts';

const field = (name: string, type: string, more: string): string =>
  `<?xml version="1.0"?><CustomField xmlns="http://soap.sforce.com/2006/04/metadata"><fullName>${name}</fullName><label>${name.replace('__c', '').replace('_', ' ')}</label><type>${type}</type>${more}</CustomField>`;
const value = (name: string): string => `<value><fullName>${name}</fullName><default>false</default><label>${name}</label></value>`;
const FIELDS = 'objects/Rate__mdt/fields';
const FILES = {
  'objects/Rate__mdt/Rate__mdt.object-meta.xml':
    '<?xml version="1.0"?><CustomObject xmlns="http://soap.sforce.com/2006/04/metadata"><label>Rate</label><pluralLabel>Rates</pluralLabel><visibility>Public</visibility></CustomObject>',
  [`${FIELDS}/Active__c.field-meta.xml`]: field('Active__c', 'Checkbox', '<defaultValue>true</defaultValue>'),
  [`${FIELDS}/Area__c.field-meta.xml`]: field('Area__c', 'Text', '<length>10</length><required>true</required>'),
  [`${FIELDS}/Percent__c.field-meta.xml`]: field('Percent__c', 'Number', '<precision>5</precision><scale>2</scale>'),
  [`${FIELDS}/Kind__c.field-meta.xml`]: field(
    'Kind__c',
    'Picklist',
    `<valueSet><restricted>true</restricted><valueSetDefinition><sorted>false</sorted>${value('Base')}${value('Extra')}</valueSetDefinition></valueSet>`,
  ),
};

const CLASSES = {
  Saved: `public class Saved implements Metadata.DeployCallback {
    public void handleResult(Metadata.DeployResult result, Metadata.DeployCallbackContext context) {
      String problems = '';
      for (Metadata.DeployMessage failure : result.details.componentFailures) { problems += failure.fullName + ': ' + failure.problem + '. '; }
      insert new Account(Name = result.status.name() + ' ' + result.numberComponentsDeployed + ' ' + (result.status == Metadata.DeployStatus.Succeeded) + ' ' + problems.left(200), Description = context.getCallbackJobId());
    }
  }`,
  Rates: `public with sharing class Rates {
    public static Metadata.CustomMetadata rate(String name, Map<String, Object> values) {
      Metadata.CustomMetadata made = new Metadata.CustomMetadata();
      made.fullName = 'Rate.' + name;
      made.label = 'Rate of ' + name;
      for (String field : values.keySet()) {
        Metadata.CustomMetadataValue one = new Metadata.CustomMetadataValue();
        one.field = field;
        one.value = values.get(field);
        made.values.add(one);
      }
      return made;
    }
    @AuraEnabled public static Id save(String name, Map<String, Object> values) {
      Metadata.DeployContainer container = new Metadata.DeployContainer();
      container.addMetadata(rate(name, values));
      return Metadata.Operations.enqueueDeployment(container, new Saved());
    }
    @AuraEnabled public static void saveAndThrow(String name) {
      Metadata.DeployContainer container = new Metadata.DeployContainer();
      container.addMetadata(rate(name, new Map<String, Object>{ 'Area__c' => 'EU' }));
      Metadata.Operations.enqueueDeployment(container, new Saved());
      throw new AuraHandledException('changed my mind');
    }
    @AuraEnabled public static void saveTwo() {
      Metadata.DeployContainer container = new Metadata.DeployContainer();
      container.addMetadata(rate('Good', new Map<String, Object>{ 'Area__c' => 'EU' }));
      container.addMetadata(rate('Bad', new Map<String, Object>{ 'Area__c' => 'much too long' }));
      Metadata.Operations.enqueueDeployment(container, new Saved());
    }
    @AuraEnabled public static void saveOddValue() {
      Metadata.DeployContainer container = new Metadata.DeployContainer();
      container.addMetadata(rate('Odd', new Map<String, Object>{ 'Area__c' => new List<String>{ 'EU' } }));
      Metadata.Operations.enqueueDeployment(container, null);
    }
    @AuraEnabled public static void insertOne() { insert new Rate__mdt(DeveloperName = 'X'); }
    @AuraEnabled public static List<Rate__mdt> readAsUser() { return [SELECT DeveloperName FROM Rate__mdt WITH USER_MODE]; }
  }`,
  RatesTest: `@IsTest private class RatesTest {
    private class Context extends Metadata.DeployCallbackContext { public override Id getCallbackJobId() { return '707000000000001'; } }
    @IsTest static void deploymentsAreNotForTests() {
      try { Rates.save('A', new Map<String, Object>{ 'Area__c' => 'EU' }); Assert.fail('deployed'); }
      catch (System.AsyncException refused) { Assert.areEqual('Metadata cannot be deployed from within a test', refused.getMessage()); }
    }
    @IsTest static void containersAndCallbacksAre() {
      Metadata.DeployContainer container = new Metadata.DeployContainer();
      container.addMetadata(Rates.rate('A', new Map<String, Object>{ 'Area__c' => 'EU' }));
      Metadata.CustomMetadata held = (Metadata.CustomMetadata) container.getMetadata()[0];
      Assert.areEqual('EU', held.values[0].value);
      Assert.isTrue(container.removeMetadataByFullName('Rate.A'));
      Metadata.DeployResult result = new Metadata.DeployResult();
      result.status = Metadata.DeployStatus.Failed;
      result.numberComponentsDeployed = 0;
      result.details = new Metadata.DeployDetails();
      new Saved().handleResult(result, new Context());
      Assert.areEqual('Failed 0 false ', [SELECT Name FROM Account].Name + ' ');
    }
  }`,
};

let org: TriedApex;
afterEach(() => org.close());

function open(): void {
  org = openApex(CLASSES, undefined, FILES);
  expect(org.apex.check().map((one) => `${one.line}: ${one.message}`)).toEqual([]);
}

const call = (method: string, params: Record<string, unknown>, as: 'admin' | 'rep' = 'admin'): Promise<unknown> =>
  org.apex.invokeAura('Rates', method, params, org.users[as]).catch((error: unknown) => {
    if (error instanceof AuraError) return error.body;
    throw error;
  });
const query = (soql: string): QueryRow[] => org.data.query(soql, org.as('admin', 'system'));
const rates = (): unknown[] =>
  query(
    'SELECT DeveloperName, MasterLabel, QualifiedApiName, Active__c, Area__c, Percent__c, Kind__c FROM Rate__mdt ORDER BY DeveloperName',
  ).map(({ attributes: _attributes, ...row }) => Object.values(row));
const told = (): string[] => query('SELECT Name FROM Account').map((row) => String(row['Name']).trim());

async function save(name: string, values: Record<string, unknown>, as: 'admin' | 'rep' = 'admin'): Promise<string | undefined> {
  const id = await call('save', { name, values }, as);
  expect(id).toMatch(/^0Af\w{15}$/);
  await org.clock.advance(1000);
  return told().at(-1);
}

describe('deploying custom metadata records from Apex', () => {
  it('creates by full name, later and all typed, and tells the callback', async () => {
    open();
    const id = await call('save', { name: 'Eu', values: { Area__c: 'EU', Percent__c: 2.5, Kind__c: 'Extra', Active__c: true } });
    expect([id, rates(), told()]).toEqual([expect.stringMatching(/^0Af/), [], []]);
    await org.clock.advance(1000);
    expect(rates()).toEqual([['Eu', 'Rate of Eu', 'Eu', true, 'EU', 2.5, 'Extra']]);
    expect(told()).toEqual(['Succeeded 1 true']);
  });

  it('updates what the component holds and keeps what it leaves out; null empties', async () => {
    open();
    await save('Eu', { Area__c: 'EU', Percent__c: 2.5, Active__c: true });
    await save('EU', { Percent__c: null });
    expect(rates()).toEqual([['Eu', 'Rate of EU', 'Eu', true, 'EU', null, null]]);
  });

  it.each([
    ['a field the type does not have', { Area__c: 'EU', Nope__c: 'x' }, 'Unable to find custom field Nope__c on Rate__mdt'],
    ['a wrong type', { Area__c: 'EU', Percent__c: 'many' }, 'Percent: value not of required type: many'],
    ['text for a checkbox', { Area__c: 'EU', Active__c: 'true' }, 'Active: value not of required type: true'],
    ['too long text', { Area__c: 'much too long' }, 'Area: data value too large: much too long (max length=10)'],
    ['an unknown picklist value', { Area__c: 'EU', Kind__c: 'Odd' }, 'Kind: bad value for restricted picklist field: Odd'],
    ['a missing required field', { Percent__c: 1 }, 'Required fields are missing: [Area__c]'],
  ])('refuses %s', async (_name, values, problem) => {
    open();
    expect(await save('Eu', values)).toBe(`Failed 0 false Rate.Eu: ${problem}.`);
    expect(rates()).toEqual([]);
  });

  it('refuses a name that is none, and saves nothing of a deployment that fails in part', async () => {
    open();
    expect(await save('no__name', { Area__c: 'EU' })).toContain('can only contain underscores and alphanumeric characters');
    await call('saveTwo', {});
    await org.clock.advance(1000);
    expect(told().at(-1)).toContain('Failed 1 false Rate.Bad: Area: data value too large');
    expect(rates()).toEqual([]);
  });

  it('needs the right to customize', async () => {
    open();
    expect(await save('Eu', { Area__c: 'EU' }, 'rep')).toContain('INSUFFICIENT_ACCESS');
    expect(rates()).toEqual([]);
  });

  it('is undone with its transaction, and takes primitives only', async () => {
    open();
    await call('saveAndThrow', { name: 'Eu' });
    await org.clock.advance(1000);
    expect(rates()).toEqual([]);
    expect(await call('saveOddValue', {})).toMatchObject({
      exceptionType: 'System.TypeException',
      message: expect.stringContaining("Assignment of unsupported type to field name 'value'") as unknown,
    });
  });

  it('stays the only way to write: DML is refused, and reading as the user needs a grant', async () => {
    open();
    await save('Eu', { Area__c: 'EU' });
    expect(await call('insertOne', {})).toHaveProperty('exceptionType');
    expect(await call('readAsUser', {})).toHaveLength(1);
    expect(await call('readAsUser', {}, 'rep')).toHaveProperty('exceptionType', 'System.QueryException');
  });

  it('cannot run in tests, where containers and callbacks can be tried', async () => {
    open();
    expect((await org.apex.runTests(org.users.admin)).failed).toEqual([]);
  });
});
