import type { Invoice } from '../entities.ts';
import { invalid, missing } from '../errors.ts';
import { formatItem } from '../formatters-invoice.ts';
import { recount, saveInvoice } from '../invoice-life.ts';
import { MOST_LINES, changeItem, createItem, itemOfLine } from '../lines.ts';
import type { LineParams } from '../lines.ts';
import { mergeMetadata } from '../metadata.ts';
import { listPage } from '../pagination.ts';
import { need, view } from '../views.ts';
import { checkCurrency } from '../catalogue.ts';
import type { Call, Route, World } from '../world.ts';

/** https://docs.stripe.com/error-codes#invoice-not-editable */
const NOT_EDITABLE =
  'The specified invoice can no longer be edited. Instead, consider creating additional invoice items that will be applied to the next invoice.';

function draft(world: World, id: string, param?: string): Invoice {
  const invoice = need(world.db.invoices, 'invoice', id, param);
  if (invoice.status !== 'draft') throw invalid(NOT_EDITABLE, { code: 'invoice_not_editable' });
  return invoice;
}

function refuseTooMany(world: World, invoice: string, adding: number): void {
  if (world.db.items.count({ invoice }) + adding > MOST_LINES)
    throw invalid(`You can add up to ${MOST_LINES} items to an invoice.`, { param: 'lines' });
}

/** Does something to each of the `lines`, then brings the invoice up to date. */
function editLines({ world, ids, params }: Call, edit: (invoice: Invoice, line: LineParams, at: string) => void) {
  const invoice = draft(world, ids[0]!);
  const before = view.invoice(world, invoice.id);
  for (const [index, line] of (params['lines'] as LineParams[]).entries()) edit(invoice, line, `lines[${index}]`);
  saveInvoice(world, recount(world, { ...invoice, metadata: mergeMetadata(invoice.metadata, params['invoice_metadata']) }), before);
  return view.invoice(world, invoice.id);
}

function addLines(call: Call) {
  const { world, ids, params } = call;
  refuseTooMany(world, ids[0]!, (params['lines'] as unknown[]).length);
  return editLines(call, (invoice, line, at) => {
    const { invoice_item: existing, ...given } = line;
    if (existing === undefined) {
      createItem(world, { customer: invoice.customer, currency: invoice.currency, invoice: invoice.id }, given, at);
      return;
    }
    const item = need(world.db.items, 'invoiceitem', existing as string, `${at}[invoice_item]`);
    if (item.invoice !== null || item.customer !== invoice.customer || item.currency !== invoice.currency) {
      throw invalid('The invoice item must be unassigned, and of the same customer and currency as the invoice.', {
        param: `${at}[invoice_item]`,
      });
    }
    changeItem(world, { ...item, invoice: invoice.id }, given, at);
  });
}

function updateLines(call: Call) {
  return editLines(call, (invoice, { id, ...given }, at) =>
    changeItem(call.world, itemOfLine(call.world, invoice.id, id as string, `${at}[id]`), given, at),
  );
}

function removeLines(call: Call) {
  const { items } = call.world.db;
  return editLines(call, (invoice, { id, behavior }, at) => {
    const item = itemOfLine(call.world, invoice.id, id as string, `${at}[id]`);
    if (behavior === 'unassign') items.put({ ...item, invoice: null });
    else items.delete(item.id);
  });
}

/** Runs a change of one item and brings its invoice, if any, up to date. */
function withInvoice<R>(world: World, id: string | null, param: string | undefined, change: () => R): R {
  if (id === null) return change();
  const invoice = draft(world, id, param);
  const before = view.invoice(world, id);
  const result = change();
  saveInvoice(world, recount(world, invoice), before);
  return result;
}

const ITEM = [
  'amount',
  'description',
  'discountable',
  'discounts',
  'metadata',
  'period',
  'price_data',
  'pricing',
  'quantity',
  'quantity_decimal',
  'tax_rates',
  'tax_behavior',
  'tax_code',
  'unit_amount_decimal',
];

function newItem({ world, params }: Call) {
  const { customer: customerId, currency: code, invoice: invoiceId, ...given } = params;
  const invoice = invoiceId === undefined ? undefined : draft(world, invoiceId as string, 'invoice');
  const id = (customerId as string | undefined) ?? invoice?.customer;
  if (id === undefined) throw invalid('Missing required param: customer.', { code: 'parameter_missing', param: 'customer' });
  const customer = need(world.db.customers, 'customer', id, 'customer');
  if (invoice && invoice.customer !== customer.id) throw invalid('The invoice belongs to another customer.', { param: 'invoice' });
  const currency = checkCurrency((code as string | undefined) ?? invoice?.currency ?? customer.currency ?? 'usd', 'currency');
  if (invoice && currency !== invoice.currency)
    throw invalid(`The currency of the invoice item (${currency}) must be that of the invoice (${invoice.currency}).`, {
      param: 'currency',
    });
  if (invoice) refuseTooMany(world, invoice.id, 1);
  const item = withInvoice(world, invoice?.id ?? null, 'invoice', () =>
    createItem(world, { customer: customer.id, currency, invoice: invoice?.id ?? null }, given, ''),
  );
  world.emit('invoiceitem.created', formatItem(item));
  return formatItem(item);
}

/** A charge for a period is a line only. */
function itemOf({ world, ids }: Call) {
  const item = need(world.db.items, 'invoiceitem', ids[0]!);
  if (item.period_line) throw missing('invoiceitem', item.id);
  return item;
}

function updateItem(call: Call) {
  const { world, params } = call;
  const item = itemOf(call);
  return formatItem(withInvoice(world, item.invoice, undefined, () => changeItem(world, item, params, '')));
}

function removeItem(call: Call) {
  const { world } = call;
  const item = itemOf(call);
  withInvoice(world, item.invoice, undefined, () => world.db.items.delete(item.id));
  world.emit('invoiceitem.deleted', formatItem(item));
  return { id: item.id, object: 'invoiceitem', deleted: true };
}

function listItems({ world, params }: Call) {
  const { customer, invoice, pending } = params as { customer?: string; invoice?: string; pending?: boolean };
  if (customer !== undefined && !world.db.customers.get(customer)) throw missing('customer', customer, 'customer');
  const criteria = { ...(customer === undefined ? {} : { customer }), ...(invoice === undefined ? {} : { invoice }) };
  return listPage(
    world.db.items,
    {
      url: '/v1/invoiceitems',
      kind: 'invoiceitem',
      params,
      criteria,
      filter: (item) => !item.period_line && (pending === undefined || (item.invoice === null) === pending),
    },
    formatItem,
  );
}

export const invoiceLines: Route[] = [
  { method: 'POST', path: '/v1/invoices/{id}/add_lines', takes: ['lines', 'invoice_metadata'], handle: addLines },
  { method: 'POST', path: '/v1/invoices/{id}/update_lines', takes: ['lines', 'invoice_metadata'], handle: updateLines },
  { method: 'POST', path: '/v1/invoices/{id}/remove_lines', takes: ['lines', 'invoice_metadata'], handle: removeLines },
  { method: 'POST', path: '/v1/invoiceitems', takes: ['customer', 'currency', 'invoice', ...ITEM], handle: newItem },
  { method: 'GET', path: '/v1/invoiceitems', takes: ['customer', 'invoice', 'pending'], handle: listItems },
  { method: 'GET', path: '/v1/invoiceitems/{id}', handle: ({ world, ids }) => formatItem(need(world.db.items, 'invoiceitem', ids[0]!)) },
  { method: 'POST', path: '/v1/invoiceitems/{id}', takes: ITEM, handle: updateItem },
  { method: 'DELETE', path: '/v1/invoiceitems/{id}', handle: removeItem },
];
