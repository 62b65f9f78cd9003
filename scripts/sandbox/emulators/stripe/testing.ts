import { createClock, createFaultPlan } from '../core/index.ts';
import { startStripe } from './index.ts';
import type { StripeOptions } from './index.ts';

/** As much of the SDK as the helpers below use; the tests bring the SDK itself, so that this file knows no provider. */
interface Sdk {
  customers: { create(params: object): Promise<{ id: string }> };
  invoices: {
    create(params: object): Promise<{ id: string }>;
    addLines(id: string, params: { lines: object[] }): Promise<object>;
    finalizeInvoice(id: string): Promise<object>;
  };
  events: { list(params: object): Promise<{ data: { id: string; type: string }[] }> };
}

interface SdkClass<S> {
  new (key: string, config: { host: string; port: string; protocol: 'http'; telemetry: boolean; maxNetworkRetries: number }): S;
}

/** A stand-in of its own with the real SDK pointed at it; for this folder's tests. */
export async function startForTest<S extends Sdk>(StripeSdk: SdkClass<S>, options: Partial<StripeOptions> = {}) {
  type Invoice = Awaited<ReturnType<S['invoices']['addLines']>>;
  type Line = Parameters<S['invoices']['addLines']>[1]['lines'][number];
  type Draft = Partial<NonNullable<Parameters<S['invoices']['create']>[0]>>;

  const clock = options.clock ?? createClock();
  const faults = options.faults ?? createFaultPlan();
  const sandbox = await startStripe({ clock, faults, ...options });
  const { port } = new URL(sandbox.baseUrl);
  const stripe = new StripeSdk(sandbox.secretKey, { host: '127.0.0.1', port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });

  /** A draft for a new customer, with the given lines. */
  const draft = async (lines: Line[], extra: Draft = {}): Promise<Invoice> => {
    const customer = await stripe.customers.create({ name: 'Acme', email: 'ap@acme.example' });
    const invoice = await stripe.invoices.create({
      customer: customer.id,
      currency: 'usd',
      collection_method: 'send_invoice',
      days_until_due: 30,
      auto_advance: false,
      automatic_tax: { enabled: false },
      ...extra,
    });
    return (lines.length ? await stripe.invoices.addLines(invoice.id, { lines }) : invoice) as Invoice;
  };
  const open = async (amount = 10_000, extra: Draft = {}): Promise<Invoice> => {
    const { id } = (await draft([{ amount, description: 'Work' } as Line], extra)) as { id: string };
    return (await stripe.invoices.finalizeInvoice(id)) as Invoice;
  };
  /** Types of the events that came while `fn` ran, oldest first. */
  const typesSince = async (fn: () => Promise<unknown>) => {
    const before = (await stripe.events.list({ limit: 1 })).data[0];
    await fn();
    const events = await stripe.events.list({ limit: 100, ...(before ? { ending_before: before.id } : {}) });
    return events.data.map((event) => event.type).reverse();
  };
  /** Posts a form of the hosted page, redirects not followed. */
  const post = (url: string, form: Record<string, string>) =>
    fetch(url, { method: 'POST', body: new URLSearchParams(form), redirect: 'manual' });
  /** Calls a control route; throws what it refuses. */
  const control = async <R>(path: string, body: object): Promise<R> => {
    const answer = await fetch(`${sandbox.baseUrl}/__ctl/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as R;
  };
  const hosted = (invoice: { hosted_invoice_url?: string | null }) => invoice.hosted_invoice_url!.split('?')[0]!;
  const stop = async () => {
    clock.stop();
    await sandbox.stop();
  };
  return { sandbox, stripe, clock, faults, draft, open, typesSince, post, control, hosted, stop };
}

/** What the SDK makes of an error answer. */
export interface Refusal extends Error {
  statusCode?: number;
  code?: string;
  param?: string;
  decline_code?: string;
  headers?: Record<string, string>;
}

/** The SDK's error that a call ends in. */
export async function refusal(call: Promise<unknown>): Promise<Refusal> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && error.constructor.name.startsWith('Stripe')) return error;
    throw error;
  }
  throw new Error('The call was not refused.');
}
