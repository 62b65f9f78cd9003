import fc from 'fast-check';
import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusal, startForTest } from '../testing.ts';
import { split } from './apply.ts';

const DAY = 86_400;
let t: Awaited<ReturnType<typeof startForTest<Stripe>>>;
beforeAll(async () => void (t = await startForTest(Stripe)));
afterAll(() => t.stop());

const amounts = (invoice: Stripe.Invoice) => (invoice.total_discount_amounts ?? []).map((one) => one.amount);

test('spreading an amount loses nothing', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.array(fc.nat(100_000), { maxLength: 20 }), (amount, over) => {
      const parts = split(amount, over);
      const whole = over.reduce((sum, part) => sum + part, 0);
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(Math.min(amount, whole));
      parts.forEach((part, index) => expect(part).toBeLessThanOrEqual(over[index]!));
    }),
  );
});

test('a percentage off an invoice comes before tax, in the form of this API version', async () => {
  const coupon = await t.stripe.coupons.create({ percent_off: 12.5, name: 'Spring' });
  expect(coupon).toMatchObject({ duration: 'once', valid: true, times_redeemed: 0, percent_off: 12.5 });
  const rate = await t.stripe.taxRates.create({ display_name: 'Tax', inclusive: false, percentage: 10 });
  const draft = await t.draft(
    [
      { amount: 10_001, description: 'A', tax_rates: [rate.id] },
      { amount: 3, description: 'B' },
      { amount: -500, description: 'Credit' },
    ],
    { discounts: [{ coupon: coupon.id }] },
  );
  expect(draft).toMatchObject({ subtotal: 9_504, total: 9_504 - 1_250 - 0 + 875 });
  expect(amounts(draft)).toEqual([1_250]);
  const full = await t.stripe.invoices.retrieve(draft.id, { expand: ['discounts.source.coupon'] });
  expect(full.discounts[0]).toMatchObject({ object: 'discount', invoice: draft.id, source: { type: 'coupon', coupon: { id: coupon.id } } });
  expect((await t.stripe.coupons.retrieve(coupon.id)).times_redeemed).toBe(1);
  const bare = await t.stripe.invoices.update(draft.id, { discounts: '' });
  expect([bare.discounts, bare.total]).toEqual([[], 9_504 + 1_000]);
});

test('an amount off is spread over the lines; a line’s own discount goes first', async () => {
  const off = await t.stripe.coupons.create({ amount_off: 1_000, currency: 'usd', duration: 'forever' });
  const half = await t.stripe.coupons.create({ percent_off: 50 });
  const draft = await t.draft(
    [
      { amount: 2_000, description: 'A', discounts: [{ coupon: half.id }] },
      { amount: 2_000, description: 'B' },
      { amount: 999, description: 'Not discountable', discountable: false },
    ],
    { discounts: [{ coupon: off.id }] },
  );
  expect(draft).toMatchObject({ subtotal: 3_999, total: 2_999 });
  expect(draft.lines.data.map((line) => line.discount_amounts?.map((one) => one.amount))).toEqual([[1_000, 333], [667], []]);
  const open = await t.stripe.invoices.finalizeInvoice(draft.id);
  expect(open.amount_due).toBe(2_999);
  expect(await (await fetch(t.hosted(open))).text()).toContain('Discount');
});

test('a coupon for some products, one for another currency, and what cannot be redeemed', async () => {
  const product = await t.stripe.products.create({ name: 'Seat' });
  const price = await t.stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 1_000 });
  const only = await t.stripe.coupons.create({ percent_off: 10, applies_to: { products: [product.id] }, max_redemptions: 1 });
  const draft = await t.draft([{ pricing: { price: price.id } }, { amount: 500, description: 'Other' }], {
    discounts: [{ coupon: only.id }],
  });
  expect(amounts(draft)).toEqual([100]);
  expect(await refusal(t.draft([], { discounts: [{ coupon: only.id }] }))).toMatchObject({ param: 'discounts[0][coupon]' });
  const euro = await t.stripe.coupons.create({ amount_off: 100, currency: 'eur', currency_options: { usd: { amount_off: 120 } } });
  expect(amounts(await t.draft([{ amount: 500, description: 'X' }], { discounts: [{ coupon: euro.id }] }))).toEqual([120]);
  expect((await refusal(t.draft([], { currency: 'gbp', discounts: [{ coupon: euro.id }] }))).message).toContain('gbp');
  const soon = await t.stripe.coupons.create({ percent_off: 5, redeem_by: Math.floor(t.clock.now() / 1000) + DAY });
  await t.clock.advance(2 * DAY * 1000);
  expect(await refusal(t.draft([], { discounts: [{ coupon: soon.id }] }))).toMatchObject({ code: 'coupon_expired' });
  expect(await refusal(t.stripe.coupons.create({ percent_off: 101 }))).toMatchObject({ param: 'percent_off' });
  expect(await refusal(t.stripe.coupons.create({ percent_off: 5, duration: 'repeating' }))).toMatchObject({ code: 'parameter_missing' });
  await t.stripe.coupons.del(only.id);
  expect(await refusal(t.stripe.coupons.retrieve(only.id))).toMatchObject({ code: 'resource_missing', statusCode: 404 });
  expect(amounts(await t.stripe.invoices.retrieve(draft.id))).toEqual([100]);
});

test('promotion codes carry their restrictions', async () => {
  const coupon = await t.stripe.coupons.create({ percent_off: 20 });
  const code = await t.stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: coupon.id },
    code: 'FALL-20',
    max_redemptions: 1,
  });
  expect(
    await refusal(t.stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'fall-20' })),
  ).toMatchObject({
    param: 'code',
  });
  const draft = await t.draft([{ amount: 1_000, description: 'X' }], { discounts: [{ promotion_code: code.id }] });
  expect(draft.total).toBe(800);
  expect((await t.stripe.promotionCodes.list({ code: 'FALL-20' })).data[0]).toMatchObject({ active: false, times_redeemed: 1 });
  const first = await t.stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: coupon.id },
    restrictions: { first_time_transaction: true },
  });
  const paid = await t.open(1_000);
  await t.stripe.invoices.pay(paid.id, { payment_method: 'pm_card_visa' });
  const again = t.stripe.invoices.create({ customer: paid.customer as string, discounts: [{ promotion_code: first.id }] });
  expect((await refusal(again)).message).toContain('prior transactions');
});

test('a customer’s discount is inherited, and used up when it is for once', async () => {
  const coupon = await t.stripe.coupons.create({ percent_off: 10, duration: 'once' });
  const customer = await t.stripe.customers.create({ email: 'a@b.example' });
  const types = await t.typesSince(() => t.control('discount', { customer: customer.id, coupon: coupon.id }));
  expect(types).toEqual(['customer.discount.created', 'customer.updated']);
  const create = () => t.stripe.invoices.create({ customer: customer.id, collection_method: 'send_invoice', days_until_due: 5 });
  const first = await create();
  await t.stripe.invoices.addLines(first.id, { lines: [{ amount: 1_000, description: 'X' }] });
  expect((await t.stripe.invoices.finalizeInvoice(first.id)).total).toBe(900);
  expect(((await t.stripe.customers.retrieve(customer.id)) as Stripe.Customer).discount).toBeNull();
  expect((await create()).discounts).toEqual([]);
  await t.control('discount', { customer: customer.id, coupon: coupon.id });
  expect(await t.stripe.customers.deleteDiscount(customer.id)).toMatchObject({ deleted: true, source: { coupon: coupon.id } });
});
