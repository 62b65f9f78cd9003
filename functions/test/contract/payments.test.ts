import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createClock, createFaultPlan, startStripe } from '../../../scripts/sandbox/index.ts';
import { createStripeClient, createStripeSdk } from '../../src/adapters/stripe/client.ts';
import { createPayments } from '../../src/adapters/stripe/payments.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { Secret } from '../../src/platform/secret.ts';
import type { DraftBody, DraftLine, Payments, StripeInvoice } from '../../src/ports/payments.ts';
import { must } from './must.ts';

// The payments port through the real SDK. The same suite may run against a Stripe sandbox account.

const clock = createClock();
const faults = createFaultPlan(1);
let stripe: Awaited<ReturnType<typeof startStripe>>;
let sdk: ReturnType<typeof createStripeSdk>;
let payments: Payments;
let customerId: string;
let count = 0;

beforeAll(async () => {
  stripe = await startStripe({ clock, faults });
  sdk = createStripeSdk(new Secret(stripe.secretKey), stripe.baseUrl);
  const client = createStripeClient({ sdk, bucket: 'test', budgets: { take: async () => true }, metrics: createMetrics() });
  payments = createPayments(client, { base: 'https://dashboard.stripe.com', live: false });
  customerId = must(
    await payments.createCustomer(
      { accountId: '001000000000001AAA', companyKey: 'main', name: 'Harbor Foods', email: 'ap@harbor.example', phone: null, address: null },
      'customer-1',
    ),
  ).id;
});
afterEach(() => faults.clear());
afterAll(async () => {
  await stripe?.stop();
  clock.stop();
});

const day = (offset: number) => new Date(clock.now() + offset * 86_400_000).toISOString().slice(0, 10);
const draftBody = (change: Partial<DraftBody> = {}): DraftBody => {
  count += 1;
  return {
    invoiceId: `a0100000000${String(1000 + count)}AAA`,
    operationKey: `issue-invoice.${count}`,
    companyKey: 'main',
    accountId: '001000000000001AAA',
    customerId,
    currency: 'USD',
    number: `RR-${String(count).padStart(6, '0')}`,
    invoiceDate: day(0),
    dueDate: day(30),
    timeZone: 'America/Los_Angeles',
    memo: 'Thank you',
    poNumber: 'PO-7',
    automaticTax: false,
    ...change,
  };
};
const line = (amount: number, change: Partial<DraftLine> = {}): DraftLine => ({
  lineKey: `line-${(count += 1)}`,
  description: 'Thermal sensor',
  amount,
  tax: 0,
  quantity: null,
  unitPrice: null,
  serviceDate: null,
  stripeProductId: null,
  ...change,
});
/** A draft with these lines; `open` finalizes it. */
async function invoiceOf(lines: DraftLine[], change: Partial<DraftBody> = {}): Promise<StripeInvoice> {
  const body = draftBody(change);
  const draft = must(await payments.createDraft(body, `draft-${body.invoiceId}`));
  return must(
    await payments.addLines({ stripeInvoiceId: draft.id, currency: body.currency, automaticTax: false, lines }, `lines-${body.invoiceId}`),
  );
}
async function open(lines: DraftLine[], change: Partial<DraftBody> = {}): Promise<StripeInvoice> {
  const { id } = await invoiceOf(lines, change);
  return must(await payments.finalize({ stripeInvoiceId: id }, `final-${id}`));
}
const payOnPage = (invoice: StripeInvoice, how: Record<string, string>) =>
  fetch(`${invoice.hostedUrl?.split('?')[0]}/pay`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(how),
  });
const settle = () =>
  fetch(`${stripe.baseUrl}/__ctl/settle`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' });
/** By one call for each payment, and by one in all, which tell the same but for what the payments settled in. */
const read = async (id: string) => {
  const [whole, paid] = [must(await payments.readInvoice(id)) as StripeInvoice, must(await payments.readPaid(id))];
  const unsettled = whole.payments.map((payment) => ({ ...payment, settlementCurrency: null, settledAmount: null }));
  expect(paid).toEqual({ ...whole, payments: unsettled });
  return whole;
};

describe('customers', () => {
  it('are found by our mark, by e-mail, and not when deleted', async () => {
    expect(must(await payments.readCustomer(customerId))).toMatchObject({
      id: customerId,
      accountId: '001000000000001AAA',
      currency: null,
    });
    const by = { accountId: 'nobody', email: 'ap@harbor.example', name: 'x' };
    expect(must(await payments.findCustomers(by)).map((customer) => customer.id)).toEqual([customerId]);
    const gone = must(
      await payments.createCustomer(
        { accountId: '001000000000009AAA', companyKey: 'main', name: 'Gone', email: 'gone@x.example', phone: null, address: null },
        'customer-9',
      ),
    );
    await sdk.customers.del(gone.id);
    expect(must(await payments.readCustomer(gone.id))).toBeNull();
    expect(must(await payments.findCustomers({ accountId: '001000000000009AAA', email: 'gone@x.example', name: 'Gone' }))).toEqual([]);
    expect(must(await payments.readCustomer('cus_nobody'))).toBeNull();
  });
});

describe('an invoice on its way', () => {
  it('is drafted with number, dates, memo and marks, then filled in one call, exact to the minor unit', async () => {
    const body = draftBody();
    const draft = must(await payments.createDraft(body, 'way-1'));
    expect(draft).toMatchObject({ status: 'draft', number: body.number, invoiceId: body.invoiceId, currency: 'USD', total: 0 });
    const filled = must(
      await payments.addLines(
        {
          stripeInvoiceId: draft.id,
          currency: 'USD',
          automaticTax: false,
          lines: [
            line(104_970, { quantity: '3', unitPrice: '349.9', serviceDate: day(1) }),
            line(333, { description: 'Amount alone' }),
            line(-1_000, { description: 'Rebate' }),
            line(10_000, { tax: 825 }),
          ],
        },
        'way-2',
      ),
    );
    expect(filled).toMatchObject({ subtotal: 114_303, tax: 825, total: 115_128, linesComplete: true });
    expect(filled.lines.map((each) => [each.amount, each.tax])).toEqual([
      [104_970, 0],
      [333, 0],
      [-1_000, 0],
      [10_000, 825],
    ]);
    const final = must(await payments.finalize({ stripeInvoiceId: draft.id }, 'way-3'));
    expect(final).toMatchObject({ status: 'open', number: body.number, amountDue: 115_128, processing: false });
    expect(final.hostedUrl).toMatch(/^http/);
    expect(final.pdfUrl).toMatch(/^http/);
    expect(must(await payments.finalize({ stripeInvoiceId: draft.id }, 'way-4'))).toMatchObject({ status: 'open' });
    const raw = await sdk.invoices.retrieve(draft.id);
    expect(raw).toMatchObject({ auto_advance: false, collection_method: 'send_invoice', automatic_tax: { enabled: false } });
    // The end of the due day where the company is, not in UTC.
    const due = new Date((raw.due_date ?? 0) * 1000).toLocaleString('sv-SE', { timeZone: 'America/Los_Angeles' });
    expect(due).toBe(`${body.dueDate} 23:59:59`);
  });

  it.each([
    ['JPY', 5_400],
    ['KWD', 12_340],
  ])('in %s keeps its own minor units', async (currency, amount) => {
    const own = must(
      await payments.createCustomer(
        { accountId: '001000000000002AAA', companyKey: 'main', name: currency, email: null, phone: null, address: null },
        `c-${currency}`,
      ),
    );
    expect(await open([line(amount)], { currency, customerId: own.id })).toMatchObject({ total: amount, amountDue: amount, currency });
  });

  it('with sixty lines says that its first answer is not all, and reads all of them', async () => {
    const filled = await invoiceOf(Array.from({ length: 60 }, (_, index) => line(100 + index)));
    expect(filled).toMatchObject({ linesComplete: false, total: 60 * 100 + (59 * 60) / 2 });
    const whole = await read(filled.id);
    expect(whole.linesComplete).toBe(true);
    expect(whole.lines).toHaveLength(60);
    expect(new Set(whole.lines.map((each) => each.lineKey)).size).toBe(60);
  });

  it('is sent once per key, and the event list tells', async () => {
    const invoice = await open([line(5_000)]);
    const since = new Date(clock.now() - 60_000).toISOString();
    expect(must(await payments.wasSent(invoice.id, since))).toBe(false);
    for (let click = 0; click < 3; click += 1) must(await payments.send({ stripeInvoiceId: invoice.id }, 'send-1'));
    expect(must(await payments.wasSent(invoice.id, since))).toBe(true);
    const { data } = await sdk.events.list({ type: 'invoice.sent', limit: 100 });
    expect(data.filter((event) => (event.data.object as { id?: string }).id === invoice.id)).toHaveLength(1);
  });

  it('is voided, also twice; a draft is deleted, also twice', async () => {
    const invoice = await open([line(5_000)]);
    expect(must(await payments.voidInvoice({ stripeInvoiceId: invoice.id }, 'void-1'))).toMatchObject({ status: 'void' });
    expect(must(await payments.voidInvoice({ stripeInvoiceId: invoice.id }, 'void-2'))).toMatchObject({ status: 'void' });
    const draft = await invoiceOf([line(100)]);
    must(await payments.deleteDraft({ stripeInvoiceId: draft.id }, 'delete-1'));
    must(await payments.deleteDraft({ stripeInvoiceId: draft.id }, 'delete-2'));
    expect(must(await payments.readInvoice(draft.id))).toBeNull();
  });

  it('is found by its mark among the customer’s, without search', async () => {
    const invoice = await invoiceOf([line(700)]);
    const by = { customerId, createdFrom: new Date(clock.now() - 3_600_000).toISOString() };
    expect(must(await payments.findInvoices({ ...by, invoiceId: invoice.invoiceId ?? '' })).map((each) => each.id)).toEqual([invoice.id]);
    expect(must(await payments.findInvoices({ ...by, invoiceId: 'a01000000000000AAA' }))).toEqual([]);
  });

  it('is refused in words a person can use', async () => {
    const draft = await invoiceOf([line(100)]);
    const bad = await payments.createDraft(draftBody({ customerId: 'cus_nobody' }), 'bad-1');
    expect(bad).toMatchObject({
      outcome: 'rejected',
      problem: { code: 'stripe-resource-missing', provider: { system: 'stripe', code: 'resource_missing' } },
    });
    const mismatch = await payments.setNumber({ stripeInvoiceId: draft.id, number: 'X-1' }, 'same-key');
    expect(mismatch.outcome).toBe('done');
    expect(await payments.setNumber({ stripeInvoiceId: draft.id, number: 'X-2' }, 'same-key')).toMatchObject({ outcome: 'rejected' });
  });
});

describe('when Stripe or the line fails', () => {
  const ofBody = async (body: DraftBody) =>
    must(
      await payments.findInvoices({ customerId, invoiceId: body.invoiceId, createdFrom: new Date(clock.now() - 3_600_000).toISOString() }),
    );

  // The SDK would ask once more by itself when a connection was closed; ours hears of the first loss.
  it('an answer lost after the commit is an unknown outcome; the same key gives the same draft', async () => {
    const body = draftBody();
    faults.add({ point: 'stripe.request', match: { method: 'POST' }, times: 1, fault: { kind: 'drop-answer' } });
    expect(await payments.createDraft(body, 'lost-1')).toMatchObject({ outcome: 'unknown-outcome' });
    expect(await ofBody(body)).toHaveLength(1);
    const again = must(await payments.createDraft(body, 'lost-1'));
    expect(await ofBody(body)).toEqual([expect.objectContaining({ id: again.id })]);
  });

  it('a request that never arrived is unknown too, and the same key then creates it', async () => {
    const body = draftBody();
    faults.add({ point: 'stripe.request', match: { method: 'POST' }, times: 1, fault: { kind: 'drop-before' } });
    expect(await payments.createDraft(body, 'lost-2')).toMatchObject({ outcome: 'unknown-outcome' });
    expect(await ofBody(body)).toEqual([]);
    must(await payments.createDraft(body, 'lost-2'));
    expect(await ofBody(body)).toHaveLength(1);
  });

  it('a 5xx of a write is unknown, of a read it is unavailable', async () => {
    faults.add({ point: 'stripe.request', times: 1, fault: { kind: 'status', status: 500 } });
    expect((await payments.createDraft(draftBody(), 'five-1')).outcome).toBe('unknown-outcome');
    faults.add({ point: 'stripe.request', times: 1, fault: { kind: 'status', status: 503 } });
    expect((await payments.readInvoice('in_x')).outcome).toBe('unavailable');
  });

  it('a rate limit says how long to wait; a lock passes by itself; a refused key says who can help', async () => {
    faults.add({ point: 'stripe.request', times: 1, fault: { kind: 'throttle' } });
    const limited = await payments.readCustomer(customerId, 0);
    expect(limited).toMatchObject({ outcome: 'rate-limited' });
    expect(limited.outcome === 'rate-limited' && limited.retryAfterMs).toBeGreaterThan(0);
    const stranger = createPayments(
      createStripeClient({
        sdk: createStripeSdk(new Secret('sk_test_of_somebody_else'), stripe.baseUrl),
        bucket: 'test',
        budgets: { take: async () => true },
        metrics: createMetrics(),
      }),
      { base: 'https://dashboard.stripe.com', live: false },
    );
    expect(await stranger.readCustomer(customerId)).toMatchObject({ outcome: 'unauthorized', problem: { code: 'stripe-unauthorized' } });
  });

  it('nobody listening was surely not heard', async () => {
    const nowhere = createPayments(
      createStripeClient({
        sdk: createStripeSdk(new Secret(stripe.secretKey), 'http://127.0.0.1:9'),
        bucket: 'test',
        budgets: { take: async () => true },
        metrics: createMetrics(),
      }),
      { base: 'https://dashboard.stripe.com', live: false },
    );
    expect((await nowhere.createDraft(draftBody(), 'nowhere')).outcome).toBe('unavailable');
  });
});

describe('payments', () => {
  it('by card on the hosted page are read with charge, settlement and what counts against the invoice', async () => {
    const invoice = await open([line(12_345)]);
    await payOnPage(invoice, { method: 'card', number: '4242424242424242' });
    const paid = await read(invoice.id);
    expect(paid).toMatchObject({ status: 'paid', amountPaid: 12_345, amountRemaining: 0, processing: false, paidOutOfBand: false });
    const [payment] = paid.payments;
    expect(payment).toMatchObject({
      amount: 12_345,
      allocated: 12_345,
      status: 'Succeeded',
      method: 'card',
      settlementCurrency: 'USD',
      settledAmount: 12_345,
    });
    expect(payment?.id).toMatch(/^pi_/);
    for (const object of [
      { type: 'payment_intent', id: payment?.id ?? '' },
      { type: 'charge', id: payment?.chargeId ?? '' },
      { type: 'invoice', id: invoice.id },
      { type: 'invoice_payment', id: (await sdk.invoicePayments.list({ invoice: invoice.id })).data[0]?.id ?? '' },
    ])
      expect(
        must(await payments.findInvoicesOf(object)).map((each) => each.stripeInvoiceId),
        object.type,
      ).toEqual([invoice.id]);
    expect(must(await payments.findInvoicesOf({ type: 'charge', id: 'ch_of_somebody' }))).toEqual([]);
    const page = must(await payments.listInvoices({ createdFrom: new Date(clock.now() - 3_600_000).toISOString(), cursor: null }));
    expect(page.invoices.find((each) => each.id === invoice.id)?.payments).toHaveLength(1);
  });

  it('in a dozen parts are all read', async () => {
    const invoice = await open([line(1_200)]);
    for (let index = 0; index < 12; index += 1) {
      const part = { amount: 100, currency: 'usd', customer: customerId, payment_method: 'pm_card_visa', confirm: true };
      const intent = await sdk.paymentIntents.create(part);
      await sdk.invoices.attachPayment(invoice.id, { payment_intent: intent.id });
    }
    const paid = await read(invoice.id);
    expect(paid).toMatchObject({ status: 'paid', paidOutOfBand: false });
    expect(paid.payments.map(({ allocated }) => allocated)).toEqual(Array.from({ length: 12 }, () => 100));
  });

  it('that are declined leave the invoice open', async () => {
    const invoice = await open([line(500)]);
    await payOnPage(invoice, { method: 'card', number: '4000000000000002' });
    expect(await read(invoice.id)).toMatchObject({ status: 'open', amountRemaining: 500, payments: [{ status: 'Failed', allocated: 0 }] });
  });

  it('under way forbid voiding; returned ones do not', async () => {
    const invoice = await open([line(9_900)]);
    await payOnPage(invoice, { method: 'bank', account: '000222222227' });
    expect(await read(invoice.id)).toMatchObject({
      status: 'open',
      processing: true,
      payments: [{ status: 'Processing', method: 'us_bank_account' }],
    });
    expect(await payments.voidInvoice({ stripeInvoiceId: invoice.id }, 'v-1')).toMatchObject({
      outcome: 'rejected',
      problem: { code: 'payment-processing' },
    });
    expect((await read(invoice.id)).status).toBe('open');
    await settle();
    expect(await read(invoice.id)).toMatchObject({ processing: false, payments: [{ status: 'Failed' }] });
    expect(must(await payments.voidInvoice({ stripeInvoiceId: invoice.id }, 'v-2')).status).toBe('void');
  });

  it('made elsewhere are marked as such', async () => {
    const invoice = await open([line(4_000)]);
    must(await payments.payOutOfBand({ stripeInvoiceId: invoice.id }, 'oob-1'));
    expect(await read(invoice.id)).toMatchObject({ status: 'paid', paidOutOfBand: true, payments: [] });
  });
});
