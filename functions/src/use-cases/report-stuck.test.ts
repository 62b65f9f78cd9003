import { expect, test } from 'vitest';
import { createWorld } from '../adapters/memory/world.ts';
import type { VerifiedEvent } from '../ports/webhook-verifier.ts';
import { reportStuck } from './report-stuck.ts';

const event = (part: Partial<VerifiedEvent> = {}): VerifiedEvent => ({
  ...{ provider: 'stripe', account: 'self', eventId: 'evt_1', type: 'charge.succeeded', objectType: 'charge', objectId: 'ch_1' },
  ...{ invoiceId: null, ownWrite: false, happenedAt: null, looks: null, kept: null, body: '{}' },
  ...part,
});

test('a parked object is told once with what to do, and closed when a replay gets it done', async () => {
  const world = createWorld();
  const receivedAt = new Date(world.clock.now()).toISOString();
  await world.inbox.store([{ event: event(), dirty: { kind: 'stripe:charge', id: 'ch_1', invoiceId: null }, receivedAt }]);
  const [taken] = await world.inbox.take(1, 1000);
  if (taken) await world.inbox.postpone(taken, 'Salesforce refused it.', null);
  expect(await reportStuck(world)).toMatchObject({ value: { opened: 1, closed: 0 } });
  const issue = world.org.issues.get('stuck:stripe:charge:ch_1');
  expect(issue).toMatchObject({ message: expect.stringContaining('Salesforce refused it.'), fix: expect.stringContaining('evt_1') });

  const calls = world.faults.calls.length;
  expect(await reportStuck(world)).toMatchObject({ value: { opened: 0, closed: 0 } });
  expect(world.faults.calls.slice(calls).filter((call) => call.startsWith('records.'))).toEqual([]);

  expect(await world.inbox.replay({ provider: 'stripe', eventId: 'evt_1' })).toBe(true);
  const [again] = await world.inbox.take(1, 1000);
  if (again) await world.inbox.settle(again);
  expect(await reportStuck(world)).toMatchObject({ value: { opened: 0, closed: 1 } });
  expect(world.org.issues.get('stuck:stripe:charge:ch_1')).toMatchObject({ resolved: true });
});

test.each(['wrong-mode', 'wrong-account', 'newer-version'] as const)(
  'events of %s are one issue, which closes a day after the last',
  async (kept) => {
    const world = createWorld();
    const receivedAt = new Date(world.clock.now()).toISOString();
    const entries = ['evt_1', 'evt_2'].map((eventId) => ({ event: event({ eventId, kept }), dirty: null, receivedAt }));
    await world.inbox.store(entries);
    expect(await reportStuck(world)).toMatchObject({ value: { opened: 1 } });
    expect(world.org.issues.get(`kept:stripe:${kept}`)?.message).toContain('2 events from Stripe');
    world.clock.advance(25 * 3_600_000);
    expect(await reportStuck(world)).toMatchObject({ value: { closed: 1 } });
  },
);

test('while Salesforce is down nothing counts as told', async () => {
  const world = createWorld();
  const receivedAt = new Date(world.clock.now()).toISOString();
  await world.inbox.store([{ event: event({ kept: 'wrong-mode' }), dirty: null, receivedAt }]);
  world.faults.plan('records.writeIssues', 'unavailable');
  expect(await reportStuck(world)).toMatchObject({ outcome: 'unavailable' });
  expect(await reportStuck(world)).toMatchObject({ value: { opened: 1 } });
});

test('a record that somebody wanted in step is released by the wish alone, so that is what is said to do', async () => {
  const world = createWorld();
  await world.inbox.mark([{ kind: 'salesforce:account', id: '001000000000001AAA', invoiceId: null }]);
  const [taken] = await world.inbox.take(1, 1000);
  if (taken) await world.inbox.postpone(taken, 'A rule refuses it.', null);
  await reportStuck(world);
  expect([...world.org.issues.values()]).toMatchObject([{ recordId: '001000000000001AAA', fix: expect.stringContaining('Sync Now') }]);
});
