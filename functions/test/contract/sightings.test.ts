import { describe, expect, it } from 'vitest';
import type { DirtyObject } from '../../src/ports/inbox.ts';
import type { VerifiedEvent } from '../../src/ports/webhook-verifier.ts';
import { eventOf, onEachKind, pause } from './stores.ts';

onEachKind((stores) => {
  describe('what sweeps remember', () => {
    const dirty = { kind: 'stripe:invoice', id: 'in_1', invoiceId: null };
    const now = () => new Date().toISOString();
    const later = () => pause(5);

    it('tells heard from found alone', async () => {
      const { sightings, inbox } = stores.sightings();
      expect(await sightings.hearing('stripe')).toEqual({ heardAt: null, alone: 0, aloneFrom: null, aloneTo: null, aloneEver: 0 });
      const heardAt = now();
      await inbox.store([{ event: eventOf('evt_1'), dirty, receivedAt: heardAt }]);
      await later();
      const unheard = await sightings.noteUnheard([eventOf('evt_1'), eventOf('evt_2'), eventOf('evt_3')], true);
      expect(unheard.sort()).toEqual(['evt_2', 'evt_3']);
      await sightings.noteUnheard([eventOf('sweep.1')], false);
      await inbox.store([{ event: eventOf('evt_2'), dirty, receivedAt: now() }]);
      const hearing = await sightings.hearing('stripe');
      expect(hearing).toMatchObject({ heardAt, alone: 2, aloneEver: 2 });
      expect(hearing.aloneFrom).not.toBeNull();
      await later();
      await inbox.store([{ event: eventOf('evt_4'), dirty, receivedAt: now() }]);
      expect(await sightings.hearing('stripe')).toMatchObject({ alone: 0, aloneFrom: null, aloneEver: 2 });
      expect(await sightings.hearing('quickbooks')).toMatchObject({ heardAt: null, alone: 0 });
      await sightings.forgetFound('2026-01-01T00:00:00.000Z');
      expect(await sightings.hearing('stripe')).toMatchObject({ aloneEver: 2 });
      await sightings.forgetFound(new Date(Date.now() + 1_000).toISOString());
      expect(await sightings.hearing('stripe')).toMatchObject({ aloneEver: 0 });
    });

    it('knows which objects look otherwise, are new, or are gone', async () => {
      const { sightings } = stores.sightings();
      const object = (id: string, looks = 'open') => ({ kind: 'invoice', id, looks, invoiceId: null });
      expect((await sightings.listChanged([object('in_1'), object('in_2')])).map(({ id }) => id)).toEqual(['in_1', 'in_2']);
      await sightings.remember([object('in_1'), object('in_2')]);
      await sightings.remember([]);
      expect((await sightings.listChanged([object('in_1'), object('in_2', 'paid')])).map(({ id }) => id)).toEqual(['in_2']);
      await later();
      const pass = now();
      await later();
      await sightings.remember([object('in_2', 'paid')]);
      expect(await sightings.listVanished('invoice', pass)).toEqual(['in_1']);
      await sightings.forget('invoice', ['in_1']);
      expect(await sightings.listVanished('invoice', pass)).toEqual([]);
    });

    it('knows what the newest event since the last pass told of the looks', async () => {
      const { sightings, inbox } = stores.sightings();
      const tell = async (id: string, looks: string | null, happenedAt: string, part: Partial<VerifiedEvent> = {}) =>
        inbox.store([
          { event: { ...eventOf(`${id}.${looks}.${happenedAt}`, id), looks, happenedAt, ...part }, dirty: null, receivedAt: now() },
        ]);
      const told = async () => Object.fromEntries(await sightings.listTold('stripe', 'invoice', ['in_1', 'in_2', 'in_3', 'in_4']));
      const [first, second] = ['2026-11-24T10:00:00.000Z', '2026-11-24T10:00:01.000Z'];
      await tell('in_1', 'paid', second);
      await tell('in_1', 'open', first);
      await tell('in_1', null, second);
      for (const looks of ['open', 'paid']) await tell('in_2', looks, first);
      await tell('in_3', 'paid', first, { kept: 'wrong-mode' });
      expect(await told()).toEqual({ in_1: 'paid' });
      await later();
      await sightings.remember([{ kind: 'invoice', id: 'in_1', looks: 'paid', invoiceId: null }]);
      await later();
      expect(await told()).toEqual({});
      await tell('in_1', 'open', '2026-11-24T11:00:00.000Z');
      expect(await told()).toEqual({ in_1: 'open' });
      expect(await sightings.listTold('stripe', 'invoice', [])).toEqual(new Map());
    });

    it('counts a change of QuickBooks as heard when an event of that moment or later made its object dirty', async () => {
      const { sightings, inbox } = stores.sightings();
      const of = (part: Partial<VerifiedEvent>): VerifiedEvent => ({
        ...eventOf('evt', '7'),
        ...{ provider: 'quickbooks', objectType: 'payment', happenedAt: '2026-11-24T10:00:00.500Z' },
        ...part,
      });
      const payment = { kind: 'quickbooks:payment', id: '7', invoiceId: null };
      await inbox.store([
        { event: of({ eventId: 'evt_1' }), dirty: payment, receivedAt: now() },
        { event: of({ eventId: 'evt_2', objectId: '8' }), dirty: null, receivedAt: now() },
      ]);
      const changedAt = '2026-11-24T10:00:00.000Z';
      const unheard = await sightings.noteUnheard(
        [
          of({ eventId: 'cdc.heard', happenedAt: changedAt }),
          of({ eventId: 'cdc.later', happenedAt: '2026-11-24T10:00:01.000Z' }),
          of({ eventId: 'cdc.not-applied', objectId: '8', happenedAt: changedAt }),
          of({ eventId: 'cdc.other', objectType: 'invoice', happenedAt: changedAt }),
        ],
        true,
      );
      expect(unheard.sort()).toEqual(['cdc.later', 'cdc.not-applied', 'cdc.other']);
      expect(await sightings.hearing('quickbooks')).toMatchObject({ aloneEver: 3 });
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

    it('knows since when something waits to be looked at or is looked at, and why', async () => {
      const { sightings, inbox } = stores.sightings();
      expect(await sightings.waiting('stripe')).toBeNull();
      await inbox.store([{ event: eventOf('evt_1'), dirty, receivedAt: now() }]);
      const first = await sightings.waiting('stripe');
      expect(first).toMatchObject({ count: 1, reason: null });
      expect(Math.abs(Date.parse(first?.since ?? '') - Date.now())).toBeLessThan(5_000);
      await later();
      await inbox.store([{ event: eventOf('evt_2'), dirty, receivedAt: now() }]);
      const [object] = await inbox.take(1, 60_000);
      await inbox.postpone(object as never, 'Stripe is away', null);
      expect(await sightings.waiting('stripe')).toEqual({ ...first, reason: 'Stripe is away' });
      expect(await sightings.waiting('quickbooks')).toBeNull();
      await inbox.settle(object as never);
      expect(await sightings.waiting('stripe')).toBeNull();
      const changedAt = '2026-11-24T10:00:00.000Z';
      const late = { ...eventOf('evt_3', 'in_3'), happenedAt: changedAt };
      await inbox.store([{ event: late, dirty: { ...dirty, id: 'in_3' }, receivedAt: now() }]);
      const [running] = await inbox.take(1, 60_000);
      await inbox.handOver([{ ...(running as DirtyObject), runs: ['run-1'] }], 60_000);
      expect(await sightings.waiting('stripe')).toMatchObject({ count: 1, since: changedAt });
      const early = { ...eventOf('evt_4', 'in_4'), happenedAt: '2126-01-01T00:00:00.000Z' };
      await inbox.store([{ event: early, dirty: { ...dirty, id: 'in_4' }, receivedAt: now() }]);
      await inbox.settle(running as never, 'run-1');
      expect(Date.parse((await sightings.waiting('stripe'))?.since ?? '')).toBeLessThan(Date.now() + 5_000);
    });
  });
});
