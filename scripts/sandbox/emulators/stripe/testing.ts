import Stripe from 'stripe';
import { createClock, createFaultPlan } from '../core/index.ts';
import { startStripe } from './index.ts';
import type { StripeOptions } from './index.ts';

/** A stand-in of its own with the real SDK pointed at it; for this folder's tests. */
export async function startForTest(options: Partial<StripeOptions> = {}) {
  const clock = options.clock ?? createClock();
  const faults = options.faults ?? createFaultPlan();
  const sandbox = await startStripe({ clock, faults, ...options });
  const { port } = new URL(sandbox.baseUrl);
  const stripe = new Stripe(sandbox.secretKey, { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
  const { customers, invoices } = stripe;

  /** A draft for a new customer, with the given lines. */
  const draft = async (lines: Stripe.InvoiceAddLinesParams.Line[], extra: Partial<Stripe.InvoiceCreateParams> = {}) => {
    const customer = await customers.create({ name: 'Acme', email: 'ap@acme.example' });
    const invoice = await invoices.create({ customer: customer.id, currency: 'usd', collection_method: 'send_invoice', days_until_due: 30, auto_advance: false, automatic_tax: { enabled: false }, ...extra });
    return lines.length ? invoices.addLines(invoice.id, { lines }) : invoice;
  };
  const open = async (amount = 10_000, extra: Partial<Stripe.InvoiceCreateParams> = {}) => invoices.finalizeInvoice((await draft([{ amount, description: 'Work' }], extra)).id);
  const typesSince = async (fn: () => Promise<unknown>) => {
    const before = (await stripe.events.list({ limit: 1 })).data[0];
    await fn();
    const events = await stripe.events.list({ limit: 100, ...(before ? { ending_before: before.id } : {}) });
    return events.data.map((event) => event.type as string).reverse();
  };
  /** Posts a form of the hosted page, redirects not followed. */
  const post = (url: string, form: Record<string, string>) => fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  const hosted = (invoice: Stripe.Invoice) => invoice.hosted_invoice_url!.split('?')[0]!;
  const stop = async () => {
    clock.stop();
    await sandbox.stop();
  };
  return { sandbox, stripe, clock, faults, draft, open, typesSince, post, hosted, stop };
}

/** The Stripe error that a call ends in. */
export async function refusal(call: Promise<unknown>): Promise<InstanceType<typeof Stripe.errors.StripeError>> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error;
    throw error;
  }
  throw new Error('The call was not refused.');
}
