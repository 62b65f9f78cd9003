import { describe, expect, test } from 'vitest';
import { Killed } from '../adapters/memory/faults.ts';
import { ACCOUNT, createWorld, OPPORTUNITY, PRODUCT_A, PRODUCT_B, REP, type World } from '../adapters/memory/world.ts';
import { issueInvoice } from './issue-invoice.ts';
import { previewInvoice } from './preview-invoice.ts';
import { resumeOperations } from './resume-operations.ts';
import { registerWorkflows } from './workflows.ts';

/** A customer that neither book knows yet, and products that Stripe does not know, so that every kind of write is on the road. */
function newCustomer(): World {
  const world = createWorld();
  for (const [key, link] of world.org.links) if (link.recordId === ACCOUNT || link.externalType === 'product') world.org.links.delete(key);
  world.payments.customers.clear();
  world.payments.products.clear();
  world.ledger.customers.clear();
  registerWorkflows(world);
  return world;
}

async function draftOf(world: World) {
  const preview = await previewInvoice(world, { sourceId: OPPORTUNITY, draft: {} }, REP);
  if (preview.outcome !== 'done') throw new Error('no preview');
  return preview.value.draft;
}

/** What the rep does when a click was cut off: click again; and what the service does after a restart. */
async function recover(world: World, draft: Awaited<ReturnType<typeof draftOf>>, forget: boolean): Promise<void> {
  world.faults.clear();
  if (forget) world.engine.forget();
  else world.engine.restart();
  world.clock.advance(3_600_000);
  await resumeOperations(world);
  await world.engine.idle();
  if (world.org.invoices.size === 0) await issueInvoice(world, { sourceId: OPPORTUNITY, draft, waitMs: 1000 }, REP);
  await world.engine.idle();
}

async function click(world: World, draft: Awaited<ReturnType<typeof draftOf>>): Promise<void> {
  try {
    await issueInvoice(world, { sourceId: OPPORTUNITY, draft, waitMs: 1000 }, REP);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  await world.engine.idle();
}

function expectOneOfEach(world: World, where: string): void {
  expect(world.org.invoices.size, where).toBe(1);
  expect([...world.org.invoices.values()][0], where).toMatchObject({ status: 'Open', total: 59_000, number: 'TU-000001' });
  expect(world.payments.invoices.size, where).toBe(1);
  expect([...world.payments.invoices.values()][0], where).toMatchObject({ status: 'open', total: 59_000, number: 'TU-000001' });
  expect(world.ledger.invoices.size, where).toBe(1);
  expect([...world.ledger.invoices.values()][0], where).toMatchObject({ voided: false, total: 59_000, number: 'TU-000001' });
  expect(world.payments.customers.size, where).toBe(1);
  expect(world.ledger.customers.size, where).toBe(1);
  const products = [PRODUCT_A, PRODUCT_B].map((id) => `trueup_${id}`);
  expect([...world.payments.products.keys()].sort(), where).toEqual(products);
  expect([...world.payments.billedAs.values()], where).toEqual(products);
  const linked = [...world.org.links.values()].filter((link) => link.externalType === 'product');
  expect(linked.map(({ externalId }) => externalId).sort(), where).toEqual(products);
  expect(world.payments.emails, where).toHaveLength(1);
  expect(world.numbers.gaps, where).toEqual([]);
}

async function callsOfOneIssue(): Promise<number> {
  const world = newCustomer();
  const draft = await draftOf(world);
  const before = world.faults.calls.length;
  await click(world, draft);
  expectOneOfEach(world, 'undisturbed');
  return world.faults.calls.length - before;
}

describe.each([
  ['the engine remembers its steps', false],
  ['the engine lost everything', true],
] as const)('killed at any step, %s', (_title, forget) => {
  test.each(['before', 'after'] as const)('%s the call took effect: exactly one invoice in each system, one e-mail', async (when) => {
    const calls = await callsOfOneIssue();
    expect(calls).toBeGreaterThan(20);
    for (let n = 1; n <= calls; n += 1) {
      const world = newCustomer();
      const draft = await draftOf(world);
      const start = world.faults.calls.length;
      world.faults.killAtCall(n, when);
      await click(world, draft);
      const where = `killed ${when} call ${n}: ${world.faults.calls[start + n - 1]}`;
      await recover(world, draft, forget);
      expectOneOfEach(world, where);
    }
  });
});

describe('answers that are lost', () => {
  const writes = [
    'payments.createCustomer',
    'payments.createDraft',
    'payments.addLines',
    'payments.finalize',
    'payments.send',
    'ledger.createCustomer',
    'ledger.createInvoice',
    'records.createIntent',
    'records.writeBack',
  ];

  test.each(writes)('%s: the answer is dropped after it took effect', async (point) => {
    const world = newCustomer();
    const draft = await draftOf(world);
    world.faults.plan(point, 'drop-answer');
    await click(world, draft);
    expectOneOfEach(world, point);
  });

  test.each(writes)('%s: the request is lost before it arrived', async (point) => {
    const world = newCustomer();
    const draft = await draftOf(world);
    world.faults.plan(point, 'drop-before');
    await click(world, draft);
    expectOneOfEach(world, point);
  });

  test.each(writes.filter((point) => point.startsWith('payments')))(
    '%s: killed after it took effect, taken up when Stripe has forgotten the key',
    async (point) => {
      const world = newCustomer();
      const draft = await draftOf(world);
      world.faults.plan(point, 'kill-after');
      await click(world, draft);
      world.payments.keys.forget();
      world.clock.advance(25 * 3_600_000);
      await recover(world, draft, false);
      expectOneOfEach(world, point);
    },
  );

  test.each(writes.filter((point) => point.startsWith('payments')))('%s: Stripe repeats a stored error for the key', async (point) => {
    const world = newCustomer();
    const draft = await draftOf(world);
    world.faults.plan(point, 'replayed-error');
    await click(world, draft);
    expectOneOfEach(world, point);
  });
});

describe('one side is down', () => {
  test.each(['ledger.createInvoice', 'payments.createDraft', 'records.writeBack', 'payments.finalize'])(
    '%s answers nothing for a while: finished later',
    async (point) => {
      const world = newCustomer();
      const draft = await draftOf(world);
      world.faults.plan(point, 'unavailable', 20);
      await click(world, draft);
      expectOneOfEach(world, point);
    },
  );

  test('QuickBooks is down at the click: accepted, its checks are made later', async () => {
    const world = newCustomer();
    const draft = await draftOf(world);
    for (const point of ['ledger.readForInvoice', 'ledger.findCustomers']) world.faults.plan(point, 'unavailable', 5);
    await click(world, draft);
    expectOneOfEach(world, 'QuickBooks down');
  });

  test('QuickBooks is down at the click and then refuses the item: nothing is left anywhere', async () => {
    const world = newCustomer();
    const draft = await draftOf(world);
    world.faults.plan('ledger.readForInvoice', 'unavailable', 1);
    world.faults.plan('ledger.findCustomers', 'unavailable', 1);
    world.ledger.items.set('11', { id: '11', name: 'Rocket', sku: 'RKT', active: false, hasIncomeAccount: true });
    await click(world, draft);
    expect([...world.org.invoices.values()][0]).toMatchObject({ status: 'Rejected', number: null });
    expect(world.payments.invoices.size + world.ledger.invoices.size + world.payments.emails.length).toBe(0);
    expect([...world.progress.operations.values()][0]).toMatchObject({ state: 'rejected', problems: [{ code: 'item-inactive' }] });
  });

  test('credentials that are refused at the click stop it before anything is written', async () => {
    const world = newCustomer();
    const draft = await draftOf(world);
    world.faults.plan('ledger.findCustomers', 'unauthorized');
    const reply = await issueInvoice(world, { sourceId: OPPORTUNITY, draft, waitMs: 1000 }, REP);
    expect(reply).toMatchObject({ outcome: 'done', value: { outcome: 'rejected', problems: [{ code: 'system-not-connected' }] } });
    expect(world.org.invoices.size + world.payments.invoices.size + world.ledger.invoices.size).toBe(0);
  });
});
