import { expect, test } from 'vitest';
import { askDatabase, isAway, waitingForDatabase } from './database-patience.ts';

const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });

/** A database that answers the third time. */
function twiceAway(error: Error) {
  let asked = 0;
  return async () => {
    asked += 1;
    if (asked < 3) throw error;
    return asked;
  };
}

test('a run waits for a database that is away; a request does not', async () => {
  expect(await waitingForDatabase(() => askDatabase(twiceAway(refused)))).toBe(3);
  await expect(askDatabase(twiceAway(refused))).rejects.toThrow('ECONNREFUSED');
});

test('what the database answers is not waited for', async () => {
  const broken = Object.assign(new Error('duplicate key'), { code: '23505' });
  await expect(waitingForDatabase(() => askDatabase(twiceAway(broken)))).rejects.toThrow('duplicate key');
});

test.each([
  ['57P01', 'terminating connection due to unexpected postmaster exit'],
  ['57P03', 'the database system is starting up'],
  ['08006', 'connection failure'],
  [undefined, 'Connection terminated unexpectedly'],
])('%s %s: away', (code, message) => expect(isAway(Object.assign(new Error(message), { code }))).toBe(true));
