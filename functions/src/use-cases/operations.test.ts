import { describe, expect, test } from 'vitest';
import { createWorld, OPPORTUNITY, REP, type World } from '../adapters/memory/world.ts';
import { cancelOperation } from './cancel-operation.ts';
import type { Caller } from './deps.ts';
import { issueInvoice } from './issue-invoice.ts';
import { readTimeline } from './read-timeline.ts';
import { refreshObject } from './refresh-object.ts';
import { replayEvent } from './replay-event.ts';
import { retryOperation } from './retry-operation.ts';
import { sendInvoice } from './send-invoice.ts';
import { voidInvoice } from './void-invoice.ts';
import { registerWorkflows } from './workflows.ts';

// What people do with an operation that does not go its way by itself: look, try again, give up.

const SELLER: Caller = { ...REP, permissions: ['Trueup_Issue_Invoice'] };
const ADMIN: Caller = { ...REP, permissions: ['Trueup_Administer'] };
const STRANGER: Caller = { ...REP, permissions: [] };

async function issued(change: (world: World) => void = () => undefined) {
  const world = createWorld();
  change(world);
  registerWorkflows(world);
  const reply = await issueInvoice(world, { sourceId: OPPORTUNITY, draft: {}, waitMs: 1000 }, REP);
  if (reply.outcome !== 'done' || !reply.value.operationKey) throw new Error(JSON.stringify(reply));
  const [invoice] = world.org.invoices.values();
  return { world, key: reply.value.operationKey, invoiceId: invoice?.id ?? '' };
}

const timelineOf = async (world: World, invoiceId: string, caller = SELLER) => {
  const read = await readTimeline(world, { invoiceId }, caller);
  if (read.outcome !== 'done') throw new Error(JSON.stringify(read));
  return read.value;
};

test('a system that stays away for three days: a person decides, and nothing that was made is taken back', async () => {
  const { world, key, invoiceId } = await issued((w) => w.faults.plan('ledger.createInvoice', 'unavailable', 5_000));
  await world.engine.idle();
  expect(world.org.operations.get(key)).toMatchObject({ state: 'needs-attention' });
  expect([...world.payments.invoices.values()]).toMatchObject([{ status: 'draft' }]);
  expect(world.org.invoices.get(invoiceId)).toMatchObject({ status: 'Needs Attention' });
  world.faults.clear();
  await retryOperation(world, { operationKey: key, waitMs: 1000 }, SELLER);
  await world.engine.idle();
  expect(world.org.invoices.get(invoiceId)).toMatchObject({ status: 'Open' });
});

describe('the timeline of an invoice', () => {
  test('tells who asked, every step and every call with its answer', async () => {
    const { world, invoiceId } = await issued();
    const { entries, operations } = await timelineOf(world, invoiceId);
    expect(entries.filter(({ kind }) => kind === 'person').map(({ text }) => text)).toEqual(['Issue Invoice was asked for']);
    expect(entries.filter(({ kind }) => kind === 'call').map(({ system, state }) => [system, state])).toEqual(
      expect.arrayContaining([
        ['stripe', 'done'],
        ['quickbooks', 'done'],
      ]),
    );
    expect(entries.filter(({ kind }) => kind === 'step').map(({ text }) => text)).toContain('Sent to the customer');
    expect(operations).toMatchObject([{ state: 'done', canRetry: false, canCancel: false }]);
  });

  test('is not for somebody who cannot see the invoice', async () => {
    const { world, invoiceId } = await issued();
    world.org.rights.canRead = false;
    expect(await readTimeline(world, { invoiceId }, SELLER)).toMatchObject({ outcome: 'rejected', problem: { code: 'no-access' } });
  });
});

describe('an operation that needs attention', () => {
  /** Stripe has the invoice final; sending it is refused. */
  const stuck = () => issued((world) => world.faults.plan('payments.send', 'rejected'));

  test('is tried again from the step that failed: nothing is made twice', async () => {
    const { world, key, invoiceId } = await stuck();
    expect(await timelineOf(world, invoiceId)).toMatchObject({ operations: [{ state: 'needs-attention', canRetry: true }] });
    const retried = await retryOperation(world, { operationKey: key, waitMs: 1000 }, SELLER);
    expect(retried).toMatchObject({ value: { outcome: 'done' } });
    expect([world.payments.invoices.size, world.ledger.invoices.size, world.payments.emails.length]).toEqual([1, 1, 1]);
    expect(await timelineOf(world, invoiceId)).toMatchObject({ operations: [{ state: 'done', retries: 1, canRetry: false }] });
    expect(world.org.operations.get(key)).toMatchObject({ state: 'done', problems: [] });
  });

  test('does not write over what came in between', async () => {
    const { world, key, invoiceId } = await stuck();
    const invoice = world.org.invoices.get(invoiceId);
    if (!invoice) throw new Error('no invoice');
    Object.assign(invoice, { status: 'Partially Paid', revision: 7 });
    await retryOperation(world, { operationKey: key, waitMs: 1000 }, SELLER);
    expect(world.org.invoices.get(invoiceId)).toMatchObject({ status: 'Partially Paid', revision: 7 });
    expect(world.payments.emails).toHaveLength(1);
  });

  test('of two clicks one counts', async () => {
    const { world, key } = await stuck();
    await Promise.all([1, 2].map(() => retryOperation(world, { operationKey: key, waitMs: 1000 }, SELLER)));
    await world.engine.idle();
    expect((await world.progress.read(key))?.retries).toBe(1);
    expect(world.payments.emails).toHaveLength(1);
  });

  test('is not tried again without the right, nor when it is done', async () => {
    const { world, key } = await stuck();
    expect(await retryOperation(world, { operationKey: key, waitMs: 0 }, STRANGER)).toMatchObject({
      value: { outcome: 'rejected', problems: [{ code: 'no-right-to-retry' }] },
    });
    await retryOperation(world, { operationKey: key, waitMs: 1000 }, ADMIN);
    expect(await retryOperation(world, { operationKey: key, waitMs: 0 }, ADMIN)).toMatchObject({
      value: { problems: [{ code: 'nothing-to-retry' }] },
    });
  });
});

test('a send that Stripe refused can be asked for again: the same operation, one e-mail', async () => {
  const world = createWorld();
  registerWorkflows(world);
  await issueInvoice(world, { sourceId: OPPORTUNITY, draft: { delivery: 'do-not-send' }, waitMs: 1000 }, REP);
  const [invoice] = world.org.invoices.values();
  const send = () => sendInvoice(world, { invoiceId: invoice?.id ?? '', waitMs: 1000 }, SELLER);
  world.faults.plan('payments.send', 'rejected');
  expect(await send()).toMatchObject({ value: { outcome: 'rejected' } });
  expect(world.payments.emails).toEqual([]);
  expect(await send()).toMatchObject({ value: { outcome: 'done' } });
  expect(world.payments.emails).toHaveLength(1);
  expect([...world.org.operations.values()].filter(({ kind }) => kind === 'send-invoice')).toMatchObject([{ state: 'done' }]);
});

describe('a send whose turn comes after the invoice was voided leaves no e-mail, and no problem on the invoice', () => {
  async function voidedMeanwhile(before: (world: World, send: () => ReturnType<typeof sendInvoice>) => Promise<void>) {
    const world = createWorld();
    registerWorkflows(world);
    await issueInvoice(world, { sourceId: OPPORTUNITY, draft: { delivery: 'do-not-send' }, waitMs: 1000 }, REP);
    const invoiceId = [...world.org.invoices.values()][0]?.id ?? '';
    const send = () => sendInvoice(world, { invoiceId, waitMs: 1000 }, SELLER);
    await before(world, send);
    const voiding = voidInvoice(world, { invoiceId, reason: 'Entered twice', waitMs: 1000 }, REP);
    const sending = send();
    expect(await voiding).toMatchObject({ value: { outcome: 'done' } });
    expect(world.payments.emails).toEqual([]);
    const sent = await sending;
    expect(world.org.shown.get(invoiceId)?.problem ?? null).toBeNull();
    return sent;
  }

  test('asked for once', async () => {
    const sent = await voidedMeanwhile(async () => undefined);
    expect(sent).toMatchObject({ value: { outcome: 'rejected', problems: [{ code: 'invoice-not-open' }] } });
  });

  test('asked for again, since Stripe had refused it before', async () => {
    const sent = await voidedMeanwhile(async (world, send) => {
      world.faults.plan('payments.send', 'rejected', 2);
      expect(await send()).toMatchObject({ value: { outcome: 'rejected' } });
    });
    expect(sent).toMatchObject({ value: { outcome: 'rejected' } });
  });
});

describe('giving up', () => {
  test('an invoice that waits for QuickBooks: what was made is taken back and its quantities are free', async () => {
    const world = createWorld();
    registerWorkflows(world);
    world.faults.plan('ledger.createInvoice', 'unavailable', 3);
    let key = '';
    const { open, set } = world.progress;
    world.progress.open = (operation) => {
      key = operation.key;
      return open(operation);
    };
    world.progress.set = async (operationKey, change) => {
      await set(operationKey, change);
      if (change.state === 'waiting') await world.progress.cancel(key, REP.userId);
    };
    await issueInvoice(world, { sourceId: OPPORTUNITY, draft: {}, waitMs: 1000 }, REP);
    await world.engine.idle();
    expect(await world.progress.read(key)).toMatchObject({ state: 'compensated', problems: [{ code: 'cancelled' }] });
    expect([...world.org.invoices.values()]).toMatchObject([{ status: 'Rejected' }]);
    expect([...world.payments.invoices.values()].filter(({ status }) => status !== 'void')).toEqual([]);
    expect(world.payments.emails).toEqual([]);
  });

  test('is refused once the invoice is issued', async () => {
    const { world, key } = await issued();
    expect(await cancelOperation(world, { operationKey: key }, SELLER)).toMatchObject({
      value: { outcome: 'rejected', problems: [{ code: 'nothing-to-cancel' }] },
    });
  });
});

describe('replaying an event', () => {
  test('has its object looked at again, and books what was missed; twice is once', async () => {
    const { world } = await issued();
    const [stripeId = ''] = world.payments.invoices.keys();
    const event = {
      ...{ provider: 'stripe' as const, account: 'acct_1', eventId: 'evt_1', type: 'invoice.finalized', objectType: 'invoice' },
      ...{ objectId: stripeId, invoiceId: null, ownWrite: true, happenedAt: null, looks: null, kept: null, body: '{}' },
    };
    await world.inbox.store([{ event, dirty: null, receivedAt: new Date(0).toISOString() }]);
    world.payments.pay(stripeId);
    for (let times = 0; times < 2; times += 1) {
      expect(await replayEvent(world, { provider: 'stripe', eventId: 'evt_1' }, ADMIN)).toMatchObject({ outcome: 'done' });
      for (const object of await world.inbox.take(10, 60_000)) await refreshObject(world, object);
      await world.engine.idle();
    }
    expect([...world.org.invoices.values()]).toMatchObject([{ status: 'Paid' }]);
    expect(world.ledger.payments.size).toBe(1);
  });

  test('is for administrators, of events that are stored', async () => {
    const { world } = await issued();
    expect(await replayEvent(world, { provider: 'stripe', eventId: 'evt_1' }, SELLER)).toMatchObject({
      problem: { code: 'no-right-to-replay' },
    });
    expect(await replayEvent(world, { provider: 'stripe', eventId: 'evt_1' }, ADMIN)).toMatchObject({ problem: { code: 'event-unknown' } });
  });
});
