import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fingerprint } from './fingerprint.ts';
import { parseLineKey, sourceLineKey } from './line-key.ts';
import {
  effectKey,
  intentKey,
  issueOperationKey,
  outwardKey,
  quickbooksRequestId,
  quickbooksRetryId,
  sendOperationKey,
  voidOperationKey,
} from './operation-key.ts';
import { isRecordId, toRecordId18 } from './record-id.ts';

const id15 = fc.stringMatching(/^[a-zA-Z0-9]{15}$/);

describe('record ids', () => {
  test("the 18-character form is Salesforce's", () => {
    expect(toRecordId18('001D000000IqhSL')).toBe('001D000000IqhSLIAZ');
    expect(toRecordId18('500D0000001XiNl')).toBe('500D0000001XiNlIAK');
  });

  test('two ids that differ only in case stay apart when compared without case', () => {
    fc.assert(fc.property(id15, id15, (a, b) => a === b || toRecordId18(a).toLowerCase() !== toRecordId18(b).toLowerCase()));
  });

  test('what is no id is refused', () => {
    expect(isRecordId('006')).toBe(false);
    expect(isRecordId('00600000000000;')).toBe(false);
    expect(() => toRecordId18('006')).toThrow(/Not a Salesforce id/);
  });
});

describe('line keys', () => {
  test('name the source line and how often it was billed before', () => {
    fc.assert(
      fc.property(id15, fc.integer({ min: 0, max: 999_999 }), (id, earlier) => {
        expect(parseLineKey(sourceLineKey(id, earlier))).toEqual({ kind: 'source', sourceLineId: toRecordId18(id), earlier });
      }),
    );
  });

  test('free lines carry an id of their own; anything else is no key', () => {
    expect(parseLineKey('free-3f0c1e9a-1111')).toEqual({ kind: 'free' });
    expect(['', 'free-', 'x', '00k000000000001AAA', '00k000000000001AAA--1', 'free-a b c d e f'].map(parseLineKey)).toEqual(
      Array(6).fill(null),
    );
  });
});

describe('outward keys', () => {
  test('are made of record, operation and revision', () => {
    expect(outwardKey(effectKey('a01000000000001AAA', 'create-draft'), 0)).toBe('sf:a01000000000001AAA:create-draft:0');
  });

  test("fit into QuickBooks' 50 characters and stay apart", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, maxLength: 120 }),
        fc.string({ minLength: 1, maxLength: 120 }),
        fc.nat(99),
        (a, b, revision) => {
          expect(quickbooksRequestId(a, revision).length).toBeLessThanOrEqual(50);
          if (a !== b) expect(quickbooksRequestId(a, revision)).not.toBe(quickbooksRequestId(b, revision));
          expect(quickbooksRequestId(a, revision)).not.toBe(quickbooksRequestId(a, revision + 1));
        },
      ),
    );
  });

  test('sent again with the SyncToken of now they stay apart as well, though they differ in their last characters alone', () => {
    const sent = [158, 159].map((version) => quickbooksRequestId(effectKey('001000000000001AAA', `quickbooks-facts-${version}`), 0));
    const again = sent.flatMap((requestId) => ['7', '8'].map((token) => quickbooksRetryId(requestId, token)));
    expect(new Set([...sent, ...again]).size).toBe(6);
    expect(Math.max(...again.map(({ length }) => length))).toBeLessThanOrEqual(50);
  });

  test('the same click has the same key; other quantities have another, for the same intent', () => {
    const intent = intentKey('006000000000001AAA', ['b-0', 'a-0']);
    expect(intent).toBe(intentKey('006000000000001AAA', ['a-0', 'b-0']));
    expect(issueOperationKey(intent, 'x')).toBe(issueOperationKey(intent, 'x'));
    expect(issueOperationKey(intent, 'x')).not.toBe(issueOperationKey(intent, 'y'));
  });

  test('are safe in an address as they are', () => {
    for (const key of [
      issueOperationKey(intentKey('006000000000001AAA', ['free-1234-abcd']), '{"a":1}'),
      sendOperationKey('a01000000000001AAA', '2026-11-24T15:00:00.000Z'),
      voidOperationKey('a01000000000001AAA', 3),
    ]) {
      expect(key).toMatch(/^[A-Za-z0-9_.-]+$/);
      expect(key.length).toBeLessThanOrEqual(255);
    }
  });

  test('fingerprints are 16 hex digits', () => {
    fc.assert(fc.property(fc.string(), (text) => /^[0-9a-f]{16}$/.test(fingerprint(text))));
    expect(fingerprint('')).toBe('cbf29ce484222325');
  });
});
