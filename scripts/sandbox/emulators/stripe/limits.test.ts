import Stripe from 'stripe';
import { expect, test } from 'vitest';
import { refusal, startForTest } from './testing.ts';

const repeat = (times: number, fn: () => Promise<unknown>) =>
  Promise.all(
    Array.from({ length: times }, () =>
      fn().then(
        () => 'ok' as const,
        (error: Stripe.errors.StripeError) => error,
      ),
    ),
  );

test('a test account may make 25 requests a second, and says so when there are more', async () => {
  const t = await startForTest(Stripe, { rateLimits: 'test' });
  const answers = await repeat(40, () => t.stripe.balance.retrieve());
  const refused = answers.filter((answer) => answer !== 'ok') as Stripe.errors.StripeError[];
  expect(refused.length).toBeGreaterThan(0);
  expect(refused[0]).toMatchObject({ statusCode: 429, code: 'rate_limit', type: 'StripeRateLimitError' });
  expect(refused[0]!.headers?.['stripe-rate-limited-reason']).toMatch(/^(global|endpoint)-rate$/);
  await t.clock.advance(1_000);
  await t.stripe.balance.retrieve();
  await t.stop();
});

test('a live account may make more, yet 25 a second to one endpoint and 20 searches', async () => {
  const t = await startForTest(Stripe, { rateLimits: 'live' });
  const many = await repeat(45, () => t.stripe.balance.retrieve());
  expect((many.find((answer) => answer !== 'ok') as Stripe.errors.StripeError).headers?.['stripe-rate-limited-reason']).toBe(
    'endpoint-rate',
  );
  await t.stripe.customers.list();
  await t.clock.advance(2_000);
  const searches = await repeat(24, () => t.stripe.customers.search({ query: "metadata['a']:'b'" }));
  expect(searches.filter((answer) => answer !== 'ok').length).toBeGreaterThan(0);
  await t.stop();
});

test('a write to an object that another request is writing is refused', async () => {
  const t = await startForTest(Stripe);
  const { id } = await t.stripe.customers.create({ name: 'Busy' });
  const other = await t.stripe.customers.create({ name: 'Idle' });
  t.faults.add({ point: 'stripe.request', match: { path: `/v1/customers/${id}` }, times: 1, fault: { kind: 'delay', ms: 200 } });
  const slow = t.stripe.customers.update(id, { name: 'Slow' });
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(await refusal(t.stripe.customers.update(id, { name: 'Fast' }))).toMatchObject({ statusCode: 429, code: 'lock_timeout' });
  await t.stripe.customers.update(other.id, { name: 'Free' });
  expect((await t.stripe.customers.retrieve(id)) as Stripe.Customer).toMatchObject({ name: 'Busy' });
  expect((await slow).name).toBe('Slow');
  expect((await t.stripe.customers.update(id, { name: 'Again' })).name).toBe('Again');
  await t.stop();
});

test('a restricted key does what it may, and is told what it lacks', async () => {
  const key = 'rk_test_reader_0123456789';
  const t = await startForTest(Stripe, {
    keys: { [key]: ['rak_invoice_write', 'rak_customer_read', 'rak_balance_transaction_source_read'] },
  });
  const { port } = new URL(t.sandbox.baseUrl);
  const reader = new Stripe(key, { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
  const open = await t.open();
  await reader.invoices.retrieve(open.id);
  await reader.invoices.update(open.id, { metadata: { a: 'b' } });
  await reader.customers.list();
  await reader.charges.list();
  expect(await refusal(reader.customers.create({ name: 'No' }))).toMatchObject({
    statusCode: 403,
    type: 'StripePermissionError',
    message: `The provided key 'rk_test_*************6789' does not have the required permissions for this endpoint on account 'acct_1TrueupSandbox00'. Having the 'rak_customer_write' permission would allow this request to continue.`,
  });
  expect(await refusal(reader.refunds.create({ charge: 'ch_1' }))).toMatchObject({ statusCode: 403 });
  await t.stop();
});
