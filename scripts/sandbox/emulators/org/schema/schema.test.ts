import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checksum, makeId, normaliseId } from '../ids/record-id.ts';
import { packageDirectories, UnsupportedMetadata } from '../open-org.ts';
import { billsFiles, writePackage } from '../testing/bills-package.ts';
import { openTestOrg } from '../testing/test-org.ts';

const problemsOf = (extra: Record<string, string>): { file: string; line: number; message: string }[] => {
  try {
    openTestOrg({ packageDirs: [writePackage({ ...billsFiles(), ...extra })] }).close();
  } catch (error) {
    if (error instanceof UnsupportedMetadata)
      return error.problems.map((one) => ({ ...one, file: one.file.replace(/^.*\/(?=[^/]+$)/, '') }));
    throw error;
  }
  return [];
};
const field = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<CustomField xmlns="http://soap.sforce.com/2006/04/metadata">\n    <fullName>Odd__c</fullName>\n    <label>Odd</label>\n${body}\n</CustomField>\n`;

describe('what the org does not support stops it, with file and line', () => {
  it.each([
    [
      'a type of field',
      { 'objects/Bill__c/fields/Odd__c.field-meta.xml': field('    <type>Location</type>') },
      'Odd__c.field-meta.xml',
      5,
      'does not support fields of type Location',
    ],
    [
      'a dependent picklist',
      {
        'objects/Bill__c/fields/Odd__c.field-meta.xml': field(
          '    <type>Picklist</type>\n    <valueSet>\n        <controllingField>Status__c</controllingField>\n        <valueSetDefinition>\n            <value>\n                <fullName>A</fullName>\n            </value>\n        </valueSetDefinition>\n    </valueSet>',
        ),
      },
      'Odd__c.field-meta.xml',
      7,
      'does not support dependent picklists',
    ],
    [
      'a lookup filter',
      {
        'objects/Bill__c/fields/Odd__c.field-meta.xml': field(
          '    <type>Lookup</type>\n    <referenceTo>Account</referenceTo>\n    <lookupFilter>\n        <active>true</active>\n    </lookupFilter>',
        ),
      },
      'Odd__c.field-meta.xml',
      7,
      'does not support <lookupFilter> on a field',
    ],
    [
      'a formula with VLOOKUP',
      {
        'objects/Bill__c/fields/Odd__c.field-meta.xml': field(
          '    <type>Text</type>\n    <formula>VLOOKUP($ObjectType.A__c.Fields.B__c, $ObjectType.A__c.Fields.Name, Name)</formula>',
        ),
      },
      'Odd__c.field-meta.xml',
      1,
      'which the local org does not support in formulas',
    ],
    [
      'a formula on a field that is not there',
      { 'objects/Bill__c/fields/Odd__c.field-meta.xml': field('    <type>Text</type>\n    <formula>Nope__c</formula>') },
      'Odd__c.field-meta.xml',
      1,
      'is not a field of Bill__c',
    ],
    [
      'a trigger',
      { 'triggers/Odd.trigger-meta.xml': '<?xml version="1.0"?>\n<ApexTrigger xmlns="x">\n</ApexTrigger>\n' },
      'Odd.trigger-meta.xml',
      1,
      'does not support metadata of type .trigger',
    ],
    [
      'XML that is not well formed',
      { 'labels/Odd.labels-meta.xml': '<CustomLabels><labels>' },
      'Odd.labels-meta.xml',
      1,
      'is not well-formed XML',
    ],
  ])('%s', (_name, files, file, line, message) =>
    expect(problemsOf(files)).toMatchObject([{ file, line, message: expect.stringContaining(message) as string }]),
  );

  it('accepts the package of bills', () => expect(problemsOf({})).toEqual([]));
});

describe('ids', () => {
  it('carry a checksum of their case', () => {
    // Recorded ids.
    for (const id of ['a00B000000FSkioIAD', 'a03B0000007BhQQIA0', '0017Q00000EZlbyQAD', '0037Q000007vKjpQAE']) {
      expect(checksum(id.slice(0, 15))).toBe(id.slice(15));
      expect(normaliseId(id.slice(0, 15))).toBe(id);
    }
    expect(normaliseId('a00B000000FSjVUIB1')).toBeUndefined();
    expect(makeId('001', 62 ** 2)).toMatch(/^001Lo0000000100[A-Z0-5]{3}$/);
  });

  it('have prefixes that stay when objects are added', () => {
    const one = openTestOrg();
    const object =
      '<?xml version="1.0"?>\n<CustomObject xmlns="x"><label>A</label><pluralLabel>As</pluralLabel><nameField><label>N</label><type>Text</type></nameField><sharingModel>ReadWrite</sharingModel></CustomObject>';
    const other = openTestOrg({ packageDirs: [writePackage({ ...billsFiles(), 'objects/Aaa__c/Aaa__c.object-meta.xml': object })] });
    for (const name of ['Bill__c', 'Bill_Line__c'])
      expect(other.data.schema.object(name)?.keyPrefix).toBe(one.data.schema.object(name)?.keyPrefix);
    one.close();
    other.close();
  });
});

describe('the package of the product', () => {
  const root = path.resolve(import.meta.dirname, '../../../../../force-app');
  const switches = [true, false].flatMap((multiCurrency) =>
    [true, false].map((orders) => ({ multiCurrency, orders, personAccounts: !orders, quotes: orders })),
  );
  it.each(switches)('loads with %o', (features) => {
    const org = openTestOrg({ packageDirs: packageDirectories(root, features), features });
    expect(org.data.query('SELECT Id, Total__c FROM Trueup_Invoice__c', org.as('integration'))).toEqual([]);
    expect(org.data.schema.object('Order') !== undefined).toBe(features.orders);
    expect(org.data.schema.field('Trueup_Invoice__c', 'CurrencyIsoCode') !== undefined).toBe(features.multiCurrency);
    org.close();
  });
});
