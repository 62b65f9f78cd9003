import { parseSync } from 'sformula';
import { describe, expect, it } from 'vitest';
import { toClosures } from './closures.ts';
import type { CompiledByLibrary } from './closures.ts';

const number = { type: 'number', precision: 18, scale: 4 };
const inputTypes = {
  A__c: { type: 'currency', precision: 18, scale: 2 },
  B__c: number,
  C__c: { type: 'string' },
  D__c: { type: 'date' },
  Open__c: { type: 'boolean' },
  Status__c: { type: 'picklist', picklistValues: [{ value: 'Void', label: 'Void' }] },
  Account__r: { type: 'object', properties: { Name: { type: 'string' } } },
  ISNEW: { type: 'function', arguments: [], returns: { type: 'boolean' } },
};
const full = {
  A__c: 10.25,
  B__c: 3,
  C__c: ' x ',
  D__c: '2026-11-24',
  Open__c: true,
  Status__c: 'Void',
  Account__r: { Name: 'Acme' },
  ISNEW: () => true,
};
const empty = { A__c: null, B__c: null, C__c: null, D__c: null, Open__c: false, Status__c: null, Account__r: null, ISNEW: () => false };

describe('a formula as closures', () => {
  it.each<[string, string, number?]>([
    ['A__c / B__c', 'currency', 2],
    ['A__c * 1.005 + B__c', 'number', 2],
    ['IF(ISPICKVAL(Status__c, "Void"), 0, A__c - B__c)', 'currency', 3],
    ['AND(NOT(ISNEW()), Open__c, A__c > 3)', 'boolean'],
    ['OR(ISBLANK(C__c), C__c = "x", D__c > DATE(2026, 1, 1))', 'boolean'],
    ['Account__r.Name & " / " & TEXT(Status__c)', 'string'],
    ['CASE(Status__c, "Void", "gone", "here") & TRIM(C__c)', 'string'],
    ['ROUND(A__c, 1) - MOD(B__c, 2)', 'number', 4],
  ])('%s is what the library makes of it', (text, returnType, scale) => {
    const formula = parseSync(text, { inputTypes, returnType, ...(scale === undefined ? {} : { scale }) } as never) as unknown as {
      compiled: CompiledByLibrary;
      evaluate(context: object): unknown;
    };
    const evaluate = toClosures(formula.compiled);
    for (const context of [full, empty]) expect(evaluate?.(context)).toEqual(formula.evaluate(context));
  });

  it('leaves calendars and percents to the library', () => {
    const { compiled } = parseSync('D__c + 1', { inputTypes, returnType: 'date' } as never) as unknown as { compiled: CompiledByLibrary };
    expect(toClosures(compiled)).toBeUndefined();
  });
});
