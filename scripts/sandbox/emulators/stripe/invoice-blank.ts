import type { Customer, Invoice } from './entities.ts';
import { newId } from './ids.ts';
import { view } from './views.ts';
import type { World } from './world.ts';

/** A draft without lines for a customer as it is now; not stored yet. */
export function blankInvoice(world: World, customer: Customer, currency: string): Invoice {
  const now = world.now();
  const { address, email, name, phone, shipping, tax_exempt } = customer;
  return {
    id: newId('in'),
    created: now,
    customer: customer.id,
    currency,
    status: 'draft',
    amount_due: 0,
    amount_overpaid: 0,
    amount_paid: 0,
    attempt_count: 0,
    attempted: false,
    auto_advance: false,
    automatically_finalizes_at: null,
    collection_method: 'charge_automatically',
    custom_fields: null,
    customer_snapshot: { address, email, name, phone, shipping, tax_exempt },
    default_payment_method: null,
    description: null,
    due_date: null,
    effective_at: null,
    ending_balance: null,
    footer: customer.footer,
    metadata: {},
    number: null,
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    rendering: null,
    starting_balance: 0,
    statement_descriptor: null,
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    total: 0,
    total_excluding_tax: 0,
    total_taxes: [],
    webhooks_delivered_at: now,
    pre_payment_credit_notes_amount: 0,
    post_payment_credit_notes_amount: 0,
    paid_off_stripe: 0,
    token: null,
    ...(customer.test_clock ? { test_clock: customer.test_clock } : {}),
  };
}

/** The first invoice gives a customer its currency. */
export function setCustomerCurrency(world: World, id: string, currency: string): void {
  const customer = world.db.customers.get(id)!;
  if (customer.currency !== null) return;
  const before = view.customer(world, id);
  world.db.customers.put({ ...customer, currency });
  world.emit('customer.updated', view.customer(world, id), before);
}
