import type { FastifyInstance } from 'fastify';
import { badge, details, html, link, renderPage, sendPage, table } from '../../core/index.ts';
import type { Collection, Content, Coverage, Deliverer } from '../../core/index.ts';
import { display } from '../currencies.ts';
import type { StripeEngine } from '../engine.ts';
import { formatEvent } from '../events.ts';
import { view } from '../views.ts';

const PRODUCT = 'Stripe sandbox';
const NAV = [
  { href: '/sandbox', label: 'Invoices' },
  { href: '/sandbox/customers', label: 'Customers' },
  { href: '/sandbox/payments', label: 'Payments' },
  { href: '/sandbox/products', label: 'Products' },
  { href: '/sandbox/events', label: 'Events' },
  { href: '/sandbox/deliveries', label: 'Webhook deliveries' },
  { href: '/sandbox/coverage', label: 'Coverage' },
  { href: '/sandbox/faults', label: 'Faults' },
];
/** Header and navigation of every page of this stand-in. */
export const FRAME = { product: PRODUCT, nav: NAV };
const ROWS = 50;

const time = (seconds: number) => new Date(seconds * 1000).toISOString().replace('T', ' ').slice(0, 19);
const tone = (state: string) =>
  ['paid', 'succeeded', 'delivered', 'active'].includes(state)
    ? 'good'
    : ['failed', 'void', 'uncollectible', 'lost', 'canceled'].includes(state)
      ? 'bad'
      : 'plain';
const state = (text: string) => badge(text, tone(text));
const json = (value: unknown) => html`<pre>${JSON.stringify(value, null, 2)}</pre>`;

/** The read-only pages under `/sandbox`, newest first, fifty rows each. */
export function addPages(
  app: FastifyInstance,
  { engine, webhooks, coverage }: { engine: StripeEngine; webhooks: Deliverer; coverage: Coverage },
): void {
  const { db } = engine;
  const page = (title: string, current: string, body: Content) => renderPage({ product: PRODUCT, title, nav: NAV, current, body });

  /** A list page with a link to older rows. */
  const listing = <T extends { id: string }>(
    path: string,
    title: string,
    collection: Collection<T>,
    columns: string[],
    row: (doc: T) => Content[],
    only: Parameters<Collection<T>['where']>[0] = {},
  ) =>
    app.get<{ Querystring: { after?: string } }>(path, (request, reply) => {
      const { after } = request.query;
      const rows = collection.where(only, { desc: true, limit: ROWS, ...(after ? { after } : {}) });
      const older =
        rows.length === ROWS ? html`<p class="pager">${link(`${path}?after=${encodeURIComponent(rows.at(-1)!.id)}`, 'Older')}</p>` : '';
      return sendPage(reply, page(title, path, [table(title, columns, rows.map(row)), older]));
    });
  const single = (path: string, current: string, body: (id: string) => Content | undefined) =>
    app.get<{ Params: { id: string } }>(`${path}/:id`, (request, reply) => {
      const { id } = request.params;
      const shown = body(id);
      return shown === undefined
        ? sendPage(reply, page('Not found', current, html`<p class="empty">There is no ${id}.</p>`), 404)
        : sendPage(reply, page(id, current, shown));
    });

  listing('/sandbox', 'Invoices', db.invoices, ['Number', 'Status', 'Customer', 'Total', 'Due', 'Paid', 'Created', 'Id'], (invoice) => [
    link(`/sandbox/invoices/${invoice.id}`, invoice.number ?? '(draft)'),
    state(invoice.status),
    link(`/sandbox/customers/${invoice.customer}`, invoice.customer_snapshot.name ?? invoice.customer),
    display(invoice.total, invoice.currency),
    display(invoice.amount_due, invoice.currency),
    display(invoice.amount_paid, invoice.currency),
    time(invoice.created),
    invoice.id,
  ]);
  single('/sandbox/invoices', '/sandbox', (id) => {
    const invoice = db.invoices.get(id);
    if (!invoice) return undefined;
    return [
      details([
        ['Number', invoice.number ?? ''],
        ['Status', state(invoice.status)],
        ['Total', display(invoice.total, invoice.currency)],
        ['Hosted page', invoice.token ? link(`/i/${invoice.token}`, 'Open') : ''],
        ['Customer', link(`/sandbox/customers/${invoice.customer}`, invoice.customer)],
      ]),
      html`<h2>Lines</h2>`,
      table(
        'Lines',
        ['Description', 'Quantity', 'Amount'],
        db.items.where({ invoice: id }).map((item) => [item.description ?? '', item.quantity_decimal, display(item.amount, item.currency)]),
      ),
      html`<h2>Payments</h2>`,
      table(
        'Payments',
        ['Payment', 'Status', 'Requested', 'Paid'],
        db.invoicePayments
          .where({ invoice: id })
          .map((payment) => [
            payment.payment_intent
              ? link(`/sandbox/payments/${payment.payment_intent}`, payment.payment_intent)
              : (payment.payment_record ?? ''),
            state(payment.status),
            display(payment.amount_requested, payment.currency),
            display(payment.amount_paid ?? 0, payment.currency),
          ]),
      ),
      html`<h2>Object</h2>`,
      json(view.invoice(engine.world, id)),
    ];
  });
  listing('/sandbox/customers', 'Customers', db.customers, ['Name', 'E-mail', 'Currency', 'Created', 'Id'], (customer) => [
    link(`/sandbox/customers/${customer.id}`, customer.name ?? customer.id),
    customer.email ?? '',
    customer.currency ?? '',
    time(customer.created),
    customer.id,
  ]);
  single('/sandbox/customers', '/sandbox/customers', (id) => (db.customers.get(id) ? json(view.customer(engine.world, id)) : undefined));
  listing('/sandbox/payments', 'Payments', db.intents, ['Payment', 'Status', 'Amount', 'Received', 'Charge', 'Created'], (intent) => [
    link(`/sandbox/payments/${intent.id}`, intent.id),
    state(intent.status),
    display(intent.amount, intent.currency),
    display(intent.amount_received, intent.currency),
    intent.latest_charge ?? '',
    time(intent.created),
  ]);
  single('/sandbox/payments', '/sandbox/payments', (id) => {
    if (!db.intents.get(id)) return undefined;
    const charges = db.charges.where({ payment_intent: id });
    return [
      json(view.payment_intent(engine.world, id)),
      ...charges.flatMap((charge) => [
        html`<h2>${charge.id}</h2>`,
        json(view.charge(engine.world, charge.id)),
        charge.balance_transaction ? json(view.balance_transaction(engine.world, charge.balance_transaction)) : '',
      ]),
    ];
  });
  listing(
    '/sandbox/products',
    'Products',
    db.products,
    ['Name', 'Status', 'Description', 'Product code', 'Created', 'Id'],
    (product) => [
      link(`/sandbox/products/${product.id}`, product.name),
      state(product.deleted ? 'deleted' : product.active ? 'active' : 'archived'),
      product.description ?? '',
      product.metadata['product_code'] ?? product.metadata['sku'] ?? '',
      time(product.created),
      product.id,
    ],
    { inline: false },
  );
  single('/sandbox/products', '/sandbox/products', (id) => {
    const product = db.products.get(id);
    return product && !product.deleted ? json(view.product(engine.world, id)) : undefined;
  });
  listing('/sandbox/events', 'Events', db.events, ['Type', 'Object', 'Created', 'Pending webhooks', 'Id'], (event) => [
    event.type,
    String(event.object['id'] ?? ''),
    time(event.created),
    event.pending_webhooks,
    link(`/sandbox/events/${event.id}`, event.id),
  ]);
  single('/sandbox/events', '/sandbox/events', (id) => {
    const event = db.events.get(id);
    return event && json(formatEvent(event));
  });
  listing(
    '/sandbox/deliveries',
    'Webhook deliveries',
    webhooks.deliveries,
    ['Event', 'Type', 'State', 'Attempts', 'Last answer', 'Next try', 'To'],
    (delivery) => {
      const last = delivery.attempts.at(-1);
      return [
        link(`/sandbox/events/${delivery.about['event'] ?? ''}`, delivery.about['event'] ?? ''),
        delivery.about['type'],
        state(delivery.state),
        delivery.attempts.length,
        last ? (last.status ?? last.error) : '',
        delivery.nextAt ? time(delivery.nextAt / 1000) : '',
        delivery.url,
      ];
    },
  );
  // The dashboard keeps test data under a prefix of its own: links into it work here too.
  app.get<{ Params: { '*': string } }>('/sandbox/test/*', (request, reply) => reply.redirect(`/sandbox/${request.params['*']}`));
  app.get('/sandbox/coverage', (_request, reply) => sendPage(reply, coverage.page(FRAME)));
}
