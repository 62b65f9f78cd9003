import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DmlOptions, RecordChange, SaveResult } from '../data.ts';
import type { Persona } from '../seed-people.ts';
import { ALL, openTestOrg, SOME, SYSTEM } from '../testing/test-org.ts';
import type { TestOrg } from '../testing/test-org.ts';

let org: TestOrg;
beforeEach(() => {
  org = openTestOrg();
});
afterEach(() => org.close());

type Fields = Record<string, unknown>;
const insert = (type: string, rows: Fields[], persona: Persona = 'rep', options: DmlOptions = ALL): SaveResult[] =>
  org.data.insert(
    rows.map((row) => ({ attributes: { type }, ...row })),
    org.as(persona),
    options,
  );
const add = (type: string, fields: Fields, persona: Persona = 'rep', options: DmlOptions = ALL): string => {
  const [result] = insert(type, [fields], persona, options);
  if (!result?.success) throw new Error(JSON.stringify(result));
  return result.id ?? '';
};
const change = (type: string, fields: Fields, persona: Persona = 'rep', options: DmlOptions = ALL): SaveResult =>
  org.data.update([{ attributes: { type }, ...fields }], org.as(persona), options)[0] as SaveResult;
const read = (type: string, id: string, ...fields: string[]): Fields =>
  org.data.query(`SELECT ${fields.join(', ')} FROM ${type} WHERE Id = :id`, org.as('admin', 'system'), { id })[0] ?? {};
const error = (result: SaveResult | undefined): unknown => result?.errors[0];
const account = (fields: Fields = {}): string => add('Account', { Name: 'Acme', ...fields });
const bill = (fields: Fields = {}): string => add('Bill__c', { Account__c: account(), ...fields });

describe('values', () => {
  it.each([
    ['Account', { Name: null }, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [Name]', ['Name']],
    [
      'Account',
      { Name: 'x'.repeat(256) },
      'STRING_TOO_LONG',
      `Account Name: data value too large: ${'x'.repeat(256)} (max length=255)`,
      ['Name'],
    ],
    [
      'Account',
      { Name: 'A', BillingCity: 'Giugliano in Campania, Metropolitan City of Naples' },
      'STRING_TOO_LONG',
      'Billing City: data value too large: Giugliano in Campania, Metropolitan City of Naples (max length=40)',
      ['BillingCity'],
    ],
    ['Account', { Name: 'A', Nope__c: 1 }, 'INVALID_FIELD', "No such column 'Nope__c' on sobject of type Account", []],
    [
      'Account',
      { Name: 'A', NumberOfEmployees: 'many' },
      'JSON_PARSER_ERROR',
      'Cannot deserialize instance of double from VALUE_STRING value many or request may be missing a required field',
      [],
    ],
    [
      'Account',
      { Name: 'A', CreatedDate: '2026-01-01T00:00:00Z' },
      'INVALID_FIELD_FOR_INSERT_UPDATE',
      'Unable to create/update fields: CreatedDate. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
      ['CreatedDate'],
    ],
    ['Account', { Name: 'A', OwnerId: '001' }, 'MALFORMED_ID', 'Owner ID: id value of incorrect type: 001', ['OwnerId']],
    ['Contact', { LastName: 'A', Email: 'no' }, 'INVALID_EMAIL_ADDRESS', 'Email: invalid email address: no', ['Email']],
    [
      'Opportunity',
      { Name: 'A', StageName: 'Prospecting', CloseDate: '2026-02-30' },
      'JSON_PARSER_ERROR',
      'Cannot deserialize instance of date from VALUE_STRING value 2026-02-30 or request may be missing a required field',
      [],
    ],
  ])('%s %o', (type, fields, statusCode, message, names) =>
    expect(error(insert(type, [fields])[0])).toEqual({ statusCode, message, fields: names }),
  );

  it('keeps what it accepts as it is: rounded, trimmed, empty as null, false and zero', () => {
    const id = bill({
      Tax__c: 1.0005,
      Number__c: ' 7 ',
      Key__c: '',
      Sent__c: false,
      Paid_At__c: '2026-11-24T10:00:00.000+0100',
      Due__c: '2026-12-01',
    });
    expect(read('Bill__c', id, 'Tax__c', 'Number__c', 'Key__c', 'Sent__c', 'Paid_At__c', 'Due__c', 'Status__c', 'Name')).toMatchObject({
      Tax__c: 1.001,
      Number__c: '7',
      Key__c: null,
      Sent__c: false,
      Paid_At__c: '2026-11-24T09:00:00.000+0000',
      Due__c: '2026-12-01',
      Status__c: 'Open',
      Name: 'B-0001',
    });
  });

  it('refuses numbers beyond their precision', () => {
    expect(error(insert('Bill__c', [{ Account__c: account(), Tax__c: 1e15 }])[0])).toMatchObject({
      statusCode: 'NUMBER_OUTSIDE_VALID_RANGE',
      fields: ['Tax__c'],
    });
  });
});

describe('rules and keys', () => {
  it('names the record that holds a unique key; case matters where the field says so', () => {
    const first = bill({ Key__c: 'Key' });
    expect(error(insert('Bill__c', [{ Account__c: account(), Key__c: 'Key' }])[0])).toEqual({
      statusCode: 'DUPLICATE_VALUE',
      message: `duplicate value found: Key__c duplicates value on record with id: ${first.slice(0, 15)}`,
      fields: [],
    });
    expect(insert('Bill__c', [{ Account__c: account(), Key__c: 'KEY' }])[0]).toMatchObject({ success: true });
  });

  it('evaluates validation rules, with PRIORVALUE and $Permission', () => {
    expect(error(insert('Bill__c', [{ Account__c: account(), Tax__c: -1 }])[0])).toEqual({
      statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'The total cannot be below zero.',
      fields: ['Tax__c'],
    });
    const id = bill({ Sent__c: true });
    expect(error(change('Bill__c', { Id: id, Sent__c: false }))).toEqual({
      statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      message: 'A bill that was sent stays sent.',
      fields: [],
    });
    expect(change('Bill__c', { Id: id, Sent__c: false }, 'integration')).toMatchObject({ success: true });
  });

  it('upserts by external id and by related external id', () => {
    const accountId = account();
    const up = (fields: Fields): SaveResult | undefined =>
      org.data.upsert([{ attributes: { type: 'Bill__c' }, ...fields }], org.as('rep'), { ...ALL, externalIdField: 'Key__c' })[0];
    const made = up({ Key__c: 'k', Account__c: accountId });
    expect(made).toMatchObject({ created: true, success: true });
    expect(up({ Key__c: 'k', Tax__c: 2 })).toMatchObject({ id: made?.id, created: false });
    const line = add('Bill_Line__c', { Bill__r: { Key__c: 'k' }, Amount__c: 3 });
    expect(read('Bill_Line__c', line, 'Bill__c')).toMatchObject({ Bill__c: made?.id });
    expect(error(insert('Bill_Line__c', [{ Bill__r: { Key__c: 'none' }, Amount__c: 3 }])[0])).toMatchObject({
      statusCode: 'INVALID_FIELD',
      message: 'Foreign key external ID: none not found for field Key__c in entity Bill__c',
    });
  });
});

describe('all or none', () => {
  it('saves nothing, or what can be saved', () => {
    const accountId = account();
    const rows = [{ Account__c: accountId }, { Account__c: accountId, Status__c: 'Odd' }];
    expect(insert('Bill__c', rows).map(error)).toEqual([
      {
        statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
        message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
        fields: [],
      },
      {
        statusCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        message: 'Status: bad value for restricted picklist field: Odd',
        fields: ['Status__c'],
      },
    ]);
    expect(org.data.count('SELECT COUNT() FROM Bill__c', org.as('rep'))).toBe(0);
    expect(insert('Bill__c', rows, 'rep', SOME).map((result) => result.success)).toEqual([true, false]);
    expect(org.data.count('SELECT COUNT() FROM Bill__c', org.as('rep'))).toBe(1);
  });

  it('refuses details whose master then breaks a rule', () => {
    const id = bill();
    expect(
      insert('Bill_Line__c', [
        { Bill__c: id, Amount__c: 1 },
        { Bill__c: id, Amount__c: -5 },
      ]).map(error),
    ).toEqual([
      { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'The total cannot be below zero.', fields: ['Tax__c'] },
      { statusCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'The total cannot be below zero.', fields: ['Tax__c'] },
    ]);
    expect(
      insert(
        'Bill_Line__c',
        [
          { Bill__c: id, Amount__c: 1 },
          { Bill__c: id, Amount__c: -5 },
        ],
        'rep',
        SOME,
      ).map((result) => result.success),
    ).toEqual([true, false]);
    expect(read('Bill__c', id, 'Total__c', 'Lines__c')).toMatchObject({ Total__c: 1, Lines__c: 1 });
  });

  it('undoes a savepoint, and tells listeners only what was committed', () => {
    const told: RecordChange[] = [];
    org.data.onChange((one) => told.push(one));
    const point = org.data.savepoint();
    account();
    point.rollback();
    expect(told).toEqual([]);
    account({ Name: 'Kept' });
    expect(told).toMatchObject([{ kind: 'insert', object: 'Account', after: { Name: 'Kept' } }]);
  });
});

describe('deleting', () => {
  it('cascades to details, is refused by restricting lookups, empties the others', () => {
    const accountId = account();
    const contact = add('Contact', { LastName: 'Ann', AccountId: accountId });
    const id = add('Bill__c', { Account__c: accountId, Contact__c: contact });
    const line = add('Bill_Line__c', { Bill__c: id, Amount__c: 2 });
    const remove = (type: string, Id: string): SaveResult =>
      org.data.delete([{ attributes: { type }, Id }], org.as('rep'), ALL)[0] as SaveResult;
    expect(error(remove('Account', accountId))).toMatchObject({ statusCode: 'DELETE_FAILED' });
    expect(remove('Contact', contact)).toMatchObject({ success: true });
    expect(read('Bill__c', id, 'Contact__c')).toMatchObject({ Contact__c: null });
    expect(remove('Bill__c', id)).toMatchObject({ success: true });
    expect(read('Bill_Line__c', line, 'Id')).toEqual({});
    expect(error(remove('Bill__c', id))).toEqual({ statusCode: 'ENTITY_IS_DELETED', message: 'entity is deleted', fields: [] });
    expect(remove('Account', accountId)).toMatchObject({ success: true });
  });
});

describe('rights', () => {
  it('refuses objects, fields, records and references that are not the user’s', () => {
    const id = bill();
    expect(error(insert('Bill__c', [{ Account__c: account() }], 'none')[0])).toMatchObject({
      statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY',
    });
    expect(error(change('Bill__c', { Id: id, Secret__c: 'x' }))).toMatchObject({
      statusCode: 'INVALID_FIELD',
      message: "No such column 'Secret__c' on sobject of type Bill__c",
    });
    expect(error(change('Bill__c', { Id: id, Total__c: 5 }))).toMatchObject({
      statusCode: 'INVALID_FIELD_FOR_INSERT_UPDATE',
      fields: ['Total__c'],
    });
    const accountId = account();
    expect(error(change('Account', { Id: accountId, Name: 'Mine now' }, 'none'))).toMatchObject({
      statusCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
    });
    expect(
      error(insert('Opportunity', [{ Name: 'x', AccountId: accountId, StageName: 'Prospecting', CloseDate: '2026-12-01' }], 'none')[0]),
    ).toMatchObject({ statusCode: 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY' });
    expect(change('Account', { Id: accountId, Name: 'By rule' }, 'none', SYSTEM)).toMatchObject({ success: true });
    expect(error(change('Account', { Id: accountId, Name: 'View only' }, 'integration'))).toMatchObject({
      statusCode: 'INSUFFICIENT_ACCESS_OR_READONLY',
    });
  });

  it('takes permission sets away and gives them', () => {
    const [assignment] = org.data.query('SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = :id', org.as('admin'), {
      id: org.users.rep,
    });
    org.data.delete([{ attributes: { type: 'PermissionSetAssignment' }, Id: String(assignment?.['Id']) }], org.as('admin'), ALL);
    expect(error(insert('Bill__c', [{ Account__c: account() }])[0])).toMatchObject({ statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY' });
    expect(org.data.hasCustomPermission(org.users.integration, 'unsend_bills')).toBe(true);
    expect(org.data.hasCustomPermission(org.users.rep, 'Unsend_Bills')).toBe(false);
  });

  it('holds a row lock when the fault plan says so', () => {
    const id = account();
    org.faults.add({ point: 'org.dml', match: { object: 'Account' }, times: 1, fault: { kind: 'lock-row' } });
    expect(error(change('Account', { Id: id, Name: 'Locked' }))).toMatchObject({
      statusCode: 'UNABLE_TO_LOCK_ROW',
      message: `unable to obtain exclusive access to this record or 1 records: ${id}`,
    });
    expect(change('Account', { Id: id, Name: 'Free' })).toMatchObject({ success: true });
  });
});

describe('platform events', () => {
  it('are delivered after commit, and not after a rollback', () => {
    const got: unknown[] = [];
    org.data.onEvent((event) => got.push(event.payload['Bill_Id__c']));
    const event = (Bill_Id__c?: string) => [{ attributes: { type: 'Bill_Event__e' }, ...(Bill_Id__c ? { Bill_Id__c } : {}) }];
    const lost = org.data.savepoint();
    org.data.publish(event('lost'), org.as('rep'));
    lost.rollback();
    const kept = org.data.savepoint();
    org.data.publish(event('kept'), org.as('rep'));
    expect(got).toEqual([]);
    kept.release();
    expect(got).toEqual(['kept']);
    expect(error(org.data.publish(event(), org.as('rep'))[0])).toMatchObject({ statusCode: 'REQUIRED_FIELD_MISSING' });
  });
});
