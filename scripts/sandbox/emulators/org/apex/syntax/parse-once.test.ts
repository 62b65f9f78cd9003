import { expect, test } from 'vitest';
import { parseClassFile } from './parse.ts';
import { parseOnce } from './parse-once.ts';

const SOURCE = `public with sharing class Kept { @TestVisible private static Map<String, List<Account>> all = new Map<String, List<Account>>(); }`;

test('what was kept is the same tree, for each reader one of its own', () => {
  const first = parseOnce('Kept.cls', SOURCE);
  const second = parseOnce('Kept.cls', SOURCE);
  expect(first).toEqual(parseClassFile('Kept.cls', SOURCE));
  expect(second).toEqual(first);
  expect(second.type).not.toBe(first.type);
});

test('the file a problem is named by, and every change of the source, count', () => {
  expect(parseOnce('Kept.cls', SOURCE.replace('all', 'few').replace('all', 'few')).type?.fields[0]?.name).toBe('few');
  const broken = parseOnce('Other.cls', 'public class Other { void }');
  expect(broken.type).toBeNull();
  expect(parseOnce('Other.cls', 'public class Other { void }').problems[0]).toMatchObject({ file: 'Other.cls' });
});
