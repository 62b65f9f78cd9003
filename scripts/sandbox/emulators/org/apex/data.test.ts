import { afterEach, describe, expect, it } from 'vitest';
import { AuraError } from './index.ts';
import { openApex } from './testing/try-apex.ts';
import type { TriedApex } from './testing/try-apex.ts';

let org: TriedApex | undefined;
afterEach(close);

function close(): void {
  org?.close();
  org = undefined;
}

/** Runs the body of a method of a `with sharing` class as a person, and gives its text or the page's error. */
async function run(body: string, options: { as?: 'rep' | 'none' | 'admin'; aura?: string; sharing?: string } = {}): Promise<unknown> {
  close();
  const source = `public ${options.sharing ?? 'with'} sharing class Probe { public class Broken extends Exception {} @AuraEnabled${options.aura ?? ''} public static Object go() { ${body} } }`;
  org = openApex({ Probe: source });
  expect(org.apex.check().map((one) => `${one.line}: ${one.message}`)).toEqual([]);
  return org.apex.invokeAura('Probe', 'go', {}, org.users[options.as ?? 'rep']).catch((error: unknown) => {
    if (error instanceof AuraError) return error.body;
    throw error;
  });
}

const BILL = `Account a = new Account(Name = 'Acme'); insert a; Bill__c b = new Bill__c(Account__c = a.Id, Key__c = 'k1', Tax__c = 1.5); insert b;`;

const countOf = (object: string): number =>
  org?.data.count(`SELECT COUNT() FROM ${object}`, { userId: org.users.admin, now: 0, accessLevel: 'system' }) ?? -1;

describe('records', () => {
  it('reads back what was saved, typed, with parents, children and defaults', async () => {
    const body = `${BILL} insert new Bill_Line__c(Bill__c = b.Id, Amount__c = 10); Bill__c found = [SELECT Id, Status__c, Total__c, Account__r.Name, (SELECT Amount__c FROM Bill_Lines__r) FROM Bill__c WHERE Key__c = :b.Key__c];
      return found.Status__c + ' ' + found.Total__c + ' ' + found.Account__r.Name + ' ' + found.Bill_Lines__r.size() + ' ' + found.Bill_Lines__r[0].Amount__c;`;
    expect(await run(body)).toBe('Open 11.500 Acme 1 10.000');
  });

  it('sums and counts', async () => {
    const body = `${BILL} for (Integer i = 0; i < 3; i++) { insert new Bill_Line__c(Bill__c = b.Id, Amount__c = i, Kind__c = i == 0 ? 'Extra' : 'Base'); }
      String out = ''; for (AggregateResult r : [SELECT Kind__c kind, SUM(Amount__c) total, COUNT(Id) lines FROM Bill_Line__c GROUP BY Kind__c ORDER BY Kind__c]) { out += r.get('kind') + '=' + ((Decimal) r.get('total')).intValue() + '/' + (Integer) r.get('lines') + ' '; }
      Integer all = [SELECT COUNT() FROM Bill_Line__c]; return out + all;`;
    expect(await run(body)).toBe('Base=3/2 Extra=0/1 3');
  });

  it.each([
    [
      "Account a = [SELECT Id FROM Account WHERE Name = 'nobody']; return a;",
      'System.QueryException',
      'List has no rows for assignment to SObject',
    ],
    [
      "insert new List<Account>{ new Account(Name = 'x'), new Account(Name = 'x') }; Account a = [SELECT Id FROM Account WHERE Name = 'x']; return a;",
      'System.QueryException',
      'List has more than 1 row for assignment to SObject',
    ],
    [
      "insert new Account(Name = 'x'); Account a = [SELECT Id FROM Account]; return a.Name;",
      'System.SObjectException',
      'SObject row was retrieved via SOQL without querying the requested field: Account.Name',
    ],
    [`${BILL} b.Status__c = 'Nope'; update b; return null;`, 'System.DmlException', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
    [
      `${BILL} insert new Bill__c(Account__c = a.Id, Key__c = 'k1'); return null;`,
      'System.DmlException',
      'Insert failed. First exception on row 0; first error: DUPLICATE_VALUE',
    ],
    [`${BILL} b.Tax__c = -5; update b; return null;`, 'System.DmlException', 'The total cannot be below zero.: [Tax__c]'],
    [`${BILL} insert b; return null;`, 'System.DmlException', 'cannot specify Id in an insert call: [Id]'],
    ['update new Account(Name = null); return null;', 'System.DmlException', 'MISSING_ARGUMENT, Id not specified in an update call: []'],
    ["return Database.query('SELECT Nope__c FROM Account');", 'System.QueryException', "No such column 'Nope__c' on entity 'Account'"],
  ])('%s', async (body, exceptionType, message) => {
    const answer = (await run(body)) as { exceptionType: string; message: string; stackTrace: string };
    expect(answer.exceptionType).toBe(exceptionType);
    expect(answer.message).toContain(message);
    expect(answer.stackTrace).toMatch(/^Class\.Probe\.go: line 1, column \d+$/);
  });

  it('gives each failed row to DmlException and to SaveResult', async () => {
    const body = `List<Bill__c> bills = new List<Bill__c>(); Account a = new Account(Name = 'x'); insert a;
      bills.add(new Bill__c(Account__c = a.Id)); bills.add(new Bill__c(Account__c = a.Id, Status__c = 'Nope'));
      List<Database.SaveResult> saved = Database.insert(bills, false);
      String out = saved[0].isSuccess() + ' ' + saved[1].isSuccess() + ' ' + saved[1].getErrors()[0].getStatusCode() + ' ' + (bills[1].Id == null);
      try { insert bills[1]; } catch (DmlException e) { out += ' ' + e.getNumDml() + e.getDmlIndex(0) + e.getDmlFieldNames(0); }
      return out;`;
    expect(await run(body)).toBe('true false INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST true 10(Status__c)');
  });

  it('upserts by external id, updates only what was set, deletes', async () => {
    const body = `${BILL} Bill__c again = new Bill__c(Account__c = a.Id, Key__c = 'k1', Number__c = '7'); upsert again Key__c; Boolean same = again.Id == b.Id;
      Bill__c read = [SELECT Id, Total__c, Number__c, Tax__c FROM Bill__c]; read.Number__c = '8'; update read; read = [SELECT Number__c, Tax__c FROM Bill__c]; String out = same + ' ' + read.Number__c + ' ' + read.Tax__c;
      delete b; return out + ' ' + [SELECT Id FROM Bill__c].isEmpty();`;
    expect(await run(body)).toBe('true 8 1.500 true');
  });
});

describe('transactions', () => {
  it('undoes everything when an exception leaves the entry', async () => {
    expect(await run(`${BILL} throw new Broken('no');`)).toMatchObject({
      exceptionType: 'Probe.Broken',
      isUserDefinedException: true,
      message: 'no',
    });
    expect(countOf('Bill__c')).toBe(0);
    expect(await run(`${BILL} return 1;`)).toBe(1);
    expect(countOf('Bill__c')).toBe(1);
  });

  it('rolls back to a savepoint', async () => {
    const body = `insert new Account(Name = 'kept'); Savepoint s = Database.setSavepoint(); insert new Account(Name = 'gone'); Database.rollback(s); insert new Account(Name = 'gone too'); Database.rollback(s); return [SELECT Id FROM Account].size();`;
    expect(await run(body)).toBe(1);
    expect(countOf('Account')).toBe(1);
  });

  it('does not write in a cacheable method', async () => {
    expect(await run("insert new Account(Name = 'x'); return 1;", { aura: '(cacheable=true)' })).toMatchObject({
      exceptionType: 'System.LimitException',
      message: 'Too many DML statements: 1',
    });
  });

  it.each([
    ['for (Integer i = 0; i < 101; i++) { Integer n = [SELECT COUNT() FROM Account]; } return 1;', 'Too many SOQL queries: 101'],
    [
      "try { for (Integer i = 0; i < 151; i++) { insert new Account(Name = 'x'); } } catch (Exception e) { return 'caught'; } return 1;",
      'Too many DML statements: 151',
    ],
    [
      "HttpRequest r = new HttpRequest(); r.setEndpoint('https://x.test'); for (Integer i = 0; i < 101; i++) { new Http().send(r); } return 1;",
      'Too many callouts: 101',
    ],
  ])('stops at a limit that no catch block sees: %s', async (body, message) => {
    expect(await run(body)).toMatchObject({ exceptionType: 'System.LimitException', message });
    expect(countOf('Account')).toBe(0);
  });

  it('refuses a callout while work is uncommitted', async () => {
    const call =
      "HttpRequest r = new HttpRequest(); r.setEndpoint('callout:Trueup_Functions/v1/x'); r.setMethod('POST'); r.setBody('{}'); HttpResponse h = new Http().send(r); return h.getStatusCode();";
    expect(await run(call)).toBe(200);
    expect(org?.callouts[0]).toMatchObject({ endpoint: 'callout:Trueup_Functions/v1/x', method: 'POST', body: '{}' });
    expect(await run(`insert new Account(Name = 'x'); ${call}`)).toMatchObject({
      exceptionType: 'System.CalloutException',
      message: 'You have uncommitted work pending. Please commit or rollback before calling out',
    });
  });

  it('keeps two transactions that write at once apart', async () => {
    await run('return 1;');
    close();
    org = openApex({
      Writer: `public class Writer { @AuraEnabled public static Integer go(Boolean fail) { for (Integer i = 0; i < 5; i++) { insert new Account(Name = 'a' + i); } if (fail) { throw new AuraHandledException('undo'); } return [SELECT COUNT() FROM Account]; } }`,
    });
    const { apex, users } = org;
    const results = await Promise.allSettled(
      [true, false, true, false].map((fail) => apex.invokeAura('Writer', 'go', { fail }, users.admin)),
    );
    expect(results.map((one) => (one.status === 'fulfilled' ? one.value : (one.reason as AuraError).body))).toEqual([
      { message: 'undo' },
      5,
      { message: 'undo' },
      10,
    ]);
    expect(countOf('Account')).toBe(10);
  });
});

describe('rights', () => {
  it('sees only shared records with sharing, all without', async () => {
    for (const [sharing, seen] of [
      ['with', 0],
      ['without', 1],
    ] as const) {
      close();
      org = openApex({
        Probe: `public ${sharing} sharing class Probe { @AuraEnabled public static Integer go() { return [SELECT COUNT() FROM Account]; } }`,
      });
      org.data.insert([{ attributes: { type: 'Account' }, Name: 'Theirs', OwnerId: org.users.admin }], org.as('admin', 'system'), {
        allOrNone: true,
        accessLevel: 'system',
      });
      expect(await org.apex.invokeAura('Probe', 'go', {}, org.users.rep)).toBe(seen);
    }
  });

  it('refuses hidden fields in user mode, reads them in system mode', async () => {
    expect(await run(`${BILL} return [SELECT Secret__c FROM Bill__c WITH SYSTEM_MODE].size();`)).toBe(1);
    expect(await run(`${BILL} return [SELECT Secret__c FROM Bill__c WITH USER_MODE].size();`)).toMatchObject({
      exceptionType: 'System.QueryException',
    });
    expect(await run(`${BILL} b.Secret__c = 'x'; update as user b; return 1;`)).toMatchObject({ exceptionType: 'System.DmlException' });
    expect(await run(`${BILL} b.Secret__c = 'x'; Database.update(b, AccessLevel.SYSTEM_MODE); return 1;`)).toBe(1);
  });
});

describe('what a page receives', () => {
  it('plain values, records without nulls, members with @AuraEnabled only', async () => {
    const probe = `public class Probe { @AuraEnabled public Decimal amount; @AuraEnabled public String note; public String hidden; @AuraEnabled public List<Account> accounts; @AuraEnabled public Datetime at { get { return Datetime.newInstanceGmt(2026, 1, 1, 0, 0, 0); } }
      @AuraEnabled public static Probe go(Decimal amount, List<String> names, Map<String, Object> more) { Probe p = new Probe(); p.amount = amount + names.size() + (Integer) more.get('n'); p.hidden = 'x'; p.accounts = new List<Account>{ new Account(Name = names[0], Phone = null) }; return p; } }`;
    org = openApex({ Probe: probe });
    expect(await org.apex.invokeAura('Probe', 'go', { amount: '1.25', names: ['A', 'B'], more: { n: 3 } }, org.users.rep)).toEqual({
      amount: 6.25,
      accounts: [{ Name: 'A' }],
      at: '2026-01-01T00:00:00.000Z',
    });
  });

  it('nothing but the text of an AuraHandledException, the type of any other', async () => {
    expect(await run("throw new AuraHandledException('Choose a contact.');")).toEqual({ message: 'Choose a contact.' });
    expect(await run('Account a; return a.Name;')).toEqual({
      exceptionType: 'System.NullPointerException',
      isUserDefinedException: false,
      message: 'Attempt to de-reference a null object',
      stackTrace: expect.stringMatching(/^Class\.Probe\.go: line 1/),
    });
  });
});
