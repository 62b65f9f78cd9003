import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { createBudgets } from '../../src/adapters/postgres/budgets.ts';
import { createEffectLog } from '../../src/adapters/postgres/effect-log.ts';
import { createInbox } from '../../src/adapters/postgres/inbox.ts';
import { createInvoiceNumbers } from '../../src/adapters/postgres/invoice-numbers.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { createPool } from '../../src/adapters/postgres/pool.ts';
import { createProgress } from '../../src/adapters/postgres/progress.ts';
import { createTokenVault } from '../../src/adapters/postgres/token-vault.ts';
import { done } from '../../src/domain/outcome.ts';
import { Secret } from '../../src/platform/secret.ts';
import type { InboxEntry } from '../../src/ports/inbox.ts';
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

describe('the effect log', () => {
  const at = '2026-11-24T10:00:00.000Z';

  it('freezes the first body and answers with what it holds', async () => {
    const log = createEffectLog(pool);
    expect(await log.begin({ key: 'sf:1:draft', system: 'stripe', body: { a: 1 }, at })).toMatchObject({
      fresh: true,
      revision: 1,
      state: 'sent',
    });
    expect(await log.begin({ key: 'sf:1:draft', system: 'stripe', body: { a: 2 }, at })).toMatchObject({ fresh: false, body: { a: 1 } });
    await log.answer('sf:1:draft', { id: 'in_1', zero: 0, none: null });
    expect(await log.read('sf:1:draft')).toMatchObject({ state: 'answered', answer: { id: 'in_1', zero: 0, none: null } });
  });

  it('begins once when many ask at the same time', async () => {
    const log = createEffectLog(pool);
    const rows = await Promise.all(Array.from({ length: 20 }, () => log.begin({ key: 'sf:1:send', system: 'stripe', body: null, at })));
    expect(rows.filter((row) => row.fresh)).toHaveLength(1);
  });

  it('releases, resends and revises', async () => {
    const log = createEffectLog(pool);
    await log.begin({ key: 'k', system: 'quickbooks', body: { n: 1 }, at });
    await log.release('k', 'QuickBooks was down.');
    expect(await log.read('k')).toMatchObject({ state: 'idle', firstSentAt: null });
    expect(await log.resend('k', '2026-11-24T11:00:00.000Z')).toMatchObject({
      state: 'sent',
      revision: 1,
      firstSentAt: '2026-11-24T11:00:00.000Z',
    });
    expect(await log.resend('k', '2026-11-24T12:00:00.000Z')).toMatchObject({
      firstSentAt: '2026-11-24T11:00:00.000Z',
      lastSentAt: '2026-11-24T12:00:00.000Z',
    });
    expect(await log.revise('k', { n: 2 }, '2026-11-25T12:00:00.000Z')).toMatchObject({
      revision: 2,
      body: { n: 2 },
      state: 'sent',
      firstSentAt: '2026-11-25T12:00:00.000Z',
    });
  });

  it('keeps documents, the last write wins', async () => {
    const log = createEffectLog(pool);
    expect(await log.kept('order')).toBeNull();
    await log.keep('order', { lines: [1] });
    await log.keep('order', { lines: [2] });
    expect(await log.kept('order')).toEqual({ lines: [2] });
  });
});

describe('invoice numbers', () => {
  it('count up without gap or double under concurrent clicks, and the same operation keeps its number', async () => {
    const numbers = createInvoiceNumbers(pool);
    const give = (operationKey: string, attempt = 1) => numbers.give({ companyKey: 'main', prefix: 'RR-', operationKey, attempt });
    const given = await Promise.all([...Array.from({ length: 20 }, (_, i) => give(`op${i}`)), give('op0'), give('op0')]);
    expect(new Set(given).size).toBe(20);
    expect([...new Set(given)].sort()[0]).toBe('RR-000001');
    expect(await give('op3')).toBe(given[3]);
    expect(await give('op3', 2)).toBe('RR-000021');
  });
});

describe('progress', () => {
  it('replaces a step of the same name and wakes who follows', async () => {
    const progress = createProgress(pool);
    await progress.open({ key: 'op', kind: 'issue-invoice', invoiceId: null });
    const following = progress.follow('op', 0, 5000);
    await progress.step('op', { name: 'checked', state: 'running', at: 'a' });
    await progress.step('op', { name: 'checked', state: 'done', at: 'b' });
    expect((await following)?.steps).toEqual([{ name: 'checked', state: 'done', at: 'b' }]);
    await progress.step('op', { name: 'customer', state: 'done', at: 'c', message: 'known' });
    await progress.set('op', { state: 'done', invoiceNumber: 'RR-000001' });
    expect(await progress.follow('op', 9, 5000)).toMatchObject({
      state: 'done',
      invoiceNumber: 'RR-000001',
      steps: [{ name: 'checked' }, { name: 'customer' }],
    });
    expect(await progress.read('unknown')).toBeNull();
  });
});

describe('the inbox', () => {
  const entry = (eventId: string, id = 'in_1'): InboxEntry => ({
    event: {
      provider: 'stripe',
      account: 'self',
      eventId,
      type: 'invoice.paid',
      objectType: 'invoice',
      objectId: id,
      invoiceId: null,
      ownWrite: false,
      body: '{}',
    },
    dirty: { kind: 'stripe-invoice', id, invoiceId: null },
    receivedAt: '2026-11-24T10:00:00.000Z',
  });

  it('stores an event once, delivered a hundred times at once', async () => {
    const inbox = createInbox(pool);
    const fresh = await Promise.all(Array.from({ length: 100 }, () => inbox.store([entry('evt_1')])));
    expect(fresh.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(await inbox.take(10, 1000)).toHaveLength(1);
    expect(await inbox.take(10, 1000)).toHaveLength(0);
  });

  it('keeps what arrives while an object is leased', async () => {
    const inbox = createInbox(pool);
    await inbox.store([entry('evt_1')]);
    const [leased] = await inbox.take(1, 60_000);
    await inbox.store([entry('evt_2')]);
    await inbox.settle(leased as never);
    const [again] = await inbox.take(1, 60_000);
    expect(again).toMatchObject({ id: 'in_1' });
    await inbox.settle(again as never);
    expect(await inbox.take(1, 60_000)).toEqual([]);
  });

  it('a lease that ran out long ago cannot settle a later mark', async () => {
    const inbox = createInbox(pool);
    await inbox.store([entry('evt_1')]);
    const [old] = await inbox.take(1, 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const [other] = await inbox.take(1, 60_000);
    await inbox.settle(other as never);
    await inbox.store([entry('evt_2')]);
    await inbox.settle(old as never);
    expect(await inbox.take(1, 60_000)).toHaveLength(1);
  });

  it('postpones, parks, and wakes a parked object with the next event', async () => {
    const inbox = createInbox(pool);
    await inbox.store([entry('evt_1')]);
    const [first] = await inbox.take(1, 60_000);
    await inbox.postpone(first as never, 'Stripe is away', new Date(Date.now() + 60_000).toISOString());
    expect(await inbox.take(1, 60_000)).toEqual([]);
    await inbox.store([entry('evt_2')]);
    const [second] = await inbox.take(1, 60_000);
    await inbox.postpone(second as never, 'for a person', null);
    expect(await inbox.take(1, 60_000)).toEqual([]);
    await inbox.store([entry('evt_3')]);
    expect(await inbox.take(1, 60_000)).toHaveLength(1);
  });

  it('one bad entry does not refuse its neighbours', async () => {
    const inbox = createInbox(pool);
    const bad = entry('evt_bad');
    bad.receivedAt = 'never';
    const answers = await Promise.allSettled([inbox.store([entry('evt_0')]), inbox.store([bad]), inbox.store([entry('evt_1', 'in_2')])]);
    expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await inbox.take(10, 1000)).toHaveLength(2);
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
