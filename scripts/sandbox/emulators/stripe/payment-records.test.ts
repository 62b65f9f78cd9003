import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startForTest } from './testing.ts';

let t: Awaited<ReturnType<typeof startForTest<Stripe>>>;
beforeAll(async () => void (t = await startForTest(Stripe)));
afterAll(() => t.stop());

const cheque = (invoice: Stripe.Invoice, value: number) =>
  t.stripe.paymentRecords.reportPayment({
    amount_requested: { currency: 'usd', value },
    initiated_at: 1_790_000_000,
    outcome: 'guaranteed',
    guaranteed: { guaranteed_at: 1_790_000_000 },
    customer_details: { customer: invoice.customer as string },
    payment_method_details: { type: 'custom', custom: { display_name: 'Cheque', type: 'cheque' } },
    processor_details: { type: 'custom', custom: { payment_reference: 'CHQ-1001' } },
    metadata: { quickbooks_payment_id: '77' },
  });

test('cheques pay an invoice in parts', async () => {
  const open = await t.open();
  const first = await cheque(open, 4_000);
  expect(first).toMatchObject({
    amount_guaranteed: { currency: 'usd', value: 4_000 },
    processor_details: { custom: { payment_reference: 'CHQ-1001' } },
    reported_by: 'self',
  });
  expect(await t.typesSince(() => t.stripe.invoices.attachPayment(open.id, { payment_record: first.id }))).toEqual([
    'invoice_payment.paid',
    'invoice.updated',
  ]);
  const half = await t.stripe.invoices.retrieve(open.id, { expand: ['amount_paid_off_stripe', 'payments'] });
  expect(half).toMatchObject({ status: 'open', amount_paid: 4_000, amount_remaining: 6_000, amount_paid_off_stripe: 4_000 });
  expect(half.payments?.data.map((payment) => [payment.payment.type, payment.status, payment.amount_requested])).toEqual([
    ['payment_record', 'paid', 4_000],
    ['payment_intent', 'open', 6_000],
  ]);
  await expect(t.stripe.invoices.attachPayment(open.id, { payment_record: first.id })).rejects.toThrow('already attached');
  const second = await cheque(open, 6_000);
  expect(await t.typesSince(() => t.stripe.invoices.attachPayment(open.id, { payment_record: second.id }))).toEqual([
    'invoice_payment.paid',
    'payment_intent.canceled',
    'invoice.updated',
    'invoice.paid',
  ]);
  expect((await t.stripe.invoices.retrieve(open.id)).status).toBe('paid');
  const [found] = (await t.stripe.invoicePayments.list({ payment: { type: 'payment_record', payment_record: second.id } })).data;
  expect(found).toMatchObject({ invoice: open.id, payment: { type: 'payment_record', payment_record: second.id } });
});

test('too much becomes the customer’s credit', async () => {
  const open = await t.open();
  const record = await cheque(open, 12_500);
  const types = await t.typesSince(() => t.stripe.invoices.attachPayment(open.id, { payment_record: record.id }));
  expect(types.slice(-4)).toEqual(['invoice.updated', 'invoice.paid', 'invoice.overpaid', 'customer.updated']);
  expect(await t.stripe.invoices.retrieve(open.id)).toMatchObject({ status: 'paid', amount_paid: 10_000, amount_overpaid: 2_500 });
  expect(((await t.stripe.customers.retrieve(open.customer as string)) as Stripe.Customer).balance).toBe(-2_500);
});

test('cards and cheques together; the attached intent must fit', async () => {
  const open = await t.open();
  const intent = (extra: object = {}) =>
    t.stripe.paymentIntents.create({ amount: 3_000, currency: 'usd', customer: open.customer as string, ...extra });
  const euro = await intent({ currency: 'eur' });
  await expect(t.stripe.invoices.attachPayment(open.id, { payment_intent: euro.id })).rejects.toThrow('currency');
  const waiting = await intent();
  await t.stripe.invoices.attachPayment(open.id, { payment_intent: waiting.id });
  await expect(t.stripe.invoices.voidInvoice(open.id)).rejects.toThrow('attached');
  await t.stripe.paymentIntents.confirm(waiting.id, { payment_method: 'pm_card_visa' });
  expect(await t.stripe.invoices.retrieve(open.id)).toMatchObject({ amount_paid: 3_000, amount_remaining: 7_000 });
  const paid = await t.stripe.invoices.pay(open.id, { payment_method: 'pm_card_visa' });
  expect(paid).toMatchObject({ status: 'paid', amount_paid: 10_000, amount_overpaid: 0 });
});

test('what was paid outside can be refunded outside', async () => {
  const record = await cheque(await t.open(), 1_000);
  const refunded = await t.stripe.paymentRecords.reportRefund(record.id, {
    outcome: 'refunded',
    processor_details: { type: 'custom', custom: { refund_reference: 'R1' } },
    amount: { currency: 'usd', value: 400 },
    refunded: { refunded_at: 1_790_000_000 },
  });
  expect(refunded.amount_refunded.value).toBe(400);
  expect((await t.stripe.paymentRecords.retrieve(record.id)).amount_refunded.value).toBe(400);
});
