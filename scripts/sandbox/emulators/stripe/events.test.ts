import http from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startForTest } from './testing.ts';

let t: Awaited<ReturnType<typeof startForTest<Stripe>>>;
let received: { body: string; signature: string }[] = [];
let answer = 200;
const receiver = http.createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    received.push({ body, signature: String(request.headers['stripe-signature']) });
    response.writeHead(answer).end();
  });
});

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  t = await startForTest(Stripe, {
    webhook: { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks/stripe`, secret: 'whsec_test' },
    payouts: 'manual',
  });
});
beforeEach(async () => {
  answer = 200;
  t.faults.clear();
  await t.sandbox.deliverNow();
  received = [];
});
afterAll(async () => {
  await t.stop();
  receiver.closeAllConnections();
  receiver.close();
});

test('each step emits Stripe’s own set', async () => {
  let invoice: Stripe.Invoice | undefined;
  const step = (fn: () => Promise<Stripe.Invoice>) => t.typesSince(async () => void (invoice = await fn()));
  expect(await step(() => t.draft([]))).toEqual(['customer.created', 'customer.updated', 'invoice.created']);
  expect(await step(() => t.stripe.invoices.addLines(invoice!.id, { lines: [{ amount: 10_000, description: 'Work' }] }))).toEqual([
    'invoice.updated',
  ]);
  expect(await step(() => t.stripe.invoices.finalizeInvoice(invoice!.id))).toEqual([
    'payment_intent.created',
    'invoice.finalized',
    'invoice.updated',
  ]);
  expect(await step(() => t.stripe.invoices.sendInvoice(invoice!.id))).toEqual(['invoice.sent']);
  expect(
    (
      await t.typesSince(() => t.stripe.invoices.pay(invoice!.id, { payment_method: 'pm_card_chargeDeclined' }).catch(() => undefined))
    ).slice(-4),
  ).toEqual(['charge.failed', 'payment_intent.payment_failed', 'invoice.updated', 'invoice.payment_failed']);
  expect((await step(() => t.stripe.invoices.pay(invoice!.id, { payment_method: 'pm_card_visa' }))).slice(-7)).toEqual([
    'payment_intent.succeeded',
    'charge.succeeded',
    'charge.updated',
    'invoice_payment.paid',
    'invoice.updated',
    'invoice.paid',
    'invoice.payment_succeeded',
  ]);
  const open = await t.open();
  expect(await t.typesSince(() => t.stripe.invoices.pay(open.id, { paid_out_of_band: true }))).toEqual([
    'payment_intent.canceled',
    'invoice.updated',
    'invoice.paid',
  ]);
  const other = await t.open();
  expect(await t.typesSince(() => t.stripe.invoices.voidInvoice(other.id))).toEqual([
    'payment_intent.canceled',
    'invoice.updated',
    'invoice.voided',
  ]);
});

test('an event holds the state of its moment, what changed, and the request that caused it', async () => {
  const draft = await t.draft([{ amount: 500, description: 'Work' }]);
  await t.stripe.invoices.update(draft.id, { description: 'memo' }, { idempotencyKey: 'because' });
  const [event] = (await t.stripe.events.list({ type: 'invoice.updated', limit: 1 })).data;
  expect(event).toMatchObject({
    object: 'event',
    api_version: '2026-10-28.endive',
    request: { idempotency_key: 'because' },
    data: { previous_attributes: { description: null } },
  });
  expect(Number.isInteger(event!.created)).toBe(true);
  await t.stripe.invoices.del(draft.id);
  expect((await t.stripe.events.retrieve(event!.id)).data.object).toMatchObject({ id: draft.id, description: 'memo' });
});

test('webhooks verify with the SDK and count as delivered', async () => {
  await t.stripe.customers.create({ name: 'Hooked' });
  await t.sandbox.deliverNow();
  const [hook] = received;
  const event = t.stripe.webhooks.constructEvent(hook!.body, hook!.signature, 'whsec_test');
  expect(event).toMatchObject({ type: 'customer.created', pending_webhooks: 1, livemode: false });
  expect(() => t.stripe.webhooks.constructEvent(hook!.body, hook!.signature, 'whsec_other')).toThrow(
    Stripe.errors.StripeSignatureVerificationError,
  );
  expect((await t.stripe.events.retrieve(event.id)).pending_webhooks).toBe(0);
});

test('a failing receiver is tried again, with the same event and a fresh signature, then given up', async () => {
  answer = 500;
  const customer = await t.stripe.customers.create({ name: 'Unlucky' });
  await t.sandbox.idle();
  await t.clock.advance(5 * 3_600_000);
  const mine = received.filter((hook) => hook.body.includes(customer.id));
  expect(mine).toHaveLength(4);
  expect(new Set(mine.map((hook) => hook.body)).size).toBe(1);
  expect(new Set(mine.map((hook) => hook.signature)).size).toBe(4);
  const failed = await t.stripe.events.list({ delivery_success: false, limit: 100 });
  expect(failed.data.some((event) => (event.data.object as { id?: string }).id === customer.id)).toBe(true);
});

test('an event can be lost on its way, or never generated', async () => {
  t.faults.add({ point: 'stripe.webhook', match: { type: 'customer.created' }, fault: { kind: 'lose' } });
  const lost = await t.stripe.customers.create({ name: 'Lost' });
  await t.sandbox.deliverNow();
  expect(received).toEqual([]);
  expect((await t.stripe.events.list({ limit: 1 })).data[0]?.data.object).toMatchObject({ id: lost.id });
  t.faults.clear();
  t.faults.add({ point: 'stripe.event', match: { type: 'customer.created' }, fault: { kind: 'never-generate' } });
  const silent = await t.stripe.customers.create({ name: 'Silent' });
  expect((await t.stripe.events.list({ limit: 100 })).data.some((event) => (event.data.object as { id?: string }).id === silent.id)).toBe(
    false,
  );
});

test('endpoints choose their types, show their secret once, and can be disabled', async () => {
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/other`;
  const endpoint = await t.stripe.webhookEndpoints.create({ url, enabled_events: ['product.created'], api_version: '2026-10-28.endive' });
  expect(endpoint.secret).toMatch(/^whsec_/);
  expect((await t.stripe.webhookEndpoints.retrieve(endpoint.id)).secret).toBeUndefined();
  await t.stripe.products.create({ name: 'P' });
  await t.stripe.customers.create({ name: 'C' });
  await t.sandbox.deliverNow();
  expect(received.map((hook) => (JSON.parse(hook.body) as Stripe.Event).type).sort()).toEqual([
    'customer.created',
    'product.created',
    'product.created',
  ]);
  expect(
    received.filter((hook) => {
      try {
        t.stripe.webhooks.constructEvent(hook.body, hook.signature, endpoint.secret!);
        return true;
      } catch {
        return false;
      }
    }),
  ).toHaveLength(1);
  await t.stripe.webhookEndpoints.update(endpoint.id, { disabled: true });
  received = [];
  await t.stripe.products.create({ name: 'Q' });
  await t.sandbox.deliverNow();
  expect(received).toHaveLength(1);
});

test('lists: newest first, created ranges, chronological by ending_before', async () => {
  const made: string[] = [];
  for (let index = 0; index < 5; index += 1) {
    made.push((await t.stripe.products.create({ name: `P${index}` })).id);
    await t.clock.advance(1_000);
  }
  const newest = await t.stripe.products.list({ limit: 3 });
  expect(newest.data.map((product) => product.id)).toEqual(made.slice(2).reverse());
  expect(newest.has_more).toBe(true);
  const middle = await t.stripe.products.retrieve(made[2]!);
  const since = await t.stripe.products.list({ created: { gte: middle.created }, limit: 100 });
  expect(since.data).toHaveLength(3);
  const upwards = await t.stripe.products.list({ ending_before: made[0]!, limit: 2 }).autoPagingToArray({ limit: 10 });
  expect(upwards.map((product) => product.id)).toEqual(made.slice(1));
  expect((await t.stripe.events.list({ type: 'product.*', limit: 100 })).data.every((event) => event.type.startsWith('product.'))).toBe(
    true,
  );
});

test('events are kept for thirty days', async () => {
  const [event] = (await t.stripe.events.list({ limit: 1 })).data;
  await t.clock.advance(31 * 86_400_000);
  expect((await t.stripe.events.list({ limit: 1 })).data).toEqual([]);
  await expect(t.stripe.events.retrieve(event!.id)).rejects.toMatchObject({ code: 'resource_missing' });
});

test('search finds by metadata, a little later', async () => {
  const customer = await t.stripe.customers.create({ name: 'Found', metadata: { salesforce_account_id: '001A' } });
  const search = () => t.stripe.customers.search({ query: "metadata['salesforce_account_id']:'001A'" });
  expect((await search()).data).toEqual([]);
  await t.clock.advance(10_000);
  expect((await search()).data.map((found) => found.id)).toEqual([customer.id]);
});
