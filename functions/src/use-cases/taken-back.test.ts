import { describe, expect, test } from 'vitest';
import { REP } from '../adapters/memory/world.ts';
import { hear, issued, ledger, salesforce, stripe, sync } from './issued.fixture.ts';
import { resumeOperations } from './resume-operations.ts';
import { runSync } from './run-sync.ts';
import { sendInvoice } from './send-invoice.ts';
import { voidInvoice } from './void-invoice.ts';

describe('a cheque that bounces', () => {
  test.each(['void', 'delete'] as const)('(%s) reopens the invoice, and Salesforce counts it no more', async (how) => {
    const world = await issued();
    const cheque = world.ledger.enterCheque(ledger(world).id, 9_000, '1042');
    await hear(world, 'stripe:invoice', stripe(world).id);
    expect(salesforce(world)).toMatchObject({ status: 'Partially Paid', paid: 9_000 });
    world.ledger.takeOut(cheque.id, how);
    await sync(world, 86_400_000);
    expect(salesforce(world)).toMatchObject({ status: 'Open', paid: 0, amountDue: 59_000, problem: null });
    expect([...world.org.payments.values()]).toMatchObject([{ name: '1042', status: 'Failed', allocated: 0 }]);
  });

  test('after Stripe closed the invoice: a person is told that Stripe asks for nothing more', async () => {
    const world = await issued();
    const cheque = world.ledger.enterCheque(ledger(world).id, 59_000, '1042');
    await hear(world, 'stripe:invoice', stripe(world).id);
    expect(stripe(world).status).toBe('paid');
    world.ledger.takeOut(cheque.id, 'void');
    await hear(world, 'stripe:invoice', stripe(world).id);
    expect(salesforce(world)).toMatchObject({ status: 'Open', amountDue: 59_000, problem: expect.stringContaining('is closed in Stripe') });
  });
});

describe('what a person has to settle', () => {
  test("a booking of Stripe's money that was taken out of QuickBooks is reported, not made again", async () => {
    const world = await issued();
    world.payments.pay(stripe(world).id);
    await hear(world, 'stripe:invoice', stripe(world).id);
    const [booking] = world.ledger.payments.keys();
    world.ledger.takeOut(booking ?? '', 'delete');
    expect((await sync(world, 86_400_000))?.issues).toMatchObject([{ cause: 'Changed In QuickBooks' }]);
    expect(world.ledger.payments.size).toBe(0);
    expect(salesforce(world)).toMatchObject({ status: 'Paid', problem: expect.stringContaining('voided, deleted or taken off') });
  });

  test('money that came twice is reported', async () => {
    const world = await issued();
    world.ledger.enterCheque(ledger(world).id, 9_000, '1042');
    world.payments.pay(stripe(world).id);
    await hear(world, 'stripe:invoice', stripe(world).id);
    expect(salesforce(world).problem).toContain('USD 90.00 more than its total');
  });

  test('what is over is no longer shown, even when no event tells', async () => {
    const world = await issued();
    const ach = world.payments.pay(stripe(world).id, { status: 'Processing' });
    await voidInvoice(world, { invoiceId: salesforce(world).id, reason: '', waitMs: 1000 }, REP);
    expect(salesforce(world).problem).toContain('being processed');
    world.payments.pay(stripe(world).id, { status: 'Failed', id: ach.id });
    await sync(world, 86_400_000);
    expect(salesforce(world).problem).toBeNull();
  });

  test('voided in one book it is reported, voided in both it is void and nothing is left to tell', async () => {
    const world = await issued();
    const document = ledger(world);
    world.ledger.invoices.set(document.id, { ...document, voided: true, total: 0, subtotal: 0, tax: 0, balance: 0 });
    await hear(world, 'stripe:invoice', stripe(world).id);
    expect(salesforce(world)).toMatchObject({ status: 'Needs Attention', problem: expect.stringContaining('voided in QuickBooks alone') });
    await world.payments.voidInvoice({ stripeInvoiceId: stripe(world).id }, 'sf:a01000000000001AAA:by-hand:1');
    await hear(world, 'stripe:invoice', stripe(world).id);
    expect(salesforce(world)).toMatchObject({ status: 'Void', problem: null });
  });

  test('an issue that is put right is resolved by the next sync', async () => {
    const world = await issued();
    const before = ledger(world);
    world.ledger.invoices.set(before.id, { ...before, total: 60_000, balance: 60_000 });
    expect((await sync(world, 86_400_000))?.issues).toHaveLength(1);
    expect(salesforce(world).openIssues).toHaveLength(1);
    world.ledger.invoices.set(before.id, before);
    expect(await sync(world, 86_400_000)).toMatchObject({ state: 'Completed', issues: [] });
    expect(salesforce(world)).toMatchObject({ openIssues: [], problem: null });
  });

  test('a status that an old write put back is corrected by the sync', async () => {
    const world = await issued();
    world.payments.pay(stripe(world).id);
    await hear(world, 'stripe:invoice', stripe(world).id);
    salesforce(world).status = 'Open';
    await sync(world, 86_400_000);
    expect(salesforce(world).status).toBe('Paid');
  });
});

describe('a second click', () => {
  test('on "Void" that is slow cannot put "Voiding" over the end of the first', async () => {
    const world = await issued();
    const ask = () => voidInvoice(world, { invoiceId: salesforce(world).id, reason: 'Twice', waitMs: 1000 }, REP);
    const { writeBack } = world.records;
    const written: (string | undefined)[] = [];
    world.records.writeBack = (write) => {
      written.push(write.invoice.status);
      return writeBack(write);
    };
    await Promise.all([ask(), ask()]);
    expect(written).toEqual(['Voiding', 'Void']);
  });

  test('on "Send" leaves its operation settled', async () => {
    const world = await issued();
    world.clock.advance(400_000);
    const ask = () => sendInvoice(world, { invoiceId: salesforce(world).id, waitMs: 1000 }, REP);
    await Promise.all([ask(), ask()]);
    expect([...world.org.operations.values()].map(({ kind, state }) => [kind, state])).toEqual([
      ['issue-invoice', 'done'],
      ['send-invoice', 'done'],
    ]);
  });
});

test('a sync that the engine lost is taken up again', async () => {
  const world = await issued();
  world.faults.plan('records.listOpenInvoices', 'kill-before');
  await runSync(world, { kind: 'Nightly', waitMs: 0 }, REP);
  await world.engine.idle();
  world.engine.forget();
  world.clock.advance(120_000);
  expect(await resumeOperations(world)).toMatchObject({ value: { resumed: 1 } });
  await world.engine.idle();
  expect([...world.org.syncRuns.values()]).toMatchObject([{ state: 'Completed' }]);
});
