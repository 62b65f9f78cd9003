import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClock, createFaultPlan, startQuickbooks } from '../../../scripts/sandbox/index.ts';
import { createEffectLog, type MemoryEffectLog } from '../../src/adapters/memory/effect-log.ts';
import { createFaults, Killed } from '../../src/adapters/memory/faults.ts';
import { createLedger } from '../../src/adapters/quickbooks/ledger.ts';
import { createTogether, FEW } from '../../src/adapters/quickbooks/together.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { inLane } from '../../src/platform/lane.ts';
import type { Ledger, LedgerPayment } from '../../src/ports/ledger.ts';
import { sendOnce } from '../../src/use-cases/effects/send-once.ts';
import { bookPayment, bookingKey } from '../../src/use-cases/writes/ledger-payment.ts';
import { connectQuickBooks } from '../connect-quickbooks.ts';

// Payments that are ready at the same time, by the use case's own effects, through node-quickbooks, to the stand-in.

const clock = createClock();
const faults = createFaultPlan(1);
const kills = createFaults();
const AMOUNT = 100;
/** As few as make a batch. */
const MANY = FEW + 1;
let quickbooks: Awaited<ReturnType<typeof startQuickbooks>>;
let ledger: Ledger;
/** A process begins, with nothing in its line. */
let begin: () => void;
let effects: MemoryEffectLog;
let invoices: string[];
let customerId: string;
let clearing: string;
let payments = 0;

beforeAll(async () => {
  quickbooks = await startQuickbooks({
    ...{ clock, faults, limits: false },
    seed: { items: [{ name: 'Sensor' }], customers: [{ displayName: 'Harbor Foods', currency: 'USD' }] } as never,
  });
  const client = await connectQuickBooks(quickbooks);
  effects = createEffectLog(kills, clock);
  begin = () => {
    ledger = createLedger(client, quickbooks.baseUrl, quickbooks.realmId, createTogether(client, { effects, clock }));
  };
  begin();
  const { engine, seeded } = quickbooks;
  customerId = seeded?.customers['Harbor Foods'] ?? '';
  clearing = engine.books.rows('Account').where({ name: 'stripe clearing usd' })[0]?.id ?? '';
  const Line = [{ Amount: 1000, DetailType: 'SalesItemLineDetail', SalesItemLineDetail: { ItemRef: { value: seeded?.items['Sensor'] } } }];
  // Kept for a minute of the machine's, and read in a batch, which is counted among the writes.
  await ledger.readReference();
  invoices = Array.from({ length: 32 }, () => engine.write('Invoice', { CustomerRef: { value: customerId }, Line } as never).Id);
});
afterAll(async () => {
  await quickbooks?.stop();
  clock.stop();
});

interface Ready {
  id: string;
  key: string;
  send(): Promise<Outcome<LedgerPayment>>;
}

/** A payment that Stripe took for an invoice. */
function paymentOf(quickbooksInvoiceId: string | undefined, depositAccountId = clearing): Ready {
  const id = `pi_${(payments += 1)}`;
  const body = {
    ...{ invoiceId: 'a01000000000001AAA', stripePaymentId: id, companyKey: 'main', customerId, amount: AMOUNT, currency: 'USD' },
    ...{ quickbooksInvoiceId: quickbooksInvoiceId ?? '', multicurrency: true, date: '2026-11-24', depositAccountId, exchangeRate: null },
  };
  return {
    id,
    key: bookingKey(id, body.quickbooksInvoiceId),
    send: () => sendOnce({ effects, clock: { now: () => clock.now(), sleep: (ms) => clock.advance(ms) } }, bookPayment({ ledger }, body)),
  };
}

const someOf = (count = MANY): Ready[] => invoices.slice(0, count).map((invoice) => paymentOf(invoice));
const sendAll = (ready: readonly Ready[]) => Promise.all(ready.map(({ send }) => send()));
const kinds = (outcomes: readonly Outcome<unknown>[]) => [...new Set(outcomes.map(({ outcome }) => outcome))];
/** Requests that wrote, while this was done. */
async function counted<T>(act: () => Promise<T>): Promise<{ requests: number; result: T }> {
  const before = quickbooks.engine.meters.writes;
  const result = await act();
  return { requests: quickbooks.engine.meters.writes - before, result };
}
const once = Array.from({ length: MANY }, () => 1);
/** How often QuickBooks holds each of them. */
function held(ready: readonly Ready[]): number[] {
  const notes = [...quickbooks.engine.books.rows('Payment').where({})].map(({ body }) => String(body['PrivateNote']));
  return ready.map(({ id }) => notes.filter((note) => note.includes(`${id} `) || note.endsWith(id) || note.includes(`${id},`)).length);
}
const fault = (kind: object, times = 1) =>
  faults.add({ point: 'quickbooks.request', match: { path: '*/batch' }, times, fault: kind as never });

describe('payments that are ready at the same time', () => {
  it('go thirty to a request and the few that are left alone, each with its own answer', async () => {
    const ready = someOf(32);
    const { requests, result } = await counted(() => sendAll(ready));
    expect(kinds(result)).toEqual(['done']);
    expect(requests).toBe(3);
    expect(held(ready)).toEqual(ready.map(() => 1));
    expect(result.map((each) => each.outcome === 'done' && each.value.stripePaymentId)).toEqual(ready.map(({ id }) => id));
    expect(await sendAll(ready)).toEqual(result);
  });

  it('are refused each for itself', async () => {
    const [bad, good] = [paymentOf(invoices[31], '99999'), someOf()];
    const { requests, result } = await counted(() => sendAll([bad, ...good]));
    expect(result.map(({ outcome }) => outcome)).toEqual(['rejected', ...good.map(() => 'done')]);
    expect(result[0]).toMatchObject({ problem: { code: 'quickbooks-invalid-reference' } });
    expect(requests).toBe(1);
    expect(effects.rows.get(bad.key)?.state).toBe('idle');
  });

  it('never share a batch when they are of one invoice', async () => {
    const { requests, result } = await counted(() => sendAll([...someOf(), paymentOf(invoices[0])]));
    expect([kinds(result), requests]).toEqual([['done'], 2]);
  });

  it('go alone when they are few, and when a person waits for them', async () => {
    expect((await counted(() => sendAll(someOf(FEW)))).requests).toBe(FEW);
    const ready = someOf();
    await inLane('rep', () => sendAll(ready.slice(1)));
    expect(ready.map(({ key }) => effects.rows.get(key)?.sentAs ?? null)).toEqual(ready.map(() => null));
  });
});

it('reads by id that are ready at the same time are one query', async () => {
  const before = quickbooks.engine.meters.reads;
  const [both, ...found] = await Promise.all([
    ledger.readInvoices(invoices.slice(4, 6)),
    ...['99999', ...invoices.slice(0, FEW)].map((id) => ledger.readInvoice(id)),
  ]);
  expect(quickbooks.engine.meters.reads - before).toBe(1);
  expect(both).toMatchObject({ value: invoices.slice(4, 6).map((id) => ({ id })) });
  expect(found).toMatchObject([{ outcome: 'done', value: null }, ...invoices.slice(0, FEW).map((id) => ({ value: { id } }))]);
});

describe('a batch that goes wrong', () => {
  it('loses its answer after the commit: each is looked up, none is sent again', async () => {
    const ready = someOf();
    fault({ kind: 'drop-answer' });
    expect(kinds(await sendAll(ready))).toEqual(['unknown-outcome']);
    expect(await sendAll(ready)).toMatchObject(ready.map(() => ({ outcome: 'unavailable', problem: { code: 'quickbooks-answer-lost' } })));
    await clock.advance(120_000);
    const { requests, result } = await counted(() => sendAll(ready));
    expect([kinds(result), requests, held(ready)]).toEqual([['done'], 0, once]);
  });

  it('never arrives: each is looked up, and sent alone as what it was sent the first time', async () => {
    const ready = someOf();
    fault({ kind: 'drop-before' });
    expect(kinds(await sendAll(ready))).toEqual(['unknown-outcome']);
    await clock.advance(120_000);
    const { requests, result } = await counted(() => sendAll(ready));
    expect([kinds(result), requests, held(ready)]).toEqual([['done'], MANY, once]);
    expect(new Set(ready.map(({ key }) => effects.rows.get(key)?.sentAs)).size).toBe(MANY);
    expect(effects.rows.get(ready[0]?.key ?? '')?.sentAs).toMatch(/^tu-[0-9a-f]{32}i\d+$/);
  });

  it('is throttled: nothing was done, and the next batch is another request', async () => {
    const ready = someOf();
    fault({ kind: 'throttle' });
    expect(await sendAll(ready)).toMatchObject(ready.map(() => ({ outcome: 'rate-limited', retryAfterMs: 60_000 })));
    const { requests, result } = await counted(() => sendAll(ready));
    expect([kinds(result), requests, held(ready)]).toEqual([['done'], 1, once]);
    expect(ready.map(({ key }) => effects.rows.get(key)?.revision)).toEqual(ready.map(() => 2));
  });

  it('meets a token that has ended: it is renewed and the same batch sent', async () => {
    const ready = someOf();
    fault({ kind: 'expire-token' });
    const { requests, result } = await counted(() => sendAll(ready));
    expect([kinds(result), requests, held(ready)]).toEqual([['done'], 1, once]);
  });

  it('is refused as a request: each goes alone, so that none is held up by another', async () => {
    const ready = someOf();
    fault({ kind: 'status', status: 400 });
    const { requests, result } = await counted(() => sendAll(ready));
    expect([kinds(result), requests, held(ready)]).toEqual([['done'], MANY, once]);
  });

  it('is not sent for what another process has taken over meanwhile', async () => {
    const [taken, ...others] = someOf(MANY) as [Ready, ...Ready[]];
    const freeze = effects.sendTogether;
    effects.sendTogether = async (sendings, at) => {
      await effects.resend(taken.key, new Date(clock.now() + 1).toISOString());
      return freeze(sendings, at);
    };
    const outcomes = await sendAll([taken, ...others]).finally(() => (effects.sendTogether = freeze));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['unknown-outcome', ...others.map(() => 'done')]);
    expect(held([taken, ...others])).toEqual([0, ...others.map(() => 1)]);
    expect(effects.rows.get(taken.key)).toMatchObject({ state: 'sent', sentAs: null });
  });

  it('is whole again whenever its process dies at the log', async () => {
    const outcomes = new Set<string>();
    const atTheLog = [1, MANY, MANY + 1, MANY + 2, 2 * MANY, 2 * MANY + 1];
    for (const call of atTheLog)
      for (const when of ['before', 'after'] as const) {
        const ready = someOf();
        kills.killAtCall(call, when);
        for (const each of await Promise.allSettled(ready.map(({ send }) => send())))
          if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(Killed);
          else outcomes.add(each.value.outcome);
        kills.clear();
        begin();
        await clock.advance(120_000);
        expect([kinds(await sendAll(ready)), held(ready)]).toEqual([['done'], once]);
      }
    expect([...outcomes]).toEqual(['done']);
  });
});
