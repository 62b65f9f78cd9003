import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { payInvoice } from '../../../scripts/sandbox/index.ts';
import { createStripeVerifier } from '../../src/adapters/stripe/verify-webhook.ts';
import { drain } from '../../src/inbox/drain.ts';
import { Secret } from '../../src/platform/secret.ts';
import { issueInvoice } from '../../src/use-cases/issue-invoice.ts';
import { takeStripeEvents } from '../../src/webhooks/stripe.ts';
import { type Company, REP, openCompany } from '../money/company.ts';
import type { MoneyCase } from '../money/generate.ts';
import { askStripe } from '../money/stripe-in-process.ts';

const SECRET = 'whsec_orders';
const CARD = '4242424242424242';
/** The events of one payment, as they come within one second. */
const SIX = [
  'payment_intent.succeeded',
  'charge.succeeded',
  'invoice_payment.paid',
  'invoice.updated',
  'invoice.paid',
  'invoice.payment_succeeded',
];
/** Its stores grow with each invoice: after so many a new one is opened. */
const COMPANIES_HOLD = 24;

let company: Company;
let serial = 0;
beforeAll(() => {
  company = openCompany();
});
afterAll(() => company?.close());

interface Paid {
  stripeInvoiceId: string;
  invoiceId: string;
  /** Bodies as Stripe sends them, by type. */
  bodies: Map<string, string>;
}

/** An invoice of its own, issued and paid by card; its webhooks are still to come. */
async function payOne(): Promise<Paid> {
  const deal = company.sell({
    serial: (serial += 1),
    currency: 'USD',
    taxRate: null,
    stripeTax: false,
    balance: 0,
    send: false,
    aim: 'any',
    lines: [{ quantity: '1', unitPrice: '100', discountPercent: null, hasProduct: true }],
  } as MoneyCase);
  const reply = await issueInvoice(company.deps, { sourceId: deal, draft: {}, waitMs: 1000 }, REP);
  if (reply.outcome !== 'done' || reply.value.outcome !== 'done') throw new Error(JSON.stringify(reply));
  const invoice = company.stripe.db.invoices.all().at(-1);
  if (!invoice) throw new Error('Stripe has no invoice.');
  const before = company.stripe.db.events.count();
  payInvoice(company.stripe, invoice, { method: 'card', number: CARD });
  const made = company.stripe.db.events.count() - before;
  const events = askStripe(company.stripe, 'GET', '/v1/events', { limit: String(made) })['data'] as { type: string }[];
  const bodies = new Map(events.map((event) => [event.type, JSON.stringify(event)]));
  return { stripeInvoiceId: invoice.id, invoiceId: reply.value.invoiceId ?? '', bodies };
}

const verifier = createStripeVerifier([new Secret(SECRET)], { live: false });

async function deliver(body: string): Promise<number> {
  const now = company.deps.clock.now();
  const seconds = Math.floor(now / 1000);
  const signature = `t=${seconds},v1=${createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex')}`;
  const call = { rawBody: Buffer.from(body), headers: { 'stripe-signature': signature }, receivedAt: now };
  const receipt = await takeStripeEvents({ inbox: company.deps.inbox, clock: company.deps.clock, verifier }, call);
  expect(receipt.status).toBe(200);
  return receipt.news;
}

/** What the three systems hold of it in the end. */
function stateOf({ invoiceId, stripeInvoiceId }: Paid): object {
  const invoice = company.org.invoices.get(invoiceId);
  const stripe = company.stripe.db.invoices.get(stripeInvoiceId);
  const document = company.quickbooks.books.get('Invoice', invoice?.quickbooksInvoiceId ?? '');
  const links = (document?.['LinkedTxn'] ?? []) as { TxnId: string }[];
  return {
    salesforce: [invoice?.status, invoice?.paid, invoice?.amountDue, invoice?.allocations.length, invoice?.problem],
    stripe: [stripe?.status, stripe?.amount_paid],
    quickbooks: [
      document?.['Balance'],
      links.length,
      links.map(({ TxnId }) => company.quickbooks.books.get('Payment', TxnId)?.['TotalAmt']),
    ],
  };
}

const PAID = { salesforce: ['Paid', 10_000, 0, 1, null], stripe: ['paid', 10_000], quickbooks: [0, 1, [100]] };

function* permutations<T>(of: readonly T[]): Generator<T[]> {
  if (of.length <= 1) return yield [...of];
  for (const [index, first] of of.entries())
    for (const rest of permutations([...of.slice(0, index), ...of.slice(index + 1)])) yield [first, ...rest];
}

describe('the six events of one payment', () => {
  test('in all 720 orders, each with duplicates, leave the same state in all three systems', { timeout: 300_000 }, async () => {
    let tried = 0;
    for (const order of permutations(SIX)) {
      if (tried > 0 && tried % COMPANIES_HOLD === 0) {
        company.close();
        company = openCompany();
      }
      const paid = await payOne();
      for (const [index, type] of order.entries()) {
        const body = paid.bodies.get(type);
        if (!body) throw new Error(`Stripe sent no ${type}, but ${[...paid.bodies.keys()].join(', ')}`);
        await deliver(body);
        // Some are worked on one by one, some together; every other one comes twice.
        if ((tried + index) % 3 === 0) await drain(company.deps);
        if ((tried + index) % 2 === 0) await deliver(body);
      }
      await drain(company.deps);
      await company.idle();
      expect(stateOf(paid), order.join(', ')).toEqual(PAID);
      tried += 1;
    }
    expect(tried).toBe(720);
  });

  test('one of them, delivered a hundred times at once, has one effect', async () => {
    const paid = await payOne();
    const body = paid.bodies.get('invoice.paid') ?? '';
    const news = await Promise.all(Array.from({ length: 100 }, () => deliver(body)));
    expect(news.reduce((sum, each) => sum + each, 0)).toBe(1);
    await Promise.all(Array.from({ length: 10 }, () => drain(company.deps)));
    await company.idle();
    expect(stateOf(paid)).toEqual(PAID);
  });
});
