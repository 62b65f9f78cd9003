import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { targetField } from '../../adapters/memory/mapping-targets.ts';
import { memoryMapping } from '../../adapters/memory/mappings.ts';
import { addDays, endOfDay, startOfDay } from '../dates.ts';
import { checkMappings } from './check-mappings.ts';
import type { Described } from './described.ts';
import { fitAgain } from './fit-again.ts';
import { mapFields, type Targets } from './map-fields.ts';
import { type FieldMapping, mappingsOf, TARGET_OBJECTS, TRANSFORMS } from './mapping.ts';
import { placeOf } from './source-path.ts';
import type { SourceValues } from './source-values.ts';
import { transform } from './transform.ts';

const option = (value: string, id: string, active = true, label = value) => ({ value, label, id, active });
const classes = [option('Hardware', '1'), option('West:Retail', '2', true, 'Retail'), option('Old', '3', false)];
const TARGETS: Targets = {
  quickbooks: [
    targetField('QuickBooks Invoice', 'ClassRef', { label: 'Class', type: 'list', options: classes }),
    targetField('QuickBooks Invoice', 'CustomField[Project]', { label: 'Project', key: '2', length: 31 }),
    targetField('QuickBooks Invoice', 'ShipDate', { type: 'date' }),
    targetField('QuickBooks Invoice', 'DocNumber', { writable: false, reason: 'The number is the same in all three systems.' }),
    targetField('QuickBooks Invoice Line', 'ClassRef', { label: 'Class', type: 'list', options: classes }),
  ],
  stripe: [
    targetField('Stripe Invoice', 'metadata[…]', { length: 500, named: { longestName: 40, most: 2, reserved: ['trueup_company'] } }),
    targetField('Stripe Customer', 'metadata[…]', { length: 500, named: { longestName: 40, most: 48, reserved: [] } }),
  ],
};

const values = (change: Partial<SourceValues> = {}): SourceValues => ({
  sourceType: 'Opportunity',
  timeZone: 'Pacific/Auckland',
  invoice: { PO_Number__c: 'PO-7' },
  account: { Industry: 'Hardware', Name: 'Acme' },
  contact: null,
  opportunity: null,
  source: null,
  unreadable: [],
  lines: [
    { lineKey: 'a', at: 'lines[0]', line: {}, product: { Family: 'Hardware' }, sourceLine: null },
    { lineKey: 'b', at: 'lines[2]', line: {}, product: { Family: '' }, sourceLine: { Region__c: 'Retail' } },
  ],
  ...change,
});
const run = (mappings: FieldMapping[], of: Partial<SourceValues> = {}, targets = TARGETS) =>
  mapFields({ mappings, objects: TARGET_OBJECTS, values: values(of), targets });
const codes = (mappings: FieldMapping[], of: Partial<SourceValues> = {}) => run(mappings, of).problems.map((each) => each.code);

describe('values', () => {
  test('a list is named, its id looked up; names count without case, full names first', () => {
    expect(run([memoryMapping()]).mapped.header['QuickBooks Invoice']).toEqual([{ field: 'ClassRef', value: 'Hardware', id: '1' }]);
    expect(run([memoryMapping({ sourceKind: 'Constant', constant: 'west:retail' })]).mapped.header['QuickBooks Invoice']).toEqual([
      { field: 'ClassRef', value: 'West:Retail', id: '2' },
    ]);
  });

  test('lines get their own, and a problem names the line', () => {
    const mine = memoryMapping({
      targetObject: 'QuickBooks Invoice Line',
      sourceObject: 'Trueup_Invoice_Line__c',
      sourceField: 'Product__r.Family',
      required: true,
    });
    const { mapped, problems } = run([mine]);
    expect(mapped.lines).toEqual({ a: [{ field: 'ClassRef', value: 'Hardware', id: '1' }] });
    expect(problems).toMatchObject([{ code: 'mapped-value-missing', field: 'lines[2].mapping' }]);
  });

  test('a joined text, a default, and what is empty altogether', () => {
    const joined = {
      sourceKind: 'Template' as const,
      targetField: 'CustomField[Project]',
      template: '{!Account__r.Name} / {! PO_Number__c }',
    };
    expect(run([memoryMapping(joined)]).mapped.header['QuickBooks Invoice']).toEqual([
      { field: 'CustomField[Project]', value: 'Acme / PO-7', id: '2' },
    ]);
    const empty = { account: { Name: '' }, invoice: { PO_Number__c: '' } };
    expect(run([memoryMapping({ ...joined, defaultValue: 'none' })], empty).mapped.header['QuickBooks Invoice']?.[0]?.value).toBe('none');
    expect(run([memoryMapping(joined)], empty)).toEqual({ mapped: { header: {}, lines: {} }, problems: [] });
    expect(codes([memoryMapping({ ...joined, required: true })], empty)).toEqual(['mapped-value-missing']);
  });

  test.each([
    ['not in the value map', 'mapped-value-unmapped', { transform: 'Value Map', valueMap: '{"Banking":"Hardware"}' }, {}],
    ['not in the list', 'mapped-value-unknown', {}, { account: { Industry: 'Mining' } }],
    ['inactive', 'mapped-value-inactive', {}, { account: { Industry: 'old' } }],
    ['too long', 'mapped-value-too-long', { targetField: 'CustomField[Project]' }, { account: { Industry: 'x'.repeat(32) } }],
    ['no date', 'mapped-value-wrong-type', { targetField: 'ShipDate' }, {}],
    ['no number', 'mapped-value-wrong-type', { targetField: 'CustomField[Project]', transform: 'Number' }, {}],
    ['what Trueup writes itself', 'target-not-writable', { targetField: 'DocNumber' }, {}],
    [
      'a name that Trueup writes itself',
      'target-not-writable',
      { targetObject: 'Stripe Invoice', targetField: 'metadata[trueup_company]' },
      {},
    ],
    ['a name that is too long', 'target-name-too-long', { targetObject: 'Stripe Invoice', targetField: `metadata[${'x'.repeat(41)}]` }, {}],
    [
      'places that are no number',
      'mapped-value-wrong-type',
      { targetField: 'CustomField[Project]', transform: 'Number', argument: '1.5' },
      {},
    ],
    ['one word for two', 'mapped-value-wrong-type', { targetField: 'CustomField[Project]', transform: 'Yes or No', argument: 'Yes' }, {}],
    [
      'a pattern of other letters',
      'mapped-value-wrong-type',
      { targetField: 'CustomField[Project]', transform: 'Date', argument: 'M/d/yyyy' },
      {},
    ],
    ['a renamed field there', 'target-unknown', { targetField: 'CustomField[Was]' }, {}],
    ['a renamed field here', 'source-unreadable', {}, { unreadable: [{ object: 'Account', field: 'Industry' }] }],
  ] as [string, string, Partial<FieldMapping>, Partial<SourceValues>][])('%s stops the invoice: %s', (_title, code, change, of) => {
    expect(codes([memoryMapping(change)], of)).toEqual([code]);
  });

  test('the name is written as QuickBooks writes it, however the mapping does', () => {
    expect(run([memoryMapping({ targetField: 'classref' })]).mapped.header['QuickBooks Invoice']).toEqual([
      { field: 'ClassRef', value: 'Hardware', id: '1' },
    ]);
  });

  test('a mapping from an order says nothing of an opportunity', () => {
    const ofOrder = memoryMapping({ sourceObject: 'Order', sourceField: 'Region__c', required: true });
    expect(run([ofOrder])).toEqual({ mapped: { header: {}, lines: {} }, problems: [] });
    expect(codes([ofOrder], { sourceType: 'Order', source: { Region__c: '' } })).toEqual(['mapped-value-missing']);
  });

  test('accepted while QuickBooks was down: fitted once it answers', () => {
    const blind = run(
      [memoryMapping(), memoryMapping({ name: 'P', targetField: 'CustomField[Project]' })],
      {},
      { ...TARGETS, quickbooks: null },
    );
    expect(blind.problems).toEqual([]);
    const again = fitAgain(blind.mapped, TARGETS.quickbooks ?? [], 'UTC');
    expect(again.mapped.header['QuickBooks Invoice']).toEqual([
      { field: 'ClassRef', value: 'Hardware', id: '1' },
      { field: 'CustomField[Project]', value: 'Hardware', id: '2' },
    ]);
    expect(fitAgain(blind.mapped, [], 'UTC').problems).toHaveLength(2);
  });

  test('an instant is the day it is for the company', () => {
    const day = memoryMapping({ transform: 'Date', argument: 'dd.MM.yyyy' });
    expect(transform(day, '2026-11-30T12:30:00.000+0000', 'Pacific/Auckland')).toEqual({ text: '01.12.2026' });
    expect(transform(day, '2026-11-30', 'Pacific/Auckland')).toEqual({ text: '30.11.2026' });
  });

  test('a day stays the day it is for the company, a minute before and after midnight', () => {
    const zones = ['Pacific/Pago_Pago', 'America/New_York', 'UTC', 'Europe/London', 'Pacific/Chatham', 'Pacific/Kiritimati'];
    const days = fc.integer({ min: 0, max: 730 }).map((after) => addDays('2026-01-01', after));
    fc.assert(
      fc.property(fc.constantFrom(...zones), days, (zone, day) => {
        for (const instant of [startOfDay(day, zone) + 60_000, endOfDay(day, zone) - 59_000])
          expect(transform(memoryMapping({ transform: 'Date' }), new Date(instant).toISOString().replace('Z', '+0000'), zone)).toEqual({
            text: day,
          });
      }),
      { numRuns: 300 },
    );
  });

  test('whatever is mapped: each applicable value arrives as it was, or a problem names its mapping', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ transform: fc.constantFrom(...TRANSFORMS), industry: fc.string({ maxLength: 40 }), required: fc.boolean() }), {
          maxLength: 5,
        }),
        fc.constantFrom('ClassRef', 'CustomField[Project]', 'ShipDate', 'DocNumber'),
        (all, targetField) => {
          for (const [index, { transform: how, industry, required }] of all.entries()) {
            const mine = memoryMapping({
              name: `M${index}`,
              targetField,
              transform: how,
              required,
              valueMap: '{"a":"Hardware"}',
              argument: '2',
            });
            const { mapped, problems } = run([mine], { account: { Industry: industry } });
            const sent = mapped.header['QuickBooks Invoice'] ?? [];
            expect(sent.length + problems.length).toBeLessThanOrEqual(1);
            const isEmpty = industry === '' || (how === 'Trim' && industry.trim() === '');
            if (sent.length + problems.length === 0) expect(isEmpty && !required).toBe(true);
            if (how === 'None' && targetField === 'CustomField[Project]' && sent[0]) expect(sent[0].value).toBe(industry);
            if (sent[0]?.field === 'ClassRef') expect(classes.find((each) => each.id === sent[0]?.id)?.active).toBe(true);
            for (const problem of problems) expect(problem.field).toBe(`mapping.M${index}`);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('mappings', () => {
  test('one for the company itself wins over one for all; retired ones and those of others count for nothing', () => {
    const all = [
      memoryMapping({ name: 'All' }),
      memoryMapping({ name: 'Main', companyKey: 'main' }),
      memoryMapping({ name: 'Other', companyKey: 'other' }),
    ];
    expect(mappingsOf('main', [...all, memoryMapping({ name: 'Retired', active: false })]).map((each) => each.name)).toEqual(['Main']);
  });

  test('paths that lead nowhere before the invoice is written say so', () => {
    expect(placeOf('Trueup_Invoice__c', 'Region__c', false)).toMatch(/empty until the invoice is written/);
    expect(placeOf('OpportunityLineItem', 'Region__c', false)).toMatch(/is a line/);
    expect(placeOf('Trueup_Invoice__c', "Account__r.Name FROM Account WHERE Id != ''", false)).toMatch(/no path/);
    expect(placeOf('Trueup_Invoice_Line__c', 'Invoice__r.Account__r.Owner.Name', true)).toEqual({
      root: 'account',
      object: 'Account',
      field: 'Owner.Name',
    });
  });

  const picklist = (options: string[]): Described => ({
    object: 'Account',
    field: 'Industry',
    found: true,
    type: 'picklist',
    length: null,
    options,
  });
  const text = (length: number): Described => ({ ...picklist([]), type: 'text', length });
  const stripe = { targetObject: 'Stripe Invoice' as const, targetField: 'metadata[region]' };
  test.each([
    ['no such field', 'target-unknown', 'Target_Field__c', { targetField: 'Class' }, []],
    ['ours', 'target-not-writable', 'Target_Field__c', { targetField: 'DocNumber' }, []],
    ['our own key', 'target-not-writable', 'Target_Field__c', { ...stripe, targetField: 'metadata[trueup_company]' }, []],
    ['a long key', 'target-name-too-long', 'Target_Field__c', { ...stripe, targetField: `metadata[${'k'.repeat(41)}]` }, []],
    ['a key without a name', 'target-unknown', 'Target_Field__c', { ...stripe, targetField: 'metadata[]' }, []],
    ['nothing to read', 'mapping-incomplete', 'Source_Field__c', { sourceField: null }, []],
    ['no constant', 'mapping-incomplete', 'Constant_Value__c', { sourceKind: 'Constant' }, []],
    ['no way there', 'source-not-reachable', 'Source_Field__c', { sourceField: 'Region__c' }, []],
    ['hidden', 'source-unreadable', 'Source_Field__c', {}, [{ ...text(40), found: false }]],
    ['how many characters?', 'transform-argument', 'Transform_Argument__c', { transform: 'First Characters', argument: 'x' }, []],
    ['no JSON', 'value-map-invalid', 'Value_Map__c', { transform: 'Value Map', valueMap: '{' }, []],
    ['an unknown class in the map', 'value-not-an-option', 'Value_Map__c', { transform: 'Value Map', valueMap: '{"a":"Nope"}' }, []],
    ['an inactive default', 'value-not-an-option', 'Default_Value__c', { defaultValue: 'Old' }, []],
    [
      'a long constant',
      'value-too-long',
      'Constant_Value__c',
      { sourceKind: 'Constant', constant: 'x'.repeat(32), targetField: 'CustomField[Project]' },
      [],
    ],
    [
      'a picklist value more',
      'value-map-incomplete',
      'Value_Map__c',
      { transform: 'Value Map', valueMap: '{"a":"Hardware"}' },
      [picklist(['a', 'b'])],
    ],
    ['a picklist value without class', 'value-map-incomplete', 'Transform__c', {}, [picklist(['Hardware', 'Mining'])]],
    ['texts that may be too long', 'value-may-be-too-long', 'Transform__c', { targetField: 'CustomField[Project]' }, [text(255)]],
    ['a text for a date', 'value-wrong-type', 'Source_Field__c', { targetField: 'ShipDate' }, [text(255)]],
    ['yes or no of a text', 'value-wrong-type', 'Transform__c', { transform: 'Yes or No', targetField: 'CustomField[Project]' }, [text(9)]],
  ] as [string, string, string, Partial<FieldMapping>, Described[]][])('%s: %s', (_title, code, at, change, described) => {
    const [checked] = checkMappings([memoryMapping(change)], TARGETS, described);
    expect(checked?.problems.map((each) => [each.code, each.field])).toEqual([[code, at]]);
  });

  test('two writers of one field, and more keys than fit', () => {
    const twice = checkMappings([memoryMapping(), memoryMapping({ name: 'Twin' })], TARGETS, []);
    expect(twice.map(({ problems }) => problems[0]?.code)).toEqual(['target-twice', 'target-twice']);
    const many = ['a', 'b', 'c'].map((key) => memoryMapping({ ...stripe, name: key, targetField: `metadata[${key}]` }));
    expect(checkMappings(many, TARGETS, []).map(({ problems }) => problems[0]?.code)).toEqual(Array(3).fill('target-too-many'));
    const byType = [
      memoryMapping({ sourceObject: 'Order', sourceField: 'X__c' }),
      memoryMapping({ name: 'Q', sourceObject: 'Quote', sourceField: 'X__c' }),
    ];
    expect(checkMappings(byType, TARGETS, []).flatMap(({ problems }) => problems)).toEqual([]);
  });
});
