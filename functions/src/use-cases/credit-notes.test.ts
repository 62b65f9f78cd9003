import { describe, expect, test } from 'vitest';
import { entries, hear, issued, ledger, paid, salesforce, shown, stripe, sync } from './issued.fixture.ts';

describe('credit notes', () => {
  test('on an open invoice: less is due everywhere, the memo is used up against it; voided: as before', async () => {
    const world = await issued();
    const note = world.balance.creditNote(stripe(world).id, { amount: 9_000 });
    await hear(world, 'stripe:credit_note', note.id);
    expect(salesforce(world)).toMatchObject({ status: 'Partially Paid', credited: 9_000, amountDue: 50_000 });
    expect(entries(world, 'CreditMemo')).toMatchObject([{ lines: [{ amount: 7_627 }, { amount: 1_373 }], number: note.number }]);
    expect(entries(world, 'Payment')).toMatchObject([{ amount: 9_000 }]);
    expect([...world.org.creditMemos.values()]).toMatchObject([{ status: 'Applied', applied: 9_000, booked: true }]);
    expect([...world.ledger.invoices.values()][0]?.balance).toBe(50_000);
    world.balance.voidCreditNote(note.id);
    await hear(world, 'stripe:invoice', stripe(world).id);
    expect(salesforce(world)).toMatchObject({ status: 'Open', credited: 0, amountDue: 59_000 });
    expect([...world.org.creditMemos.values()]).toMatchObject([{ status: 'Void', applied: 0 }]);
    expect([...entries(world, 'CreditMemo'), ...entries(world, 'Payment')]).toEqual([]);
    expect([...world.ledger.invoices.values()][0]?.balance).toBe(59_000);
  });

  test('whose use was taken back in QuickBooks: a person is told, nothing is done a second time', async () => {
    const world = await issued();
    const note = world.balance.creditNote(stripe(world).id, { amount: 9_000 });
    await hear(world, 'stripe:credit_note', note.id);
    await sync(world);
    expect(shown(world)?.problem).toBeNull();
    const [applied] = world.bookings.entries.filter((each) => each.entity === 'Payment');
    world.ledger.takeOut(applied?.id ?? '', 'delete');
    await sync(world);
    expect(shown(world)?.problem).toContain('the credit is open there again');
    expect(world.org.issues.get(`${note.id}.taken-off`)).toMatchObject({ cause: 'Changed In QuickBooks' });
    expect(entries(world, 'Payment')).toHaveLength(1);
    world.balance.voidCreditNote(note.id);
    await hear(world, 'stripe:credit_note', note.id);
    expect(shown(world)?.problem).toBeNull();
    expect(world.org.issues.get(`${note.id}.taken-off`)).toMatchObject({ resolved: true });
  });

  test('that the accountant uses up again: nobody is told any more, and it counts once', async () => {
    const world = await issued();
    const note = world.balance.creditNote(stripe(world).id, { amount: 9_000 });
    await hear(world, 'stripe:credit_note', note.id);
    const [applied, memo] = ['Payment', 'CreditMemo'].map((entity) => world.bookings.entries.find((each) => each.entity === entity));
    world.ledger.takeOut(applied?.id ?? '', 'void');
    await sync(world);
    expect(shown(world)?.problem).toContain('the credit is open there again');
    const again = world.ledger.applyCredit({ quickbooksInvoiceId: ledger(world).id, creditMemoId: memo?.id ?? '', amount: 9_000 });
    await hear(world, 'quickbooks:payment', again.id);
    expect(ledger(world).balance).toBe(50_000);
    expect(salesforce(world)).toMatchObject({ status: 'Partially Paid', credited: 9_000, paid: 0, amountDue: 50_000 });
    expect(shown(world)?.problem).toBeNull();
    expect(world.org.issues.get(`${note.id}.taken-off`)).toMatchObject({ resolved: true });
  });

  test('voided before it was used up, which QuickBooks then refuses: the memo goes all the same', async () => {
    const world = await issued();
    const note = world.balance.creditNote(stripe(world).id, { amount: 9_000 });
    world.faults.plan('bookings.createPayment', 'drop-before');
    world.faults.plan('bookings.createPayment', 'rejected');
    const { create } = world.bookings;
    world.bookings.create = (body, key) => {
      if (body.entity === 'Payment') {
        world.bookings.create = create;
        world.balance.voidCreditNote(note.id);
      }
      return create(body, key);
    };
    await hear(world, 'stripe:credit_note', note.id);
    // What became of a booking without an answer is certain after two minutes.
    world.clock.advance(130_000);
    await hear(world, 'stripe:credit_note', note.id);
    expect(entries(world, 'CreditMemo')).toEqual([]);
    expect([...world.org.creditMemos.values()]).toMatchObject([{ status: 'Void', applied: 0 }]);
    expect(shown(world)?.problem ?? null).toBeNull();
  });

  test('by its lines: the memo has the items of those lines', async () => {
    const world = await issued();
    const [, second] = stripe(world).lines;
    const lines = [{ stripeLineId: second?.id ?? null, description: 'Half a launch', amount: 4_500, tax: 0 }];
    world.balance.creditNote(stripe(world).id, { amount: 4_500, lines });
    await sync(world);
    expect(entries(world, 'CreditMemo')).toMatchObject([{ lines: [{ itemId: '12', amount: 4_500, description: 'Half a launch' }] }]);
  });

  test('after payment: what Stripe refunded is the receipt, what it kept for the customer an open memo, what went outside is listed', async () => {
    const { world, payment } = await paid();
    const refund = world.balance.refund(payment, 5_000);
    const note = world.balance.creditNote(stripe(world).id, {
      amount: 9_000,
      outOfBand: 1_000,
      refunds: [{ refundId: refund.id, amount: 5_000 }],
    });
    await sync(world);
    expect(entries(world, 'RefundReceipt')).toHaveLength(1);
    expect(entries(world, 'CreditMemo').flatMap((memo) => memo.lines.map((line) => line.amount))).toEqual([3_390, 610]);
    expect(entries(world, 'Payment')).toEqual([]);
    expect([...world.org.creditMemos.values()]).toMatchObject([{ status: 'Open', applied: 0, amount: { minor: 4_000 } }]);
    expect(world.org.issues.get(`${note.id}.out-of-band`)).toMatchObject({ cause: 'Needs Person' });
    expect(salesforce(world)).toMatchObject({ status: 'Paid', paid: 59_000, credited: 0 });
  });
});
