import { expect, test } from 'vitest';
import { createWorld, OPPORTUNITY, REP, type World } from '../adapters/memory/world.ts';
import type { LedgerInvoice } from '../ports/ledger.ts';
import type { StripeInvoice } from '../ports/payments.ts';
import { issueInvoice } from './issue-invoice.ts';
import { runSync } from './run-sync.ts';
import { registerWorkflows } from './workflows.ts';

async function issued(): Promise<World> {
  const world = createWorld();
  registerWorkflows(world);
  await issueInvoice(world, { sourceId: OPPORTUNITY, draft: {}, waitMs: 1000 }, REP);
  return world;
}

const stripe = (world: World) => [...world.payments.invoices.values()][0] as StripeInvoice;
const ledger = (world: World) => [...world.ledger.invoices.values()][0] as LedgerInvoice;
const invoiceId = (world: World) => [...world.org.invoices.keys()][0] ?? '';

async function sync(world: World) {
  const reply = await runSync(world, { kind: 'Nightly', waitMs: 1000 }, REP);
  await world.engine.idle();
  world.clock.advance(86_400_000);
  if (reply.outcome !== 'done') throw new Error(JSON.stringify(reply));
  const run = world.org.syncRuns.get(reply.value.operationKey ?? '');
  if (!run) throw new Error('There is no run.');
  return run;
}

test('where all agree, the run says so in counts and sums', async () => {
  const world = await issued();
  const { report, state } = await sync(world);
  expect(state).toBe('Completed');
  expect(report).toContain('Reconciled with no difference.');
  expect(report).toContain('2026-11 USD open: 1, USD 590.00, due USD 590.00 in all three systems.');
});

test('documents made for an invoice that Salesforce does not have are named, each once, until they are gone', async () => {
  const world = await issued();
  world.ledger.invoices.set('900', { ...ledger(world), id: '900', invoiceId: 'a01000000000099AAA', number: 'TU-000099', paymentIds: [] });
  world.payments.invoices.set('in_900', { ...stripe(world), id: 'in_900', invoiceId: 'a01000000000099AAA', number: 'TU-000099' });
  world.ledger.invoices.set('901', { ...ledger(world), id: '901', invoiceId: null, number: '77' });
  const run = await sync(world);
  expect(run.issues.map(({ key, cause, invoiceId: about }) => [key, cause, about])).toEqual([
    ['stripe.in_900.reconcile', 'Not In Salesforce', null],
    ['quickbooks.900.reconcile', 'Not In Salesforce', null],
  ]);
  expect(run.report).toContain('2026-11 USD open differs: Salesforce 1, USD 590.00');
  expect((await sync(world)).issues).toHaveLength(2);
  world.payments.invoices.delete('in_900');
  world.ledger.invoices.delete('900');
  expect(await sync(world)).toMatchObject({
    state: 'Completed',
    issues: [],
    resolved: ['stripe.in_900.reconcile', 'quickbooks.900.reconcile'],
  });
});

test('a second copy in a system is named', async () => {
  const world = await issued();
  world.ledger.invoices.set('900', { ...ledger(world), id: '900' });
  expect((await sync(world)).issues).toMatchObject([{ key: 'quickbooks.900.reconcile', invoiceId: invoiceId(world) }]);
});

test('what moved between the reads is refreshed and compared again', async () => {
  const world = await issued();
  const { listBriefly } = world.payments;
  world.payments.listBriefly = async (page) => {
    world.payments.listBriefly = listBriefly;
    world.payments.pay(stripe(world).id);
    return listBriefly(page);
  };
  const run = await sync(world);
  expect(run).toMatchObject({ state: 'Completed', issues: [] });
  expect(run.report).toContain('2026-11 USD settled: 1, USD 590.00 in all three systems.');
});

test('what moves while it is compared the second time is no finding; what differs both times is', async () => {
  const world = await issued();
  world.ledger.invoices.set('900', { ...ledger(world), id: '900', invoiceId: 'a01000000000099AAA', paymentIds: [] });
  const { listBriefly } = world.records;
  let looks = 0;
  world.records.listBriefly = async (page) => {
    const own = world.org.invoices.get(invoiceId(world));
    // Issued after the books were read, before Salesforce is.
    if ((looks += 1) === 2 && own)
      world.org.invoices.set('a01new', { ...own, id: 'a01new', stripeInvoiceId: 'in_new', quickbooksInvoiceId: '902' });
    return listBriefly(page);
  };
  const run = await sync(world);
  expect(run.issues.map(({ key }) => key)).toEqual(['quickbooks.900.reconcile']);
  expect(run.report).toContain('1 differing records, each named below; 2 changed while they were read and are left to the next run.');
});

test('one that was told stays open while more is found than is named, and while the run cannot be written', async () => {
  const world = await issued();
  const orphan = (id: string) => world.ledger.invoices.set(id, { ...ledger(world), id, invoiceId: `a0100000000${id}AAA`, paymentIds: [] });
  orphan('9000');
  await sync(world);
  // As many more as are named, before it in the list.
  const [told] = [...world.ledger.invoices].slice(-1) as [[string, LedgerInvoice]];
  world.ledger.invoices.delete(told[0]);
  for (let n = 9001; n <= 9200; n += 1) orphan(String(n));
  world.ledger.invoices.set(...told);
  expect(await sync(world)).toMatchObject({ resolved: [], issues: { length: 200 } });
  for (let n = 9001; n <= 9200; n += 1) world.ledger.invoices.delete(String(n));
  expect((await sync(world)).resolved).toHaveLength(200);

  world.ledger.invoices.delete('9000');
  world.faults.plan('records.writeSyncRun', 'rejected', 2);
  await sync(world).catch(() => undefined);
  expect((await sync(world)).resolved).toEqual(['quickbooks.9000.reconcile']);
});

test('a finding is closed by the comparison alone, and one that is told otherwise already is never closed', async () => {
  const world = await issued();
  const own = invoiceId(world);
  const held = world.org.invoices.get(own);
  if (held) held.openIssues = [`${own}.stripe.reconcile`, `${own}.changed-in-stripe`];
  expect((await sync(world)).resolved).toEqual([`${own}.changed-in-stripe`]);

  const document = ledger(world);
  world.ledger.invoices.delete(document.id);
  const { issues } = await sync(world);
  expect(issues.map(({ key }) => key)).toEqual([`${own}.deleted-in-quickbooks`]);
  world.ledger.invoices.set(document.id, document);
  expect((await sync(world)).resolved).toEqual([`${own}.deleted-in-quickbooks`]);
});
