import { checkCurrency } from '../catalogue.ts';
import type { Address, Customer } from '../entities.ts';
import { invalid, missing } from '../errors.ts';
import { formatCustomer, formatCustomerBalance } from '../formatters.ts';
import { newId, token } from '../ids.ts';
import { moveBalance } from '../invoice-life.ts';
import { attachedMethod } from '../payment-methods.ts';
import { mergeMetadata } from '../metadata.ts';
import { listPage } from '../pagination.ts';
import { cancelSubscription, hasEnded } from '../subscriptions/cancel.ts';
import { searchPage } from '../search.ts';
import { need, view } from '../views.ts';
import type { Call, Route, World } from '../world.ts';

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

function readAddress(given: unknown): Address | null {
  if (given === '' || given === undefined) return null;
  const part = (name: keyof Address) => text((given as Partial<Address>)[name]);
  return {
    city: part('city'),
    country: part('country'),
    line1: part('line1'),
    line2: part('line2'),
    postal_code: part('postal_code'),
    state: part('state'),
  };
}

/** What is given replaces; limits: https://docs.stripe.com/api/customers/create */
function readFields(customer: Customer, { params, world }: Call): Customer {
  const given = (name: string) => params[name] !== undefined;
  const changed = { ...customer, metadata: mergeMetadata(customer.metadata, params['metadata']) };
  const email = params['email'] as string | undefined;
  if (email !== undefined) {
    if (!/^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/.test(email) || email.length > 512)
      throw invalid(`Invalid email address: ${email}`, { code: 'email_invalid', param: 'email' });
    changed.email = email;
  }
  if (given('name')) changed.name = tooLong('name', params['name'], 256);
  if (given('phone')) changed.phone = tooLong('phone', params['phone'], 20);
  if (given('description')) changed.description = text(params['description']);
  if (given('business_name') && params['business_name'] !== '')
    changed.business_name = tooLong('business_name', params['business_name'], 150)!;
  if (given('individual_name') && params['individual_name'] !== '')
    changed.individual_name = tooLong('individual_name', params['individual_name'], 150)!;
  if (given('address')) changed.address = readAddress(params['address']);
  if (given('shipping')) {
    const shipping = params['shipping'] as { address: unknown; name: string; phone?: string } | '';
    changed.shipping =
      shipping === '' ? null : { address: readAddress(shipping.address), name: shipping.name, phone: shipping.phone ?? null };
  }
  if (given('preferred_locales')) changed.preferred_locales = params['preferred_locales'] as string[];
  if (given('tax_exempt')) changed.tax_exempt = (params['tax_exempt'] || 'none') as Customer['tax_exempt'];
  if (given('next_invoice_sequence')) changed.next_invoice_sequence = params['next_invoice_sequence'] as number;
  if (given('invoice_prefix')) {
    const prefix = params['invoice_prefix'] as string;
    if (!/^[A-Z0-9]{3,12}$/.test(prefix))
      throw invalid('The invoice prefix must be 3 to 12 uppercase letters or numbers.', { param: 'invoice_prefix' });
    changed.invoice_prefix = prefix;
  }
  const settings = params['invoice_settings'] as { default_payment_method?: string; footer?: string } | undefined;
  if (settings?.footer !== undefined) changed.footer = text(settings.footer);
  if (settings?.default_payment_method !== undefined)
    changed.default_payment_method = attachedMethod(
      world,
      settings.default_payment_method,
      customer.id,
      'invoice_settings[default_payment_method]',
    );
  return changed;
}

function tooLong(param: string, given: unknown, most: number): string | null {
  const value = text(given);
  if (value !== null && value.length > most)
    throw invalid(`Invalid string: ${value.slice(0, 20)}...; must be at most ${most} characters`, { param });
  return value;
}

/** https://docs.stripe.com/billing/testing/test-clocks/api-advanced-usage */
const MOST_ON_A_CLOCK = 3;

function roomOn(world: World, clock: string): string {
  const { id } = need(world.db.testClocks, 'test clock', clock, 'test_clock');
  if (world.db.customers.where({ test_clock: id }).filter((customer) => !customer.deleted).length >= MOST_ON_A_CLOCK)
    throw invalid(`You can create up to ${MOST_ON_A_CLOCK} customers with this test clock.`, { param: 'test_clock' });
  return id;
}

function create(call: Call) {
  const { world } = call;
  const blank: Customer = {
    id: newId('cus'),
    created: world.now(),
    address: null,
    balances: {},
    currency: null,
    default_payment_method: null,
    description: null,
    email: null,
    footer: null,
    invoice_prefix: token(8).toUpperCase(),
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: 'none',
  };
  const clock = call.params['test_clock'] as string | undefined;
  if (clock !== undefined) blank.test_clock = roomOn(world, clock);
  const customer = readFields(blank, call);
  world.db.customers.put(customer);
  world.emit('customer.created', formatCustomer(customer));
  return formatCustomer(customer);
}

function update(call: Call) {
  const { world, ids } = call;
  const customer = need(world.db.customers, 'customer', ids[0]!);
  const before = view.customer(world, customer.id);
  world.db.customers.put(readFields(customer, call));
  const after = view.customer(world, customer.id);
  if (JSON.stringify(before) !== JSON.stringify(after)) world.emit('customer.updated', after, before);
  return after;
}

/** Deleted customers stay readable as `deleted: true`; their subscriptions end. */
export function removeCustomer(world: World, { id }: Customer): void {
  for (const subscription of world.db.subscriptions.where({ customer: id }))
    if (!hasEnded(subscription)) cancelSubscription(world, subscription);
  world.emit('customer.deleted', view.customer(world, id));
  world.db.customers.put({ ...world.db.customers.get(id)!, deleted: true });
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
  { method: 'POST', path: '/v1/customers', takes: ['test_clock', ...FIELDS], handle: create },
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
