import { checkCurrency } from '../catalogue.ts';
import { missing } from '../errors.ts';
import { newCustomer, readCustomerFields, removeCustomer } from '../customers.ts';
import { formatCustomer, formatCustomerBalance } from '../formatters.ts';
import { moveBalance } from '../invoice-life.ts';
import { mergeMetadata } from '../metadata.ts';
import { listPage } from '../pagination.ts';
import { searchPage } from '../search.ts';
import { need, view } from '../views.ts';
import type { Call, Route } from '../world.ts';

const FIELDS = [
  'address',
  'business_name',
  'description',
  'email',
  'individual_name',
  'invoice_prefix',
  'invoice_settings',
  'metadata',
  'name',
  'next_invoice_sequence',
  'phone',
  'preferred_locales',
  'shipping',
  'tax_exempt',
];

const text = (given: unknown) => (given === '' || given === undefined ? null : (given as string));

function update(call: Call) {
  const { world, ids } = call;
  const customer = need(world.db.customers, 'customer', ids[0]!);
  const before = view.customer(world, customer.id);
  world.db.customers.put(readCustomerFields(world, customer, call.params));
  const after = view.customer(world, customer.id);
  if (JSON.stringify(before) !== JSON.stringify(after)) world.emit('customer.updated', after, before);
  return after;
}

function remove({ world, ids }: Call) {
  removeCustomer(world, need(world.db.customers, 'customer', ids[0]!));
  return view.customer(world, ids[0]!);
}

function adjustBalance({ world, ids, params }: Call) {
  const customer = need(world.db.customers, 'customer', ids[0]!);
  const currency = checkCurrency(params['currency'] as string, 'currency');
  return formatCustomerBalance(
    moveBalance(world, customer, {
      amount: params['amount'] as number,
      currency,
      type: 'adjustment',
      invoice: null,
      description: text(params['description']),
      metadata: mergeMetadata({}, params['metadata']),
    }),
  );
}

export const customers: Route[] = [
  {
    method: 'POST',
    path: '/v1/customers',
    takes: ['test_clock', ...FIELDS],
    handle: ({ world, params }) => formatCustomer(newCustomer(world, params)),
  },
  {
    method: 'GET',
    path: '/v1/customers/search',
    takes: ['query', 'page'],
    handle: ({ world, params }) =>
      searchPage(world, world.db.customers, 'customers', params, (customer) => view.customer(world, customer.id)),
  },
  {
    method: 'GET',
    path: '/v1/customers',
    takes: ['email', 'test_clock'],
    handle: ({ world, params }) =>
      listPage(
        world.db.customers,
        {
          url: '/v1/customers',
          kind: 'customer',
          params,
          criteria: params['email'] === undefined ? {} : { email: params['email'] as string },
          filter: (customer) => !customer.deleted && (customer.test_clock ?? undefined) === params['test_clock'],
        },
        (customer) => view.customer(world, customer.id),
      ),
  },
  { method: 'GET', path: '/v1/customers/{id}', handle: ({ world, ids }) => view.customer(world, ids[0]!) },
  { method: 'POST', path: '/v1/customers/{id}', takes: FIELDS, handle: update },
  { method: 'DELETE', path: '/v1/customers/{id}', handle: remove },
  {
    method: 'POST',
    path: '/v1/customers/{id}/balance_transactions',
    takes: ['amount', 'currency', 'description', 'metadata'],
    handle: adjustBalance,
  },
  {
    method: 'GET',
    path: '/v1/customers/{id}/balance_transactions',
    takes: ['invoice'],
    handle({ world, ids, params }) {
      const [id] = ids;
      if (!world.db.customers.get(id!)) throw missing('customer', id!);
      return listPage(
        world.db.customerBalance,
        {
          url: `/v1/customers/${id}/balance_transactions`,
          kind: 'customer_balance_transaction',
          params,
          criteria: { customer: id! },
          filter: (row) => params['invoice'] === undefined || row.invoice === params['invoice'],
        },
        formatCustomerBalance,
      );
    },
  },
];
