import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFaultPlan, startStripe } from '../../../scripts/sandbox/index.ts';
import { createClock } from '../../src/adapters/memory/clock.ts';
import { createStripeClient, createStripeSdk } from '../../src/adapters/stripe/client.ts';
import { createHistory } from '../../src/adapters/stripe/history.ts';
import type { PastInvoice } from '../../src/domain/first-load/past.ts';
import { done } from '../../src/domain/outcome.ts';
import { createMetrics } from '../../src/platform/metrics.ts';
import { Secret } from '../../src/platform/secret.ts';
import type { History, PastPage } from '../../src/ports/history.ts';
import { createStillClock } from '../first-load/still-clock.ts';
import { writersOf } from '../first-load/past-writers.ts';
import { must } from './must.ts';

// The history port over the real SDK, where Stripe's order and dates are in its way.

const DAY = 86_400_000;
const clock = createStillClock(createClock().now());
let stripe: Awaited<ReturnType<typeof startStripe>>;
let sdk: ReturnType<typeof createStripeSdk>;
let history: History;
let write: ReturnType<typeof writersOf>['stripe'];
let customer: string;

beforeAll(async () => {
  stripe = await startStripe({ clock, faults: createFaultPlan(1) });
  sdk = createStripeSdk(new Secret(stripe.secretKey), stripe.baseUrl);
  const client = createStripeClient({ sdk, bucket: 'stripe:test', budgets: { take: async () => true }, metrics: createMetrics() });
  history = createHistory(client, { base: 'https://dashboard.stripe.com', live: false }, async () => done('America/Los_Angeles'));
  write = writersOf({ stripe } as never).stripe;
  customer = await write.customer('Acme Rockets', 'ann@acme.example');
});
afterAll(async () => {
  await stripe?.stop();
  clock.stop();
});

const today = () => new Date(clock.now()).toISOString().slice(0, 10);
const at = (days: number) => clock.advance(days * DAY);
async function numbersOf(since: string | null): Promise<(string | null)[]> {
  const { records, next } = must(await history.listInvoices({ since, cursor: null }));
  expect(next).toBeNull();
  return records.map(({ number }) => number);
}

it('goes by the date of a document: a draft of the month before that was finalized on the day is of that day', async () => {
  const early = await write.invoice(customer, 1_000, { number: 'EARLY', then: 'draft' });
  await write.invoice(customer, 1_000, { number: 'BEFORE', then: 'open' });
  await at(40);
  const since = today();
  await sdk.invoices.finalizeInvoice(early);
  await write.invoice(customer, 1_000, { number: 'AFTER', then: 'open' });
  expect(await numbersOf(since)).toEqual(['AFTER', 'EARLY']);
  expect(must(await history.count('stripe-invoices', { since }))).toEqual({ records: 2, estimated: false });
  expect(await numbersOf(null)).toHaveLength(3);
});

it('goes by the date of a payment: what was paid on the day is of that day, however old its invoice is', async () => {
  await write.invoice(customer, 5_000, { number: 'PAID-BEFORE', then: 'paid' });
  const invoice = await sdk.invoices.retrieve(await write.invoice(customer, 7_000, { number: 'PAID-LATE', then: 'open' }));
  await at(45);
  const since = today();
  await write.pay(invoice.id);
  const { records } = must(await history.listPayments({ since, cursor: null }));
  expect(records.map(({ amount }) => amount)).toEqual([7_000]);
  expect(must(await history.count('stripe-payments', { since }))).toEqual({ records: 1, estimated: false });
});

it('goes on where the record of its place was deleted meanwhile, with none twice and none left out', async () => {
  await at(1);
  const draft = await write.invoice(customer, 1_000, { number: 'DRAFT-0', then: 'draft' });
  const { invoices } = stripe.engine.db;
  const asDraft = invoices.get(draft);
  if (!asDraft) throw new Error('no template');
  // Every three of one second.
  for (let index = 1; index < 250; index += 1)
    invoices.put({ ...asDraft, id: `${draft}${index}`, number: `DRAFT-${index}`, created: asDraft.created + Math.floor(index / 3) });
  const all = (await sdk.invoices.list({ limit: 100 }).autoPagingToArray({ limit: 1000 })).map(({ id }) => id);

  const read: string[] = [];
  let [cursor, gone]: [string | null, number] = [null, 0];
  do {
    const page: PastPage<PastInvoice> = must(await history.listInvoices({ since: null, cursor }));
    read.push(...page.records.map(({ id }) => id));
    cursor = page.next;
    // The last two that were read: also the one before is no place any more.
    for (const id of read.slice(-2)) if (cursor !== null && (await sdk.invoices.del(id)).deleted) gone += 1;
  } while (cursor !== null);
  expect(gone).toBe(4);
  expect(read).toEqual(all);
});
