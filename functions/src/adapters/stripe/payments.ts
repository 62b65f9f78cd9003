import type Stripe from 'stripe';
import { type Outcome, done, mapOutcome, rejected } from '../../domain/outcome.ts';
import { createRecent } from '../../platform/recent.ts';
import type { DraftBody, Payments, StripeCustomer, StripeInvoice } from '../../ports/payments.ts';
import type { StripeClient } from './client.ts';
import { lostOf } from './mapped.ts';
import { type Paying, isOff, paidBy } from './paid-by.ts';
import { createProducts } from './products.ts';
import { stripeTargets } from './target-fields.ts';
import { type Dashboard, MARK, fromCustomer, fromInvoice, idOf, iso, toCustomerParams, toDraftParams, toLineParams } from './translate.ts';

const WITH_PAYMENTS = ['payments'];
/** Four levels, "data" among them, are the most that Stripe expands: not what the charge settled in. https://docs.stripe.com/api/expanding_objects */
const WITH_CHARGES = ['data.invoice', 'data.payment.payment_intent.latest_charge'];

/** Stripe behind the payments port. A request is made of the frozen body alone, so that a resend is the same request. */
export function createPayments(client: StripeClient, dashboard: Dashboard): Payments {
  const { call } = client;
  const customers = createRecent<StripeCustomer>();
  const invoiceOf = (outcome: Outcome<Stripe.Invoice>): Outcome<StripeInvoice> =>
    mapOutcome(outcome, (invoice) => fromInvoice(invoice, dashboard));
  const missing = (outcome: Outcome<unknown>): boolean =>
    outcome.outcome === 'rejected' && outcome.problem.provider?.code === 'resource_missing';

  /** The payments of an invoice with charge and settlement; one call each, none for an invoice nobody tried to pay. */
  const withPayments = async (invoice: Stripe.Invoice): Promise<Outcome<StripeInvoice>> => {
    const parts = await allPayments(invoice);
    if (parts.outcome !== 'done') return parts;
    const intents: Paying[] = [];
    for (const part of parts.value) {
      const reference = part.payment.payment_intent;
      if (!reference || isOff(part)) continue;
      const id = typeof reference === 'string' ? reference : reference.id;
      const intent = await call('read', 'payment_intents.retrieve', (sdk) =>
        sdk.paymentIntents.retrieve(id, { expand: ['latest_charge.balance_transaction'] }),
      );
      if (intent.outcome !== 'done') return intent;
      intents.push([part, intent.value]);
    }
    return done(paidBy(invoice, intents, dashboard));
  };

  /** Stripe embeds ten payments; the rest is a page of its own. */
  const allPayments = async ({ id, payments }: Stripe.Invoice): Promise<Outcome<Stripe.InvoicePayment[]>> =>
    payments?.has_more
      ? call('read', 'invoice_payments.list', (sdk) =>
          sdk.invoicePayments.list({ invoice: id, limit: 100 }).autoPagingToArray({ limit: 1000 }),
        )
      : done(payments?.data ?? []);

  /** The same of lines. */
  const withAllLines = async (invoice: Stripe.Invoice): Promise<Outcome<Stripe.Invoice>> => {
    const last = invoice.lines.data.at(-1)?.id;
    if (!invoice.lines.has_more || !last) return done(invoice);
    const rest = await call('read', 'invoices.lines', (sdk) =>
      sdk.invoices.listLineItems(invoice.id, { limit: 100, starting_after: last }).autoPagingToArray({ limit: 1000 }),
    );
    return mapOutcome(rest, (lines) => ({
      ...invoice,
      lines: { ...invoice.lines, data: [...invoice.lines.data, ...lines], has_more: false },
    }));
  };

  /** `as`: what was sent; which of its mapped values are not held is told. */
  const withLost = (invoice: Parameters<typeof fromInvoice>[0], as?: DraftBody): StripeInvoice => {
    const lost = lostOf(as?.mapped, invoice);
    return { ...fromInvoice(invoice, dashboard), ...(lost.length > 0 ? { lost } : {}) };
  };

  const readInvoice = async (id: string): Promise<Outcome<StripeInvoice | null>> => {
    const read = await call('read', 'invoices.retrieve', (sdk) => sdk.invoices.retrieve(id, { expand: WITH_PAYMENTS }));
    if (missing(read)) return done(null);
    if (read.outcome !== 'done') return read;
    const whole = await withAllLines(read.value);
    return whole.outcome === 'done' ? withPayments(whole.value) : whole;
  };

  const readPaid = async (id: string): Promise<Outcome<StripeInvoice | null>> => {
    const listed = await call('read', 'invoice_payments.list', (sdk) =>
      sdk.invoicePayments.list({ invoice: id, limit: 100, expand: WITH_CHARGES }),
    );
    if (listed.outcome !== 'done') return missing(listed) ? done(null) : listed;
    const { data: parts, has_more: more } = listed.value;
    const invoice = parts[0]?.invoice;
    // Without payments the list does not tell of the invoice, and of many lines it tells ten.
    if (more || !invoice || typeof invoice === 'string' || invoice.deleted || invoice.lines.has_more) return readInvoice(id);
    const intents: Paying[] = [];
    for (const part of parts) {
      const intent = part.payment.payment_intent;
      if (!intent || isOff(part)) continue;
      if (typeof intent === 'string') return readInvoice(id);
      intents.push([part, intent]);
    }
    return done(paidBy({ ...invoice, payments: listed.value }, intents, dashboard));
  };

  /** When Stripe refuses a step because it was taken before, the invoice's own state is the answer. */
  const orAsItStands = async (
    refused: Outcome<StripeInvoice>,
    id: string,
    reached: (invoice: StripeInvoice) => boolean,
  ): Promise<Outcome<StripeInvoice>> => {
    if (refused.outcome !== 'rejected') return refused;
    const now = await readInvoice(id);
    if (now.outcome !== 'done') return refused;
    return now.value && reached(now.value) ? done(now.value) : refused;
  };

  return {
    targets: stripeTargets(),
    ...createProducts(client, dashboard),

    async readCustomer(id, believeMs = 0) {
      const known = customers.read(id, believeMs);
      if (known) return done(known);
      const read = await call('read', 'customers.retrieve', (sdk) => sdk.customers.retrieve(id));
      if (missing(read)) return done(null);
      if (read.outcome !== 'done') return read;
      if (read.value.deleted) return done(null);
      const customer = fromCustomer(read.value, dashboard);
      customers.keep(id, customer);
      return done(customer);
    },

    async findCustomers({ accountId, email }) {
      const found = new Map<string, Stripe.Customer>();
      // The list filters by exact e-mail; our own customers are found by search, whose lag is harmless here: a fresh
      // customer of ours is known by its link.
      const ours = await call('read', 'customers.search', (sdk) =>
        sdk.customers.search({ query: `metadata['${MARK.account}']:'${accountId}'`, limit: 10 }),
      );
      if (ours.outcome !== 'done') return ours;
      for (const customer of ours.value.data) found.set(customer.id, customer);
      if (email) {
        const byEmail = await call('read', 'customers.list', (sdk) => sdk.customers.list({ email, limit: 20 }));
        if (byEmail.outcome !== 'done') return byEmail;
        for (const customer of byEmail.value.data) found.set(customer.id, customer);
      }
      return done([...found.values()].map((customer) => fromCustomer(customer, dashboard)));
    },

    createCustomer: async (body, key) =>
      mapOutcome(
        await call('write', 'customers.create', (sdk) => sdk.customers.create(toCustomerParams(body), { idempotencyKey: key })),
        (customer) => fromCustomer(customer, dashboard),
      ),

    createDraft: async (body, key) => {
      const answer = await call('write', 'invoices.create', (sdk) => sdk.invoices.create(toDraftParams(body), { idempotencyKey: key }));
      return mapOutcome(answer, (invoice) => withLost(invoice, body));
    },

    async addLines({ stripeInvoiceId, currency, automaticTax, lines }, key) {
      const params = { lines: lines.map((line) => toLineParams(line, currency, automaticTax)) };
      const answer = await call('write', 'invoices.add_lines', (sdk) =>
        sdk.invoices.addLines(stripeInvoiceId, params, { idempotencyKey: key }),
      );
      // Stripe Tax decides per line, so all of them are needed then.
      return invoiceOf(answer.outcome === 'done' && automaticTax ? await withAllLines(answer.value) : answer);
    },

    setNumber: async ({ stripeInvoiceId, number }, key) =>
      invoiceOf(await call('write', 'invoices.update', (sdk) => sdk.invoices.update(stripeInvoiceId, { number }, { idempotencyKey: key }))),

    async finalize({ stripeInvoiceId }, key) {
      const answer = await call('write', 'invoices.finalize', (sdk) =>
        sdk.invoices.finalizeInvoice(stripeInvoiceId, { auto_advance: false }, { idempotencyKey: key }),
      );
      return orAsItStands(invoiceOf(answer), stripeInvoiceId, (invoice) => invoice.status === 'open' || invoice.status === 'paid');
    },

    send: async ({ stripeInvoiceId }, key) =>
      invoiceOf(await call('write', 'invoices.send', (sdk) => sdk.invoices.sendInvoice(stripeInvoiceId, {}, { idempotencyKey: key }))),

    async voidInvoice({ stripeInvoiceId }, key) {
      const answer = await call('write', 'invoices.void', (sdk) => sdk.invoices.voidInvoice(stripeInvoiceId, {}, { idempotencyKey: key }));
      if (answer.outcome !== 'rejected') return invoiceOf(answer);
      const now = await readInvoice(stripeInvoiceId);
      if (now.outcome === 'done' && now.value?.status === 'void') return done(now.value);
      if (now.outcome === 'done' && now.value?.processing) {
        return rejected({
          code: 'payment-processing',
          severity: 'error',
          message: 'A payment of this invoice is under way at Stripe.',
          action: 'Wait until it succeeded or failed; then void the invoice or refund the payment.',
          ...(answer.problem.provider ? { provider: answer.problem.provider } : {}),
        });
      }
      return answer;
    },

    async deleteDraft({ stripeInvoiceId }, key) {
      const answer = await call('write', 'invoices.delete', (sdk) => sdk.invoices.del(stripeInvoiceId, {}, { idempotencyKey: key }));
      if (missing(answer)) return done(null);
      return mapOutcome(answer, () => null);
    },

    payOutOfBand: async ({ stripeInvoiceId }, key) =>
      invoiceOf(
        await call('write', 'invoices.pay', (sdk) =>
          sdk.invoices.pay(stripeInvoiceId, { paid_out_of_band: true }, { idempotencyKey: key }),
        ),
      ),

    readInvoice,
    readPaid,

    async findInvoices({ customerId, invoiceId, createdFrom, as }) {
      const gte = Math.floor(Date.parse(createdFrom) / 1000);
      const listed = await call('read', 'invoices.list', (sdk) =>
        sdk.invoices.list({ customer: customerId, created: { gte }, limit: 100 }).autoPagingToArray({ limit: 1000 }),
      );
      return mapOutcome(listed, (invoices) =>
        invoices.filter((invoice) => invoice.metadata?.[MARK.invoice] === invoiceId).map((invoice) => withLost(invoice, as)),
      );
    },

    async wasSent(stripeInvoiceId, since) {
      const gte = Math.floor(Date.parse(since) / 1000) - 1;
      const events = await call('read', 'events.list', (sdk) =>
        sdk.events.list({ type: 'invoice.sent', created: { gte }, limit: 100 }).autoPagingToArray({ limit: 1000 }),
      );
      return mapOutcome(events, (list) => list.some((event) => (event.data.object as { id?: string }).id === stripeInvoiceId));
    },

    async findInvoicesOf({ type, id }) {
      if (type === 'invoice') {
        const read = await readInvoice(id);
        return mapOutcome(read, (invoice) => (invoice ? [{ stripeInvoiceId: invoice.id, invoiceId: invoice.invoiceId }] : []));
      }
      if (type === 'credit_note') return ofCreditNote(id);
      const payment = type === 'payment_intent' ? id : await intentOf(type, id);
      if (typeof payment !== 'string') return payment ?? done([]);
      const parts = await call('read', 'invoice_payments.list', (sdk) =>
        sdk.invoicePayments.list({ payment: { type: 'payment_intent', payment_intent: payment }, limit: 100 }),
      );
      return mapOutcome(parts, (list) =>
        [...new Set(list.data.map((part) => (typeof part.invoice === 'string' ? part.invoice : part.invoice.id)))].map(
          (stripeInvoiceId) => ({ stripeInvoiceId, invoiceId: null }),
        ),
      );
    },

    async listInvoices({ createdFrom, createdTo, cursor }) {
      const gte = Math.floor(Date.parse(createdFrom) / 1000);
      const created = createdTo === undefined ? { gte } : { gte, lte: Math.ceil(Date.parse(createdTo) / 1000) };
      const listed = await call('read', 'invoices.list', (sdk) =>
        sdk.invoices.list({ created, limit: 100, expand: ['data.payments'], ...(cursor ? { starting_after: cursor } : {}) }),
      );
      if (listed.outcome !== 'done') return listed;
      const invoices: StripeInvoice[] = [];
      for (const invoice of listed.value.data) {
        const full = await withPayments(invoice);
        if (full.outcome !== 'done') return full;
        invoices.push(full.value);
      }
      return done({ invoices, next: listed.value.has_more ? (listed.value.data.at(-1)?.id ?? null) : null });
    },

    async listBriefly({ createdFrom, cursor }) {
      const gte = Math.floor(Date.parse(createdFrom) / 1000);
      const listed = await call('read', 'invoices.list', (sdk) =>
        sdk.invoices.list({ created: { gte }, limit: 100, ...(cursor ? { starting_after: cursor } : {}) }),
      );
      return mapOutcome(listed, ({ data, has_more }) => ({
        invoices: data.map((invoice) => ({
          ...fromInvoice(invoice, dashboard),
          effectiveAt: iso(invoice.effective_at ?? invoice.created),
        })),
        next: has_more ? (data.at(-1)?.id ?? null) : null,
      }));
    },
  };

  /** By our mark: Salesforce learns the invoice's id in Stripe at the end of the issue only, and a credit may be void again before. */
  async function ofCreditNote(id: string): ReturnType<Payments['findInvoicesOf']> {
    const note = await call('read', 'credit_notes.retrieve', (sdk) => sdk.creditNotes.retrieve(id, { expand: ['invoice'] }));
    if (missing(note)) return done([]);
    return mapOutcome(note, ({ invoice }) => {
      const mark = typeof invoice === 'string' ? undefined : invoice.metadata?.[MARK.invoice];
      return [{ stripeInvoiceId: idOf(invoice) ?? '', invoiceId: mark ?? null }];
    });
  }

  /** The payment intent behind a charge, a refund, a dispute or an invoice payment; an outcome when it cannot be said. */
  async function intentOf(type: string, id: string): Promise<string | Outcome<never[]> | undefined> {
    const known: Record<string, (sdk: Stripe) => Promise<string | null>> = {
      charge: async (sdk) => idOf((await sdk.charges.retrieve(id)).payment_intent),
      refund: async (sdk) => idOf((await sdk.refunds.retrieve(id)).payment_intent),
      dispute: async (sdk) => idOf((await sdk.disputes.retrieve(id)).payment_intent),
      invoice_payment: async (sdk) => idOf((await sdk.invoicePayments.retrieve(id)).payment.payment_intent),
    };
    const how = known[type === 'invoicepayment' ? 'invoice_payment' : type];
    if (!how) return undefined;
    const intent = await call('read', `${type}s.retrieve`, how);
    if (intent.outcome !== 'done') return missing(intent) ? undefined : intent;
    return intent.value ?? undefined;
  }
}
