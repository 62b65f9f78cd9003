import { expect, test } from 'vitest';
import { createRecent } from './recent.ts';

test('an answer is repeated while it is young enough for who asks', () => {
  let now = 0;
  const recent = createRecent<string>(() => now);
  recent.keep('a', 'first');
  now = 59;
  expect([recent.read('a', 60), recent.read('a', 30), recent.read('a', 0), recent.read('b', 60)]).toEqual([
    'first',
    undefined,
    undefined,
    undefined,
  ]);
  recent.forget();
  expect(recent.read('a', 60)).toBeUndefined();
});

test('the oldest go first', () => {
  const recent = createRecent<number>(() => 0);
  for (let each = 0; each <= 1_000; each += 1) recent.keep(String(each), each);
  expect([recent.read('0', 1), recent.read('1', 1)]).toEqual([undefined, 1]);
});
