import type Stripe from 'stripe';
import { addDays, dayInZone, startOfDay } from '../../domain/dates.ts';
import type { LoadObject } from '../../domain/first-load/load.ts';
import type { PastCustomer, PastInvoice, PastPayment } from '../../domain/first-load/past.ts';
import { type Outcome, done, mapOutcome } from '../../domain/outcome.ts';
import type { History, PageAsk, PastPage, PastRange } from '../../ports/history.ts';
import type { StripeClient } from './client.ts';
import { type CreatedRange, countByWindows } from './count-by-windows.ts';
import { type Listed, placeAfter, readPlace } from './place-in-list.ts';
import { type Dashboard, MARK, fromCustomer, fromInvoice, fromPaymentIntent, fromStripeAmount, idOf, iso } from './translate.ts';

const PAGE = 100;
/**
 * Stripe lists by when an object was created. An invoice is dated when it is finalized, a payment when it is made, both later than that:
 * those created so many days before the chosen one are asked for too, and left out if their own date is before it.
 */
const DATED_LATER = 91;

interface List<T> {
  data: T[];
  has_more: boolean;
}
type ListParams = { limit: number; starting_after?: string; created?: CreatedRange };
/** What is listed of a kind, and which date a document of it bears; customers bear none. */
interface Kind<T extends Listed> {
  list(sdk: Stripe, params: ListParams): Promise<List<T>>;
  datedAt?(object: T): number;
}

/** Expanded so that no second call is needed: what paid an invoice, and what became of a payment. */
const customers: Kind<Stripe.Customer> = { list: (sdk, params) => sdk.customers.list(params) };
const invoices: Kind<Stripe.Invoice> = {
  list: (sdk, params) => sdk.invoices.list({ ...params, expand: ['data.payments'] }),
  datedAt: invoicedAt,
};
const payments: Kind<Stripe.PaymentIntent> = {
  list: (sdk, params) => sdk.paymentIntents.list({ ...params, expand: ['data.latest_charge'] }),
  datedAt: ({ latest_charge: charge, created }) => (charge && typeof charge === 'object' ? charge.created : created),
};

/** Stripe behind the history port. `timeZone`: in which days are counted. */
export function createHistory({ call }: StripeClient, dashboard: Dashboard, timeZone: () => Promise<Outcome<string>>): History {
  const rangeOf = ({ since }: PastRange, { datedAt }: Pick<Kind<never>, 'datedAt'>, zone: string): CreatedRange =>
    datedAt && since !== null ? { gte: Math.floor(startOfDay(addDays(since, -DATED_LATER), zone) / 1000) } : {};
  const isWanted =
    <T extends Listed>({ since }: PastRange, { datedAt }: Kind<T>, zone: string) =>
    (object: T): boolean =>
      !datedAt || since === null || dayOf(datedAt(object), zone) >= since;

  async function count<T extends Listed>(object: LoadObject, range: PastRange, kind: Kind<T>) {
    const zone = await timeZone();
    if (zone.outcome !== 'done') return zone;
    const newest = (created: CreatedRange) => call('read', `${object}.count`, (sdk) => kind.list(sdk, { limit: PAGE, created }));
    return countByWindows(rangeOf(range, kind, zone.value), newest, isWanted(range, kind, zone.value));
  }

  async function list<T extends Listed, Past>(
    kind: Kind<T>,
    operation: string,
    ask: PageAsk,
    translate: (object: T, zone: string) => Past,
  ): Promise<Outcome<PastPage<Past>>> {
    const zone = await timeZone();
    if (zone.outcome !== 'done') return zone;
    const range = rangeOf(ask, kind, zone.value);
    const place = readPlace(ask.cursor);
    const page = (created: CreatedRange, after: { starting_after?: string }) =>
      call('read', operation, (sdk) => kind.list(sdk, { limit: PAGE, ...(isBounded(created) ? { created } : {}), ...after }));
    let answer = await page(range, place ? { starting_after: place.id } : {});
    // Nothing else is named in the call: it is the record of the cursor that was deleted meanwhile.
    if (place && answer.outcome === 'rejected' && answer.problem.provider?.code === 'resource_missing')
      answer = await page({ ...range, lte: place.created }, {});
    return mapOutcome(answer, ({ data, has_more }) => {
      const page: PastPage<Past> = { records: [], unreadable: [], next: has_more ? placeAfter(data, place) : null };
      const wanted = isWanted(ask, kind, zone.value);
      for (const object of data.filter((each) => !place?.seen.includes(each.id) && wanted(each))) {
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
      switch (object) {
        case 'stripe-customers':
          return count(object, range, customers);
        case 'stripe-invoices':
          return count(object, range, invoices);
        case 'stripe-payments':
          return count(object, range, payments);
        default:
          return done({ records: 0, estimated: false });
      }
    },
    listCustomers: (ask) => list(customers, 'customers.list', ask, (customer) => pastCustomer(customer, dashboard)),
    listInvoices: (ask) => list(invoices, 'invoices.list', ask, (invoice, zone) => pastInvoice(invoice, dashboard, zone)),
    listPayments: (ask) => list(payments, 'payment_intents.list', ask, (intent) => pastPayment(intent, dashboard)),
  };
}

const isBounded = (range: CreatedRange): boolean => Object.keys(range).length > 0;

function invoicedAt({ effective_at: effectiveAt, status_transitions: transitions, created }: Stripe.Invoice): number {
  return effectiveAt ?? transitions?.finalized_at ?? created;
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
    invoiceDate: day(invoicedAt(object)),
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
