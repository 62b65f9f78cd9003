import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startForTest } from './testing.ts';

let t: Awaited<ReturnType<typeof startForTest<Stripe>>>;
beforeAll(async () => void (t = await startForTest(Stripe)));
afterAll(() => t.stop());

const DAY = 86_400_000;
const card = (invoice: Stripe.Invoice, number: string) => t.post(`${t.hosted(invoice)}/pay`, { method: 'card', number });
const bank = (invoice: Stripe.Invoice, account: string) => t.post(`${t.hosted(invoice)}/pay`, { method: 'bank', account });
const read = async (invoice: Stripe.Invoice) => (await fetch(invoice.hosted_invoice_url!)).text();
const now = (invoice: Stripe.Invoice) => t.stripe.invoices.retrieve(invoice.id);

test('shows the invoice without scripts, escaped', async () => {
  const draft = await t.draft([{ amount: 12_345, description: '<script>x</script>' }], {
    custom_fields: [{ name: 'PO number', value: '7&7' }],
  });
  const open = await t.stripe.invoices.finalizeInvoice(draft.id);
  const answer = await fetch(open.hosted_invoice_url!);
  const page = await answer.text();
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  for (const text of ['123.45 USD', '&lt;script&gt;x', '7&amp;7', open.number!, 'Pay with card', 'bank account'])
    expect(page).toContain(text);
  expect(page).not.toContain('<script');
  expect((await fetch(`${t.sandbox.baseUrl}/i/unknown`)).status).toBe(404);
});

test('a good card pays', async () => {
  const open = await t.open();
  const types = await t.typesSince(() => card(open, '4242 4242 4242 4242'));
  expect(types).toContain('invoice.paid');
  expect(await now(open)).toMatchObject({ status: 'paid', amount_paid: 10_000 });
  expect(await read(open)).toContain('Invoice paid');
  expect((await card(open, '4242424242424242')).status).toBe(303);
  expect((await t.stripe.charges.list({ customer: open.customer as string })).data).toHaveLength(1);
});

test('a declined card does not, and says so; another one may', async () => {
  const open = await t.open();
  await card(open, '4000000000000002');
  expect(await now(open)).toMatchObject({ status: 'open', attempt_count: 1 });
  expect(await read(open)).toContain('Your card was declined.');
  const wrong = await card(open, '1234');
  expect([wrong.status, (await wrong.text()).includes('Your card number is invalid')]).toEqual([400, true]);
  await card(open, '4242424242424242');
  expect((await now(open)).status).toBe('paid');
});

test('a card that needs authentication leads to the bank and back', async () => {
  const open = await t.open();
  const types = await t.typesSince(async () =>
    expect((await card(open, '4000002500003155')).headers.get('location')).toMatch(/authenticate$/),
  );
  expect(types.slice(-3)).toEqual(['payment_intent.requires_action', 'invoice.updated', 'invoice.payment_action_required']);
  const bankPage = `${t.hosted(open)}/authenticate`;
  expect(await (await fetch(bankPage)).text()).toContain('Complete');
  await t.post(bankPage, { result: 'fail' });
  expect(await now(open)).toMatchObject({ status: 'open' });
  expect(await read(open)).toContain('failed authentication');
  await card(open, '4000002500003155');
  await t.post(bankPage, { result: 'complete' });
  expect((await now(open)).status).toBe('paid');
});

test('a bank debit is processing for days; meanwhile no void; then it is paid', async () => {
  const open = await t.open();
  const types = await t.typesSince(() => bank(open, '000123456789'));
  expect(types).toEqual(['payment_intent.processing', 'charge.pending']);
  expect(await read(open)).toContain('Payment processing');
  await expect(t.stripe.invoices.voidInvoice(open.id)).rejects.toThrow('processing');
  await expect(t.stripe.invoices.pay(open.id, { paid_out_of_band: true })).rejects.toThrow('processing');
  await t.clock.advance(5 * DAY);
  expect((await now(open)).status).toBe('paid');
  const [charge] = (await t.stripe.charges.list({ customer: open.customer as string, expand: ['data.balance_transaction'] })).data;
  expect(charge).toMatchObject({
    status: 'succeeded',
    payment_method_details: { type: 'us_bank_account' },
    balance_transaction: { fee: 80, type: 'payment' },
  });
});

test('a bank debit can be returned, by its account or by the control route', async () => {
  const open = await t.open();
  await bank(open, '000222222227');
  await t.clock.advance(5 * DAY);
  expect(await now(open)).toMatchObject({ status: 'open', attempt_count: 1 });
  await bank(open, '000123456789');
  await fetch(`${t.sandbox.baseUrl}/__ctl/settle`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ success: false }),
  });
  expect(await now(open)).toMatchObject({ status: 'open', attempt_count: 2 });
});

test('a PDF can be had', async () => {
  const open = await t.open();
  const answer = await fetch(open.invoice_pdf!);
  const pdf = Buffer.from(await answer.arrayBuffer());
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  expect(pdf.subarray(0, 8).toString()).toBe('%PDF-1.4');
  const xref = Number(/startxref\n(\d+)/.exec(pdf.toString('latin1'))?.[1]);
  expect(pdf.subarray(xref, xref + 4).toString()).toBe('xref');
  expect(pdf.toString('latin1')).toContain('100.00');
});

test('the inspection pages open', async () => {
  const open = await t.open();
  await card(open, '4242424242424242');
  const intent = (await t.stripe.invoicePayments.list({ invoice: open.id })).data[0]!.payment.payment_intent as string;
  const event = (await t.stripe.events.list({ limit: 1 })).data[0]!.id;
  for (const path of [
    '',
    '/customers',
    '/payments',
    '/events',
    '/deliveries',
    '/coverage',
    `/invoices/${open.id}`,
    `/customers/${open.customer as string}`,
    `/payments/${intent}`,
    `/events/${event}`,
  ]) {
    const answer = await fetch(`${t.sandbox.baseUrl}/sandbox${path}`);
    expect([path, answer.status]).toEqual([path, 200]);
    expect(await answer.text()).not.toContain('<script');
  }
  expect((await fetch(`${t.sandbox.baseUrl}/sandbox/invoices/in_none`)).status).toBe(404);
});
