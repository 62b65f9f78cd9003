import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type pg from 'pg';
import { createCheckpoints as memoryCheckpoints } from '../../src/adapters/memory/checkpoints.ts';
import { createEffectLog as memoryEffectLog } from '../../src/adapters/memory/effect-log.ts';
import { createFaults } from '../../src/adapters/memory/faults.ts';
import { createInbox as memoryInbox } from '../../src/adapters/memory/inbox.ts';
import { createInvoiceNumbers as memoryNumbers } from '../../src/adapters/memory/invoice-numbers.ts';
import { createProgress as memoryProgress } from '../../src/adapters/memory/progress.ts';
import { createSightings as memorySightings } from '../../src/adapters/memory/sightings.ts';
import { createTokenVault as memoryTokenVault } from '../../src/adapters/memory/token-vault.ts';
import { createCheckpoints } from '../../src/adapters/postgres/checkpoints.ts';
import { createEffectLog } from '../../src/adapters/postgres/effect-log.ts';
import { createInbox } from '../../src/adapters/postgres/inbox.ts';
import { createInvoiceNumbers } from '../../src/adapters/postgres/invoice-numbers.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { createPool } from '../../src/adapters/postgres/pool.ts';
import { createProgress } from '../../src/adapters/postgres/progress.ts';
import { createSightings } from '../../src/adapters/postgres/sightings.ts';
import { createTokenVault } from '../../src/adapters/postgres/token-vault.ts';
import { done } from '../../src/domain/outcome.ts';
import { Secret } from '../../src/platform/secret.ts';
import type { Checkpoints } from '../../src/ports/checkpoints.ts';
import type { EffectLog } from '../../src/ports/effect-log.ts';
import type { Inbox, InboxEntry } from '../../src/ports/inbox.ts';
import type { InvoiceNumbers } from '../../src/ports/invoice-numbers.ts';
import type { Progress } from '../../src/ports/progress.ts';
import type { Sightings } from '../../src/ports/sightings.ts';
import type { TokenVault } from '../../src/ports/token-vault.ts';
import { type TestDatabase, startTestDatabase } from './database.ts';

/** What must hold on PostgreSQL, and as well on the memory the simulation puts in its place. */
interface Stores {
  effects(): EffectLog;
  numbers(): InvoiceNumbers;
  progress(): Progress;
  inbox(): Inbox;
  vault(): TokenVault;
  checkpoints(): Checkpoints;
  /** What sweeps remember, with the stores they look into. */
  sightings(): { sightings: Sightings; inbox: Inbox; effects: EffectLog };
}

let database: TestDatabase;
let pool: pg.Pool;
const faults = createFaults();
const clock = { now: () => Date.now() };
const KINDS: [string, Stores, () => Promise<void>][] = [
  [
    'on PostgreSQL',
    {
      effects: () => createEffectLog(pool),
      numbers: () => createInvoiceNumbers(pool),
      progress: () => createProgress(pool),
      inbox: () => createInbox(pool),
      vault: () => createTokenVault(pool, new Secret(Buffer.alloc(32, 1).toString('base64'))),
      checkpoints: () => createCheckpoints(pool),
      sightings: () => ({ sightings: createSightings(pool), inbox: createInbox(pool), effects: createEffectLog(pool) }),
    },
    async () => {
      await pool.query('DROP SCHEMA IF EXISTS trueup CASCADE');
      await migrate(pool);
    },
  ],
  [
    'in memory',
    {
      effects: () => memoryEffectLog(faults, clock),
      numbers: () => memoryNumbers(faults),
      progress: memoryProgress,
      inbox: () => memoryInbox(clock),
      vault: memoryTokenVault,
      checkpoints: () => memoryCheckpoints(clock),
      sightings: () => {
        const inbox = memoryInbox(clock);
        const effects = memoryEffectLog(faults, clock);
        return { sightings: memorySightings(clock, { inbox, effects }), inbox, effects };
      },
    },
    async () => undefined,
  ],
];

beforeAll(async () => {
  database = await startTestDatabase();
  pool = createPool(database.url);
});
afterAll(async () => {
  await pool?.end();
  await database?.stop();
});

describe.each(KINDS)('%s', (_name, stores, empty) => {
  beforeEach(empty);

  describe('the effect log', () => {
    const at = '2026-11-24T10:00:00.000Z';

    it('freezes the first body and answers with what it holds', async () => {
      const log = stores.effects();
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
      const log = stores.effects();
      const rows = await Promise.all(Array.from({ length: 20 }, () => log.begin({ key: 'sf:1:send', system: 'stripe', body: null, at })));
      expect(rows.filter((row) => row.fresh)).toHaveLength(1);
    });

    it('releases, resends and revises', async () => {
      const log = stores.effects();
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
      const log = stores.effects();
      expect(await log.kept('order')).toBeNull();
      await log.keep('order', { lines: [1] });
      await log.keep('order', { lines: [2] });
      expect(await log.kept('order')).toEqual({ lines: [2] });
    });
  });

  describe('invoice numbers', () => {
    it('count up without gap or double under concurrent clicks, and the same operation keeps its number', async () => {
      const numbers = stores.numbers();
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
      const progress = stores.progress();
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

    it('lists what faults of ours ended, often enough', async () => {
      const progress = stores.progress();
      const fault = { code: 'internal-error', severity: 'error' as const, message: 'm', action: 'a' };
      for (const key of ['ours', 'theirs']) await progress.open({ key: `broken-${key}`, kind: 'issue-invoice', invoiceId: 'a01' });
      await progress.set('broken-ours', { state: 'needs-attention', problems: [fault] });
      await progress.set('broken-theirs', { state: 'needs-attention', problems: [{ ...fault, code: 'card-declined' }] });
      const keys = async (retries: number) => (await progress.broken(retries)).map(({ key }) => key);
      expect(await keys(0)).toEqual(['broken-ours']);
      expect(await keys(1)).toEqual([]);
      await progress.retry('broken-ours');
      expect(await keys(0)).toEqual([]);
      await progress.set('broken-ours', { state: 'needs-attention', problems: [fault] });
      expect(await keys(1)).toEqual(['broken-ours']);
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
        kept: null,
        body: '{}',
      },
      dirty: { kind: 'stripe-invoice', id, invoiceId: null },
      receivedAt: '2026-11-24T10:00:00.000Z',
    });

    it('stores an event once, delivered a hundred times at once', async () => {
      const inbox = stores.inbox();
      const fresh = await Promise.all(Array.from({ length: 100 }, () => inbox.store([entry('evt_1')])));
      expect(fresh.reduce((sum, count) => sum + count, 0)).toBe(1);
      expect(await inbox.take(10, 1000)).toHaveLength(1);
      expect(await inbox.take(10, 1000)).toHaveLength(0);
    });

    it('keeps what arrives while an object is leased', async () => {
      const inbox = stores.inbox();
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
      const inbox = stores.inbox();
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
      const inbox = stores.inbox();
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

    it('shows what is stuck and what was kept, and forgets what is old and over', async () => {
      const inbox = stores.inbox();
      const old = { ...entry('evt_old', 'in_old'), receivedAt: '2026-09-01T10:00:00.000Z' };
      const waiting = { ...entry('evt_waiting', 'in_waiting'), receivedAt: '2026-09-01T10:00:00.000Z' };
      const alien = entry('evt_alien', 'in_alien');
      Object.assign(alien, { dirty: null, event: { ...alien.event, kept: 'wrong-mode' } });
      for (const each of [old, waiting, alien])
        await inbox.store([each.dirty ? { ...each, dirty: { ...each.dirty, kind: 'stripe:invoice' } } : each]);
      const taken = await inbox.take(10, 60_000);
      for (const object of taken) {
        if (object.id === 'in_old') await inbox.settle(object);
        else await inbox.postpone(object, 'It was refused.', null);
      }
      expect(await inbox.stuck(30)).toMatchObject([
        { id: 'in_waiting', reason: 'It was refused.', parked: true, attempts: 1, eventId: 'evt_waiting' },
      ]);
      expect(await inbox.stuck(1)).toHaveLength(1);
      expect(await inbox.keptSince('2026-11-24T00:00:00.000Z')).toEqual([
        { provider: 'stripe', reason: 'wrong-mode', count: 1, type: 'invoice.paid', account: 'self' },
      ]);
      expect(await inbox.keptSince('2026-11-25T00:00:00.000Z')).toEqual([]);
      expect(await inbox.trim('2026-10-01T00:00:00.000Z', 100)).toBe(1);
      expect(await inbox.store([waiting])).toBe(0);
      expect(await inbox.store([alien])).toBe(0);
    });

    it('one bad entry does not refuse its neighbours', async () => {
      const inbox = stores.inbox();
      const bad = entry('evt_bad');
      bad.receivedAt = 'never';
      const answers = await Promise.allSettled([inbox.store([entry('evt_0')]), inbox.store([bad]), inbox.store([entry('evt_1', 'in_2')])]);
      expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect(await inbox.take(10, 1000)).toHaveLength(2);
    });
  });

  describe('the token vault', () => {
    it('renews once for all who ask, and a failure changes nothing', async () => {
      const vault = stores.vault();
      const tokens = { accessToken: null, refreshToken: 'refresh-1', accessExpiresAt: null, refreshExpiresAt: null };
      await vault.seed('quickbooks', '1', tokens);
      await vault.seed('quickbooks', '1', { ...tokens, refreshToken: 'other' });
      const problem = { code: 'x', severity: 'error' as const, message: 'x', action: 'x' };
      expect(await vault.renew('quickbooks', '1', null, async () => ({ outcome: 'unavailable', problem }))).toMatchObject({ problem });
      let asked = 0;
      const renew = () =>
        vault.renew('quickbooks', '1', null, async (stored) => {
          asked += 1;
          return done({ ...stored, accessToken: `access-${asked}`, refreshToken: `${stored.refreshToken}-${asked}` });
        });
      const renewed = await Promise.all([renew(), renew(), renew()]);
      expect(asked).toBe(1);
      expect(renewed.every((answer) => answer.outcome === 'done' && answer.value.accessToken === 'access-1')).toBe(true);
      expect(await vault.read('quickbooks', '1')).toMatchObject({ refreshToken: 'refresh-1-1' });
    });
  });

  describe('the checkpoints', () => {
    const checkpoint = {
      readTo: '2026-11-24T10:00:00.000Z',
      asOf: '2026-11-24T09:59:00.000Z',
      compare: { key: 'full-compare.1', againAt: '2026-11-24T16:00:00.000Z' },
    };

    it('give a source to one process, and to the next once it was given back and is due', async () => {
      const checkpoints = stores.checkpoints();
      const turns = await Promise.all(Array.from({ length: 5 }, () => checkpoints.claim('stripe-events', 60_000)));
      expect(turns.filter((turn) => turn !== null)).toEqual([{ readTo: null, asOf: null, compare: null }]);
      await checkpoints.settle('stripe-events', checkpoint, 0);
      expect(await checkpoints.claim('stripe-events', 60_000)).toEqual(checkpoint);
      await checkpoints.settle('stripe-events', checkpoint, 60_000);
      expect(await checkpoints.claim('stripe-events', 60_000)).toBeNull();
      expect(await checkpoints.read('stripe-events')).toEqual(checkpoint);
      expect(await checkpoints.claim('telling', 60_000)).not.toBeNull();
    });

    it('outlive a process that died, and a sweep that failed begins where it stood', async () => {
      const checkpoints = stores.checkpoints();
      await checkpoints.claim('stripe-events', 5);
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect(await checkpoints.claim('stripe-events', 60_000)).not.toBeNull();
      await checkpoints.postpone('stripe-events', 0);
      expect(await checkpoints.claim('stripe-events', 60_000)).toEqual({ readTo: null, asOf: null, compare: null });
    });
  });

  describe('what sweeps remember', () => {
    const event = (eventId: string, objectId = 'in_1'): InboxEntry['event'] => ({
      provider: 'stripe',
      account: 'self',
      eventId,
      type: 'invoice.paid',
      objectType: 'invoice',
      objectId,
      invoiceId: null,
      ownWrite: false,
      kept: null,
      body: '{}',
    });
    const dirty = { kind: 'stripe:invoice', id: 'in_1', invoiceId: null };
    const now = () => new Date().toISOString();
    const later = () => new Promise((resolve) => setTimeout(resolve, 5));

    it('tells heard from found alone', async () => {
      const { sightings, inbox } = stores.sightings();
      expect(await sightings.hearing('stripe')).toEqual({ heardAt: null, alone: 0, aloneFrom: null, aloneTo: null, aloneEver: 0 });
      const heardAt = now();
      await inbox.store([{ event: event('evt_1'), dirty, receivedAt: heardAt }]);
      await later();
      const unheard = await sightings.noteUnheard([event('evt_1'), event('evt_2'), event('evt_3')], true);
      expect(unheard.sort()).toEqual(['evt_2', 'evt_3']);
      await sightings.noteUnheard([event('sweep.1')], false);
      await inbox.store([{ event: event('evt_2'), dirty, receivedAt: now() }]);
      const hearing = await sightings.hearing('stripe');
      expect(hearing).toMatchObject({ heardAt, alone: 2, aloneEver: 2 });
      expect(hearing.aloneFrom).not.toBeNull();
      await later();
      await inbox.store([{ event: event('evt_4'), dirty, receivedAt: now() }]);
      expect(await sightings.hearing('stripe')).toMatchObject({ alone: 0, aloneFrom: null, aloneEver: 2 });
      expect(await sightings.hearing('quickbooks')).toMatchObject({ heardAt: null, alone: 0 });
      await sightings.forgetFound('2026-01-01T00:00:00.000Z');
      expect(await sightings.hearing('stripe')).toMatchObject({ aloneEver: 2 });
      await sightings.forgetFound(new Date(Date.now() + 1_000).toISOString());
      expect(await sightings.hearing('stripe')).toMatchObject({ aloneEver: 0 });
    });

    it('knows which objects look otherwise, are new without an event, or are gone', async () => {
      const { sightings, inbox } = stores.sightings();
      const object = (id: string, looks = 'open') => ({ kind: 'invoice', id, looks, invoiceId: null });
      await inbox.store([{ event: event('evt_1', 'in_2'), dirty: null, receivedAt: now() }]);
      expect((await sightings.listChanged('stripe', [object('in_1'), object('in_2')])).map(({ id }) => id)).toEqual(['in_1']);
      await sightings.remember([object('in_1'), object('in_2')]);
      await sightings.remember([]);
      expect((await sightings.listChanged('stripe', [object('in_1'), object('in_2', 'paid')])).map(({ id }) => id)).toEqual(['in_2']);
      await later();
      const pass = now();
      await later();
      await sightings.remember([object('in_2', 'paid')]);
      expect(await sightings.listVanished('invoice', pass)).toEqual(['in_1']);
      await sightings.forget('invoice', ['in_1']);
      expect(await sightings.listVanished('invoice', pass)).toEqual([]);
    });

    it('knows our own documents and the token they bear after our own writes', async () => {
      const { sightings, effects } = stores.sightings();
      const write = async (key: string, answer: Record<string, string>) => {
        await effects.begin({ key, system: 'quickbooks', body: null, at: now() });
        await effects.answer(key, answer);
      };
      await write('sf:a01000000000001AAA:create-invoice', { id: '12', syncToken: '0' });
      await write('sf:pi_1:book-12', { id: '13' });
      await write('sf:001000000000001AAA:create-customer', { id: '12', syncToken: '0' });
      expect(await sightings.ownDocuments('Invoice', ['12', '99'])).toEqual([{ id: '12', recordId: 'a01000000000001AAA', syncToken: '1' }]);
      expect(await sightings.ownDocuments('Payment', ['12', '13'])).toEqual([{ id: '13', recordId: 'pi_1', syncToken: '0' }]);
      await write('sf:a01000000000001AAA:void-invoice-quickbooks', { id: '12', syncToken: '2' });
      expect(await sightings.ownDocuments('Invoice', ['12'])).toMatchObject([{ syncToken: '2' }]);
    });

    it('knows our own entries by what they are and say', async () => {
      const { sightings, effects } = stores.sightings();
      const write = async (key: string, body: Record<string, string> | null, answer: Record<string, string>) => {
        await effects.begin({ key, system: 'quickbooks', body, at: now() });
        await effects.answer(key, answer);
      };
      await write('sf:txn_1:book', { memo: 'Stripe refund re_1' }, { id: '12', entity: 'RefundReceipt', date: '2026-11-20' });
      await write('sf:txn_2:book', { memo: 'Stripe fees' }, { id: '12', entity: 'Purchase', date: '2026-11-21' });
      await write('sf:a01000000000001AAA:create-invoice', null, { id: '13', syncToken: '0' });
      expect(await sightings.ownEntries('RefundReceipt', ['12', '13'])).toEqual([
        { id: '12', date: '2026-11-20', memo: 'Stripe refund re_1' },
      ]);
      expect(await sightings.ownEntries('Transfer', ['12'])).toEqual([]);
    });

    it('knows since when something waits to be looked at, and why', async () => {
      const { sightings, inbox } = stores.sightings();
      expect(await sightings.waiting('stripe')).toBeNull();
      await inbox.store([{ event: event('evt_1'), dirty, receivedAt: now() }]);
      const first = await sightings.waiting('stripe');
      expect(first).toMatchObject({ count: 1, reason: null });
      expect(Math.abs(Date.parse(first?.since ?? '') - Date.now())).toBeLessThan(5_000);
      await later();
      await inbox.store([{ event: event('evt_2'), dirty, receivedAt: now() }]);
      const [object] = await inbox.take(1, 60_000);
      await inbox.postpone(object as never, 'Stripe is away', null);
      expect(await sightings.waiting('stripe')).toEqual({ ...first, reason: 'Stripe is away' });
      expect(await sightings.waiting('quickbooks')).toBeNull();
      await inbox.settle(object as never);
      expect(await sightings.waiting('stripe')).toBeNull();
    });
  });
});
