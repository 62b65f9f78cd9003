import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusal, startForTest } from '../testing.ts';

const DAY = 86_400_000;
const CARD = { method: 'card', number: '4242424242424242' };
let t: Awaited<ReturnType<typeof startForTest<Stripe>>>;
let once: Stripe.Price;
let monthly: Stripe.Price;
beforeAll(async () => {
  t = await startForTest(Stripe);
  const product = await t.stripe.products.create({ name: 'Seat' });
  once = await t.stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 2_000 });
  monthly = await t.stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 1_000, recurring: { interval: 'month' } });
});
afterAll(() => t.stop());

const open = (extra: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
  t.stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [{ price: once.id, quantity: 2 }],
    success_url: 'https://shop.example/thanks?id={CHECKOUT_SESSION_ID}',
    ...extra,
  });
const pay = (session: { url: string | null }, form: Record<string, string> = CARD) =>
  t.post(session.url!, { email: 'buyer@acme.example', ...form });
const now = (id: string) => t.stripe.checkout.sessions.retrieve(id);

test('a payment: declined, then paid, with its events and the way back', async () => {
  const session = await open({ client_reference_id: 'order-1', payment_intent_data: { metadata: { order: '1' } } });
  expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid', amount_total: 4_000, payment_intent: null, customer: null });
  expect((await pay(session, { method: 'card', number: '4000000000000002' })).status).toBe(402);
  const types = await t.typesSince(() => pay(session));
  expect(types).toContain('checkout.session.completed');
  const done = await t.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent', 'line_items'] });
  expect(done).toMatchObject({ status: 'complete', payment_status: 'paid', url: null, customer_details: { email: 'buyer@acme.example' } });
  expect((done.payment_intent as Stripe.PaymentIntent).metadata).toEqual({ order: '1' });
  expect(done.line_items?.data).toMatchObject([{ object: 'item', amount_total: 4_000, quantity: 2, description: 'Seat' }]);
  const page = await (await fetch(session.url!)).text();
  expect(page).toContain(`https://shop.example/thanks?id=${session.id}`);
});

test('a bank debit completes at once and is paid later; authentication is a page of its own', async () => {
  const customer = await t.stripe.customers.create({ email: 'a@b.example' });
  const session = await open({ customer: customer.id });
  await pay(session, { method: 'bank', account: '000123456789' });
  expect(await now(session.id)).toMatchObject({ status: 'complete', payment_status: 'unpaid', customer: customer.id });
  expect(await t.typesSince(() => t.clock.advance(5 * DAY))).toContain('checkout.session.async_payment_succeeded');
  expect((await now(session.id)).payment_status).toBe('paid');
  const secured = await open();
  expect((await pay(secured, { method: 'card', number: '4000002500003155' })).headers.get('location')).toContain('/authenticate');
  await t.post(`${secured.url!}/authenticate`, { result: 'complete' });
  expect((await now(secured.id)).status).toBe('complete');
});

test('a subscription starts with the session, or not at all', async () => {
  const session = await open({
    mode: 'subscription',
    line_items: [{ price: monthly.id, quantity: 3 }],
    subscription_data: { metadata: { deal: '7' } },
  });
  expect((await pay(session, { method: 'card', number: '4000000000000002' })).status).toBe(402);
  expect((await t.stripe.subscriptions.list({ status: 'all' })).data).toEqual([]);
  await pay(session);
  const done = await t.stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription', 'invoice'] });
  expect(done).toMatchObject({ status: 'complete', payment_status: 'paid', invoice: { status: 'paid', amount_paid: 3_000 } });
  expect(done.subscription).toMatchObject({ status: 'active', metadata: { deal: '7' }, customer: done.customer });
});

test('discounts, codes, expiry and what is refused', async () => {
  const coupon = await t.stripe.coupons.create({ percent_off: 25 });
  const code = await t.stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: coupon.id },
    code: 'QUARTER',
    restrictions: { minimum_amount: 3_000, minimum_amount_currency: 'usd' },
  });
  const session = await open({ allow_promotion_codes: true });
  expect((await t.post(`${session.url!}/code`, { code: 'nothing' })).status).toBe(400);
  await t.post(`${session.url!}/code`, { code: 'quarter' });
  expect(await now(session.id)).toMatchObject({ amount_total: 3_000, total_details: { amount_discount: 1_000 } });
  await pay(session);
  expect((await t.stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(1);
  const small = open({ line_items: [{ price: once.id, quantity: 1 }], discounts: [{ promotion_code: code.id }] });
  expect((await refusal(small)).message).toContain('minimum amount');
  const closing = await open();
  expect(await t.typesSince(() => t.stripe.checkout.sessions.expire(closing.id))).toEqual(['checkout.session.expired']);
  expect((await fetch(closing.url!)).status).toBe(410);
  const late = await open();
  await t.clock.advance(DAY + 1_000);
  expect((await now(late.id)).status).toBe('expired');
  expect(await refusal(open({ mode: 'setup' }))).toMatchObject({ code: 'not_modelled_in_sandbox' });
  expect((await refusal(open({ line_items: [{ price: monthly.id, quantity: 1 }] }))).message).toContain('recurring price');
  expect((await refusal(open({ success_url: 'nowhere' }))).code).toBe('url_invalid');
});

test('a payment link opens a session at each visit, until it is switched off', async () => {
  const link = await t.stripe.paymentLinks.create({ line_items: [{ price: once.id, quantity: 1 }], metadata: { a: 'b' } });
  expect(await t.stripe.paymentLinks.listLineItems(link.id)).toMatchObject({ data: [{ amount_total: 2_000 }] });
  const [item] = (await t.stripe.paymentLinks.listLineItems(link.id)).data;
  await t.stripe.paymentLinks.update(link.id, { line_items: [{ id: item!.id, quantity: 2 }] });
  const visit = await fetch(link.url, { redirect: 'manual' });
  expect(visit.status).toBe(303);
  const [session] = (await t.stripe.checkout.sessions.list({ payment_link: link.id })).data;
  expect(session).toMatchObject({ amount_total: 4_000, metadata: { a: 'b' }, status: 'open' });
  await pay(session!);
  expect((await now(session!.id)).payment_status).toBe('paid');
  await t.stripe.paymentLinks.update(link.id, { active: false, inactive_message: 'Sold out' });
  expect(await (await fetch(link.url)).text()).toContain('Sold out');
});
