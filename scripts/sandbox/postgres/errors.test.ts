import { expect, test } from 'vitest';
import { explain } from './errors.ts';

test.each([
  ['initdb: could not write to file: No space left on device', /disk is full.*\/data.*data is kept/],
  [Object.assign(new Error('write'), { code: 'ENOSPC' }), /disk is full/],
  ['FATAL:  database files are incompatible with server', /another version.*--fresh/],
  ['PANIC:  could not locate a valid checkpoint record', /half-written or damaged.*--fresh/],
  [Object.assign(new Error('mkdir'), { code: 'EACCES' }), /may not use \/data/],
  ['something new', /did not start in \/data[\s\S]*something new/],
])('says what to do about %s', (said, expected) => {
  expect(explain(said, '/data').message).toMatch(expected);
});
