import { createHmac } from 'node:crypto';
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
const COMPANY_HOLDS = 24;

/** What the three systems hold of an invoice that was paid once. */
export const PAID = { salesforce: ['Paid', 10_000, 0, 1, null], stripe: ['paid', 10_000], quickbooks: [0, 1, [100]] };

export interface Orders {
  /** Every nth of the 720 orders, each on an invoice of its own with every other event twice. */
  play(every: number): AsyncGenerator<{ order: readonly string[]; state: object }>;
  /** One event, delivered so often at once: how many were new, and what came of it. */
  playAtOnce(times: number): Promise<{ news: number; state: object }>;
  close(): void;
}

interface Paid {
  stripeInvoiceId: string;
  invoiceId: string;
  /** Bodies as Stripe sends them, by type. */
  bodies: Map<string, string>;
}

export function createOrders(): Orders {
  const verifier = createStripeVerifier([new Secret(SECRET)], { live: false });
  let company = openCompany();
  let serial = 0;

  async function settle(paid: Paid): Promise<object> {
    await drain(company.deps);
    await company.idle();
    return stateOf(company, paid);
  }
  return {
    async *play(every) {
      for (const [tried, order] of [...permutations(SIX)].filter((_, index) => index % every === 0).entries()) {
        if (tried > 0 && tried % COMPANY_HOLDS === 0) {
          company.close();
          company = openCompany();
        }
        const paid = await payOne(company, (serial += 1));
        for (const [index, type] of order.entries()) {
          const body = bodyOf(paid, type);
          await deliver(company, verifier, body);
          // Some are worked on one by one, some together.
          if ((tried + index) % 3 === 0) await drain(company.deps);
          if ((tried + index) % 2 === 0) await deliver(company, verifier, body);
        }
        yield { order, state: await settle(paid) };
      }
    },
    async playAtOnce(times) {
      const paid = await payOne(company, (serial += 1));
      const body = bodyOf(paid, 'invoice.paid');
      const news = await Promise.all(Array.from({ length: times }, () => deliver(company, verifier, body)));
      await Promise.all(Array.from({ length: 10 }, () => drain(company.deps)));
      return { news: news.reduce((sum, each) => sum + each, 0), state: await settle(paid) };
    },
    close: () => company.close(),
  };
}

/** An invoice of its own, issued and paid by card; its webhooks are still to come. */
async function payOne(company: Company, serial: number): Promise<Paid> {
  const deal = company.sell({
    serial,
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

function bodyOf({ bodies }: Paid, type: string): string {
  const body = bodies.get(type);
  if (!body) throw new Error(`Stripe sent no ${type}, but ${[...bodies.keys()].join(', ')}`);
  return body;
}

async function deliver({ deps }: Company, verifier: ReturnType<typeof createStripeVerifier>, body: string): Promise<number> {
  const now = deps.clock.now();
  const seconds = Math.floor(now / 1000);
  const signature = `t=${seconds},v1=${createHmac('sha256', SECRET).update(`${seconds}.${body}`).digest('hex')}`;
  const call = { rawBody: Buffer.from(body), headers: { 'stripe-signature': signature }, receivedAt: now };
  const receipt = await takeStripeEvents({ inbox: deps.inbox, clock: deps.clock, verifier }, call);
  if (receipt.status !== 200) throw new Error(`The webhook answered ${receipt.status}.`);
  return receipt.news;
}

function stateOf(company: Company, { invoiceId, stripeInvoiceId }: Paid): object {
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

function* permutations<T>(of: readonly T[]): Generator<T[]> {
  if (of.length <= 1) return yield [...of];
  for (const [index, first] of of.entries())
    for (const rest of permutations([...of.slice(0, index), ...of.slice(index + 1)])) yield [first, ...rest];
}
