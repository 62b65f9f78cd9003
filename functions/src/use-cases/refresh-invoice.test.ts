import { describe, expect, test } from 'vitest';
import { REP, type World } from '../adapters/memory/world.ts';
import { hear, issued, ledger, salesforce, stripe } from './issued.fixture.ts';
import { runSync } from './run-sync.ts';
import { sendInvoice } from './send-invoice.ts';

describe('the customer pays', () => {
  test("Stripe's payment is booked in QuickBooks against the invoice, gross, into the clearing account, and shown in Salesforce", async () => {
    const world = await issued();
    // 23:30 in New York on the 24th, already the 25th in UTC.
    world.clock.advance(Date.parse('2026-11-25T04:30:00Z') - world.clock.now());
    const payment = world.payments.pay(stripe(world).id);
    await hear(world, 'stripe:payment_intent', payment.id);
    expect([...world.ledger.payments.values()]).toMatchObject([
      {
        amount: 59_000,
        date: '2026-11-24',
        stripePaymentId: payment.id,
        allocations: [{ quickbooksInvoiceId: ledger(world).id, amount: 59_000 }],
      },
    ]);
    expect(ledger(world).balance).toBe(0);
    expect(salesforce(world)).toMatchObject({ status: 'Paid', paid: 59_000, amountDue: 0, revision: 3 });
    expect([...world.org.payments.values()]).toMatchObject([{ booked: true, status: 'Succeeded', stripePaymentId: payment.id }]);
    expect(world.org.events.at(-1)).toMatchObject({ kind: 'record-payment' });
  });

  test('the time it is shown as of is the one before anything was read', async () => {
    const world = await issued();
    const payment = world.payments.pay(stripe(world).id);
    const { readInvoice } = world.payments;
    world.payments.readInvoice = (id) => {
      world.clock.advance(60_000);
      return readInvoice(id);
    };
    await hear(world, 'stripe:payment_intent', payment.id);
    const before = world.clock.now() - 60_000;
    const shown = world.org.shown.get(salesforce(world).id);
    expect(Date.parse(shown?.stripeAsOf ?? '')).toBe(before);
    expect(Date.parse(shown?.quickbooksAsOf ?? '')).toBe(before);
  });

  test('six events of one payment book it once', async () => {
    const world = await issued();
    const payment = world.payments.pay(stripe(world).id);
    await Promise.all(
      [
        ['invoice', stripe(world).id],
        ['payment_intent', payment.id],
        ['charge', payment.chargeId ?? ''],
        ['invoice', stripe(world).id],
        ['payment_intent', payment.id],
        ['charge', payment.chargeId ?? ''],
      ].map(([type, id]) => hear(world, `stripe:${type}`, id ?? '')),
    );
    expect(world.ledger.payments.size).toBe(1);
    expect(salesforce(world).paid).toBe(59_000);
  });

  test('in parts', async () => {
    const world = await issued();
    world.payments.pay(stripe(world).id, { amount: 9_000 });
    await hear(world, 'stripe:invoice', stripe(world).id);
    expect(salesforce(world)).toMatchObject({ status: 'Partially Paid', amountDue: 50_000 });
    world.payments.pay(stripe(world).id);
    await hear(world, 'stripe:invoice', stripe(world).id);
    expect(salesforce(world)).toMatchObject({ status: 'Paid', amountDue: 0 });
    expect(world.ledger.payments.size).toBe(2);
  });

  test('by ACH: processing, then failed, then by card', async () => {
    const world = await issued();
    const ach = world.payments.pay(stripe(world).id, { status: 'Processing' });
    await hear(world, 'stripe:invoice', stripe(world).id);
    expect(salesforce(world)).toMatchObject({ status: 'Open', paid: 0 });
    expect(world.ledger.payments.size).toBe(0);
    world.payments.pay(stripe(world).id, { status: 'Failed', id: ach.id });
    world.payments.pay(stripe(world).id);
    await hear(world, 'stripe:invoice', stripe(world).id);
    expect(salesforce(world)).toMatchObject({ status: 'Paid', paid: 59_000 });
    expect([...world.org.payments.values()].map((each) => [each.status, each.allocated])).toEqual([
      ['Failed', 0],
      ['Succeeded', 59_000],
    ]);
  });

  test('while QuickBooks is down: Salesforce shows it at once, the books get it later', async () => {
    const world = await issued();
    world.payments.pay(stripe(world).id);
    world.faults.plan('ledger.readInvoice', 'unavailable', 2);
    for (const booked of [0, 0, 1]) {
      await hear(world, 'stripe:invoice', stripe(world).id);
      expect(world.ledger.payments.size).toBe(booked);
      expect(salesforce(world)).toMatchObject({ status: 'Paid' });
      expect(world.org.shown.get(salesforce(world).id)?.problem).toBeNull();
    }
  });

  test("the booking's answer is lost: it is found after two minutes, not booked again", async () => {
    const world = await issued();
    world.payments.pay(stripe(world).id);
    world.faults.plan('ledger.createPayment', 'drop-answer');
    await hear(world, 'stripe:invoice', stripe(world).id);
    expect(world.ledger.payments.size).toBe(1);
    expect([...world.org.payments.values()][0]).toMatchObject({ booked: true });
  });

  test('no clearing account: shown as paid, with the account to create', async () => {
    const world = await issued();
    world.ledger.reference.accounts = [];
    world.payments.pay(stripe(world).id);
    await hear(world, 'stripe:invoice', stripe(world).id);
    expect(salesforce(world).status).toBe('Paid');
    expect(world.org.shown.get(salesforce(world).id)?.problem).toContain('Stripe Clearing USD');
  });

  test('by cheque, entered by the accountant: Salesforce shows it and Stripe asks no more', async () => {
    const world = await issued();
    const cheque = world.ledger.enterCheque(ledger(world).id, 59_000, '1042');
    await hear(world, 'quickbooks:payment', cheque.id);
    expect(salesforce(world)).toMatchObject({ status: 'Paid', paid: 59_000 });
    expect([...world.org.payments.values()]).toMatchObject([{ name: '1042', sourceSystem: 'QuickBooks', booked: true }]);
    expect(stripe(world)).toMatchObject({ status: 'paid', paidOutOfBand: true });
    expect(world.ledger.payments.size).toBe(1);
  });

  test('by cheque, after it was written off in Stripe: Stripe asks no more either', async () => {
    const world = await issued();
    world.payments.invoices.set(stripe(world).id, { ...stripe(world), status: 'uncollectible' });
    await hear(world, 'stripe:invoice', stripe(world).id);
    expect(salesforce(world)).toMatchObject({ status: 'Uncollectible' });
    const cheque = world.ledger.enterCheque(ledger(world).id, 59_000, '1042');
    await hear(world, 'quickbooks:payment', cheque.id);
    expect(salesforce(world)).toMatchObject({ status: 'Paid', paid: 59_000 });
    expect(stripe(world)).toMatchObject({ status: 'paid', paidOutOfBand: true });
  });

  test('objects that are not ours change nothing', async () => {
    const world = await issued();
    await hear(world, 'stripe:charge', 'ch_of_somebody');
    await hear(world, 'quickbooks:invoice', '4711');
    expect(salesforce(world)).toMatchObject({ status: 'Open', revision: 1 });
  });
});

describe('send', () => {
  const ask = (world: World) => sendInvoice(world, { invoiceId: salesforce(world).id, waitMs: 1000 }, REP);

  test('two clicks send once, a later one sends again', async () => {
    const world = await issued();
    world.clock.advance(400_000);
    await Promise.all([ask(world), ask(world)]);
    expect(world.payments.emails).toHaveLength(2); // the issue's own and this one
    world.clock.advance(60_000);
    expect(await ask(world)).toMatchObject({ outcome: 'done', value: { outcome: 'done' } });
    expect(world.payments.emails).toHaveLength(2); // a click that travelled slowly
    world.clock.advance(400_000);
    expect(await ask(world)).toMatchObject({ outcome: 'done', value: { outcome: 'done' } });
    expect(world.payments.emails).toHaveLength(3);
  });

  test('a lost answer does not send twice', async () => {
    const world = await issued();
    world.clock.advance(400_000);
    world.faults.plan('payments.send', 'drop-answer');
    await ask(world);
    expect(world.payments.emails).toHaveLength(2);
  });

  test('a paid invoice is not sent', async () => {
    const world = await issued();
    salesforce(world).status = 'Paid';
    expect(await ask(world)).toMatchObject({ value: { outcome: 'rejected', problems: [{ code: 'invoice-not-open' }] } });
  });
});

describe('the nightly sync', () => {
  const run = async (world: World) => {
    const reply = await runSync(world, { kind: 'Nightly', waitMs: 1000 }, REP);
    await world.engine.idle();
    if (reply.outcome !== 'done') throw new Error(JSON.stringify(reply));
    return { reply: reply.value, run: world.org.syncRuns.get(reply.value.operationKey ?? '') };
  };

  test('finds nothing to do when all agree, and costs a handful of calls', async () => {
    const world = await issued();
    const { run: done } = await run(world);
    expect(done).toMatchObject({
      state: 'Completed',
      counts: {
        invoicesChecked: 1,
        paymentsBooked: 0,
        statusesCorrected: 0,
        changedDocuments: 0,
        issues: 0,
        callsStripe: 3,
        callsQuickbooks: 2,
      },
    });
  });

  test('books a payment whose events never came', async () => {
    const world = await issued();
    world.payments.pay(stripe(world).id);
    const { run: done } = await run(world);
    expect(done).toMatchObject({ state: 'Completed', counts: { paymentsBooked: 1, statusesCorrected: 1 } });
    expect(salesforce(world).status).toBe('Paid');
  });

  test('reports what the accountant changed, and overwrites nothing; a second run reports the same issue', async () => {
    const world = await issued();
    world.ledger.invoices.set(ledger(world).id, { ...ledger(world), total: 60_000, balance: 60_000 });
    const { run: done } = await run(world);
    expect(done).toMatchObject({
      state: 'Completed With Issues',
      counts: { changedDocuments: 1, issues: 1 },
      issues: [{ cause: 'Changed In QuickBooks', message: expect.stringContaining('USD 590.00, but USD 600.00 in QuickBooks') }],
    });
    expect(ledger(world).total).toBe(60_000);
    world.clock.advance(86_400_000);
    const again = await run(world);
    expect(again.run?.issues.map((issue) => issue.key)).toEqual(done?.issues.map((issue) => issue.key));
  });

  test('reports documents that are gone', async () => {
    const world = await issued();
    world.ledger.invoices.clear();
    world.payments.invoices.clear();
    const { run: done } = await run(world);
    expect(done?.issues.map((issue) => issue.cause).sort()).toEqual(['Deleted In QuickBooks', 'Missing In Stripe']);
  });

  test('says so when the company is not connected yet', async () => {
    const world = await issued();
    world.org.company.connected = false;
    const { reply } = await run(world);
    expect(reply).toMatchObject({ outcome: 'rejected', problems: [{ code: 'company-not-connected' }] });
  });
});
