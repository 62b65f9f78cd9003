import { afterEach, describe, expect, it } from 'vitest';
import { openApex } from './testing/try-apex.ts';
import type { TriedApex } from './testing/try-apex.ts';
import type { TestReport } from './index.ts';

const BILLING = `public with sharing class Billing {
    public static Decimal total(Id billId) {
        Decimal total = 0;
        for (Bill_Line__c line : [SELECT Amount__c FROM Bill_Line__c WHERE Bill__c = :billId AND Kind__c = 'Base' WITH USER_MODE]) {
            total += line.Amount__c;
        }
        return total;
    }
    public static void pay(Bill__c bill) {
        bill.Status__c = 'Paid';
        update bill;
    }
    public static Integer send(Bill__c bill) {
        HttpRequest request = new HttpRequest();
        request.setEndpoint('callout:Books/send');
        request.setTimeout(120000);
        HttpResponse answer = new Http().send(request);
        bill.Sent__c = true;
        update bill;
        return answer.getStatusCode();
    }
    public static String accountName(Bill__c bill) {
        return bill.Account__r?.Name;
    }
    public static Integer count(List<Bill__c> bills) {
        Map<Id, Integer> counts = new Map<Id, Integer>();
        for (AggregateResult row : [SELECT Bill__c bill, COUNT(Id) lines FROM Bill_Line__c WHERE Bill__c IN :bills GROUP BY Bill__c]) {
            counts.put((Id) row.get('bill'), (Integer) row.get('lines'));
        }
        Integer sum = 0;
        for (Bill__c bill : bills) {
            sum += counts.get(bill.Id) ?? 0;
        }
        return sum;
    }
}`;

const TESTS = `@IsTest
private class BillingTest {
    class Books implements HttpCalloutMock {
        public HttpResponse respond(HttpRequest request) {
            HttpResponse answer = new HttpResponse();
            answer.setStatusCode(202);
            return answer;
        }
    }
    @TestSetup
    static void someBills() {
        Account acme = new Account(Name = 'Acme');
        insert acme;
        List<Bill__c> bills = new List<Bill__c>();
        for (Integer i = 0; i < 120; i++) {
            bills.add(new Bill__c(Account__c = acme.Id, Key__c = 'k' + i));
        }
        insert bills;
        insert new List<Bill_Line__c>{
            new Bill_Line__c(Bill__c = bills[0].Id, Amount__c = 0.1, Kind__c = 'Base'),
            new Bill_Line__c(Bill__c = bills[0].Id, Amount__c = 0.2, Kind__c = 'Base'),
            new Bill_Line__c(Bill__c = bills[0].Id, Amount__c = 5, Kind__c = 'Extra')
        };
    }
    static Bill__c first() {
        return [SELECT Id, Account__r.Name FROM Bill__c WHERE Key__c = 'k0'];
    }
    @IsTest
    static void sumsTheBaseLines() {
        System.assertEquals(0.3, Billing.total(first().Id));
    }
    @IsTest
    static void pays() {
        Billing.pay(first());
        Assert.areEqual(1, [SELECT COUNT() FROM Bill__c WHERE Status__c = 'Paid']);
    }
    @IsTest
    static void eachTestBeginsAnew() {
        Assert.areEqual(0, [SELECT COUNT() FROM Bill__c WHERE Status__c = 'Paid']);
    }
    @IsTest
    static void sends() {
        Bill__c bill = first();
        Test.startTest();
        Test.setMock(HttpCalloutMock.class, new Books());
        Assert.areEqual(202, Billing.send(bill));
        Test.stopTest();
    }
    @IsTest
    static void namesTheAccount() {
        Assert.areEqual('Acme', Billing.accountName(first()));
        Assert.isNull(Billing.accountName(new Bill__c()));
    }
    @IsTest
    static void countsInOneQuery() {
        Assert.areEqual(3, Billing.count([SELECT Id FROM Bill__c]));
    }
}`;

/** A bug that only running the tests shows: what is written wrong, the test that fails, its text. */
const BUGS: [what: string, right: string, wrong: string, test: string, message: string][] = [
  ['wrong filter', "AND Kind__c = 'Base'", '', 'sumsTheBaseLines', 'Expected: 0.3, Actual: 5.300'],
  ['wrong sum', 'total += line.Amount__c', 'total = line.Amount__c', 'sumsTheBaseLines', 'Expected: 0.3, Actual: 0.200'],
  ['bad picklist value', "'Paid'", "'Payed'", 'pays', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST'],
  [
    'null dereference',
    'bill.Account__r?.Name',
    'bill.Account__r.Name',
    'namesTheAccount',
    'System.NullPointerException: Attempt to de-reference a null object',
  ],
  [
    'DML before a callout',
    'HttpRequest request = new HttpRequest();',
    'update bill; HttpRequest request = new HttpRequest();',
    'sends',
    'You have uncommitted work pending',
  ],
  [
    'a query in a loop',
    'sum += counts.get(bill.Id) ?? 0;',
    'sum += [SELECT COUNT() FROM Bill_Line__c WHERE Bill__c = :bill.Id];',
    'countsInOneQuery',
    'System.LimitException: Too many SOQL queries: 101',
  ],
  ['a time-out beyond the limit', 'setTimeout(120000)', 'setTimeout(120001)', 'sends', 'System.CalloutException'],
  ['a null that is added', '?? 0', '', 'countsInOneQuery', 'System.NullPointerException'],
];

let org: TriedApex | undefined;
afterEach(() => {
  org?.close();
  org = undefined;
});

async function report(billing: string, tests = TESTS): Promise<TestReport> {
  org = openApex({ Billing: billing, BillingTest: tests });
  expect(org.apex.check().map((one) => `${one.file}:${one.line} ${one.message}`)).toEqual([]);
  return org.apex.runTests(org.users.rep);
}

describe('the runner of Apex tests', () => {
  it('runs every method over its own data and reports coverage', async () => {
    const done = await report(BILLING);
    expect(done.failed).toEqual([]);
    expect(done.passed).toBe(6);
    expect(done.coverage).toEqual([{ class: 'Billing', covered: 21, lines: 21, uncovered: [] }]);
    expect(done.meetsPackageRule).toBe(true);
    expect(org?.data.count('SELECT COUNT() FROM Bill__c', { userId: org.users.admin, now: 0, accessLevel: 'system' })).toBe(0);
  });

  it.each(BUGS)('catches %s', async (_what, right, wrong, test, message) => {
    expect(BILLING).toContain(right);
    const done = await report(BILLING.replace(right, wrong));
    expect(done.failed.map((one) => one.method)).toEqual([test]);
    expect(done.failed[0]?.message).toContain(message);
    expect(TESTS.split('\n')[(done.failed[0]?.line ?? 0) - 1]).toContain('Billing.');
  });

  it('catches a missing mock', async () => {
    const done = await report(BILLING, TESTS.replace('Test.setMock(HttpCalloutMock.class, new Books());', ''));
    expect(done.failed[0]?.message).toContain('Methods defined as TestMethod do not support Web service callouts');
  });

  it('reports lines no test reaches, and the package rule', async () => {
    const done = await report(BILLING, TESTS.replace(/@IsTest\n {4}static void (?!eachTest|pays)/g, 'static void '));
    expect(done.meetsPackageRule).toBe(false);
    expect(done.coverage[0]?.uncovered).toContain(3);
    expect(done.coverage[0]?.uncovered).not.toContain(10);
  });
});
