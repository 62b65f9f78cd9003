import { checkCurrency } from '../catalogue.ts';
import { isRunning } from '../discounts/discounts.ts';
import type { Invoice } from '../entities.ts';
import { invalid } from '../errors.ts';
import { formatLine } from '../formatters-invoice.ts';
import { blankInvoice, setCustomerCurrency } from '../invoice-blank.ts';
import { readDraftFields, refuseFinalizedChange } from '../invoice-draft.ts';
import { recount, saveInvoice } from '../invoice-life.ts';
import { MOST_LINES } from '../lines.ts';
import { inRange, listPage } from '../pagination.ts';
import { searchPage } from '../search.ts';
import { need, view } from '../views.ts';
import type { Call, Route } from '../world.ts';

const FIELDS = [
  'auto_advance',
  'automatic_tax',
  'automatically_finalizes_at',
  'collection_method',
  'custom_fields',
  'days_until_due',
  'default_payment_method',
  'default_tax_rates',
  'description',
  'discounts',
  'due_date',
  'effective_at',
  'footer',
  'issuer',
  'metadata',
  'number',
  'payment_settings',
  'rendering',
  'statement_descriptor',
];
/** A draft with `auto_advance` is finalized about an hour after it was made. https://docs.stripe.com/invoicing/integration/automatic-advancement-collection */
const HOUR = 3600;

function create(call: Call) {
  const { world, params } = call;
  const id = params['customer'] as string | undefined;
  if (id === undefined) throw invalid('Missing required param: customer.', { code: 'parameter_missing', param: 'customer' });
  const customer = need(world.db.customers, 'customer', id, 'customer');
  const currency = checkCurrency((params['currency'] as string | undefined) ?? customer.currency ?? 'usd', 'currency');
  const now = world.now();
  const blank = blankInvoice(world, customer, currency);
  if (params['discounts'] === undefined && customer.discount && isRunning(world, customer.discount)) blank.discounts = [customer.discount];
  const invoice = readDraftFields(world, blank, params);
  if (invoice.collection_method === 'send_invoice' && invoice.due_date === null) {
    throw invalid('When `collection_method` is `send_invoice`, you must specify `days_until_due` or `due_date`.', {
      code: 'parameter_missing',
      param: 'days_until_due',
    });
  }
  if (invoice.auto_advance) {
    invoice.automatically_finalizes_at ??= now + HOUR;
    world.later('finalize-invoice', invoice.automatically_finalizes_at, invoice.id);
  }
  world.db.invoices.put(invoice);
  if (params['pending_invoice_items_behavior'] === 'include') takePendingItems(call, invoice);
  world.db.invoices.put(recount(world, invoice));
  setCustomerCurrency(world, customer.id, currency);
  world.emit('invoice.created', view.invoice(world, invoice.id));
  return view.invoice(world, invoice.id);
}

function takePendingItems({ world }: Call, invoice: Invoice): void {
  const pending = world.db.items.where({ customer: invoice.customer, invoice: null, currency: invoice.currency }, { limit: MOST_LINES });
  for (const item of pending) world.db.items.put({ ...item, invoice: invoice.id });
}

function update({ world, ids, params }: Call) {
  const invoice = need(world.db.invoices, 'invoice', ids[0]!);
  const before = view.invoice(world, invoice.id);
  if (invoice.status !== 'draft') refuseFinalizedChange(params);
  const read = readDraftFields(world, invoice, params);
  const changed = params['default_tax_rates'] === undefined && params['discounts'] === undefined ? read : recount(world, read);
  if (changed.status === 'draft' && changed.auto_advance !== invoice.auto_advance) {
    changed.automatically_finalizes_at = changed.auto_advance ? world.now() + HOUR : null;
    if (changed.automatically_finalizes_at === null) world.noLater('finalize-invoice', invoice.id);
    else world.later('finalize-invoice', changed.automatically_finalizes_at, invoice.id);
  }
  saveInvoice(world, changed, before);
  return view.invoice(world, invoice.id);
}

function remove({ world, ids }: Call) {
  const invoice = need(world.db.invoices, 'invoice', ids[0]!);
  if (invoice.status !== 'draft') throw invalid('You can only delete draft invoices.', { code: 'invoice_not_editable' });
  world.noLater('finalize-invoice', invoice.id);
  world.emit('invoice.deleted', view.invoice(world, invoice.id));
  for (const item of world.db.items.where({ invoice: invoice.id })) world.db.items.delete(item.id);
  world.db.invoices.delete(invoice.id);
  return { id: invoice.id, object: 'invoice', deleted: true };
}

function list({ world, params }: Call) {
  const criteria: Partial<Invoice> = {};
  if (params['customer'] !== undefined) criteria.customer = params['customer'] as string;
  if (params['status'] !== undefined) criteria.status = params['status'] as Invoice['status'];
  if (params['subscription'] !== undefined) criteria.subscription = params['subscription'] as string;
  if (params['collection_method'] !== undefined) criteria.collection_method = params['collection_method'] as Invoice['collection_method'];
  const filter = (invoice: Invoice) =>
    params['due_date'] === undefined || (invoice.due_date !== null && inRange(invoice.due_date, params['due_date']));
  return listPage(world.db.invoices, { url: '/v1/invoices', kind: 'invoice', params, criteria, filter }, (invoice) =>
    view.invoice(world, invoice.id),
  );
}

export const invoices: Route[] = [
  { method: 'POST', path: '/v1/invoices', takes: ['customer', 'currency', 'pending_invoice_items_behavior', ...FIELDS], handle: create },
  { method: 'GET', path: '/v1/invoices', takes: ['collection_method', 'customer', 'due_date', 'status', 'subscription'], handle: list },
  {
    method: 'GET',
    path: '/v1/invoices/search',
    takes: ['query', 'page'],
    handle: ({ world, params }) => searchPage(world, world.db.invoices, 'invoices', params, (invoice) => view.invoice(world, invoice.id)),
  },
  { method: 'GET', path: '/v1/invoices/{id}', handle: ({ world, ids }) => view.invoice(world, ids[0]!) },
  { method: 'POST', path: '/v1/invoices/{id}', takes: FIELDS, handle: update },
  { method: 'DELETE', path: '/v1/invoices/{id}', handle: remove },
  {
    method: 'GET',
    path: '/v1/invoices/{id}/lines',
    handle({ world, ids, params }) {
      const invoice = need(world.db.invoices, 'invoice', ids[0]!);
      const cursors = Object.fromEntries(
        Object.entries(params).map(([name, value]) => [
          name,
          name === 'starting_after' || name === 'ending_before'
            ? (world.db.items.where({ line: value as string }, { limit: 1 })[0]?.id ?? value)
            : value,
        ]),
      );
      return listPage(
        world.db.items,
        {
          url: `/v1/invoices/${invoice.id}/lines`,
          kind: 'line item',
          params: cursors,
          criteria: { invoice: invoice.id },
          oldestFirst: true,
        },
        formatLine,
      );
    },
  },
];
