import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startForTest } from './testing.ts';

let t: Awaited<ReturnType<typeof startForTest<Stripe>>>;
beforeAll(async () => void (t = await startForTest(Stripe)));
afterAll(() => t.stop());

test('an invoice from draft to paid, with priced, plain, negative and taxed lines', async () => {
  const draft = await t.draft(
    [
      {
        description: 'Hours',
        quantity_decimal: Stripe.Decimal.from('2.3333333'),
        price_data: { currency: 'usd', unit_amount_decimal: Stripe.Decimal.from('1999.5'), product_data: { name: 'Hours' } },
        metadata: { trueup_line_key: 'a-0' },
      },
      {
        description: 'Fee',
        amount: 5000,
        tax_amounts: [{ amount: 400, taxable_amount: 5000, tax_rate_data: { display_name: 'Tax', inclusive: false, percentage: 8.25 } }],
        period: { start: 1, end: 2 },
      },
      { description: 'Rebate', amount: -1000 },
    ],
    {
      number: 'INV-1',
      metadata: { salesforce_invoice_id: 'a0X' },
      custom_fields: [{ name: 'PO number', value: '77' }],
      description: 'Thank you',
    },
  );
  expect(draft).toMatchObject({
    status: 'draft',
    number: 'INV-1',
    subtotal: 4665 + 5000 - 1000,
    total: 4665 + 5000 - 1000 + 400,
    hosted_invoice_url: null,
    ending_balance: null,
  });
  expect(draft.lines.data.map((line) => [line.amount, line.quantity, line.quantity_decimal?.toString()])).toEqual([
    [4665, 2, '2.3333333'],
    [5000, 1, '1'],
    [-1000, 1, '1'],
  ]);
  expect(draft.lines.data[0]?.metadata).toEqual({ trueup_line_key: 'a-0' });
  expect(draft.total_taxes?.[0]?.amount).toBe(400);

  const open = await t.stripe.invoices.finalizeInvoice(draft.id, { auto_advance: false });
  expect(open).toMatchObject({ status: 'open', amount_due: 9065, amount_remaining: 9065, starting_balance: 0, ending_balance: 0 });
  expect(open.status_transitions.finalized_at).toBe(open.effective_at);
  await t.stripe.invoices.sendInvoice(draft.id);

  const expanded = await t.stripe.invoices.retrieve(draft.id, { expand: ['payments.data.payment.payment_intent', 'customer'] });
  const intent = expanded.payments?.data[0]?.payment.payment_intent as Stripe.PaymentIntent;
  expect(intent).toMatchObject({ amount: 9065, status: 'requires_payment_method' });
  expect((expanded.customer as Stripe.Customer).email).toBe('ap@acme.example');

  const paid = await t.stripe.invoices.pay(draft.id, { payment_method: 'pm_card_visa' });
  expect(paid).toMatchObject({ status: 'paid', amount_paid: 9065, amount_remaining: 0, attempt_count: 1 });
  const settled = await t.stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge.balance_transaction'] });
  const charge = settled.latest_charge as Stripe.Charge;
  expect(charge.balance_transaction).toMatchObject({
    amount: 9065,
    fee: 293,
    net: 8772,
    currency: 'usd',
    reporting_category: 'charge',
    source: charge.id,
  });
  const [payment] = (await t.stripe.invoicePayments.list({ payment: { type: 'payment_intent', payment_intent: intent.id } })).data;
  expect(payment).toMatchObject({ invoice: draft.id, status: 'paid', amount_paid: 9065, is_default: true });
});

test('drafts can be changed and deleted, final ones not', async () => {
  const draft = await t.draft([
    { amount: 100, description: 'One' },
    { amount: 200, description: 'Two' },
  ]);
  const [one, two] = draft.lines.data;
  let invoice = await t.stripe.invoices.updateLines(draft.id, {
    lines: [{ id: one!.id, amount: 150, description: 'Uno' }],
    invoice_metadata: { a: 'b' },
  });
  expect(invoice).toMatchObject({ total: 350, metadata: { a: 'b' } });
  invoice = await t.stripe.invoices.removeLines(draft.id, { lines: [{ id: two!.id, behavior: 'delete' }] });
  expect(invoice.lines.data.map((line) => line.description)).toEqual(['Uno']);
  await t.stripe.invoices.update(draft.id, { description: 'memo', metadata: { a: '', c: 'd' } });
  expect(await t.stripe.invoices.retrieve(draft.id)).toMatchObject({ description: 'memo', metadata: { c: 'd' } });
  expect(await t.stripe.invoices.del(draft.id)).toEqual(expect.objectContaining({ id: draft.id, deleted: true }));
  await expect(t.stripe.invoices.retrieve(draft.id)).rejects.toMatchObject({ code: 'resource_missing', statusCode: 404 });
});

test('invoice items: pending ones are taken along when asked', async () => {
  const customer = await t.stripe.customers.create({ email: 'x@y.example' });
  await t.stripe.invoiceItems.create({ customer: customer.id, amount: 700, currency: 'eur', description: 'Pending' });
  const without = await t.stripe.invoices.create({
    customer: customer.id,
    currency: 'eur',
    collection_method: 'send_invoice',
    days_until_due: 1,
  });
  expect(without.total).toBe(0);
  const invoice = await t.stripe.invoices.create({
    customer: customer.id,
    currency: 'eur',
    collection_method: 'send_invoice',
    days_until_due: 1,
    pending_invoice_items_behavior: 'include',
  });
  expect(invoice.total).toBe(700);
  await t.stripe.invoiceItems.create({
    customer: customer.id,
    invoice: invoice.id,
    quantity: 3,
    unit_amount_decimal: Stripe.Decimal.from('33.3'),
    description: 'More',
  });
  expect((await t.stripe.invoices.retrieve(invoice.id)).total).toBe(800);
  expect(((await t.stripe.customers.retrieve(customer.id)) as Stripe.Customer).currency).toBe('eur');
});

test('a long invoice carries ten lines; the rest is listed', async () => {
  const invoice = await t.draft(Array.from({ length: 250 }, (_, index) => ({ amount: index + 1, description: `Line ${index}` })));
  expect(invoice.lines.data).toHaveLength(10);
  expect(invoice.lines).toMatchObject({ has_more: true, total_count: 250 });
  const all = await t.stripe.invoices.listLineItems(invoice.id, { limit: 100 }).autoPagingToArray({ limit: 300 });
  expect(all.map((line) => line.amount)).toEqual(Array.from({ length: 250 }, (_, index) => index + 1));
  await expect(t.stripe.invoices.addLines(invoice.id, { lines: [{ amount: 1 }] })).rejects.toMatchObject({ param: 'lines' });
});

test('void, write-off, out-of-band', async () => {
  const voided = await t.stripe.invoices.voidInvoice((await t.open()).id);
  expect(voided.status).toBe('void');
  await expect(t.stripe.invoices.voidInvoice(voided.id)).rejects.toThrow("You can only pass in open invoices. This invoice isn't open.");
  const bad = await t.stripe.invoices.markUncollectible((await t.open()).id);
  expect(bad.status).toBe('uncollectible');
  expect((await t.stripe.invoices.voidInvoice(bad.id)).status).toBe('void');
  const open = await t.open(2_500);
  const paid = await t.stripe.invoices.pay(open.id, { paid_out_of_band: true, expand: ['amount_paid_off_stripe', 'payments'] });
  expect(paid).toMatchObject({ status: 'paid', amount_paid: 2_500, amount_paid_off_stripe: 2_500 });
  expect(paid.payments?.data.map((payment) => payment.status)).toEqual(['canceled']);
});

test('partial payments by attached intents', async () => {
  const open = await t.open(10_000);
  const part = (amount: number) =>
    t.stripe.paymentIntents.create({
      amount,
      currency: 'usd',
      customer: open.customer as string,
      payment_method: 'pm_card_visa',
      confirm: true,
    });
  const first = await t.stripe.invoices.attachPayment(open.id, { payment_intent: (await part(4_000)).id });
  expect(first).toMatchObject({ status: 'open', amount_paid: 4_000, amount_remaining: 6_000 });
  await expect(t.stripe.invoices.voidInvoice(open.id)).rejects.toThrow('partially paid');
  const second = await t.stripe.invoices.attachPayment(open.id, { payment_intent: (await part(6_000)).id });
  expect(second).toMatchObject({ status: 'paid', amount_paid: 10_000 });
});

test('refunds, in part and in whole', async () => {
  const open = await t.open(10_000);
  await t.stripe.invoices.pay(open.id, { payment_method: 'pm_card_visa' });
  const intent = (await t.stripe.invoicePayments.list({ invoice: open.id })).data[0]!.payment.payment_intent as string;
  const refund = await t.stripe.refunds.create({ payment_intent: intent, amount: 1_000, reason: 'requested_by_customer' });
  expect(refund).toMatchObject({ status: 'succeeded', amount: 1_000 });
  await t.stripe.refunds.create({ payment_intent: intent });
  const charge = await t.stripe.charges.retrieve(refund.charge as string, { expand: ['refunds'] });
  expect(charge).toMatchObject({ refunded: true, amount_refunded: 10_000 });
  expect(charge.refunds?.data).toHaveLength(2);
  await expect(t.stripe.refunds.create({ charge: charge.id })).rejects.toMatchObject({ code: 'charge_already_refunded' });
  const balance = await t.stripe.balanceTransactions.list({ source: refund.id });
  expect(balance.data).toMatchObject([{ amount: -1_000, fee: 0, type: 'refund' }]);
  expect((await t.stripe.balance.retrieve()).pending[0]?.currency).toBe('usd');
});

describe('what finalizing makes of a total', () => {
  const credit = async (amount: number) => {
    const draft = await t.draft([]);
    await t.stripe.customers.createBalanceTransaction(draft.customer as string, { amount, currency: 'usd' });
    return draft.id;
  };
  const finalize = async (id: string, amount: number) => {
    await t.stripe.invoices.addLines(id, { lines: [{ amount, description: 'Work' }] });
    return t.stripe.invoices.finalizeInvoice(id);
  };

  test('credit is used up first, and given back by a void', async () => {
    const invoice = await finalize(await credit(-3_000), 10_000);
    expect(invoice).toMatchObject({ amount_due: 7_000, starting_balance: -3_000, ending_balance: 0 });
    await t.stripe.invoices.voidInvoice(invoice.id);
    expect(((await t.stripe.customers.retrieve(invoice.customer as string)) as Stripe.Customer).balance).toBe(-3_000);
  });
  test('debt is added', async () => {
    expect(await finalize(await credit(500), 10_000)).toMatchObject({
      amount_due: 10_500,
      starting_balance: 500,
      ending_balance: 0,
      total: 10_000,
    });
  });
  test('nothing due is paid without a payment', async () => {
    const invoice = await finalize((await t.draft([])).id, 0);
    expect(invoice).toMatchObject({ status: 'paid', amount_due: 0, amount_paid: 0 });
    expect((await t.stripe.invoicePayments.list({ invoice: invoice.id })).data).toEqual([]);
  });
  test('a negative total becomes credit', async () => {
    const invoice = await finalize((await t.draft([])).id, -2_000);
    expect(invoice).toMatchObject({ status: 'paid', amount_due: 0, ending_balance: -2_000 });
    const ledger = await t.stripe.customers.listBalanceTransactions(invoice.customer as string);
    expect(ledger.data).toMatchObject([{ amount: -2_000, ending_balance: -2_000, invoice: invoice.id }]);
  });
  test('below the minimum charge it is paid and owed', async () => {
    const invoice = await finalize((await t.draft([])).id, 49);
    expect(invoice).toMatchObject({ status: 'paid', amount_due: 0, ending_balance: 49 });
    const ledger = await t.stripe.customers.listBalanceTransactions(invoice.customer as string);
    expect(ledger.data[0]?.type).toBe('invoice_too_small');
  });
  test('a KWD amount must end in 0', async () => {
    const { id } = await t.draft([{ amount: 12_345, description: 'Work' }], { currency: 'kwd' });
    await expect(t.stripe.invoices.finalizeInvoice(id)).rejects.toMatchObject({ code: 'invalid_charge_amount' });
    const { id: fine } = await t.draft([{ amount: 12_340, description: 'Work' }], { currency: 'kwd' });
    expect((await t.stripe.invoices.finalizeInvoice(fine)).amount_due).toBe(12_340);
  });
  test('JPY has no minor unit', async () => {
    const { id } = await t.draft([{ quantity: 3, price_data: { currency: 'jpy', unit_amount: 500, product_data: { name: 'P' } } }], {
      currency: 'jpy',
    });
    expect((await t.stripe.invoices.finalizeInvoice(id)).amount_due).toBe(1_500);
  });
});

test('a draft with auto_advance is finalized and sent an hour later', async () => {
  const draft = await t.draft([{ amount: 900, description: 'Later' }], { auto_advance: true });
  expect(draft.automatically_finalizes_at).toBe(draft.created + 3600);
  await t.clock.advance(3_700_000);
  expect((await t.stripe.invoices.retrieve(draft.id)).status).toBe('open');
  const sent = await t.stripe.events.list({ type: 'invoice.sent', limit: 1 });
  expect((sent.data[0]?.data.object as Stripe.Invoice).id).toBe(draft.id);
});

test('numbers are given per customer when none is set', async () => {
  const open = await t.open();
  expect(open.number).toMatch(/^[A-Z0-9]{8}-0001$/);
});
