import { done, rejected, type Outcome } from '../../domain/outcome.ts';
import type { StripeProduct } from '../../ports/products.ts';
import type { Payments, StripeCustomer, StripeInvoice, StripePayment } from '../../ports/payments.ts';
import type { MemoryClock } from './clock.ts';
import type { Faults } from './faults.ts';
import { createKeys, type Keys } from './idempotency.ts';
import { stripeTargets } from './mapping-targets.ts';
import { createProducts } from './products.ts';

/** A Stripe account in memory, with what a test needs to act as customer or clerk. */
export interface MemoryPayments extends Payments {
  customers: Map<string, StripeCustomer>;
  invoices: Map<string, StripeInvoice>;
  products: Map<string, StripeProduct>;
  /** Line key -> the product it was billed as; null: one of its own. */
  billedAs: Map<string, string | null>;
  /** Refund, dispute or credit note -> the invoice it belongs to. */
  objects: Map<string, string>;
  /** Every e-mail that went out: the invoice's id. */
  emails: string[];
  keys: Keys;
  /** The customer pays on the hosted page. */
  pay(stripeInvoiceId: string, options?: { amount?: number; status?: StripePayment['status']; id?: string }): StripePayment;
  /** What Stripe adds to a draft's total on its own: for mismatches. */
  quirks: { extraTax: number; numberOverride: string | null };
}

export function createPayments(clock: MemoryClock, faults: Faults): MemoryPayments {
  const customers = new Map<string, StripeCustomer>();
  const invoices = new Map<string, StripeInvoice>();
  const products = new Map<string, StripeProduct>();
  const billedAs = new Map<string, string | null>();
  const objects = new Map<string, string>();
  const sentAt = new Map<string, number>();
  const keys = createKeys();
  const emails: string[] = [];
  const quirks: MemoryPayments['quirks'] = { extraTax: 0, numberOverride: null };
  let serial = 0;
  const next = (prefix: string) => `${prefix}_${String((serial += 1)).padStart(8, '0')}`;
  const iso = () => new Date(clock.now()).toISOString();

  const get = (id: string): StripeInvoice => {
    const invoice = invoices.get(id);
    if (!invoice) throw new Error(`No Stripe invoice ${id}.`);
    return invoice;
  };
  const put = (invoice: StripeInvoice): Outcome<StripeInvoice> => {
    invoices.set(invoice.id, invoice);
    return done(structuredClone(invoice));
  };
  const write = <B, T>(point: string, body: B, key: string, act: () => Outcome<T>) =>
    faults.outcome(`payments.${point}`, () => keys.once(key, body, act));
  const read = <T>(point: string, act: () => T) => faults.outcome(`payments.${point}`, () => done(structuredClone(act())));

  return {
    targets: stripeTargets(),
    ...createProducts(products, keys, faults),
    customers,
    invoices,
    products,
    billedAs,
    objects,
    emails,
    keys,
    quirks,
    readCustomer: (id) => read('readCustomer', () => customers.get(id) ?? null),
    findCustomers: ({ accountId, email }) =>
      read('findCustomers', () =>
        [...customers.values()].filter((each) => each.accountId === accountId || (email !== null && each.email === email)),
      ),
    createCustomer: (body, key) =>
      write('createCustomer', body, key, () => {
        const customer: StripeCustomer = {
          id: next('cus'),
          name: body.name,
          email: body.email,
          phone: body.phone,
          address: body.address,
          accountId: body.accountId,
          currency: null,
          balance: 0,
          url: 'https://dashboard.stripe.com/customers/x',
        };
        customers.set(customer.id, customer);
        return done(structuredClone(customer));
      }),
    createDraft: (body, key) =>
      write('createDraft', body, key, () =>
        put({
          id: next('in'),
          invoiceId: body.invoiceId,
          customerId: body.customerId,
          number: body.number,
          status: 'draft',
          currency: body.currency,
          subtotal: 0,
          tax: 0,
          total: 0,
          amountDue: 0,
          amountPaid: 0,
          amountRemaining: 0,
          credited: 0,
          paidOutOfBand: false,
          lines: [],
          linesComplete: true,
          payments: [],
          processing: false,
          hostedUrl: null,
          pdfUrl: null,
          url: 'https://dashboard.stripe.com/invoices/x',
          createdAt: iso(),
        }),
      ),
    addLines: (body, key) =>
      write('addLines', body, key, () => {
        const refused = body.lines.find(({ stripeProductId: id }) => id !== null && !products.get(id)?.active);
        if (refused)
          return rejected({
            code: 'stripe-product-refused',
            severity: 'error',
            message: 'The product is archived.',
            action: 'Restore it.',
          });
        for (const line of body.lines) billedAs.set(line.lineKey, line.stripeProductId);
        const lines = body.lines.map((line) => ({ id: next('il'), lineKey: line.lineKey, amount: line.amount, tax: line.tax }));
        const subtotal = lines.reduce((all, line) => all + line.amount, 0);
        const tax = lines.reduce((all, line) => all + line.tax, 0) + quirks.extraTax;
        const draft = get(body.stripeInvoiceId);
        const amountDue = Math.max(subtotal + tax + (customers.get(draft.customerId)?.balance ?? 0), 0);
        return put({ ...draft, lines, subtotal, tax, total: subtotal + tax, amountDue });
      }),
    setNumber: (body, key) => write('setNumber', body, key, () => put({ ...get(body.stripeInvoiceId), number: body.number })),
    finalize: (body, key) =>
      write('finalize', body, key, () => {
        const draft = get(body.stripeInvoiceId);
        if (draft.status !== 'draft') return done(structuredClone(draft));
        const balance = customers.get(draft.customerId)?.balance ?? 0;
        const due = Math.max(draft.total + balance, 0);
        return put({
          ...draft,
          number: quirks.numberOverride ?? draft.number,
          status: due === 0 ? 'paid' : 'open',
          amountDue: due,
          amountRemaining: due,
          hostedUrl: `https://invoice.stripe.com/i/${draft.id}`,
          pdfUrl: `https://pay.stripe.com/${draft.id}/pdf`,
        });
      }),
    send: (body, key) =>
      write('send', body, key, () => {
        if (get(body.stripeInvoiceId).status === 'void')
          return rejected({
            code: 'stripe-refused',
            severity: 'error',
            message: 'Stripe did not accept this: You cannot send an invoice that has been voided.',
            action: 'Nothing to do.',
          });
        emails.push(body.stripeInvoiceId);
        sentAt.set(body.stripeInvoiceId, clock.now());
        return done(structuredClone(get(body.stripeInvoiceId)));
      }),
    voidInvoice: (body, key) =>
      write('voidInvoice', body, key, () => {
        const invoice = get(body.stripeInvoiceId);
        if (invoice.processing)
          return rejected({
            code: 'payment-processing',
            severity: 'error',
            message: 'A payment for this invoice is being processed.',
            action: 'Wait until it has arrived or failed.',
          });
        return put({ ...invoice, status: 'void', amountRemaining: 0 });
      }),
    deleteDraft: (body, key) =>
      write('deleteDraft', body, key, () => {
        invoices.delete(body.stripeInvoiceId);
        return done(null);
      }),
    payOutOfBand: (body, key) =>
      write('payOutOfBand', body, key, () =>
        put({ ...get(body.stripeInvoiceId), status: 'paid', paidOutOfBand: true, amountRemaining: 0 }),
      ),
    readInvoice: (id) => read('readInvoice', () => invoices.get(id) ?? null),
    readPaid: (id) =>
      read('readPaid', () => {
        const held = invoices.get(id);
        return held
          ? { ...held, payments: held.payments.map((each) => ({ ...each, settlementCurrency: null, settledAmount: null })) }
          : null;
      }),
    findInvoices: ({ customerId, invoiceId, createdFrom }) =>
      read('findInvoices', () =>
        [...invoices.values()].filter(
          (each) => each.customerId === customerId && each.invoiceId === invoiceId && each.createdAt >= createdFrom,
        ),
      ),
    wasSent: (id, since) => read('wasSent', () => (sentAt.get(id) ?? -1) >= Date.parse(since)),
    findInvoicesOf: ({ type, id }) =>
      read('findInvoicesOf', () =>
        [...invoices.values()]
          .filter((each) =>
            type === 'invoice' || objects.has(id)
              ? each.id === (objects.get(id) ?? id)
              : each.payments.some((payment) => payment.id === id || payment.chargeId === id),
          )
          .map((each) => ({ stripeInvoiceId: each.id, invoiceId: each.invoiceId })),
      ),
    listInvoices: ({ createdFrom, createdTo = '9' }) =>
      read('listInvoices', () => ({
        invoices: [...invoices.values()].filter((each) => each.createdAt >= createdFrom && each.createdAt <= createdTo),
        next: null,
      })),
    listBriefly: () =>
      read('listBriefly', () => ({
        invoices: [...invoices.values()].map((each) => ({ ...each, effectiveAt: each.createdAt })),
        next: null,
      })),
    pay: (id, { amount, status = 'Succeeded', id: paymentId } = {}) => {
      const invoice = get(id);
      const paid = amount ?? invoice.amountRemaining;
      const payment: StripePayment = {
        id: paymentId ?? next('pi'),
        chargeId: next('ch'),
        amount: paid,
        currency: invoice.currency,
        allocated: status === 'Succeeded' ? paid : 0,
        status,
        method: 'card',
        receivedAt: iso(),
        settlementCurrency: invoice.currency,
        settledAmount: paid,
        url: 'https://dashboard.stripe.com/payments/x',
      };
      const remaining = status === 'Succeeded' ? invoice.amountRemaining - paid : invoice.amountRemaining;
      put({
        ...invoice,
        payments: [...invoice.payments.filter((each) => each.id !== payment.id), payment],
        amountRemaining: remaining,
        amountPaid: invoice.amountDue - remaining,
        status: remaining === 0 ? 'paid' : 'open',
        processing: status === 'Processing',
      });
      return payment;
    },
  };
}
