import type { Address, Customer } from './entities.ts';
import { invalid } from './errors.ts';
import { formatCustomer } from './formatters.ts';
import { newId, token } from './ids.ts';
import { attachedMethod } from './payment-methods.ts';
import { mergeMetadata } from './metadata.ts';
import { cancelSubscription, hasEnded } from './subscriptions/cancel.ts';
import { need, view } from './views.ts';
import type { World } from './world.ts';

type Given = Record<string, unknown>;

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
export function readCustomerFields(world: World, customer: Customer, params: Given): Customer {
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

/** https://docs.stripe.com/api/customers/create */
export function newCustomer(world: World, params: Given): Customer {
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
  const clock = params['test_clock'] as string | undefined;
  if (clock !== undefined) blank.test_clock = roomOn(world, clock);
  const customer = readCustomerFields(world, blank, params);
  world.db.customers.put(customer);
  world.emit('customer.created', formatCustomer(customer));
  return customer;
}

/** Deleted customers stay readable as `deleted: true`; their subscriptions end. */
export function removeCustomer(world: World, { id }: Customer): void {
  for (const subscription of world.db.subscriptions.where({ customer: id }))
    if (!hasEnded(subscription)) cancelSubscription(world, subscription);
  world.emit('customer.deleted', view.customer(world, id));
  world.db.customers.put({ ...world.db.customers.get(id)!, deleted: true });
}
