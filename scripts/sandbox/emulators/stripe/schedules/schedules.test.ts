import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusal, startForTest } from '../testing.ts';

const DAY = 86_400;
const START = Date.parse('2027-01-31T10:00:00Z') / 1000;
let t: Awaited<ReturnType<typeof startForTest<Stripe>>>;
let small: Stripe.Price;
let large: Stripe.Price;
beforeAll(async () => {
  t = await startForTest(Stripe);
  const product = await t.stripe.products.create({ name: 'Plan' });
  const price = (unit_amount: number) =>
    t.stripe.prices.create({ product: product.id, currency: 'usd', unit_amount, recurring: { interval: 'month' } });
  [small, large] = [await price(1_000), await price(3_000)];
});
afterAll(() => t.stop());

async function customerOn(clock: string): Promise<string> {
  const { id } = await t.stripe.customers.create({ email: 'a@b.example', test_clock: clock });
  const method = await t.stripe.paymentMethods.attach('pm_card_visa', { customer: id });
  await t.stripe.customers.update(id, { invoice_settings: { default_payment_method: method.id } });
  return id;
}
const newClock = async () => (await t.stripe.testHelpers.testClocks.create({ frozen_time: START, name: 'Test' })).id;
async function advance(clock: string, frozen_time: number): Promise<void> {
  expect((await t.stripe.testHelpers.testClocks.advance(clock, { frozen_time })).status).toBe('advancing');
  while ((await t.stripe.testHelpers.testClocks.retrieve(clock)).status !== 'ready') await new Promise((done) => setTimeout(done, 5));
}
const billed = async (customer: string) => {
  const { data } = await t.stripe.invoices.list({ customer });
  return data.map((invoice) => [new Date(invoice.created * 1000).toISOString().slice(0, 10), invoice.amount_paid]).reverse();
};

test('a test clock: its objects live in frozen time, everything happens at its moment', async () => {
  const clock = await newClock();
  const customer = await customerOn(clock);
  const subscription = await t.stripe.subscriptions.create({ customer, items: [{ price: small.id }] });
  expect(subscription).toMatchObject({ created: START, test_clock: clock });
  expect(await refusal(t.stripe.testHelpers.testClocks.advance(clock, { frozen_time: START + 90 * DAY }))).toMatchObject({
    param: 'frozen_time',
  });
  await advance(clock, START + 59 * DAY);
  await t.clock.advance(100 * DAY * 1000);
  await advance(clock, START + 60 * DAY);
  expect(await billed(customer)).toEqual([
    ['2027-01-31', 1_000],
    ['2027-02-28', 1_000],
    ['2027-03-31', 1_000],
  ]);
  expect((await t.stripe.customers.list({ limit: 100 })).data.some((one) => one.id === customer)).toBe(false);
  expect((await t.stripe.customers.list({ test_clock: clock })).data).toHaveLength(1);
  const types = await t.typesSince(() => t.stripe.testHelpers.testClocks.del(clock));
  expect(types).toEqual(['customer.subscription.deleted', 'customer.deleted', 'test_helpers.test_clock.deleted']);
  expect(await t.stripe.customers.retrieve(customer)).toMatchObject({ deleted: true });
});

test('a clock takes three customers, and does not go back', async () => {
  const clock = await newClock();
  for (let n = 0; n < 3; n += 1) await t.stripe.customers.create({ test_clock: clock });
  expect(await refusal(t.stripe.customers.create({ test_clock: clock }))).toMatchObject({ param: 'test_clock' });
  expect(await refusal(t.stripe.testHelpers.testClocks.advance(clock, { frozen_time: START }))).toMatchObject({ param: 'frozen_time' });
});

test('phases follow one another at the ends of periods, then the subscription goes on alone', async () => {
  const clock = await newClock();
  const customer = await customerOn(clock);
  const schedule = await t.stripe.subscriptionSchedules.create({
    customer,
    start_date: START + DAY,
    phases: [
      { items: [{ price: small.id }], duration: { interval: 'month' } },
      { items: [{ price: large.id, quantity: 2 }], duration: { interval: 'month' } },
    ],
  });
  expect(schedule).toMatchObject({ status: 'not_started', subscription: null, end_behavior: 'release' });
  await advance(clock, START + 2 * DAY);
  const started = await t.stripe.subscriptionSchedules.retrieve(schedule.id, { expand: ['subscription'] });
  expect(started).toMatchObject({ status: 'active', current_phase: { start_date: START + DAY } });
  await advance(clock, START + 40 * DAY);
  await advance(clock, START + 80 * DAY);
  expect(await billed(customer)).toEqual([
    ['2027-02-01', 1_000],
    ['2027-03-01', 6_000],
    ['2027-04-01', 6_000],
  ]);
  const released = await t.stripe.subscriptionSchedules.retrieve(schedule.id);
  expect(released).toMatchObject({
    status: 'released',
    subscription: null,
    released_subscription: (started.subscription as Stripe.Subscription).id,
  });
});

test('a schedule from a subscription; cancellation at its end, on request, and with its subscription', async () => {
  const clock = await newClock();
  const customer = await customerOn(clock);
  const subscription = await t.stripe.subscriptions.create({ customer, items: [{ price: small.id }] });
  const made = await t.stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
  const [phase] = made.phases;
  expect(made).toMatchObject({ status: 'active', subscription: subscription.id, current_phase: { start_date: START } });
  expect((await refusal(t.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true }))).message).toContain(made.id);
  const changed = await t.stripe.subscriptionSchedules.update(made.id, {
    end_behavior: 'cancel',
    phases: [
      { items: [{ price: small.id }], start_date: phase!.start_date, end_date: phase!.end_date },
      { items: [{ price: small.id, quantity: 2 }], duration: { interval: 'month' } },
    ],
  });
  expect(changed.phases).toHaveLength(2);
  await advance(clock, START + 45 * DAY);
  await advance(clock, START + 65 * DAY);
  expect(await billed(customer)).toEqual([
    ['2027-01-31', 1_000],
    ['2027-02-28', 2_000],
  ]);
  expect((await t.stripe.subscriptions.retrieve(subscription.id)).status).toBe('canceled');
  expect((await t.stripe.subscriptionSchedules.retrieve(made.id)).status).toBe('completed');
  const phases = [{ items: [{ price: small.id }], duration: { interval: 'year' as const } }];
  const other = await t.stripe.subscriptionSchedules.create({ customer, start_date: 'now', phases });
  const canceled = await t.typesSince(() => t.stripe.subscriptions.cancel(other.subscription as string));
  expect(canceled).toEqual(['customer.subscription.deleted', 'subscription_schedule.canceled']);
  expect((await refusal(t.stripe.subscriptionSchedules.release(other.id))).message).toContain('`canceled` status');
  const last = await t.stripe.subscriptionSchedules.create({ customer, start_date: 'now', phases });
  expect((await t.stripe.subscriptionSchedules.cancel(last.id, { prorate: false })).status).toBe('canceled');
  expect((await t.stripe.subscriptions.retrieve(last.subscription as string)).status).toBe('canceled');
});
