import { describe, expect, test } from 'vitest';
import { createWorld, OPPORTUNITY, REP, type World } from '../adapters/memory/world.ts';
import { issueInvoice } from '../use-cases/issue-invoice.ts';
import { refreshObject } from '../use-cases/refresh-object.ts';
import { reportStuck } from '../use-cases/report-stuck.ts';
import { registerWorkflows } from '../use-cases/workflows.ts';
import { settleObject } from '../use-cases/settle-object.ts';
import { drain } from './drain.ts';
import { receive } from './receive.ts';
import { call, event, verifier } from './heard.fixture.ts';

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

  test('is not tried earlier than the system said, and ever more seldom', async () => {
    const world = createWorld();
    await world.inbox.mark([{ kind: 'salesforce:invoice', id: 'a01', invoiceId: 'a01' }]);
    const problem = { code: 'rate-limited', severity: 'error', message: 'Too many.', action: 'Wait.' } as const;
    const waits: number[] = [];
    for (const outcome of ['rate-limited', 'unavailable', ...Array.from({ length: 7 }, () => 'rate-limited' as const)] as const) {
      const [object] = await world.inbox.take(1, 1_000);
      if (!object) throw new Error('none');
      await settleObject(world, object, { outcome, retryAfterMs: outcome === 'unavailable' ? 120_000 : 1_000, problem });
      const before = world.clock.now();
      while ((world.inbox.objects.get('salesforce:invoice/a01')?.dueAt as number) > world.clock.now()) world.clock.advance(1_000);
      waits.push((world.clock.now() - before) / 1_000);
    }
    expect(waits).toEqual([2, 120, 8, 16, 32, 64, 128, 256, 512]);
  });

  test('because a system is away, keeps no place and is tried again', async () => {
    const { world, hear } = await paid();
    world.faults.plan('ledger.readInvoice', 'unavailable', 900);
    const asked = world.clock.now();
    await hear('evt_1');
    expect(world.clock.now() - asked).toBeLessThan(1_000);
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
