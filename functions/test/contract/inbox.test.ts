import { describe, expect, it } from 'vitest';
import type { DirtyObject, InboxEntry, WaitingObject } from '../../src/ports/inbox.ts';
import { eventOf, onEachKind, pause } from './stores.ts';

onEachKind((stores) => {
  describe('the inbox', () => {
    const entry = (eventId: string, id = 'in_1'): InboxEntry => ({
      event: eventOf(eventId, id),
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
      await pause(20);
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
      await inbox.postpone(first as never, 'Stripe is away', 60_000);
      expect(await inbox.take(1, 60_000)).toEqual([]);
      await inbox.store([entry('evt_2')]);
      const [second] = await inbox.take(1, 60_000);
      await inbox.postpone(second as never, 'for a person', null);
      expect(await inbox.take(1, 60_000)).toEqual([]);
      await inbox.store([entry('evt_3')]);
      expect(await inbox.take(1, 60_000)).toHaveLength(1);
    });

    it('looks at what somebody asks for at once, though it waits or is parked, and no event says so', async () => {
      const inbox = stores.inbox();
      const asked = { kind: 'salesforce:invoice', id: 'a01', invoiceId: 'a01' };
      await inbox.mark([asked, asked, { ...asked, id: 'a02', invoiceId: 'a02' }]);
      const taken = await inbox.take(10, 60_000);
      expect(taken).toMatchObject([asked, { id: 'a02' }]);
      await inbox.postpone(taken[0] as never, 'Stripe is away', 60_000);
      await inbox.postpone(taken[1] as never, 'for a person', null);
      expect(await inbox.take(10, 60_000)).toEqual([]);
      await inbox.mark([{ ...asked, id: 'a02', invoiceId: 'a02' }, asked]);
      expect(await inbox.take(10, 60_000)).toHaveLength(2);
      await inbox.mark([]);
      expect(await inbox.take(10, 60_000)).toEqual([]);
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

    it.each([
      ['stripe', 'charge.refunded', 'charge', 'stripe:refunded_charge'],
      ['quickbooks', 'qbo.customer.merged.v1', 'customer', 'quickbooks:merged_customer'],
    ] as const)(
      'a parked object of %s after %s keeps its event and is released as what it was',
      async (provider, type, objectType, kind) => {
        const inbox = stores.inbox();
        const receivedAt = '2026-09-01T10:00:00.000Z';
        const special = entry('evt_special', 'x_1');
        Object.assign(special, { dirty: { kind, id: 'x_1', invoiceId: null }, receivedAt });
        Object.assign(special.event, { provider, type, objectType });
        const other = { ...special, event: { ...special.event, eventId: 'evt_other', type: 'other' }, dirty: null };
        await inbox.store([special, other]);
        const [taken] = await inbox.take(1, 60_000);
        await inbox.postpone(taken as never, 'It was refused.', null);
        expect(await inbox.stuck(30)).toMatchObject([{ kind, id: 'x_1', eventId: 'evt_special' }]);
        expect(await inbox.trim('2026-10-01T00:00:00.000Z', 100)).toBe(1);
        expect(await inbox.replay({ provider, eventId: 'evt_special' })).toBe(true);
        const again = await inbox.take(10, 60_000);
        expect(again).toMatchObject([{ kind, id: 'x_1' }]);
        await inbox.settle(again[0] as never);
        expect(await inbox.stuck(0)).toEqual([]);
      },
    );

    it('an object that runs deal with is dirty until the last of them settles it', async () => {
      const inbox = stores.inbox();
      await inbox.store([entry('evt_1')]);
      const [taken] = (await inbox.take(1, 1)) as [DirtyObject];
      await inbox.handOver([{ ...taken, runs: ['run-1', 'run-2'] }], 60_000);
      await pause(10);
      expect(await inbox.take(1, 1)).toEqual([]);
      await Promise.all([inbox.settle(taken, 'run-1'), inbox.settle(taken, 'run-1')]);
      expect(await inbox.stuck(0)).toHaveLength(1);
      await Promise.all([inbox.settle(taken, 'run-2'), inbox.settle(taken, 'run-1')]);
      expect(await inbox.stuck(0)).toEqual([]);
    });

    it('an event that comes while runs deal with its object is taken at once, and they leave it alone', async () => {
      const inbox = stores.inbox();
      await inbox.store([entry('evt_1')]);
      const [first] = (await inbox.take(1, 60_000)) as [DirtyObject];
      await inbox.handOver([{ ...first, runs: ['run-1'] }], 60_000);
      await inbox.store([entry('evt_2')]);
      const [second] = (await inbox.take(1, 60_000)) as [DirtyObject];
      expect(second.generation).toBeGreaterThan(first.generation);
      await inbox.settle(first, 'run-1');
      expect(await inbox.take(1, 60_000)).toEqual([]);
      await inbox.handOver([{ ...second, runs: ['run-2'] }], 60_000);
      await inbox.handOver([{ ...first, runs: ['run-1'] }], 60_000);
      await inbox.settle(second, 'run-2');
      expect(await inbox.stuck(0)).toEqual([]);
    });

    const waiting = (object: DirtyObject, ...lines: string[]) => ({ ...object, lines: lines.length > 0 ? lines : null });

    it('what was looked at waits for a turn, all of a line together, and no more runs have one than are allowed', async () => {
      const inbox = stores.inbox();
      for (const id of ['in_1', 'ch_1', 'in_2', 're_1']) await inbox.store([entry(`evt_${id}`, id)]);
      const looked = (await inbox.take(10, 60_000)).sort((a, b) => a.generation - b.generation);
      const [in1, ch1, in2, re1] = looked as [DirtyObject, DirtyObject, DirtyObject, DirtyObject];
      await inbox.awaitTurn([waiting(in1, 'A'), waiting(ch1, 'A', 'B'), waiting(in2, 'C'), waiting(re1)]);
      expect(await inbox.take(10, 60_000)).toEqual([]);
      const first = await inbox.takeTurns(1, 60_000);
      expect(first.map(({ id, attempts }) => [id, attempts]).sort()).toEqual([
        ['ch_1', 1],
        ['in_1', 1],
      ]);
      expect(first.find(({ id }) => id === 'ch_1')?.lines).toEqual(['A', 'B']);
      await inbox.handOver(
        [
          { ...in1, runs: ['run-A'] },
          { ...ch1, runs: ['run-A', 'run-B'] },
        ],
        60_000,
      );
      expect(await inbox.takeTurns(2, 60_000)).toEqual([]);
      await Promise.all([inbox.settle(in1, 'run-A'), inbox.settle(ch1, 'run-A')]);
      expect(await inbox.takeTurns(2, 60_000)).toMatchObject([{ id: 'in_2', lines: ['C'] }]);
      await inbox.settle(ch1, 'run-B');
      expect(await inbox.takeTurns(2, 60_000)).toMatchObject([{ id: 're_1', lines: null }]);
    });

    it('what is tried again stands behind what came meanwhile, and what is taken has its turn before runs have it', async () => {
      const inbox = stores.inbox();
      await inbox.store([entry('evt_1', 'in_1')]);
      const [failing] = (await inbox.take(10, 60_000)) as [DirtyObject];
      await inbox.awaitTurn([waiting(failing, 'A')]);
      await inbox.takeTurns(10, 60_000);
      await inbox.postpone(failing, 'QuickBooks is away', 40);
      for (const id of ['in_2', 'in_3']) await inbox.store([entry(`evt_${id}`, id)]);
      const news = (await inbox.take(10, 60_000)).sort((a, b) => a.generation - b.generation);
      await inbox.awaitTurn(news.map((object) => waiting(object, object.id)));
      await pause(60);
      expect(await inbox.takeTurns(1, 60_000)).toMatchObject([{ id: 'in_2' }]);
      expect(await inbox.takeTurns(1, 60_000)).toEqual([]);
      expect(await inbox.takeTurns(2, 60_000)).toMatchObject([{ id: 'in_3' }]);
      expect(await inbox.takeTurns(3, 60_000)).toMatchObject([{ id: 'in_1' }]);
    });

    it('what events come for while it waits is looked at again, in its old place', async () => {
      const inbox = stores.inbox();
      await inbox.store([entry('evt_1', 'in_1')]);
      await inbox.store([entry('evt_2', 'in_2')]);
      const looked = await inbox.take(10, 60_000);
      await inbox.awaitTurn(looked.map((object) => waiting(object, object.id)));
      await inbox.store([entry('evt_3', 'in_1')]);
      expect(await inbox.takeTurns(10, 60_000)).toMatchObject([{ id: 'in_2' }]);
      const again = await inbox.take(10, 60_000);
      expect(again).toMatchObject([{ id: 'in_1' }]);
      await inbox.store([entry('evt_4', 'in_1')]);
      await inbox.awaitTurn([waiting(again[0] as DirtyObject, 'in_1')]);
      expect(await inbox.takeTurns(10, 60_000)).toEqual([]);
      await inbox.awaitTurn((await inbox.take(10, 60_000)).map((object) => waiting(object, 'in_1')));
      expect(await inbox.takeTurns(10, 60_000)).toMatchObject([{ id: 'in_1' }]);
    });

    it('an object whose runs were lost gets a turn under a new generation, which those cannot settle', async () => {
      const inbox = stores.inbox();
      await inbox.store([entry('evt_1')]);
      const [first] = (await inbox.take(1, 60_000)) as [DirtyObject];
      await inbox.awaitTurn([waiting(first, 'A')]);
      expect(await inbox.takeTurns(1, 60_000)).toMatchObject([{ generation: first.generation }]);
      await inbox.handOver([{ ...first, runs: ['run-1', 'run-2'] }], 1);
      await pause(10);
      const [again] = (await inbox.takeTurns(1, 60_000)) as [WaitingObject];
      expect(again.generation).toBeGreaterThan(first.generation);
      await inbox.handOver([{ ...again, runs: ['run-3'] }], 60_000);
      await Promise.all(['run-1', 'run-2'].map((run) => inbox.settle(first, run)));
      expect(await inbox.stuck(0)).toHaveLength(1);
      await inbox.settle(again, 'run-3');
      expect(await inbox.stuck(0)).toEqual([]);
    });

    it('what runs could not do is tried under a new generation', async () => {
      const inbox = stores.inbox();
      await inbox.store([entry('evt_1')]);
      const [first] = (await inbox.take(1, 60_000)) as [DirtyObject];
      await inbox.handOver([{ ...first, runs: ['run-1'] }], 60_000);
      await inbox.postpone(first, 'QuickBooks is away', -1_000);
      const [again] = (await inbox.take(1, 60_000)) as [DirtyObject];
      expect(again).toMatchObject({ id: first.id, attempts: 2 });
      expect(again.generation).toBeGreaterThan(first.generation);
    });

    it('a second run that could not do it leaves the wait of the first as it is', async () => {
      const inbox = stores.inbox();
      await inbox.store([entry('evt_1')]);
      const [object] = (await inbox.take(1, 60_000)) as [DirtyObject];
      await inbox.handOver([{ ...object, runs: ['run-1', 'run-2'] }], 60_000);
      const later = 600_000;
      await inbox.postpone(object, 'QuickBooks is away', later);
      await inbox.postpone(object, 'QuickBooks is away', later);
      expect(await inbox.take(1, 60_000)).toEqual([]);
      await inbox.postpone(object, 'It was refused.', null);
      expect(await inbox.stuck(30)).toEqual([]);
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
});
