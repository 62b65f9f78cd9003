import { afterAll, beforeAll, expect, it } from 'vitest';
import type pg from 'pg';
import { createEffectLog } from '../../src/adapters/postgres/effect-log.ts';
import { createInbox } from '../../src/adapters/postgres/inbox.ts';
import { migrate } from '../../src/adapters/postgres/migrate.ts';
import { createPool } from '../../src/adapters/postgres/pool.ts';
import { createProgress } from '../../src/adapters/postgres/progress.ts';
import { createTimeline } from '../../src/adapters/postgres/timeline.ts';
import type { VerifiedEvent } from '../../src/ports/webhook-verifier.ts';
import { type TestDatabase, startTestDatabase } from './database.ts';

// What the stores remember of an invoice's history, and what a person may do with it.

const INVOICE = 'a01000000000001AAA';
let database: TestDatabase;
let pool: pg.Pool;
beforeAll(async () => {
  database = await startTestDatabase();
  pool = createPool(database.url);
  await migrate(pool);
});
afterAll(async () => {
  await pool?.end();
  await database?.stop();
});

const event = (part: Partial<VerifiedEvent>): VerifiedEvent => ({
  ...{ provider: 'stripe', account: 'acct_1', eventId: 'evt_1', type: 'invoice.paid', objectType: 'invoice', objectId: 'in_1' },
  ...{ invoiceId: null, ownWrite: false, happenedAt: null, looks: null, kept: null, body: '{}' },
  ...part,
});

it('notes every sending of a write and what came of it, with the change itself', async () => {
  const log = createEffectLog(pool);
  const at = new Date().toISOString();
  const key = `sf:${INVOICE}:create-draft`;
  await log.begin({ key, system: 'stripe', body: {}, at });
  await log.begin({ key, system: 'stripe', body: {}, at });
  await log.release(key, 'Stripe is busy.');
  await log.resend(key, at);
  await log.revise(key, {}, at);
  await log.answer(key, { id: 'in_1' });
  await log.begin({ key: 'sf:a01000000000002AAA:create-draft', system: 'stripe', body: {}, at });
  const calls = await createTimeline(pool).calls(INVOICE);
  expect(calls.map(({ system, what, reason }) => [system, what, reason])).toEqual([
    ['stripe', 'sent', null],
    ['stripe', 'released', 'Stripe is busy.'],
    ['stripe', 'resent', null],
    ['stripe', 'revised', null],
    ['stripe', 'answered', null],
  ]);
});

it('counts a retry once, and lets go what is given up', async () => {
  const progress = createProgress(pool);
  await progress.open({ key: 'op', kind: 'issue-invoice', invoiceId: INVOICE });
  expect(await progress.retry('op')).toBeNull();
  expect(await progress.cancel('op', '005000000000001AAA')).toBe(true);
  expect(await progress.read('op')).toMatchObject({ cancelledBy: '005000000000001AAA', retries: 0 });
  await progress.set('op', { state: 'needs-attention' });
  expect(await progress.cancel('op', '005000000000001AAA')).toBe(false);
  const counted = await Promise.all([1, 2, 3].map(() => progress.retry('op')));
  expect(counted.filter(Boolean)).toMatchObject([{ state: 'accepted', retries: 1, cancelledBy: null, problems: [] }]);
  expect(await createTimeline(pool).operations(INVOICE)).toMatchObject([{ key: 'op', retries: 1 }]);
});

it('finds the events of objects, and makes the object of one dirty again', async () => {
  const inbox = createInbox(pool);
  const receivedAt = new Date().toISOString();
  await inbox.store([
    { event: event({}), dirty: { kind: 'stripe:invoice', id: 'in_1', invoiceId: null }, receivedAt },
    { event: event({ eventId: 'evt_2', type: 'invoice.updated' }), dirty: null, receivedAt },
    { event: event({ eventId: 'evt_3', objectId: 'in_2' }), dirty: null, receivedAt },
    { event: event({ eventId: 'evt_4', provider: 'quickbooks' }), dirty: null, receivedAt },
  ]);
  const events = await createTimeline(pool).events([
    { provider: 'stripe', type: 'invoice', id: 'in_1' },
    { provider: 'stripe', type: 'charge', id: 'ch_1' },
  ]);
  expect(events.map(({ eventId, applied }) => [eventId, applied])).toEqual([
    ['evt_1', true],
    ['evt_2', false],
  ]);
  for (const object of await inbox.take(10, 60_000)) await inbox.settle(object);
  expect(await inbox.replay({ provider: 'stripe', eventId: 'evt_3' })).toBe(true);
  expect(await inbox.take(10, 60_000)).toMatchObject([{ kind: 'stripe:invoice', id: 'in_2' }]);
  expect(await inbox.replay({ provider: 'stripe', eventId: 'evt_9' })).toBe(false);
});
