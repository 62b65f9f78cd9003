import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { createBudgets } from '../../src/adapters/postgres/budgets.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { createPool } from '../../src/adapters/postgres/pool.ts';
import { createTokenVault } from '../../src/adapters/postgres/token-vault.ts';
import { done } from '../../src/domain/outcome.ts';
import { Secret } from '../../src/platform/secret.ts';
import { type TestDatabase, startTestDatabase } from './database.ts';

let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await startTestDatabase();
  pool = createPool(database.url);
});
afterAll(async () => {
  await pool?.end();
  await database?.stop();
});
beforeEach(async () => {
  await pool.query('DROP SCHEMA IF EXISTS trueup CASCADE');
  await migrate(pool);
});

describe('migrations', () => {
  it('run once however many processes boot together', async () => {
    await pool.query('DROP SCHEMA trueup CASCADE');
    const runs = await Promise.all([migrate(pool), migrate(pool), migrate(pool)]);
    expect(runs.filter((files) => files.length > 0)).toHaveLength(1);
  });
});

describe('budgets', () => {
  it('grant no more than the limit, and background leaves a share to reps', async () => {
    const budgets = createBudgets(pool, () => ({ tokens: 10, perMs: 1000, burst: 10 }));
    const grants = await Promise.all(Array.from({ length: 20 }, () => budgets.take('b', 'background', 1, 0)));
    const background = grants.filter(Boolean).length;
    expect(background).toBeGreaterThanOrEqual(5);
    expect(background).toBeLessThanOrEqual(7);
    const reps = await Promise.all(Array.from({ length: 20 }, () => budgets.take('b', 'rep', 1, 0)));
    expect(background + reps.filter(Boolean).length).toBeGreaterThanOrEqual(10);
    expect(background + reps.filter(Boolean).length).toBeLessThanOrEqual(12);
  });
});

describe('the token vault', () => {
  const key = new Secret(Buffer.alloc(32, 1).toString('base64'));
  const tokens = { accessToken: null, refreshToken: 'refresh-1', accessExpiresAt: null, refreshExpiresAt: null };

  it('holds tokens encrypted and renews them once for all who ask', async () => {
    const vault = createTokenVault(pool, key);
    await vault.seed('quickbooks', '1', tokens);
    await vault.seed('quickbooks', '1', { ...tokens, refreshToken: 'other' });
    const { rows } = await pool.query<{ sealed: Buffer }>('SELECT sealed FROM trueup.connection');
    expect(rows[0]?.sealed.toString('latin1')).not.toContain('refresh-1');
    let asked = 0;
    const renew = () =>
      vault.renew('quickbooks', '1', null, async (stored) => {
        asked += 1;
        return done({ ...stored, accessToken: `access-${asked}`, refreshToken: `refresh-${asked + 1}` });
      });
    const renewed = await Promise.all([renew(), renew(), renew()]);
    expect(asked).toBe(1);
    expect(renewed.every((answer) => answer.outcome === 'done' && answer.value.accessToken === 'access-1')).toBe(true);
    expect(await vault.read('quickbooks', '1')).toMatchObject({ refreshToken: 'refresh-2' });
  });

  it('cannot be read with another key', async () => {
    await createTokenVault(pool, key).seed('quickbooks', '1', tokens);
    const other = createTokenVault(pool, new Secret(Buffer.alloc(32, 2).toString('base64')));
    await expect(other.read('quickbooks', '1')).rejects.toThrow();
  });
});
