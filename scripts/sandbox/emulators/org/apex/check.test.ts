import { describe, expect, it } from 'vitest';
import { openApex } from './testing/try-apex.ts';

/** A line of a method or class, and what the org says about it at start. */
const REFUSED: [line: string, message: string | RegExp][] = [
  ['Integer x = y;', 'Variable does not exist: y'],
  ['Widget w;', /The type Widget is unknown/],
  ["System.schedule('a', 'b', null);", 'System.schedule with 3 arguments is not supported by the local org'],
  ["String s = 'x'.soundex();", 'The method soundex with 0 arguments is not supported by the local org'],
  ['Integer x = Bad.nope();', 'Method does not exist: Bad.nope with 0 arguments'],
  ['nope(1);', 'Method does not exist: nope with 1 arguments'],
  ['String s = Label.Nope;', /Label\.Nope does not exist/],
  ["Account a = new Account(Nope__c = 'x');", 'Field does not exist: Nope__c on Account'],
  ['Bad b = new Bad(1);', 'Constructor not defined: Bad with 1 arguments'],
  ["List<List<SObject>> found = [FIND 'x' IN ALL FIELDS RETURNING Account];", /is not supported by the local org/],
  ['merge a b;', /is not supported by the local org/],
  ['Integer x = 99999999999;', 'Illegal integer: 99999999999'],
  ['Integer x = ;', /^Syntax error/],
  ['List<Account> l = [SELECT Id FRM Account];', /Syntax error|SOQL/],
];

describe('what the local org refuses at start', () => {
  it.each(REFUSED)('%s', (line, message) => {
    const org = openApex({ Bad: `public class Bad {\n  void go(Account a, Account b) {\n    ${line}\n  }\n}` });
    const problems = org.apex.check();
    org.close();
    expect(problems[0]?.file).toMatch(/classes\/Bad\.cls$/);
    expect(problems.map((one) => one.line)).toContain(3);
    expect(problems.map((one) => one.message)).toContainEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });

  it.each([
    [
      'public class Bad implements Database.Batchable<SObject> {}',
      'The interface Database.Batchable<SObject> is not supported by the local org',
    ],
    ['public class Bad { @future static void go() {} }', '@future is not supported by the local org'],
    ["@RestResource(urlMapping='/x') global class Bad {}", '@RestResource is not supported by the local org'],
    [
      'public class Bad { public Boolean equals(Object o) { return true; } }',
      'A class with its own equals() is not supported by the local org',
    ],
  ])('%s', (source, message) => {
    const org = openApex({ Bad: source });
    expect(org.apex.check().map((one) => one.message)).toContain(message);
    org.close();
  });
});
