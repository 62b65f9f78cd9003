import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startForTest } from './testing.ts';

const DAY = 86_400_000;
let t: Awaited<ReturnType<typeof startForTest<Stripe>>>;
beforeAll(async () => void (t = await startForTest(Stripe, { reminders: { beforeDue: 3, afterDue: 2 } })));
afterAll(() => t.stop());

const types = async (invoice: string) =>
  (await t.stripe.events.list({ limit: 100 })).data
    .filter((event) => (event.data.object as { id?: string }).id === invoice)
    .map((event) => event.type)
    .reverse();

test('a draft that advances by itself: finalized, sent, reminded of; not one that does not', async () => {
  const draft = await t.draft([{ amount: 5_000, description: 'Work' }], { auto_advance: true, days_until_due: 10 });
  const still = await t.open(5_000, { days_until_due: 10 });
  await t.clock.advance(14 * DAY);
  expect((await types(draft.id)).filter((type) => type !== 'invoice.updated')).toEqual([
    'invoice.created',
    'invoice.finalized',
    'invoice.sent',
    'invoice.will_be_due',
    'invoice.overdue',
  ]);
  expect((await types(still.id)).join()).not.toContain('overdue');
});

test('charged by itself: a failed attempt is repeated, what cannot be finalized is told', async () => {
  const customer = await t.stripe.customers.create({ email: 'a@b.example' });
  const create = { customer: customer.id, auto_advance: true, currency: 'usd' };
  const invoice = await t.stripe.invoices.create(create);
  await t.stripe.invoices.addLines(invoice.id, { lines: [{ amount: 1_000, description: 'X' }] });
  await t.clock.advance(DAY);
  const tried = await t.stripe.invoices.retrieve(invoice.id);
  expect(tried).toMatchObject({ status: 'open', attempt_count: 1, attempted: true });
  const { id } = await t.stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  await t.stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: id } });
  await t.clock.advance(4 * DAY);
  expect(await t.stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: 'paid', next_payment_attempt: null });
  const dinars = await t.stripe.customers.create({ email: 'k@b.example' });
  const odd = await t.stripe.invoices.create({ ...create, customer: dinars.id, currency: 'kwd' });
  await t.stripe.invoices.addLines(odd.id, { lines: [{ amount: 1_001, description: 'X' }] });
  await t.clock.advance(DAY);
  expect(await t.stripe.invoices.retrieve(odd.id)).toMatchObject({
    status: 'draft',
    last_finalization_error: { code: 'invalid_charge_amount' },
  });
  expect((await types(odd.id)).at(-1)).toBe('invoice.finalization_failed');
});

test('an endpoint that gets nothing for days is disabled, and failed deliveries are found', async () => {
  const server = createServer((_request, response) => response.writeHead(500).end()).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const own = await startForTest(Stripe, { disableAfterDays: 3 });
  const endpoint = await own.stripe.webhookEndpoints.create({ url, enabled_events: ['customer.created'] });
  for (let day = 0; day < 5; day += 1) {
    await own.stripe.customers.create({ name: `Day ${day}` });
    await own.sandbox.idle();
    for (let hour = 0; hour < 4; hour += 1) {
      await own.clock.advance(DAY / 4);
      await own.sandbox.idle();
    }
  }
  expect((await own.stripe.webhookEndpoints.retrieve(endpoint.id)).status).toBe('disabled');
  expect((await own.stripe.events.list({ delivery_success: false })).data.length).toBeGreaterThan(0);
  await own.stop();
  server.close();
});
