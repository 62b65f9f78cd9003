import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusal, startForTest } from './testing.ts';

let t: Awaited<ReturnType<typeof startForTest<Stripe>>>;
beforeAll(async () => void (t = await startForTest(Stripe)));
afterAll(() => t.stop());

const paid = async (amount = 10_000) => {
  const open = await t.open(amount);
  return t.stripe.invoices.pay(open.id, { payment_method: 'pm_card_visa' });
};

test('on an open invoice less is due, and its payment follows', async () => {
  const open = await t.open();
  let note: Stripe.CreditNote | undefined;
  const types = await t.typesSince(async () => void (note = await t.stripe.creditNotes.create({ invoice: open.id, amount: 3_000 })));
  expect(types).toEqual(['credit_note.created', 'invoice.updated']);
  expect(note).toMatchObject({
    amount: 3_000,
    number: `${open.number}-CN-01`,
    type: 'pre_payment',
    status: 'issued',
    pre_payment_amount: 3_000,
    post_payment_amount: 0,
  });
  const now = await t.stripe.invoices.retrieve(open.id, { expand: ['payments.data.payment.payment_intent'] });
  expect(now).toMatchObject({
    status: 'open',
    amount_due: 7_000,
    amount_remaining: 7_000,
    pre_payment_credit_notes_amount: 3_000,
    total: 10_000,
  });
  expect(now.payments?.data[0]).toMatchObject({ amount_requested: 7_000, payment: { payment_intent: { amount: 7_000 } } });
  await expect(t.stripe.invoices.voidInvoice(open.id)).rejects.toThrow('credit notes');
  expect((await t.stripe.creditNotes.voidCreditNote(note!.id)).status).toBe('void');
  expect(await t.stripe.invoices.retrieve(open.id)).toMatchObject({ amount_due: 10_000, pre_payment_credit_notes_amount: 0 });
  expect((await t.stripe.invoices.voidInvoice(open.id)).status).toBe('void');
});

test('credited in full, an open invoice is paid and its payment canceled', async () => {
  const open = await t.open();
  const types = await t.typesSince(() => t.stripe.creditNotes.create({ invoice: open.id, amount: 10_000, reason: 'order_change' }));
  expect(types).toEqual(['credit_note.created', 'payment_intent.canceled', 'invoice.updated', 'invoice.paid']);
  expect(await t.stripe.invoices.retrieve(open.id)).toMatchObject({ status: 'paid', amount_due: 0, amount_paid: 0, amount_remaining: 0 });
});

test('on a paid invoice the money goes back as asked: refund, balance, outside', async () => {
  const invoice = await paid();
  expect((await refusal(t.stripe.creditNotes.create({ invoice: invoice.id, amount: 5_000 }))).message).toContain(
    'must equal the post payment credit note amount',
  );
  const note = await t.stripe.creditNotes.create({
    invoice: invoice.id,
    amount: 6_000,
    refund_amount: 1_000,
    credit_amount: 2_000,
    out_of_band_amount: 3_000,
  });
  expect(note).toMatchObject({ type: 'post_payment', post_payment_amount: 6_000, out_of_band_amount: 3_000 });
  expect(note.refunds).toMatchObject([{ amount_refunded: 1_000 }]);
  expect(await t.stripe.refunds.retrieve(note.refunds[0]!.refund as string)).toMatchObject({ amount: 1_000, status: 'succeeded' });
  const customer = (await t.stripe.customers.retrieve(invoice.customer as string)) as Stripe.Customer;
  expect(customer.balance).toBe(-2_000);
  expect((await t.stripe.customers.listBalanceTransactions(customer.id)).data[0]).toMatchObject({
    type: 'credit_note',
    credit_note: note.id,
  });
  expect(await t.stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: 'paid', post_payment_credit_notes_amount: 6_000 });
  expect((await refusal(t.stripe.creditNotes.create({ invoice: invoice.id, amount: 5_000, credit_amount: 5_000 }))).message).toContain(
    'greater than',
  );
  await expect(t.stripe.creditNotes.voidCreditNote(note.id)).rejects.toThrow('invoice is open');
});

test('an existing refund can be linked; one that is not lowers what can be credited', async () => {
  const invoice = await paid();
  const [payment] = (await t.stripe.invoicePayments.list({ invoice: invoice.id })).data;
  const refund = await t.stripe.refunds.create({ payment_intent: payment!.payment.payment_intent as string, amount: 4_000 });
  await expect(t.stripe.creditNotes.create({ invoice: invoice.id, amount: 7_000, credit_amount: 7_000 })).rejects.toThrow('greater than');
  const note = await t.stripe.creditNotes.create({
    invoice: invoice.id,
    amount: 4_000,
    refunds: [{ refund: refund.id, amount_refunded: 4_000 }],
  });
  expect(note.refunds).toEqual([{ amount_refunded: 4_000, payment_record_refund: null, refund: refund.id, type: 'refund' }]);
});

test('partly paid: first what is due, then what was paid', async () => {
  const open = await t.open();
  const intent = await t.stripe.paymentIntents.create({
    amount: 4_000,
    currency: 'usd',
    customer: open.customer as string,
    payment_method: 'pm_card_visa',
    confirm: true,
  });
  await t.stripe.invoices.attachPayment(open.id, { payment_intent: intent.id });
  const note = await t.stripe.creditNotes.create({ invoice: open.id, amount: 7_000, credit_amount: 1_000 });
  expect(note).toMatchObject({ type: 'mixed', pre_payment_amount: 6_000, post_payment_amount: 1_000 });
  expect(await t.stripe.invoices.retrieve(open.id)).toMatchObject({ status: 'paid', amount_due: 4_000, amount_paid: 4_000 });
});

test('lines carry their share of tax, and no more than the line', async () => {
  const draft = await t.draft([
    {
      description: 'Taxed',
      quantity: 3,
      price_data: { currency: 'usd', unit_amount_decimal: Stripe.Decimal.from('1000'), product_data: { name: 'Taxed' } },
      tax_amounts: [{ amount: 250, taxable_amount: 3_000, tax_rate_data: { display_name: 'Tax', inclusive: false, percentage: 8.33 } }],
    },
    { description: 'Plain', amount: 500 },
  ]);
  const open = await t.stripe.invoices.finalizeInvoice(draft.id);
  const [taxed, plain] = open.lines.data;
  const one = { invoice: open.id, lines: [{ type: 'invoice_line_item' as const, invoice_line_item: taxed!.id, quantity: 1 }] };
  const preview = await t.stripe.creditNotes.preview(one);
  expect(preview).toMatchObject({ subtotal: 1_000, total: 1_083, amount: 1_083 });
  const totals: number[] = [];
  for (let index = 0; index < 3; index += 1) totals.push((await t.stripe.creditNotes.create(one)).total);
  expect(totals.reduce((sum, total) => sum + total, 0)).toBe(3_250);
  await expect(t.stripe.creditNotes.create(one)).rejects.toThrow('greater than the amount of the invoice line item');
  const custom = await t.stripe.creditNotes.create({
    invoice: open.id,
    lines: [
      { type: 'invoice_line_item', invoice_line_item: plain!.id, amount: 100 },
      { type: 'custom_line_item', description: 'Goodwill', quantity: 2, unit_amount: 50 },
    ],
  });
  expect(custom.amount).toBe(200);
  expect((await t.stripe.creditNotes.listLineItems(custom.id)).data.map((line) => line.amount)).toEqual([100, 100]);
  expect((await t.stripe.creditNotes.list({ invoice: open.id })).data).toHaveLength(4);
  expect((await t.stripe.creditNotes.update(custom.id, { memo: 'Sorry', metadata: { k: 'v' } })).memo).toBe('Sorry');
});
