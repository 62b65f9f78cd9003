import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusal, startForTest } from './testing.ts';

let t: Awaited<ReturnType<typeof startForTest<Stripe>>>;
beforeAll(async () => void (t = await startForTest(Stripe)));
afterAll(() => t.stop());

test('a repeated key replays the answer', async () => {
  const create = () => t.stripe.customers.create({ name: 'Once', metadata: { b: '2', a: '1' } }, { idempotencyKey: 'k1' });
  const first = await create();
  const second = await create();
  expect(second.id).toBe(first.id);
  expect(first.lastResponse.headers['idempotent-replayed']).toBeUndefined();
  expect(second.lastResponse.headers['idempotent-replayed']).toBe('true');
  expect(second.lastResponse.headers['original-request']).toBe(first.lastResponse.requestId);
});

test('other parameters or another endpoint under the same key are refused', async () => {
  await t.stripe.customers.create({ name: 'A' }, { idempotencyKey: 'k2' });
  expect(await refusal(t.stripe.customers.create({ name: 'B' }, { idempotencyKey: 'k2' }))).toMatchObject({
    statusCode: 400,
    type: 'StripeIdempotencyError',
  });
  expect((await refusal(t.stripe.products.create({ name: 'A' }, { idempotencyKey: 'k2' }))).message).toContain(
    "('/v1/products' vs '/v1/customers')",
  );
  expect(await refusal(t.stripe.customers.create({ name: 'A' }, { idempotencyKey: 'k'.repeat(256) }))).toMatchObject({ statusCode: 400 });
});

test('a lost answer is replayed: the work was done once', async () => {
  t.faults.add({ point: 'stripe.request', match: { method: 'POST' }, times: 2, fault: { kind: 'drop-answer' } });
  const create = () => t.stripe.customers.create({ name: 'Lost', email: 'lost@x.example' }, { idempotencyKey: 'k3' });
  await refusal(create());
  t.faults.clear();
  const answer = await create();
  expect(answer.lastResponse.headers['idempotent-replayed']).toBe('true');
  expect((await t.stripe.customers.list({ email: 'lost@x.example' })).data).toHaveLength(1);
});

test('a request whose connection closed before it was handled was not done', async () => {
  t.faults.add({ point: 'stripe.request', match: { method: 'POST' }, fault: { kind: 'drop-before' } });
  await refusal(t.stripe.customers.create({ email: 'never@x.example' }, { idempotencyKey: 'k4' }));
  t.faults.clear();
  expect((await t.stripe.customers.list({ email: 'never@x.example' })).data).toEqual([]);
});

test('what failed in validation is not kept, what failed later is', async () => {
  expect(await refusal(t.stripe.customers.create({ nope: 'x' } as never, { idempotencyKey: 'k5' }))).toMatchObject({
    code: 'parameter_unknown',
  });
  await t.stripe.customers.create({ name: 'fine' }, { idempotencyKey: 'k5' });
  const open = await t.open();
  const pay = () => refusal(t.stripe.invoices.pay(open.id, { payment_method: 'pm_card_visa_chargeDeclined' }, { idempotencyKey: 'k6' }));
  await pay();
  expect((await pay()).headers?.['idempotent-replayed']).toBe('true');
  expect((await t.stripe.invoices.retrieve(open.id)).attempt_count).toBe(1);
});

test('a key in use is refused with 409', async () => {
  t.faults.add({ point: 'stripe.request', times: 1, fault: { kind: 'delay', ms: 200 } });
  const slow = t.stripe.customers.create({ name: 'Slow' }, { idempotencyKey: 'k7' });
  await new Promise((resolve) => setTimeout(resolve, 80));
  expect(await refusal(t.stripe.customers.create({ name: 'Slow' }, { idempotencyKey: 'k7' }))).toMatchObject({
    statusCode: 409,
    code: 'idempotency_key_in_use',
  });
  expect((await slow).name).toBe('Slow');
});

test('a key is forgotten after a day', async () => {
  const create = () => t.stripe.customers.create({ name: 'Daily' }, { idempotencyKey: 'k8' });
  const first = await create();
  await t.clock.advance(25 * 3_600_000);
  expect((await create()).id).not.toBe(first.id);
});
