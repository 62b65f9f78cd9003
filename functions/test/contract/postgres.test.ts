import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { createBudgets } from '../../src/adapters/postgres/budgets.ts';
import { createBell } from '../../src/adapters/postgres/bell.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { createPool } from '../../src/adapters/postgres/pool.ts';
import { createEffectLog } from '../../src/adapters/postgres/effect-log.ts';
import { createInbox } from '../../src/adapters/postgres/inbox.ts';
import { createProgress } from '../../src/adapters/postgres/progress.ts';
import { createRetention } from '../../src/adapters/postgres/retention.ts';
import { createUsage } from '../../src/adapters/postgres/usage.ts';
import { createTokenVault } from '../../src/adapters/postgres/token-vault.ts';
import type { Lane } from '../../src/ports/budgets.ts';
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

describe('retention', () => {
  it('drops what is over and old, and keeps what is not over whatever its age, and every effect', async () => {
    const effects = createEffectLog(pool);
    const progress = createProgress(pool);
    const at = '2025-01-01T00:00:00.000Z';
    for (const key of ['sf:1:over', 'sf:1:open']) await effects.begin({ key, system: 'stripe', body: {}, at });
    await effects.answer('sf:1:over', {});
    for (const key of ['over', 'open']) await progress.open({ key, kind: 'issue-invoice', invoiceId: null });
    await progress.set('over', { state: 'done' });
    await pool.query(`UPDATE trueup.effect_note SET at = '${at}'`);
    await pool.query(`UPDATE trueup.progress SET changed_at = '${at}'`);
    const asked: number[] = [];
    const forget = async (before: number) => {
      asked.push(before);
      return 0;
    };
    const retention = createRetention(pool, createInbox(pool), forget);
    const now = Date.parse('2026-11-24T00:00:00.000Z');
    await pool.query("INSERT INTO trueup.usage VALUES ('m', '2025-10-01', 1, now()), ('m', '2025-11-01', 1, now())");
    expect(await retention.trim(now)).toEqual({ events: 0, runs: 0, notes: 2, operations: 1, usage: 1 });
    expect(asked).toEqual([now - 30 * 86_400_000]);
    expect(await progress.read('open')).toMatchObject({ state: 'accepted' });
    expect(await effects.read('sf:1:over')).toMatchObject({ state: 'answered' });
    const { rows } = await pool.query('SELECT key FROM trueup.effect_note');
    expect(rows).toEqual([{ key: 'sf:1:open' }]);
  });
});

describe('the bell', () => {
  it('is heard by every process, once for many rings, and again after the connection broke', async () => {
    const web = createBell(pool, database.url);
    const workers = [createBell(pool, database.url), createBell(pool, database.url)];
    const heard = workers.map(() => ({ inbox: 0, run: 0 }));
    const count = (at: number, what: 'inbox' | 'run') => () => void ((heard[at] ?? { inbox: 0, run: 0 })[what] += 1);
    await Promise.all(workers.map((bell, at) => bell.listen({ inbox: count(at, 'inbox'), run: count(at, 'run') })));
    // Whoever begins to listen looks once by himself.
    expect(heard).toEqual([
      { inbox: 1, run: 1 },
      { inbox: 1, run: 1 },
    ]);
    for (let times = 0; times < 50; times += 1) web.ring('inbox');
    await expect.poll(() => heard.map(({ inbox }) => inbox), { timeout: 5000 }).toEqual([2, 2]);
    await pool.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'");
    await expect.poll(() => heard.every(({ run }) => run === 2), { timeout: 8000 }).toBe(true);
    web.ring('run');
    await expect.poll(() => heard.map(({ run }) => run), { timeout: 5000 }).toEqual([3, 3]);
    await Promise.all([web, ...workers].map((bell) => bell.stop()));
  });
});

describe('budgets', () => {
  /** One to a second, so that what flows back meanwhile is seldom more than one. */
  const open = () => createBudgets(pool, () => ({ tokens: 1, perMs: 1000, burst: 10 }));
  /** What is granted where nobody has patience, each process asking so many times. */
  const taken = async (bucket: string, lane: Lane, times: number, crew = [open()]): Promise<number> => {
    let granted = 0;
    for (let round = 0; round < times; round += 1) {
      const answers = await Promise.all(crew.map((budgets) => budgets.take(bucket, lane, 0)));
      granted += answers.filter(Boolean).length;
    }
    return granted;
  };

  it('grant no more than the limit, however many processes ask at once', async () => {
    const started = performance.now();
    const granted = await taken('a', 'rep', 5, Array.from({ length: 4 }, open));
    expect(granted).toBeGreaterThanOrEqual(10);
    expect(granted).toBeLessThanOrEqual(10 + Math.ceil((performance.now() - started) / 1000));
  });

  it('leave a share to news and to people', async () => {
    const started = performance.now();
    const [background, news, reps] = [await taken('b', 'background', 12), await taken('b', 'news', 12), await taken('b', 'rep', 12)];
    const flowedBack = Math.ceil((performance.now() - started) / 1000);
    expect(background).toBeGreaterThanOrEqual(6);
    expect(background).toBeLessThanOrEqual(6 + flowedBack);
    expect(background + news).toBeGreaterThanOrEqual(8);
    expect(background + news).toBeLessThanOrEqual(8 + flowedBack);
    expect(background + news + reps).toBeGreaterThanOrEqual(10);
    expect(background + news + reps).toBeLessThanOrEqual(10 + flowedBack);
  });

  it('let those who wait have what flows back', async () => {
    const budgets = createBudgets(pool, () => ({ tokens: 100, perMs: 1000, burst: 2 }));
    expect(await Promise.all(Array.from({ length: 10 }, () => budgets.take('c', 'background')))).not.toContain(false);
    expect(await Promise.all(Array.from({ length: 40 }, () => budgets.take('c', 'background', 50)))).toContain(false);
  });
});

describe('usage', () => {
  const clock = { now: () => Date.parse('2026-11-24T10:00:00.000Z') };
  const soon = 10;

  it('adds up what all processes counted, written by itself and when one ends', async () => {
    const crew = Array.from({ length: 4 }, (_, n) => createUsage(pool, clock, n === 0 ? soon : undefined));
    for (let times = 0; times < 25; times += 1) for (const each of crew) each.count('reads', 2);
    const written = async () => (await pool.query<{ calls: string }>('SELECT calls FROM trueup.usage')).rows[0]?.calls;
    await expect.poll(written).toBe('50');
    await Promise.all(crew.map((each) => each.close()));
    expect(await written()).toBe('200');
  });

  it('keeps for the next time what the database did not take', async () => {
    let away = true;
    const query = ((...asked: unknown[]) =>
      away
        ? Promise.reject(new Error('The database is away.'))
        : (pool.query as (...asked: unknown[]) => unknown)(...asked)) as pg.Pool['query'];
    const usage = createUsage({ query }, clock, soon);
    usage.count('reads', 2);
    await expect(usage.readDays('reads', '2026-11-01')).rejects.toThrow('away');
    usage.count('reads', 3);
    away = false;
    expect(await usage.readDays('reads', '2026-11-01')).toMatchObject([{ calls: 5 }]);
    await usage.close();
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
