import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusal, startForTest } from '../testing.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
let t: Awaited<ReturnType<typeof startForTest<Stripe>>>;
let seat: Stripe.Price;
let large: Stripe.Price;
beforeAll(async () => {
  t = await startForTest(Stripe);
  const product = await t.stripe.products.create({ name: 'Seat' });
  const price = (unit_amount: number) =>
    t.stripe.prices.create({ product: product.id, currency: 'usd', unit_amount, recurring: { interval: 'month' } });
  [seat, large] = [await price(1_000), await price(3_000)];
});
afterAll(() => t.stop());

async function customerWith(method?: string): Promise<string> {
  const customer = await t.stripe.customers.create({ name: 'Acme', email: 'ap@acme.example' });
  if (method) {
    const { id } = await t.stripe.paymentMethods.attach(method, { customer: customer.id });
    await t.stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: id } });
  }
  return customer.id;
}
const invoicesOf = async (subscription: string) => (await t.stripe.invoices.list({ subscription })).data;
const statusOf = async (id: string) => (await t.stripe.subscriptions.retrieve(id)).status;
/** To the end of the present period and past the hour of its draft. */
const throughPeriod = async (subscription: Stripe.Subscription, extra = 2 * HOUR) => {
  const end = (await t.stripe.subscriptions.retrieve(subscription.id)).items.data[0]!.current_period_end;
  await t.clock.advance(end * 1000 - t.clock.now() + extra);
};

test('charged automatically: paid at once, then every month after an hour as a draft', async () => {
  const customer = await customerWith('pm_card_visa');
  let subscription!: Stripe.Subscription;
  const types = await t.typesSince(async () => {
    subscription = await t.stripe.subscriptions.create({ customer, items: [{ price: seat.id, quantity: 2 }], metadata: { a: 'b' } });
  });
  expect(subscription.status).toBe('active');
  expect(types.filter((type) => /subscription|invoice\.(created|paid)/.test(type))).toEqual([
    'customer.subscription.created',
    'invoice.created',
    'invoice.paid',
    'customer.subscription.updated',
  ]);
  const first = await t.stripe.invoices.retrieve(subscription.latest_invoice as string);
  expect(first).toMatchObject({
    status: 'paid',
    total: 2_000,
    billing_reason: 'subscription_create',
    parent: { type: 'subscription_details', subscription_details: { subscription: subscription.id, metadata: { a: 'b' } } },
  });
  expect(first.lines.data[0]).toMatchObject({
    description: '2 × Seat (at 10.00 USD / month)',
    parent: { type: 'subscription_item_details', subscription_item_details: { subscription_item: subscription.items.data[0]!.id } },
  });
  expect((await t.stripe.invoiceItems.list({ customer })).data).toEqual([]);
  await throughPeriod(subscription, HOUR / 2);
  expect((await invoicesOf(subscription.id))[0]).toMatchObject({ status: 'draft', billing_reason: 'subscription_cycle', total: 2_000 });
  await t.clock.advance(HOUR);
  expect((await invoicesOf(subscription.id)).map((invoice) => invoice.status)).toEqual(['paid', 'paid']);
  const ended = await t.typesSince(() => t.stripe.subscriptions.cancel(subscription.id));
  expect(ended).toEqual(['customer.subscription.deleted']);
  expect(await refusal(t.stripe.subscriptions.cancel(subscription.id))).toMatchObject({ code: 'resource_missing' });
});

test('sent invoices, a period end that cancels, and prorations', async () => {
  const customer = await customerWith();
  const made = await t.stripe.subscriptions.create({
    customer,
    items: [{ price: seat.id }],
    collection_method: 'send_invoice',
    days_until_due: 10,
  });
  expect(made.status).toBe('active');
  expect((await invoicesOf(made.id))[0]).toMatchObject({ status: 'open', amount_due: 1_000 });
  const { current_period_start: start, current_period_end: end, id } = made.items.data[0]!;
  const middle = start + (end - start) / 2;
  await t.clock.advance(middle * 1000 - t.clock.now());
  const at = { proration_date: middle };
  const preview = await t.stripe.invoices.createPreview({
    subscription: made.id,
    subscription_details: { items: [{ id, price: large.id }], ...at },
  });
  expect([preview.total, preview.status, (await invoicesOf(made.id)).length]).toEqual([3_000 + 1_500 - 500, 'draft', 1]);
  await t.stripe.subscriptions.update(made.id, { items: [{ id, price: large.id }], ...at });
  const pending = await t.stripe.invoiceItems.list({ customer, pending: true });
  expect(pending.data.map((item) => [item.amount, item.proration])).toEqual([
    [1_500, true],
    [-500, true],
  ]);
  expect(pending.data[1]!.proration_details?.credited_items?.type).toBe('invoice_line_items');
  await t.stripe.subscriptionItems.update(id, { quantity: 2, proration_behavior: 'always_invoice', ...at });
  const [billed] = await invoicesOf(made.id);
  expect(billed).toMatchObject({ billing_reason: 'subscription_update', status: 'open', total: 1_000 + 3_000 - 1_500 });
  await t.stripe.subscriptionItems.update(id, { quantity: 1, proration_behavior: 'none' });
  const stopping = await t.stripe.subscriptions.update(made.id, { cancel_at_period_end: true });
  expect(stopping).toMatchObject({ cancel_at: end, status: 'past_due', cancellation_details: { reason: 'cancellation_requested' } });
  const none = t.stripe.invoices.createPreview({ subscription: made.id });
  expect(await refusal(none)).toMatchObject({ code: 'invoice_upcoming_none', statusCode: 404 });
  await throughPeriod(made);
  expect(await statusOf(made.id)).toBe('canceled');
  expect(await invoicesOf(made.id)).toHaveLength(2);
});

test('a declined first payment: incomplete, expired after a day, refused, or left to the customer', async () => {
  const items = [{ price: seat.id }];
  const bare = await customerWith();
  expect(await refusal(t.stripe.subscriptions.create({ customer: bare, items }))).toMatchObject({ code: 'resource_missing' });
  const customer = await customerWith('pm_card_visa_chargeDeclined');
  const refused = t.stripe.subscriptions.create({ customer, items, payment_behavior: 'error_if_incomplete' });
  expect(await refusal(refused)).toMatchObject({ statusCode: 402, code: 'card_declined' });
  expect((await t.stripe.subscriptions.list({ customer, status: 'all' })).data).toEqual([]);
  const failed = await t.stripe.subscriptions.create({ customer, items });
  expect(failed.status).toBe('incomplete');
  const waiting = await t.stripe.subscriptions.create({
    customer,
    items,
    payment_behavior: 'default_incomplete',
    expand: ['latest_invoice'],
  });
  const invoice = waiting.latest_invoice as Stripe.Invoice;
  expect([waiting.status, invoice.status, invoice.attempt_count]).toEqual(['incomplete', 'open', 0]);
  await t.stripe.invoices.pay(invoice.id, { payment_method: 'pm_card_visa' });
  expect(await statusOf(waiting.id)).toBe('active');
  await t.clock.advance(DAY);
  expect(await statusOf(failed.id)).toBe('incomplete_expired');
  expect((await invoicesOf(failed.id))[0]!.status).toBe('void');
});

test('a card that fails later: past due, retried, canceled in the end; or paid in between', async () => {
  const subscribe = async () => {
    const customer = await customerWith('pm_card_visa');
    const subscription = await t.stripe.subscriptions.create({ customer, items: [{ price: seat.id }] });
    const { id } = await t.stripe.paymentMethods.attach('pm_card_visa_chargeDeclined', { customer });
    await t.stripe.subscriptions.update(subscription.id, { default_payment_method: id });
    return subscription;
  };
  const [lost, saved] = [await subscribe(), await subscribe()];
  await throughPeriod(lost);
  expect([await statusOf(lost.id), await statusOf(saved.id)]).toEqual(['past_due', 'past_due']);
  const [late] = await invoicesOf(saved.id);
  expect(late).toMatchObject({ status: 'open', attempt_count: 1 });
  expect(late!.next_payment_attempt).toBeGreaterThan(t.clock.now() / 1000 + (2 * DAY) / 1000);
  await t.stripe.invoices.pay(late!.id, { payment_method: 'pm_card_visa' });
  expect(await statusOf(saved.id)).toBe('active');
  await t.clock.advance(20 * DAY);
  expect((await t.stripe.subscriptions.retrieve(lost.id)).cancellation_details?.reason).toBe('payment_failed');
});

test('a trial: nothing is due, an announcement, then the first charge, or a pause', async () => {
  const customer = await customerWith();
  const items = [{ price: seat.id }];
  const trial = await t.stripe.subscriptions.create({
    customer,
    items,
    trial_period_days: 7,
    trial_settings: { end_behavior: { missing_payment_method: 'pause' } },
  });
  expect(trial.status).toBe('trialing');
  expect((await invoicesOf(trial.id))[0]).toMatchObject({ status: 'paid', total: 0 });
  const types = await t.typesSince(() => t.clock.advance(8 * DAY));
  expect(types.filter((type) => /trial_will_end|paused/.test(type))).toEqual([
    'customer.subscription.trial_will_end',
    'customer.subscription.paused',
  ]);
  expect((await t.stripe.subscriptions.retrieve(trial.id)).status_details?.paused?.subscription.type).toBe(
    'trial_end_without_payment_method',
  );
  const { id } = await t.stripe.paymentMethods.attach('pm_card_visa', { customer });
  await t.stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  await t.stripe.subscriptions.resume(trial.id);
  expect([await statusOf(trial.id), (await invoicesOf(trial.id))[0]!.amount_paid]).toEqual(['active', 1_000]);
  const ending = await t.stripe.subscriptions.create({ customer, items, trial_period_days: 7 });
  await t.stripe.subscriptions.update(ending.id, { trial_end: 'now' });
  expect([await statusOf(ending.id), (await invoicesOf(ending.id))[0]!.amount_paid]).toEqual(['active', 1_000]);
});

test('discounts of a subscription, collection that pauses, months of unequal length', async () => {
  const customer = await customerWith('pm_card_visa');
  const coupon = await t.stripe.coupons.create({ percent_off: 50, duration: 'once' });
  const made = await t.stripe.subscriptions.create({ customer, items: [{ price: seat.id }], discounts: [{ coupon: coupon.id }] });
  expect((await invoicesOf(made.id))[0]!.amount_paid).toBe(500);
  await t.stripe.subscriptions.update(made.id, { pause_collection: { behavior: 'void' } });
  await throughPeriod(made);
  expect((await invoicesOf(made.id))[0]).toMatchObject({ status: 'void', total: 1_000 });
  expect(await statusOf(made.id)).toBe('active');
  const detached = await t.stripe.paymentMethods.list({ customer });
  await t.stripe.paymentMethods.detach(detached.data[0]!.id);
  expect((await t.stripe.customers.listPaymentMethods(customer)).data).toEqual([]);
});

test('what is not modelled is refused', async () => {
  const customer = await customerWith('pm_card_visa');
  const items = [{ price: seat.id }];
  const code = async (extra: Partial<Stripe.SubscriptionCreateParams>) =>
    (await refusal(t.stripe.subscriptions.create({ customer, items, ...extra }))).code;
  expect(await code({ billing_mode: { type: 'classic' } })).toBe('not_modelled_in_sandbox');
  expect(await code({ backdate_start_date: 1 })).toBe('not_modelled_in_sandbox');
  expect(await code({ automatic_tax: { enabled: true } })).toBe('not_modelled_in_sandbox');
  const oneTime = await t.stripe.prices.create({ currency: 'usd', unit_amount: 5, product_data: { name: 'Once' } });
  expect((await refusal(t.stripe.subscriptions.create({ customer, items: [{ price: oneTime.id }] }))).message).toContain('type=one_time');
  expect((await refusal(t.draft([{ pricing: { price: seat.id } }]))).message).toContain('type=recurring');
});
