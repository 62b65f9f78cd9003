import Stripe from 'stripe';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { refusal, startForTest } from './testing.ts';

let t: Awaited<ReturnType<typeof startForTest<Stripe>>>;
beforeAll(async () => void (t = await startForTest(Stripe)));
afterAll(() => t.stop());

/** A call outside the SDK's types. */
const raw = (path: string, form: string, headers: Record<string, string> = {}) =>
  fetch(`${t.sandbox.baseUrl}${path}`, {
    method: 'POST',
    body: form,
    headers: { authorization: `Bearer ${t.sandbox.secretKey}`, 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });

test('an error has Stripe’s shape', async () => {
  const answer = await raw('/v1/customers', 'nickname=x');
  expect(answer.status).toBe(400);
  expect(answer.headers.get('request-id')).toMatch(/^req_/);
  expect(answer.headers.get('stripe-version')).toBe('2026-10-28.endive');
  expect(await answer.json()).toEqual({
    error: {
      code: 'parameter_unknown',
      doc_url: 'https://stripe.com/docs/error-codes/parameter-unknown',
      message: 'Received unknown parameter: nickname',
      param: 'nickname',
      request_log_url: expect.stringMatching(/^https:\/\/dashboard\.stripe\.com\/test\/logs\/req_/),
      type: 'invalid_request_error',
    },
  });
});

describe('parameters', () => {
  const cases: [string, string, { code?: string; param: string }][] = [
    ['/v1/products', 'description=x', { code: 'parameter_missing', param: 'name' }],
    ['/v1/prices', 'currency=usd&unit_amount=1.5&product=prod_1', { code: 'parameter_invalid_integer', param: 'unit_amount' }],
    [
      '/v1/prices',
      'currency=usd&unit_amount_decimal=1.5x&product=prod_1',
      { code: 'parameter_invalid_decimal', param: 'unit_amount_decimal' },
    ],
    ['/v1/invoices', 'customer=cus_none', { code: 'resource_missing', param: 'customer' }],
    ['/v1/invoices', '', { code: 'parameter_missing', param: 'customer' }],
    ['/v1/invoices', 'auto_advance=maybe', { code: 'parameter_invalid_boolean', param: 'auto_advance' }],
    ['/v1/invoices', 'collection_method=pigeon', { param: 'collection_method' }],
    ['/v1/customers', 'name[first]=x', { param: 'name' }],
    ['/v1/customers', 'address[street]=x', { code: 'parameter_unknown', param: 'address[street]' }],
    ['/v1/customers', 'email=nobody', { code: 'email_invalid', param: 'email' }],
    ['/v1/customers', 'email=', { code: 'parameter_invalid_empty', param: 'email' }],
    ['/v1/customers', `phone=${'1'.repeat(21)}`, { param: 'phone' }],
    ['/v1/customers', `metadata[${'k'.repeat(41)}]=x`, { param: `metadata[${'k'.repeat(41)}]` }],
    ['/v1/customers', `metadata[k]=${'x'.repeat(501)}`, { param: 'metadata[k]' }],
    ['/v1/customers', Array.from({ length: 51 }, (_, index) => `metadata[k${index}]=x`).join('&'), { param: 'metadata' }],
    ['/v1/payment_intents', 'amount=49&currency=usd', { code: 'amount_too_small', param: 'amount' }],
    ['/v1/payment_intents', 'amount=100000000&currency=usd', { code: 'amount_too_large', param: 'amount' }],
    ['/v1/payment_intents', 'amount=12345&currency=kwd', { code: 'invalid_charge_amount', param: 'amount' }],
    ['/v1/payment_intents', 'amount=1000&currency=zzz', { param: 'currency' }],
    ['/v1/webhook_endpoints', 'url=http://x.example&enabled_events[]=invoice.eaten', { param: 'enabled_events[0]' }],
  ];
  test.each(cases)('POST %s %s', async (path, form, expected) => {
    const answer = await raw(path, form);
    const { error } = (await answer.json()) as { error: Record<string, unknown> };
    expect([answer.status, error['type']]).toEqual([400, 'invalid_request_error']);
    expect(error).toMatchObject(expected);
  });
  test('lists', async () => {
    await t.draft([]);
    expect(await refusal(t.stripe.invoices.list({ limit: 101 }))).toMatchObject({ param: 'limit' });
    expect(await refusal(t.stripe.invoices.list({ starting_after: 'in_none' }))).toMatchObject({
      param: 'starting_after',
      code: 'resource_missing',
    });
    expect(await refusal(t.stripe.invoices.list({ expand: ['data.total'] }))).toMatchObject({
      message: 'This property cannot be expanded (data.total).',
    });
    expect(await refusal(t.stripe.invoices.list({ expand: ['data.payments.data.payment.charge'] }))).toMatchObject({
      code: 'property_expansion_max_depth',
      message: 'You cannot expand more than 4 levels of a property. Property: data.payments.data.payment.charge',
    });
  });
});

describe('invoices', () => {
  const line = (given: Stripe.InvoiceAddLinesParams.Line) => refusal(t.draft([{ amount: 1 }, given]));
  test('lines name what is wrong with them', async () => {
    const priceData = { currency: 'usd', unit_amount: 5, product_data: { name: 'P' } };
    expect(await line({ description: 'nothing' })).toMatchObject({ code: 'parameter_missing', param: 'lines[1][amount]' });
    expect(await line({ amount: 5, price_data: priceData })).toMatchObject({ param: 'lines[1][price_data]' });
    expect(await line({ amount: 5, quantity: 2 })).toMatchObject({ param: 'lines[1][amount]' });
    expect(await line({ quantity: -1, price_data: priceData })).toMatchObject({ param: 'lines[1][quantity]' });
    expect(await line({ price_data: { ...priceData, currency: 'eur' } })).toMatchObject({ param: 'lines[1][price_data][currency]' });
    expect(await line({ price_data: { currency: 'usd', unit_amount: 5, product: 'prod_none' } })).toMatchObject({
      code: 'resource_missing',
      param: 'lines[1][price_data][product]',
    });
    expect(await line({ price_data: { currency: 'usd', product_data: { name: 'P' } } })).toMatchObject({ code: 'parameter_missing' });
    expect(await line({ amount: 5, period: { start: 2, end: 1 } })).toMatchObject({ param: 'lines[1][period][end]' });
    expect(await line({ amount: 5, tax_rates: ['txr_1'] })).toMatchObject({ code: 'resource_missing', param: 'lines[1][tax_rates][0]' });
  });
  test('a refused line leaves no trace', async () => {
    const draft = await t.draft([]);
    await refusal(t.stripe.invoices.addLines(draft.id, { lines: [{ amount: 1 }, { description: 'nothing' }] }));
    expect((await t.stripe.invoices.retrieve(draft.id)).lines.data).toEqual([]);
  });
  test('due dates', async () => {
    expect(await refusal(t.draft([], { days_until_due: 1, due_date: 4e9 }))).toMatchObject({ param: 'due_date' });
    const customer = await t.stripe.customers.create({ email: 'a@b.example' });
    const create = (extra: Stripe.InvoiceCreateParams) => refusal(t.stripe.invoices.create({ customer: customer.id, ...extra }));
    expect(await create({ collection_method: 'send_invoice' })).toMatchObject({ param: 'days_until_due' });
    expect(await create({ days_until_due: 3 })).toMatchObject({ param: 'days_until_due' });
    expect(await create({ collection_method: 'send_invoice', due_date: 1_000 })).toMatchObject({ param: 'due_date' });
  });
  test('a number is used once', async () => {
    await t.draft([], { number: 'N-1' });
    expect(await refusal(t.draft([], { number: 'N-1' }))).toMatchObject({ param: 'number' });
  });
  test('states', async () => {
    const open = await t.open();
    expect(await refusal(t.stripe.invoices.finalizeInvoice(open.id))).toMatchObject({
      message: "This invoice is already finalized, you can't re-finalize a non-draft invoice.",
    });
    expect(await refusal(t.stripe.invoices.addLines(open.id, { lines: [{ amount: 1 }] }))).toMatchObject({ code: 'invoice_not_editable' });
    expect(await refusal(t.stripe.invoices.update(open.id, { description: 'x' }))).toMatchObject({
      code: 'invoice_not_editable',
      param: 'description',
    });
    expect((await t.stripe.invoices.update(open.id, { metadata: { a: 'b' } })).metadata).toEqual({ a: 'b' });
    expect(await refusal(t.stripe.invoices.del(open.id))).toMatchObject({ statusCode: 400 });
    await t.stripe.invoices.pay(open.id, { paid_out_of_band: true });
    expect(await refusal(t.stripe.invoices.pay(open.id, { paid_out_of_band: true }))).toMatchObject({ message: 'Invoice is already paid' });
    expect(await refusal(t.stripe.invoices.voidInvoice(open.id))).toMatchObject({ statusCode: 400 });
  });
  test('sending needs an e-mail address', async () => {
    const customer = await t.stripe.customers.create({ name: 'Silent' });
    const invoice = await t.stripe.invoices.create({ customer: customer.id, collection_method: 'send_invoice', days_until_due: 1 });
    await t.stripe.invoices.addLines(invoice.id, { lines: [{ amount: 900 }] });
    expect((await refusal(t.stripe.invoices.sendInvoice(invoice.id))).message).toContain('Missing email');
    expect((await t.stripe.invoices.retrieve(invoice.id)).status).toBe('draft');
  });
  test('a declined payment answers 402 and stays', async () => {
    const open = await t.open();
    const error = await refusal(t.stripe.invoices.pay(open.id, { payment_method: 'pm_card_visa_chargeDeclined' }));
    expect(error).toBeInstanceOf(Stripe.errors.StripeCardError);
    expect(error).toMatchObject({ statusCode: 402, code: 'card_declined', decline_code: 'generic_decline' });
    expect(await t.stripe.invoices.retrieve(open.id)).toMatchObject({ status: 'open', attempted: true, attempt_count: 1 });
    const action = await refusal(t.stripe.invoices.pay(open.id, { payment_method: 'pm_card_authenticationRequired' }));
    expect(action).toMatchObject({ statusCode: 402, code: 'invoice_payment_intent_requires_action' });
    expect(await refusal(t.stripe.invoices.pay(open.id))).toMatchObject({ code: 'resource_missing' });
  });
});

describe('what is not modelled', () => {
  test('a real call, parameter or expansion is refused and counted', async () => {
    expect(await refusal(t.stripe.quotes.create({ customer: 'cus_x' }))).toMatchObject({
      statusCode: 400,
      code: 'not_modelled_in_sandbox',
    });
    expect(await refusal(t.draft([], { automatic_tax: { enabled: true } }))).toMatchObject({
      code: 'not_modelled_in_sandbox',
      param: 'automatic_tax[enabled]',
    });
    expect(await refusal(t.draft([], { transfer_data: { destination: 'acct_x' } }))).toMatchObject({
      code: 'not_modelled_in_sandbox',
      param: 'transfer_data',
    });
    const page = (await (await fetch(`${t.sandbox.baseUrl}/sandbox/coverage.json`)).json()) as {
      covered: unknown[];
      refused: { item: string; count: number }[];
    };
    expect(page.covered.length).toBeGreaterThan(60);
    expect(page.refused.map((entry) => entry.item)).toContain('The Stripe sandbox does not model POST /v1/quotes.');
  });
  test('a call that Stripe does not know is 404', async () => {
    const answer = await raw('/v1/pigeons', '');
    expect([answer.status, ((await answer.json()) as { error: { message: string } }).error.message]).toEqual([
      404,
      expect.stringContaining('Unrecognized request URL (POST: /v1/pigeons)'),
    ]);
  });
  test('another API version', async () => {
    const answer = await raw('/v1/customers', '', { 'stripe-version': '2024-06-20' });
    expect(answer.status).toBe(400);
  });
});

test('keys', async () => {
  const call = (authorization?: string) => fetch(`${t.sandbox.baseUrl}/v1/balance`, authorization ? { headers: { authorization } } : {});
  expect((await call()).status).toBe(401);
  const wrong = await call('Bearer sk_test_1234567890abcdefWXYZ');
  expect([wrong.status, ((await wrong.json()) as { error: { message: string } }).error.message]).toEqual([
    401,
    'Invalid API Key provided: sk_test_************WXYZ'.replace('************', '*'.repeat(16)),
  ]);
  expect((await call(`Basic ${Buffer.from(`${t.sandbox.secretKey}:`).toString('base64')}`)).status).toBe(200);
});

test('faults answer in Stripe’s shape', async () => {
  t.faults.add({ point: 'stripe.request', match: { path: '/v1/balance' }, times: 1, fault: { kind: 'throttle' } });
  expect(await refusal(t.stripe.balance.retrieve())).toMatchObject({ statusCode: 429, code: 'rate_limit' });
  t.faults.add({ point: 'stripe.request', times: 1, fault: { kind: 'lock-row' } });
  expect(await refusal(t.stripe.balance.retrieve())).toMatchObject({ statusCode: 429, code: 'lock_timeout' });
  t.faults.add({ point: 'stripe.request', times: 1, fault: { kind: 'status', status: 503 } });
  expect(await refusal(t.stripe.balance.retrieve())).toMatchObject({ statusCode: 503, type: 'StripeAPIError' });
});
