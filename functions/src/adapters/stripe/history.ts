import type Stripe from 'stripe';
import { dayInZone, startOfDay } from '../../domain/dates.ts';
import type { LoadObject } from '../../domain/first-load/load.ts';
import type { PastCustomer, PastInvoice, PastPayment } from '../../domain/first-load/past.ts';
import { type Outcome, done, mapOutcome } from '../../domain/outcome.ts';
import type { History, PageAsk, PastPage, PastRange } from '../../ports/history.ts';
import type { StripeClient } from './client.ts';
import { type CreatedRange, countByWindows } from './count-by-windows.ts';
import { type Dashboard, MARK, fromCustomer, fromInvoice, fromPaymentIntent, fromStripeAmount, idOf, iso } from './translate.ts';

const PAGE = 100;

interface List<T> {
  data: T[];
  has_more: boolean;
}
type ListParams = { limit: number; starting_after?: string; created?: CreatedRange };
type ListOf<T> = (sdk: Stripe, params: ListParams) => Promise<List<T>>;

/** Expanded so that no second call is needed: what paid an invoice, and what became of a payment. */
const customers: ListOf<Stripe.Customer> = (sdk, params) => sdk.customers.list(params);
const invoices: ListOf<Stripe.Invoice> = (sdk, params) => sdk.invoices.list({ ...params, expand: ['data.payments'] });
const payments: ListOf<Stripe.PaymentIntent> = (sdk, params) => sdk.paymentIntents.list({ ...params, expand: ['data.latest_charge'] });

const LISTS: Partial<Record<LoadObject, ListOf<{ id: string; created: number }>>> = {
  'stripe-customers': customers,
  'stripe-invoices': invoices,
  'stripe-payments': payments,
};

/** Stripe behind the history port. `timeZone`: in which days are counted. */
export function createHistory({ call }: StripeClient, dashboard: Dashboard, timeZone: () => Promise<Outcome<string>>): History {
  const rangeOf = ({ since }: PastRange, dated: boolean, zone: string): CreatedRange =>
    dated && since !== null ? { gte: Math.floor(startOfDay(since, zone) / 1000) } : {};

  async function list<T extends { id: string }, Past>(
    { of, operation, dated }: { of: ListOf<T>; operation: string; dated: boolean },
    ask: PageAsk,
    translate: (object: T, zone: string) => Past,
  ): Promise<Outcome<PastPage<Past>>> {
    const zone = await timeZone();
    if (zone.outcome !== 'done') return zone;
    const created = rangeOf(ask, dated, zone.value);
    const answer = await call('read', operation, (sdk) =>
      of(sdk, {
        limit: PAGE,
        ...(created.gte === undefined ? {} : { created }),
        ...(ask.cursor === null ? {} : { starting_after: ask.cursor }),
      }),
    );
    return mapOutcome(answer, ({ data, has_more }) => {
      const page: PastPage<Past> = { records: [], unreadable: [], next: has_more ? (data.at(-1)?.id ?? null) : null };
      for (const object of data) {
        try {
          page.records.push(translate(object, zone.value));
        } catch (error) {
          page.unreadable.push({ id: object.id, why: error instanceof Error ? error.message : String(error) });
        }
      }
      return page;
    });
  }

  return {
    async count(object, range) {
      const of = LISTS[object];
      if (!of) return done({ records: 0, estimated: false });
      const zone = await timeZone();
      if (zone.outcome !== 'done') return zone;
      const created = rangeOf(range, object !== 'stripe-customers', zone.value);
      return countByWindows(created, (within) => call('read', `${object}.count`, (sdk) => of(sdk, { limit: PAGE, created: within })));
    },
    listCustomers: (ask) =>
      list({ of: customers, operation: 'customers.list', dated: false }, ask, (customer) => pastCustomer(customer, dashboard)),
    listInvoices: (ask) =>
      list({ of: invoices, operation: 'invoices.list', dated: true }, ask, (invoice, zone) => pastInvoice(invoice, dashboard, zone)),
    listPayments: (ask) =>
      list({ of: payments, operation: 'payment_intents.list', dated: true }, ask, (intent) => pastPayment(intent, dashboard)),
  };
}

function pastCustomer(object: Stripe.Customer, dashboard: Dashboard): PastCustomer {
  const { id, name, email, phone, address, accountId, currency, url } = fromCustomer(object, dashboard);
  return { ...{ id, email, phone, address, accountId, currency, url }, name: name ?? email ?? id, active: true };
}

function pastInvoice(object: Stripe.Invoice, dashboard: Dashboard, timeZone: string): PastInvoice {
  const { id, customerId, number, status, currency, total, tax, amountRemaining, invoiceId, hostedUrl, pdfUrl, url } = fromInvoice(
    object,
    dashboard,
  );
  const day = (seconds: number) => dayOf(seconds, timeZone);
  return {
    ...{ system: 'stripe', id, customerId, number, currency, total, tax, invoiceId, url },
    status: status === 'open' || status === 'paid' ? 'issued' : status,
    balance: amountRemaining,
    invoiceDate: day(object.effective_at ?? object.status_transitions?.finalized_at ?? object.created),
    dueDate: object.due_date ? day(object.due_date) : null,
    memo: object.description ?? null,
    email: object.customer_email ?? null,
    payLink: hostedUrl,
    pdfLink: pdfUrl,
    syncToken: null,
    paidBy: (object.payments?.data ?? []).flatMap(({ payment, amount_paid: paid }) => {
      const paymentId = idOf(payment.payment_intent);
      return paymentId && paid ? [{ paymentId, amount: fromStripeAmount(paid, currency) }] : [];
    }),
  };
}

function pastPayment(intent: Stripe.PaymentIntent, dashboard: Dashboard): PastPayment {
  const { id, chargeId, amount, currency, status, method, receivedAt, url } = fromPaymentIntent(intent, 0, dashboard);
  const neverTried = intent.status !== 'processing' && !intent.latest_charge;
  return {
    ...{ system: 'stripe', id, chargeId, amount, currency, method, receivedAt, url },
    customerId: idOf(intent.customer),
    status: neverTried ? 'never-paid' : status,
    name: id,
    ours: MARK.invoice in (intent.metadata ?? {}),
    pays: [],
  };
}

const dayOf = (seconds: number, timeZone: string): string => dayInZone(Date.parse(iso(seconds)), timeZone);
