import http from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startForTest } from './testing.ts';

let t: Awaited<ReturnType<typeof startForTest<Stripe>>>;
let received: { path: string; body: string; signature: string }[] = [];
const receiver = http.createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => (body += chunk.toString()));
  request.on('end', () => {
    received.push({ path: request.url ?? '', body, signature: String(request.headers['stripe-signature']) });
    response.writeHead(200).end();
  });
});
let base = '';

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  t = await startForTest(Stripe, { webhook: { url: `${base}/thin`, secret: 'whsec_thin', payload: 'thin' } });
});
beforeEach(async () => {
  await t.sandbox.deliverNow();
  received = [];
});
afterAll(async () => {
  await t.stop();
  receiver.closeAllConnections();
  receiver.close();
});

test('a thin event names its object, which the SDK fetches; so it does the event', async () => {
  const open = await t.open();
  await t.stripe.invoices.pay(open.id, { payment_method: 'pm_card_visa' });
  await t.sandbox.deliverNow();
  const hook = received.find(({ body }) => (JSON.parse(body) as { type: string }).type === 'v1.invoice.paid')!;
  expect(() => t.stripe.webhooks.constructEvent(hook.body, hook.signature, 'whsec_thin')).toThrow();
  const notification = t.stripe.parseEventNotification(hook.body, hook.signature, 'whsec_thin');
  expect(notification).toMatchObject({ object: 'v2.core.event', type: 'v1.invoice.paid', livemode: false });
  expect(JSON.parse(hook.body)).toMatchObject({ related_object: { id: open.id, type: 'invoice', url: `/v1/invoices/${open.id}` } });
  expect(JSON.parse(hook.body)).not.toHaveProperty('data');
  if (notification.type !== 'v1.invoice.paid') throw new Error('Another event came.');
  expect(await notification.fetchRelatedObject()).toMatchObject({ id: open.id, status: 'paid' });
  const event = await notification.fetchEvent();
  expect(event).toMatchObject({ id: notification.id, type: 'v1.invoice.paid' });
  const snapshot = await t.stripe.events.retrieve(event.snapshot_event!);
  expect(snapshot).toMatchObject({ type: 'invoice.paid', data: { object: { id: open.id } } });
  const listed = await t.stripe.v2.core.events.list({ object_id: open.id, types: ['v1.invoice.paid'] });
  expect(listed.data.map((one) => one.id)).toEqual([event.id]);
});

test('destinations are made, changed, disabled and deleted with the SDK', async () => {
  const made = await t.stripe.v2.core.eventDestinations.create({
    name: 'Mine',
    type: 'webhook_endpoint',
    event_payload: 'thin',
    enabled_events: ['v1.customer.created'],
    webhook_endpoint: { url: `${base}/mine` },
    include: ['webhook_endpoint.signing_secret', 'webhook_endpoint.url'],
  });
  expect(made).toMatchObject({
    status: 'enabled',
    webhook_endpoint: { signing_secret: expect.stringMatching(/^whsec_/), url: `${base}/mine` },
  });
  expect((await t.stripe.v2.core.eventDestinations.retrieve(made.id)).webhook_endpoint?.signing_secret).toBeUndefined();
  await t.stripe.products.create({ name: 'P' });
  await t.stripe.customers.create({ name: 'C' });
  await t.sandbox.deliverNow();
  const mine = received.filter(({ path }) => path === '/mine');
  expect(mine).toHaveLength(1);
  t.stripe.parseEventNotification(mine[0]!.body, mine[0]!.signature, made.webhook_endpoint!.signing_secret!);
  expect((await t.stripe.v2.core.eventDestinations.disable(made.id)).status).toBe('disabled');
  received = [];
  await t.stripe.customers.create({ name: 'D' });
  await t.sandbox.deliverNow();
  expect(received.map(({ path }) => path)).toEqual(['/thin']);
  expect((await t.stripe.v2.core.eventDestinations.update(made.id, { name: 'Yours' })).name).toBe('Yours');
  await t.stripe.v2.core.eventDestinations.del(made.id);
  expect((await t.stripe.v2.core.eventDestinations.list()).data.map((one) => one.name)).toEqual(['Sandbox receiver']);
  await expect(
    t.stripe.v2.core.eventDestinations.create({
      name: 'X',
      type: 'webhook_endpoint',
      event_payload: 'thin',
      enabled_events: ['v1.invoice.eaten'],
      webhook_endpoint: { url: base },
    }),
  ).rejects.toThrow('not a thin event type');
});

test('while a secret is rolled both signatures come, then the new one alone', async () => {
  const { stripe } = t;
  const endpoint = await stripe.webhookEndpoints.create({ url: `${base}/rolled`, enabled_events: ['product.created'] });
  const rolled = await t.control<{ secret: string }>('webhook/roll', { endpoint: endpoint.id, hours: 2 });
  const verify = (secret: string) => {
    const hook = received.find(({ path }) => path === '/rolled')!;
    return stripe.webhooks.constructEvent(hook.body, hook.signature, secret).type;
  };
  await stripe.products.create({ name: 'Both' });
  await t.sandbox.deliverNow();
  expect([verify(endpoint.secret!), verify(rolled.secret)]).toEqual(['product.created', 'product.created']);
  await t.clock.advance(3 * 3_600_000);
  received = [];
  await stripe.products.create({ name: 'New' });
  await t.sandbox.deliverNow();
  expect(verify(rolled.secret)).toBe('product.created');
  expect(() => verify(endpoint.secret!)).toThrow(Stripe.errors.StripeSignatureVerificationError);
});
