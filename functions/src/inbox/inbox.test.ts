import { describe, expect, test } from 'vitest';
import { createWorld, OPPORTUNITY, REP, type World } from '../adapters/memory/world.ts';
import type { VerifiedEvent, WebhookVerifier } from '../ports/webhook-verifier.ts';
import { issueInvoice } from '../use-cases/issue-invoice.ts';
import { refreshObject } from '../use-cases/refresh-object.ts';
import { reportStuck } from '../use-cases/report-stuck.ts';
import { registerWorkflows } from '../use-cases/workflows.ts';
import { dirtyObject } from './dirty-objects.ts';
import { drain } from './drain.ts';
import { receive } from './receive.ts';

const event = (part: Partial<VerifiedEvent> = {}): VerifiedEvent => ({
  provider: 'stripe',
  account: 'acct_1',
  eventId: 'evt_1',
  type: 'invoice.paid',
  objectType: 'invoice',
  objectId: 'in_1',
  invoiceId: null,
  ownWrite: false,
  happenedAt: null,
  looks: null,
  kept: null,
  body: '{}',
  ...part,
});
const verifier = (...events: VerifiedEvent[]): WebhookVerifier => ({ verify: async () => ({ verified: true, events }) });
const call = { rawBody: new Uint8Array(), headers: {}, receivedAt: 0 };

describe('dirtyObject', () => {
  test.each(['invoice.finalized', 'invoice.updated', 'invoice.sent', 'payment_intent.created'])(
    '%s of our own making says nothing new',
    (type) => {
      const objectType = type.split('.')[0] ?? '';
      expect(dirtyObject(event({ type, objectType, ownWrite: true }))).toBeNull();
      expect(dirtyObject(event({ type, objectType }))).toMatchObject({ id: 'in_1' });
    },
  );

  test('a payment is looked at whoever made it, a new document never', () => {
    expect(dirtyObject(event({ ownWrite: true }))).toMatchObject({ kind: 'stripe:invoice' });
    expect(dirtyObject(event({ provider: 'quickbooks', type: 'qbo.invoice.created.v1' }))).toBeNull();
    expect(dirtyObject(event({ provider: 'quickbooks', type: 'qbo.invoice.updated.v1' }))).toMatchObject({ kind: 'quickbooks:invoice' });
  });
});

describe('dirtyObject of money after payment', () => {
  test.each([
    ['refund.updated', 'refund', 'stripe:refund'],
    ['charge.refund.updated', 'refund', 'stripe:refund'],
    ['charge.refunded', 'charge', 'stripe:refunded_charge'],
    ['charge.dispute.funds_withdrawn', 'dispute', 'stripe:dispute'],
    ['credit_note.voided', 'credit_note', 'stripe:credit_note'],
    ['payout.reconciliation_completed', 'payout', 'stripe:payout'],
  ])('%s', (type, objectType, kind) => {
    expect(dirtyObject(event({ type, objectType, objectId: 'x_1' }))).toEqual({ kind, id: 'x_1', invoiceId: null });
  });
});

describe('dirtyObject of customers', () => {
  test.each([
    ['stripe', 'customer.deleted', 'stripe:customer'],
    ['quickbooks', 'qbo.customer.deleted.v1', 'quickbooks:customer'],
    ['quickbooks', 'qbo.customer.merged.v1', 'quickbooks:merged_customer'],
    ['quickbooks', 'qbo.customer.merge', 'quickbooks:merged_customer'],
  ] as const)('%s: %s', (provider, type, kind) => {
    expect(dirtyObject(event({ provider, type, objectType: 'customer', objectId: '7' }))).toEqual({ kind, id: '7', invoiceId: null });
  });

  test('of one that stays, a change to what Salesforce owns counts, unless it was ours', () => {
    const changed = (previous: object, part: Partial<VerifiedEvent> = {}) =>
      dirtyObject(
        event({
          ...{ type: 'customer.updated', objectType: 'customer', objectId: '7' },
          ...{ body: JSON.stringify({ data: { previous_attributes: previous } }), ...part },
        }),
      );
    expect(changed({ phone: '1' })).toEqual({ kind: 'stripe:customer', id: '7', invoiceId: null });
    expect([changed({ balance: 0 }), changed({ phone: '1' }, { ownWrite: true })]).toEqual([null, null]);
    const inQuickbooks = event({ provider: 'quickbooks', type: 'qbo.customer.updated.v1', objectType: 'customer', objectId: '7' });
    expect(dirtyObject(inQuickbooks)).toEqual({ kind: 'quickbooks:customer', id: '7', invoiceId: null });
    expect(dirtyObject({ ...inQuickbooks, type: 'qbo.customer.created.v1' })).toBeNull();
  });
});

describe('receive', () => {
  test('stores each event once, whatever its copies', async () => {
    const world = createWorld();
    const receipts = await Promise.all(Array.from({ length: 100 }, () => receive(world, verifier(event()), call)));
    expect(receipts.every((receipt) => receipt.status === 200)).toBe(true);
    expect(receipts.reduce((all, receipt) => all + receipt.news, 0)).toBe(1);
    expect(world.inbox.entries).toHaveLength(1);
  });

  test('the same id from another account or provider is another event', async () => {
    const world = createWorld();
    await receive(world, verifier(event(), event({ account: 'acct_2' }), event({ provider: 'quickbooks' })), call);
    expect(world.inbox.entries).toHaveLength(3);
  });

  test('a bad signature is 400 and stores nothing', async () => {
    const world = createWorld();
    const receipt = await receive(world, { verify: async () => ({ verified: false, reason: 'the signature does not match' }) }, call);
    expect(receipt).toEqual({ status: 400, reason: 'the signature does not match', news: 0, kept: [] });
    expect(world.inbox.entries).toEqual([]);
  });

  test('a failing store is 500, so that the provider sends it again', async () => {
    const world = createWorld();
    world.inbox.broken = true;
    expect(await receive(world, verifier(event()), call)).toMatchObject({ status: 500 });
    world.inbox.broken = false;
    expect(await receive(world, verifier(event()), call)).toMatchObject({ status: 200, news: 1 });
  });

  test.each([
    ['wrong-mode', event({ kept: 'wrong-mode' })],
    ['wrong-account', event({ kept: 'wrong-account' })],
    ['newer-version', event({ kept: 'newer-version' })],
    ['unknown-type', event({ type: 'radar.review', objectType: 'radar' })],
  ] as const)('%s is answered with 200, stored, counted and not applied', async (reason, given) => {
    const world = createWorld();
    const receipt = await receive(world, verifier(given), call);
    expect(receipt).toMatchObject({ status: 200, news: 1, kept: [{ reason, type: given.type }] });
    expect(world.inbox.entries).toHaveLength(1);
    expect(await world.inbox.take(1, 1000)).toEqual([]);
  });

  test('wakes the worker for news only', async () => {
    const world = createWorld();
    let woken = 0;
    const deps = { ...world, wake: () => void (woken += 1) };
    await receive(deps, verifier(event()), call);
    await receive(deps, verifier(event()), call);
    expect(woken).toBe(1);
  });
});

describe('what an event makes dirty', () => {
  test.each([
    [event(), 'stripe:invoice'],
    [event({ type: 'charge.failed', objectType: 'charge', objectId: 'ch_1' }), 'stripe:charge'],
    [event({ provider: 'quickbooks', type: 'qbo.payment.created.v1', objectType: 'payment', objectId: '7' }), 'quickbooks:payment'],
  ])('%#', (given, kind) => expect(dirtyObject(given)?.kind).toBe(kind));

  test.each([
    ['an unknown type', event({ type: 'radar.early_fraud_warning.created', objectType: 'radar.early_fraud_warning' })],
    ["a draft's birth", event({ type: 'invoice.created' })],
    ["a companion of the invoice's own event", event({ type: 'charge.succeeded', objectType: 'charge', objectId: 'ch_1' })],
    ['an event without an object', event({ objectId: '' })],
  ])('%s is kept and not applied', (_title, given) => expect(dirtyObject(given)).toBeNull());
});

describe('drain', () => {
  async function paid(): Promise<{ world: World; stripeId: string }> {
    const world = createWorld();
    registerWorkflows(world);
    await issueInvoice(world, { sourceId: OPPORTUNITY, draft: {}, waitMs: 1000 }, REP);
    const stripeId = [...world.payments.invoices.keys()][0] ?? '';
    world.payments.pay(stripeId);
    return { world, stripeId };
  }

  test('events of one object in any number and order: one refresh, one booking', async () => {
    const { world, stripeId } = await paid();
    await receive(world, verifier(...['a', 'b', 'c', 'd'].map((id) => event({ eventId: id, objectId: stripeId }))), call);
    expect(await drain(world)).toBe(1);
    await world.engine.idle();
    expect([...world.org.invoices.values()][0]).toMatchObject({ status: 'Paid' });
    expect(world.ledger.payments.size).toBe(1);
    expect(await drain(world)).toBe(0);
  });

  test('what comes while it is leased makes it dirty again', async () => {
    const { world, stripeId } = await paid();
    await receive(world, verifier(event({ eventId: 'a', objectId: stripeId })), call);
    const [leased] = await world.inbox.take(1, 60_000);
    await receive(world, verifier(event({ eventId: 'b', objectId: stripeId })), call);
    expect(await world.inbox.take(1, 60_000)).toEqual([]);
    if (leased) await world.inbox.settle(leased);
    expect(await drain(world)).toBe(1);
  });

  test('a provider that is down: tried again later, nothing is lost', async () => {
    const { world, stripeId } = await paid();
    world.faults.plan('payments.findInvoicesOf', 'unavailable', 2);
    await receive(world, verifier(event({ objectId: stripeId })), call);
    for (let round = 0; round < 3; round += 1) {
      await drain(world);
      world.clock.advance(10_000);
    }
    await world.engine.idle();
    expect([...world.org.invoices.values()][0]).toMatchObject({ status: 'Paid' });
  });

  test('a provider that is away for two days: never given up, and caught up with within a quarter of an hour', async () => {
    const { world, stripeId } = await paid();
    world.faults.plan('payments.findInvoicesOf', 'unavailable', 500);
    await receive(world, verifier(event({ objectId: stripeId })), call);
    for (let minutes = 0; minutes < 2 * 24 * 60; minutes += 15) {
      await drain(world);
      world.clock.advance(15 * 60_000);
    }
    expect(await world.inbox.stuck(30)).toMatchObject([{ id: stripeId, parked: false, eventId: 'evt_1' }]);
    world.faults.clear();
    await drain(world);
    await world.engine.idle();
    expect([...world.org.invoices.values()][0]).toMatchObject({ status: 'Paid' });
  });

  test('one that cannot be worked off holds up no other', async () => {
    const { world, stripeId } = await paid();
    world.faults.plan('payments.findInvoicesOf', 'rejected', 1);
    await receive(world, verifier(event({ eventId: 'bad', objectType: 'charge', objectId: 'ch_bad' })), call);
    await receive(
      world,
      verifier(event({ eventId: 'good', objectId: stripeId, invoiceId: [...world.org.invoices.keys()][0] ?? '' })),
      call,
    );
    await drain(world);
    await world.engine.idle();
    expect([...world.org.invoices.values()][0]).toMatchObject({ status: 'Paid' });
    expect(await world.inbox.stuck(30)).toMatchObject([{ id: 'ch_bad', parked: true }]);
  });

  test('the signed body names the invoice: nobody has to be asked', async () => {
    const { world, stripeId } = await paid();
    const before = world.faults.calls.length;
    await receive(world, verifier(event({ objectId: stripeId, invoiceId: [...world.org.invoices.keys()][0] ?? '' })), call);
    await drain(world);
    expect(world.faults.calls.slice(before)).not.toContain('payments.findInvoicesOf');
  });
});

describe('a refresh that could not be made', () => {
  async function paid(): Promise<{ world: World; stripeId: string; charge: string; hear(eventId: string): Promise<void> }> {
    const world = createWorld();
    registerWorkflows(world);
    await issueInvoice(world, { sourceId: OPPORTUNITY, draft: {}, waitMs: 1000 }, REP);
    const [stripeId = ''] = world.payments.invoices.keys();
    const { chargeId } = world.payments.pay(stripeId);
    const hear = async (eventId: string) => {
      await receive(world, verifier(event({ eventId, objectId: stripeId })), call);
      await drain(world);
      await world.engine.idle();
    };
    return { world, stripeId, charge: chargeId ?? '', hear };
  }
  const invoiceOf = (world: World) => [...world.org.invoices.values()][0];

  test('is told to a person, and made when the event is read again', async () => {
    const { world, stripeId, hear } = await paid();
    world.faults.plan('ledger.readInvoice', 'rejected', 1);
    await hear('evt_1');
    expect(await reportStuck(world)).toMatchObject({ value: { opened: 1 } });
    expect(world.org.issues.get(`stuck:stripe:invoice:${stripeId}`)?.fix).toContain('evt_1');
    expect(world.ledger.payments.size).toBe(0);
    await world.inbox.replay({ provider: 'stripe', eventId: 'evt_1' });
    await drain(world);
    await world.engine.idle();
    expect(world.ledger.payments.size).toBe(1);
    expect(await reportStuck(world)).toMatchObject({ value: { closed: 1 } });
  });

  test('was not seen by those of its run, nor by a later event of another object', async () => {
    const { world, charge, hear } = await paid();
    world.faults.plan('ledger.readInvoice', 'rejected', 1);
    await receive(world, verifier(event({ eventId: 'evt_0', type: 'charge.updated', objectType: 'charge', objectId: charge })), call);
    await hear('evt_1');
    // Both were one run's.
    expect(world.ledger.payments.size).toBe(0);
    expect(await world.inbox.stuck(30)).toHaveLength(2);
    await receive(world, verifier(event({ eventId: 'evt_2', type: 'charge.updated', objectType: 'charge', objectId: charge })), call);
    await drain(world);
    await world.engine.idle();
    expect(world.ledger.payments.size).toBe(1);
    expect(await world.inbox.stuck(30)).toHaveLength(1);
    await hear('evt_3');
    expect(await world.inbox.stuck(30)).toEqual([]);
  });

  test('because a system was disconnected, is tried until somebody reconnected it, days later too', async () => {
    const { world, hear } = await paid();
    world.faults.plan('ledger.readInvoice', 'unauthorized', 900);
    await hear('evt_1');
    for (let quarter = 0; quarter < 60; quarter += 1) {
      world.clock.advance(900_000);
      await drain(world);
      await world.engine.idle();
    }
    world.faults.clear();
    world.clock.advance(900_000);
    await drain(world);
    await world.engine.idle();
    expect(world.ledger.payments.size).toBe(1);
  });

  test('for longer than a run waits, is tried again', async () => {
    const { world, hear } = await paid();
    world.faults.plan('ledger.readInvoice', 'unavailable', 900);
    await hear('evt_1');
    expect(invoiceOf(world)).toMatchObject({ status: 'Paid' });
    expect(world.ledger.payments.size).toBe(0);
    world.faults.clear();
    world.clock.advance(15 * 60_000);
    await drain(world);
    await world.engine.idle();
    expect(world.ledger.payments.size).toBe(1);
    expect(await world.inbox.stuck(0)).toEqual([]);
  });

  test('for a fault of ours is tried again', async () => {
    const { world, hear } = await paid();
    const { readInvoice } = world.ledger;
    world.ledger.readInvoice = async () => {
      throw new Error('a fault of ours');
    };
    await hear('evt_1');
    expect(await world.inbox.stuck(0)).toMatchObject([{ parked: false, reason: expect.stringContaining('our side') }]);
    world.ledger.readInvoice = readInvoice;
    world.clock.advance(10_000);
    await drain(world);
    await world.engine.idle();
    expect(world.ledger.payments.size).toBe(1);
    expect(await world.inbox.stuck(0)).toEqual([]);
  });

  test('because the engine lost its runs, is put in line again', async () => {
    const { world, stripeId } = await paid();
    await receive(world, verifier(event({ objectId: stripeId })), call);
    const [object] = await world.inbox.take(1, 60_000);
    if (object) await refreshObject({ ...world, engine: { ...world.engine, enqueue: async () => undefined } }, object);
    world.clock.advance(61 * 60_000);
    await drain(world);
    await world.engine.idle();
    expect(invoiceOf(world)).toMatchObject({ status: 'Paid' });
  });
});
