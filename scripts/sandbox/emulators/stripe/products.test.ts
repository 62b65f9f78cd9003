import Stripe from 'stripe';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refusal, startForTest } from './testing.ts';

const start = () => startForTest(Stripe);
let t: Awaited<ReturnType<typeof start>>;
beforeAll(async () => {
  t = await start();
});
afterAll(() => t.stop());

const idsOf = async (query: string) => (await t.stripe.products.search({ query })).data.map(({ id }) => id).sort();

test('a product is made under the id its maker chose, once', async () => {
  expect(await t.stripe.products.create({ id: 'sf_rocket', name: 'Rocket' })).toMatchObject({ id: 'sf_rocket', active: true });
  expect(await refusal(t.stripe.products.create({ id: 'sf_rocket', name: 'Another' }))).toMatchObject({
    statusCode: 400,
    code: 'resource_already_exists',
  });
});

test('products are found by metadata or by words of their name, a little later', async () => {
  await t.stripe.products.create({ id: 'p_code', name: 'Sprocket', metadata: { sku: 'SPR-1' } });
  await t.stripe.products.create({ id: 'p_salt', name: 'Salt AND "pepper" set' });
  await t.stripe.products.create({ id: 'p_mill', name: 'Mill', active: false });
  expect(await idsOf(`metadata["sku"]:"SPR-1"`)).toEqual([]);
  await t.clock.advance(10_000);
  expect(await idsOf(`metadata["sku"]:"spr-1" OR name:'mill'`)).toEqual(['p_code', 'p_mill']);
  expect(await idsOf(String.raw`name:"salt and \"pepper\""`)).toEqual(['p_salt']);
  expect(await idsOf(`name:"pepper salt"`)).toEqual([]);
  expect(await idsOf(`name:"mill" active:"false"`)).toEqual(['p_mill']);
  expect(await idsOf(`name:"mill" AND active:"true"`)).toEqual([]);
  expect(await idsOf(`-name:"mill" AND active:"false"`)).toEqual([]);
});

test('a search that is not modelled, or not allowed, is refused', async () => {
  const ask = (query: string) => refusal(t.stripe.products.search({ query }));
  for (const query of [`name~"ill"`, `-metadata["sku"]:null`, `created:"1"`]) {
    expect(await ask(query)).toMatchObject({ code: 'not_modelled_in_sandbox' });
  }
  for (const query of [`id:"p_mill"`, `name:"a" AND name:"b" OR name:"c"`, '']) {
    expect(await ask(query)).toMatchObject({ statusCode: 400, param: 'query' });
  }
});

test('an archived product goes on no new invoice, and on one again once it is restored', async () => {
  const { id: product } = await t.stripe.products.create({ name: 'Old rocket' });
  const price = await t.stripe.prices.create({ product, currency: 'usd', unit_amount: 500 });
  await t.stripe.products.update(product, { active: false });
  const line = { quantity: 1, price_data: { currency: 'usd', unit_amount: 500, product } };
  expect(await refusal(t.draft([line]))).toMatchObject({ statusCode: 400, param: 'lines[0][price_data][product]' });
  expect(await refusal(t.draft([{ pricing: { price: price.id } }]))).toMatchObject({ param: 'lines[0][pricing][price]' });
  await t.stripe.products.update(product, { active: true });
  const { lines } = await t.draft([line]);
  expect(lines.data[0]?.pricing?.price_details?.product).toBe(product);
});

test('who may not read or write products is told so', async () => {
  const key = 'rk_test_invoices_0123456789';
  const other = await startForTest(Stripe, { keys: { [key]: ['rak_invoice_write', 'rak_product_read'] } });
  const { port } = new URL(other.sandbox.baseUrl);
  const reader = new Stripe(key, { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
  expect((await reader.products.search({ query: `name:"a"` })).data).toEqual([]);
  expect(await refusal(reader.products.create({ name: 'A' }))).toMatchObject({
    statusCode: 403,
    message: expect.stringContaining("'rak_product_write'"),
  });
  await other.stop();
});

test('the pages show it as the dashboard would, under the address the dashboard has for it', async () => {
  await t.stripe.products.create({ id: 'p_shown', name: 'Lantern', metadata: { product_code: 'LAN-1' } });
  await t.stripe.products.create({ id: 'p_gone', name: 'Gone' });
  await t.stripe.products.del('p_gone');
  const read = async (path: string) => {
    const answer = await fetch(`${t.sandbox.baseUrl}/sandbox/${path}`);
    return { status: answer.status, text: await answer.text() };
  };
  const list = (await read('products')).text;
  for (const shown of ['Lantern', 'LAN-1', 'archived', 'deleted']) expect(list).toContain(shown);
  expect(await read('test/products/p_shown')).toMatchObject({ status: 200, text: expect.stringContaining('LAN-1') });
  expect((await read('products/p_gone')).status).toBe(404);
});
