import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OrgFault } from '../errors.ts';
import { openTestOrg, SYSTEM } from '../testing/test-org.ts';
import type { TestOrg } from '../testing/test-org.ts';

let org: TestOrg;
const ids: Record<string, string> = {};
beforeAll(() => {
  org = openTestOrg();
  const add = (name: string, type: string, fields: Record<string, unknown>): void => {
    const [result] = org.data.insert([{ attributes: { type }, ...fields }], org.as('rep', 'system'), SYSTEM);
    if (!result?.success) throw new Error(JSON.stringify(result));
    ids[name] = result.id ?? '';
  };
  add('acme', 'Account', { Name: 'Acme', Industry: 'Banking', AnnualRevenue: 100, Description: 'long' });
  add('bolt', 'Account', { Name: 'bolt', Industry: 'Energy', AnnualRevenue: 50 });
  add('coco', 'Account', { Name: "Coco's 50% off_now", AnnualRevenue: 50 });
  add('ann', 'Contact', { LastName: 'Ann', AccountId: ids['acme'], Email: 'ann@acme.example' });
  add('ben', 'Contact', { LastName: 'Ben', AccountId: ids['acme'] });
  add('deal', 'Opportunity', { Name: 'Deal', AccountId: ids['acme'], StageName: 'Closed Won', CloseDate: '2026-11-24', Amount: 12.5 });
  add('late', 'Opportunity', { Name: 'Late', AccountId: ids['bolt'], StageName: 'Prospecting', CloseDate: '2026-10-01', Amount: 7.25 });
});
afterAll(() => org.close());

const rows = (soql: string, binds?: Record<string, unknown>): Record<string, unknown>[] =>
  org.data.query(soql, org.as('rep', 'system'), binds);
const names = (where: string, binds?: Record<string, unknown>): unknown[] =>
  rows(`SELECT Name FROM Account WHERE ${where} ORDER BY Name`, binds).map((row) => row['Name']);
const failure = (soql: string, persona: 'rep' | 'none' = 'rep'): unknown => {
  try {
    org.data.query(soql, org.as(persona));
  } catch (error) {
    if (error instanceof OrgFault) return error.body()[0];
    throw error;
  }
  return 'no failure';
};
const COCO = "Coco's 50% off_now";

describe('filters', () => {
  it.each([
    ["Name = 'ACME'", ['Acme']],
    ["Name != 'acme'", ['bolt', COCO]],
    ['Industry = null', [COCO]],
    ["Industry != 'Banking'", ['bolt', COCO]],
    ["NOT Industry = 'Banking'", ['bolt', COCO]],
    ["Industry NOT IN ('Banking')", ['bolt', COCO]],
    ["Industry IN ('Banking', 'energy')", ['Acme', 'bolt']],
    ['Industry IN (null)', [COCO]],
    ["Industry IN ('Banking', null)", ['Acme', COCO]],
    ["NOT Industry IN ('Banking')", ['bolt', COCO]],
    ["NOT Industry IN ('Banking', null)", ['bolt']],
    ["Name LIKE '%O%'", ['bolt', COCO]],
    ["Name LIKE '%50\\% off\\_now'", [COCO]],
    ["Name LIKE 'Coco\\'s%'", [COCO]],
    ['AnnualRevenue > 50', ['Acme']],
    ['NOT AnnualRevenue > 50', ['bolt', COCO]],
    ["AnnualRevenue = 50 AND (Industry = 'Energy' OR Industry = null)", ['bolt', COCO]],
    ["Id IN (SELECT AccountId FROM Contact WHERE Email = 'ANN@acme.example')", ['Acme']],
    ['Id NOT IN (SELECT AccountId FROM Opportunity)', [COCO]],
    ['CreatedDate = TODAY', ['Acme', 'bolt', COCO]],
    ['CreatedDate < TODAY', []],
    ['CreatedDate = LAST_N_DAYS:3', ['Acme', 'bolt', COCO]],
    ["Owner.Name = 'Rosa Reyes'", ['Acme', 'bolt', COCO]],
  ])('%s', (where, expected) => expect(names(where)).toEqual(expected));

  it('binds values, never text', () => {
    expect(names('Name = :name', { name: "x' OR Name != '" })).toEqual([]);
    expect(names('Id IN :ids AND AnnualRevenue >= :least', { ids: new Set([ids['acme'], ids['bolt']]), least: 60 })).toEqual(['Acme']);
    expect(names('Name = :account.Name', { account: { Name: 'bolt' } })).toEqual(['bolt']);
    expect(rows('SELECT Id FROM Account ORDER BY Name LIMIT :most', { most: 2 })).toHaveLength(2);
  });
});

describe('date literals', () => {
  const named = (literal: string): unknown[] =>
    rows(`SELECT Name FROM Opportunity WHERE CloseDate ${literal} ORDER BY Name`).map((row) => row['Name']);
  it.each([
    ['= TODAY', ['Deal']],
    ['= THIS_MONTH', ['Deal']],
    ['= LAST_MONTH', ['Late']],
    ['< THIS_MONTH', ['Late']],
    ['>= LAST_MONTH', ['Deal', 'Late']],
    ['= LAST_N_DAYS:60', ['Deal', 'Late']],
    ['= THIS_QUARTER', ['Deal', 'Late']],
    ['= N_DAYS_AGO:54', ['Late']],
    ['= THIS_WEEK', ['Deal']],
    ['= NEXT_N_DAYS:5', []],
    ['= THIS_FISCAL_YEAR', ['Deal', 'Late']],
    ['> 2026-10-01', ['Deal']],
  ])('CloseDate %s', (literal, expected) => expect(named(literal)).toEqual(expected));
});

describe('results', () => {
  it('nests parents and children; what is missing is null', () => {
    expect(
      rows(
        "SELECT Name, Parent.Name, (SELECT LastName FROM Contacts ORDER BY LastName DESC LIMIT 1), (SELECT Id FROM ChildAccounts) FROM Account WHERE Name = 'Acme'",
      ),
    ).toEqual([
      {
        attributes: { type: 'Account', url: `/services/data/v66.0/sobjects/Account/${ids['acme'] ?? ''}` },
        Name: 'Acme',
        Parent: null,
        Contacts: {
          totalSize: 1,
          done: true,
          records: [{ attributes: { type: 'Contact', url: `/services/data/v66.0/sobjects/Contact/${ids['ben'] ?? ''}` }, LastName: 'Ben' }],
        },
        ChildAccounts: null,
      },
    ]);
  });

  it('aggregates, groups and orders', () => {
    expect(rows('SELECT COUNT(Id), SUM(Amount) total, MAX(CloseDate) FROM Opportunity')).toEqual([
      { attributes: { type: 'AggregateResult' }, expr0: 2, total: 19.75, expr1: '2026-11-24' },
    ]);
  });

  it('groups with HAVING and orders nulls', () => {
    expect(
      rows('SELECT Industry, COUNT(Id) n FROM Account GROUP BY Industry HAVING COUNT(Id) > 0 ORDER BY Industry NULLS LAST').map(
        (row) => row['Industry'],
      ),
    ).toEqual(['Banking', 'Energy', null]);
    expect(
      rows('SELECT CALENDAR_MONTH(CloseDate) m FROM Opportunity GROUP BY CALENDAR_MONTH(CloseDate) ORDER BY CALENDAR_MONTH(CloseDate)').map(
        (row) => row['m'],
      ),
    ).toEqual([10, 11]);
    expect(rows('SELECT Industry FROM Account ORDER BY Industry DESC').map((row) => row['Industry'])).toEqual([null, 'Energy', 'Banking']);
    expect(org.data.count('SELECT COUNT() FROM Account', org.as('rep'))).toBe(3);
  });
});

describe('refusals', () => {
  it.each([
    ['SELEKT Id FROM Account', { message: 'unexpected token: SELEKT', errorCode: 'MALFORMED_QUERY' }],
    [
      "SELECT Id FROM Account WHERE Name = 'a' OR Name = 'b' AND Name = 'c'",
      { message: 'unexpected token: AND', errorCode: 'MALFORMED_QUERY' },
    ],
    [
      'SELECT Id FROM Account WHERE Description = null',
      { message: "field 'Description' can not be filtered in a query call", errorCode: 'INVALID_FIELD' },
    ],
    [
      "SELECT Id FROM Account WHERE Id = 'abc'",
      {
        message: expect.stringMatching(/ERROR at Row:1:Column:30\ninvalid ID field: abc$/) as string,
        errorCode: 'INVALID_QUERY_FILTER_OPERATOR',
      },
    ],
    ['SELECT Id, Id FROM Account', { message: 'duplicate field selected: Id', errorCode: 'INVALID_FIELD' }],
    [
      'SELECT Name, COUNT(Id) FROM Account',
      { message: expect.stringContaining('Field must be grouped or aggregated: Name') as string, errorCode: 'MALFORMED_QUERY' },
    ],
    [
      "SELECT Id FROM Account WHERE Name = 'x' OR Id IN (SELECT AccountId FROM Contact)",
      { message: expect.stringContaining('Semi join sub-selects are only allowed') as string, errorCode: 'MALFORMED_QUERY' },
    ],
    [
      'SELECT Nope.Name FROM Account',
      { message: expect.stringContaining("Didn't understand relationship 'Nope' in field path") as string, errorCode: 'INVALID_FIELD' },
    ],
    [
      'SELECT Secret__c FROM Bill__c',
      { message: expect.stringContaining("No such column 'Secret__c' on entity 'Bill__c'") as string, errorCode: 'INVALID_FIELD' },
    ],
  ])('%s', (soql, expected) => expect(failure(soql)).toEqual(expected));

  it('names row and column, as recorded', () => {
    expect(failure('SELECT Bacon__c FROM Account LIMIT 2')).toEqual({
      errorCode: 'INVALID_FIELD',
      message:
        "\nSELECT Bacon__c FROM Account LIMIT 2\n       ^\nERROR at Row:1:Column:8\nNo such column 'Bacon__c' on entity 'Account'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
    });
    expect(failure('SELECT Id FROM Bill__c', 'none')).toMatchObject({ errorCode: 'INVALID_TYPE' });
  });
});

describe('who sees what', () => {
  it('applies sharing in user mode and in sharing mode, not in system mode', () => {
    expect(org.data.query('SELECT Id FROM Account', org.as('none'))).toEqual([]);
    expect(org.data.query('SELECT Id FROM Account', org.as('none', 'sharing'))).toEqual([]);
    expect(org.data.query('SELECT Id FROM Account', org.as('none', 'system'))).toHaveLength(3);
    expect(org.data.query('SELECT Id FROM Account WITH USER_MODE', org.as('none', 'system'))).toEqual([]);
    expect(org.data.query('SELECT Id FROM Contact', org.as('none'))).toEqual([]);
    expect(org.data.query('SELECT Id FROM Account', org.as('integration'))).toHaveLength(3);
  });

  it('answers UserRecordAccess from the same rules', () => {
    const asked = `SELECT RecordId, HasReadAccess, HasEditAccess FROM UserRecordAccess WHERE UserId = :user AND RecordId = :record`;
    const of = (persona: 'rep' | 'none' | 'integration'): unknown =>
      org.data.query(asked, org.as('admin'), { user: org.users[persona], record: ids['acme'] })[0];
    expect(of('rep')).toMatchObject({ HasReadAccess: true, HasEditAccess: true });
    expect(of('none')).toMatchObject({ HasReadAccess: false, HasEditAccess: false });
    expect(of('integration')).toMatchObject({ HasReadAccess: true, HasEditAccess: false });
    org.data.insert(
      [{ attributes: { type: 'AccountShare' }, AccountId: ids['acme'], UserOrGroupId: org.users.none, AccountAccessLevel: 'Read' }],
      org.as('rep', 'system'),
      SYSTEM,
    );
    expect(of('none')).toMatchObject({ HasReadAccess: true, HasEditAccess: false });
  });
});
