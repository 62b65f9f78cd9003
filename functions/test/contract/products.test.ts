import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createClock, createFaultPlan, startStripe } from '../../../scripts/sandbox/index.ts';
import { createFaults } from '../../src/adapters/memory/faults.ts';
import { createKeys } from '../../src/adapters/memory/idempotency.ts';
import { createProducts as createMemoryProducts } from '../../src/adapters/memory/products.ts';
import { createStripeClient, createStripeSdk } from '../../src/adapters/stripe/client.ts';
import { createPayments } from '../../src/adapters/stripe/payments.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { Secret } from '../../src/platform/secret.ts';
import type { Payments } from '../../src/ports/payments.ts';
import type { Products, StripeProduct, StripeProductBody } from '../../src/ports/products.ts';
import { must } from './must.ts';

// Stripe's catalogue through the real SDK, and the fake that unit tests use: one suite holds both.

const clock = createClock();
const faults = createFaultPlan(1);
let stripe: Awaited<ReturnType<typeof startStripe>>;
let sdk: ReturnType<typeof createStripeSdk>;
let payments: Payments;

beforeAll(async () => {
  stripe = await startStripe({ clock, faults });
  sdk = createStripeSdk(new Secret(stripe.secretKey), stripe.baseUrl);
  const client = createStripeClient({ sdk, bucket: 'test', budgets: { take: async () => true }, metrics: createMetrics() });
  payments = createPayments(client, { base: 'https://dashboard.stripe.com', live: false });
});
afterEach(() => faults.clear());
afterAll(async () => {
  await stripe?.stop();
  clock.stop();
});

const body = (productId: string, change: Partial<StripeProductBody> = {}): StripeProductBody => ({
  ...{ id: `trueup_${productId}`, productId, companyKey: 'main', name: `Robot ${productId}`, code: null },
  ...change,
});

interface Side {
  products: Products;
  archive(id: string): Promise<unknown>;
  /** Somebody else's product. */
  put(id: string, name: string, code: string | null): Promise<unknown>;
}

const memory = (): Side => {
  const held = new Map<string, StripeProduct>();
  return {
    products: createMemoryProducts(held, createKeys(), createFaults()),
    archive: async (id) => held.set(id, { ...(held.get(id) as StripeProduct), active: false }),
    put: async (id, name, code) => held.set(id, { id, name, code, productId: null, active: true, url: '' }),
  };
};
const real = (): Side => ({
  products: payments,
  archive: (id) => sdk.products.update(id, { active: false }),
  put: (id, name, sku) => sdk.products.create({ id, name, ...(sku === null ? {} : { metadata: { sku } }) }),
});

describe.each([
  ['in memory', memory],
  ['through the SDK', real],
])('products %s', (_name, side) => {
  it('are made under their id once, whatever the key', async () => {
    const { products, archive } = side();
    const wanted = body('01tA', { code: 'RB-1' });
    const first = must(await products.createProduct(wanted, 'sf:01tA:stripe-product:1'));
    expect(first).toMatchObject({ id: 'trueup_01tA', name: 'Robot 01tA', code: 'RB-1', productId: '01tA', active: true });
    expect(must(await products.createProduct(wanted, 'sf:01tA:stripe-product:1'))).toEqual(first);
    // A database that forgot: another key, and perhaps another name by now.
    expect(must(await products.createProduct({ ...wanted, name: 'Renamed' }, 'sf:01tA:stripe-product:2'))).toEqual(first);
    await archive(first.id);
    expect(await products.createProduct(wanted, 'sf:01tA:stripe-product:3')).toMatchObject({
      outcome: 'rejected',
      problem: { code: 'stripe-product-taken' },
    });
    expect(must(await products.readProducts([first.id, 'nobody']))).toMatchObject([{ id: first.id, active: false }]);
  });

  it('are found by our id, code or name, archived ones too', async () => {
    const { products, archive, put } = side();
    must(await products.createProduct(body('01tB'), 'made-b'));
    await put('p_code', 'Sensor', 'SN-7');
    await put('p_name', 'Odd "name" \\ AND more', null);
    await put('p_other', 'Nothing alike', 'SN-70');
    await archive('p_name');
    await clock.advance(60_000);
    const found = async (by: Parameters<Products['findProducts']>[0]) => must(await products.findProducts(by)).map(({ id }) => id);
    const none = { productIds: [], codes: [], names: [] };
    expect(await found({ ...none, productIds: ['01tB', '01tZ'] })).toEqual(['trueup_01tB']);
    expect(await found({ ...none, codes: ['SN-7'] })).toEqual(['p_code']);
    expect(await found({ ...none, names: ['odd "name" \\ and MORE'] })).toEqual(['p_name']);
    const many = Array.from({ length: 30 }, (_, index) => `Nobody ${index}`);
    expect((await found({ productIds: ['01tB'], codes: ['SN-7'], names: [...many, 'Odd "name" \\ AND more'] })).sort()).toEqual([
      'p_code',
      'p_name',
      'trueup_01tB',
    ]);
  });
});

it('an archived or unknown product of a line is refused with a fix', async () => {
  const customer = must(
    await payments.createCustomer(
      { accountId: '001A', companyKey: 'main', name: 'Harbor', email: null, phone: null, address: null },
      'customer',
    ),
  );
  const draft = await sdk.invoices.create({
    customer: customer.id,
    collection_method: 'send_invoice',
    days_until_due: 30,
    currency: 'usd',
  });
  const { id } = must(await payments.createProduct(body('01tC'), 'made-c'));
  const line = { description: 'Robot', tax: 0, serviceDate: null, lineKey: 'a' };
  const add = (stripeProductId: string, amount: number, key: string) =>
    payments.addLines(
      {
        ...{ stripeInvoiceId: draft.id, currency: 'USD', automaticTax: false },
        lines: [{ ...line, amount, quantity: null, unitPrice: null, stripeProductId }],
      },
      key,
    );
  expect(await add('nobody', 100, 'k1')).toMatchObject({ outcome: 'rejected', problem: { code: 'stripe-product-refused' } });
  // An amount alone is one piece of the product too; below zero Stripe takes none.
  must(await add(id, 1_234, 'k2'));
  expect(must(await add(id, -234, 'k3'))).toMatchObject({ total: 1_000 });
  const lines = await sdk.invoices.listLineItems(draft.id);
  expect(lines.data.map(({ amount, pricing }) => [amount, pricing?.price_details?.product === id])).toEqual(
    expect.arrayContaining([
      [1_234, true],
      [-234, false],
    ]),
  );
  await sdk.products.update(id, { active: false });
  expect(await add(id, 100, 'k4')).toMatchObject({
    outcome: 'rejected',
    problem: {
      code: 'stripe-product-refused',
      message: expect.stringContaining('marked as inactive'),
      action: expect.stringContaining('restore'),
    },
  });
});
