import { afterAll, beforeAll, expect, it } from 'vitest';
import { createClock, createFaultPlan, startStripe } from '../../../scripts/sandbox/index.ts';
import { createStripeClient, createStripeSdk } from '../../src/adapters/stripe/client.ts';
import { createCustomers } from '../../src/adapters/stripe/customers.ts';
import { createPayments } from '../../src/adapters/stripe/payments.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { Secret } from '../../src/platform/secret.ts';
import type { CustomerUpdate } from '../../src/ports/customers.ts';
import type { Payments } from '../../src/ports/payments.ts';
import { must } from './must.ts';

// What Salesforce owns of a customer, through Stripe's real SDK; QuickBooks' customers are in ledger.test.ts.

const clock = createClock();
const faults = createFaultPlan(1);
let stripe: Awaited<ReturnType<typeof startStripe>>;
let sdk: ReturnType<typeof createStripeSdk>;
let payments: Payments;
let customers: ReturnType<typeof createCustomers>;
let count = 0;

beforeAll(async () => {
  stripe = await startStripe({ clock, faults });
  sdk = createStripeSdk(new Secret(stripe.secretKey), stripe.baseUrl);
  const client = createStripeClient({ sdk, bucket: 'test', budgets: { take: async () => true }, metrics: createMetrics() });
  customers = createCustomers(client);
  payments = createPayments(client, { base: 'https://dashboard.stripe.com', live: false });
});
afterAll(async () => {
  await stripe?.stop();
  clock.stop();
});

const address = { line1: '1 High St', city: 'Boston', postalCode: '02110', country: 'US' };
const who = { accountId: '001000000000009AAA', companyKey: 'main', name: 'Sync & Sons', email: 'a@sync.example', phone: '1', address };
async function made(): Promise<Pick<CustomerUpdate, 'id' | 'from'>> {
  const { id } = must(await payments.createCustomer(who, `made-${(count += 1)}`));
  const held = must(await customers.read(id));
  if (!held) throw new Error('Stripe has the customer.');
  return { id, from: held.facts };
}

it('is changed and nothing else, once, and only where it is what was seen', async () => {
  const { id, from } = await made();
  const update = { id, from, to: { phone: '2', postalCode: '02111' } };
  const after = must(await customers.update(update, 'sync-2'));
  expect(after.facts).toEqual({ ...from, phone: '2', postalCode: '02111' });
  expect(must(await payments.readCustomer(id))).toMatchObject({ accountId: who.accountId, email: who.email });
  expect(await customers.update({ id, from, to: { phone: '3' } }, 'sync-3')).toMatchObject({ outcome: 'conflict', reason: 'stale' });
  expect(must(await customers.read('cus_missing'))).toBeNull();
});

it('is listed with all others, page after page, also when the last of a page is deleted meanwhile', async () => {
  const made = [];
  for (let at = 0; at < 105; at += 1) made.push((await sdk.customers.create({ name: `Listed ${at}` })).id);
  const since = '2026-01-01T00:00:00Z';
  const first = must(await customers.listChanged({ since, cursor: null }));
  expect(first.customers).toHaveLength(100);
  await sdk.customers.del(first.customers.at(-1)?.id ?? '');
  const second = must(await customers.listChanged({ since, cursor: first.next }));
  const listed = [...first.customers, ...second.customers].map(({ id }) => id);
  expect(second.next).toBeNull();
  expect(new Set(listed).size).toBe(listed.length);
  expect(made.filter((id) => !listed.includes(id))).toEqual([]);
});

it('is sent again after a lost answer, though its address was changed back and elsewhere in between, and what stays is kept', async () => {
  const { id, from } = await made();
  const update = { id, from, to: { postalCode: '02111' } };
  faults.add({ point: 'stripe.request', match: { method: 'POST' }, times: 1, fault: { kind: 'drop-answer' } });
  expect(await customers.update(update, 'sync-4')).toMatchObject({ outcome: 'unknown-outcome' });
  expect(must(await customers.read(id))?.facts.postalCode).toBe('02111');
  await sdk.customers.update(id, { address: { line1: '1 High St', line2: 'Floor 3', city: 'Salem', postal_code: '02110', country: 'US' } });
  const after = must(await customers.update(update, 'sync-4'));
  expect(after.facts).toEqual({ ...from, city: 'Salem', postalCode: '02111' });
  expect(await sdk.customers.retrieve(id)).toMatchObject({ address: { line2: 'Floor 3' } });
});

it('tells what a write replaced, whatever is written later', async () => {
  const { id, from } = await made();
  const since = new Date(clock.now()).toISOString();
  must(await customers.update({ id, from, to: { phone: '2', postalCode: '02111' } }, 'sync-5:1'));
  await sdk.customers.update(id, { phone: '3' });
  const tell = async (key: string) => must(await customers.heldBefore({ id, key, since }));
  expect([await tell('sync-5'), await tell('sync-6')]).toEqual([from, null]);
});
