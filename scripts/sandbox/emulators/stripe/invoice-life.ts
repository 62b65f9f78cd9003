import { off, ownOff, priceLines, totalDiscounts, useUpDiscounts } from './discounts/invoice-discounts.ts';
import type { Customer, CustomerBalanceTransaction, Invoice, LineTax } from './entities.ts';
import { invalid } from './errors.ts';
import { newId, token } from './ids.ts';
import { planReminders } from './reminders.ts';
import { invoiceTotals, isChargeable, settle } from './totals.ts';
import { view } from './views.ts';
import type { World } from './world.ts';

/** Stores an invoice and emits `invoice.updated` with what changed. */
export function saveInvoice(world: World, invoice: Invoice, before: object): void {
  world.db.invoices.put(invoice);
  world.emit('invoice.updated', view.invoice(world, invoice.id), before);
}

/** Brings the totals in line with the lines; the balance of a draft is the customer's present one. */
export function recount(world: World, invoice: Invoice): Invoice {
  const items = priceLines(world, invoice);
  const taxes = new Map<string, LineTax>();
  for (const tax of items.flatMap((item) => item.taxes)) {
    const sum = taxes.get(tax.tax_rate);
    if (!sum) taxes.set(tax.tax_rate, { ...tax });
    else {
      sum.amount += tax.amount;
      sum.taxable_amount += tax.taxable_amount;
    }
  }
  const totals = invoiceTotals(
    items.map((item) => ({ ...item, discounts: { own: ownOff(item), ofInvoice: off(item.discount_amounts) - ownOff(item) } })),
  );
  const discounts = totalDiscounts(items);
  const starting_balance = world.db.customers.get(invoice.customer)?.balances[invoice.currency] ?? 0;
  return {
    ...invoice,
    ...totals,
    ...(discounts.length || invoice.total_discount_amounts ? { total_discount_amounts: discounts } : {}),
    total_taxes: [...taxes.values()],
    starting_balance,
    amount_due: settle(totals.total, starting_balance, invoice.currency).amount_due,
  };
}

/** Changes a customer's balance and writes the ledger row for it. */
export function moveBalance(
  world: World,
  customer: Customer,
  entry: Pick<CustomerBalanceTransaction, 'amount' | 'currency' | 'type' | 'invoice' | 'description' | 'metadata' | 'credit_note'>,
): CustomerBalanceTransaction {
  const before = view.customer(world, customer.id);
  const ending_balance = (customer.balances[entry.currency] ?? 0) + entry.amount;
  const transaction = { id: newId('cbtxn'), created: world.now(), customer: customer.id, ending_balance, ...entry };
  world.db.customerBalance.put(transaction);
  world.db.customers.put({
    ...customer,
    balances: { ...customer.balances, [entry.currency]: ending_balance },
    currency: customer.currency ?? entry.currency,
  });
  world.emit('customer.updated', view.customer(world, customer.id), before);
  return transaction;
}

/** Draft to open (or straight to paid when nothing is due). */
export function finalizeInvoice(world: World, draft: Invoice): void {
  if (draft.status !== 'draft') throw invalid("This invoice is already finalized, you can't re-finalize a non-draft invoice.");
  const before = view.invoice(world, draft.id);
  const now = world.now();
  const customer = world.db.customers.get(draft.customer)!;
  const counted = recount(world, draft);
  const { amount_due, ending_balance, moved } = settle(counted.total, counted.starting_balance, counted.currency);
  if (!isChargeable(amount_due, counted.currency)) {
    throw invalid(
      `The amount due of this invoice (${amount_due}) cannot be charged in ${counted.currency.toUpperCase()}: the last digit must be 0. See https://docs.stripe.com/currencies#special-cases.`,
      { code: 'invalid_charge_amount' },
    );
  }
  const invoice: Invoice = {
    ...counted,
    status: 'open',
    amount_due,
    ending_balance,
    number: counted.number ?? nextNumber(world, customer),
    effective_at: counted.effective_at ?? now,
    automatically_finalizes_at: null,
    status_transitions: { ...counted.status_transitions, finalized_at: now },
    token: `test_${token(60)}`,
  };
  world.noLater('finalize-invoice', invoice.id);
  world.db.invoices.put(invoice);
  useUpDiscounts(world, invoice);
  if (amount_due > 0) requestPayment(world, invoice);
  world.emit('invoice.finalized', view.invoice(world, invoice.id));
  world.emit('invoice.updated', view.invoice(world, invoice.id), before);
  if (moved)
    moveBalance(world, world.db.customers.get(customer.id)!, {
      amount: ending_balance - counted.starting_balance,
      currency: invoice.currency,
      type: moved,
      invoice: invoice.id,
      description: null,
      metadata: {},
    });
  if (amount_due === 0) markPaid(world, invoice, { succeeded: true });
  else planReminders(world, invoice);
}

function nextNumber(world: World, customer: Customer): string {
  let sequence = customer.next_invoice_sequence;
  let number = '';
  do number = `${customer.invoice_prefix}-${String(sequence++).padStart(4, '0')}`;
  while (world.db.invoices.count({ number }));
  world.db.customers.put({ ...customer, next_invoice_sequence: sequence });
  return number;
}

/** The default payment of a finalized invoice. */
function requestPayment(world: World, invoice: Invoice): void {
  const now = world.now();
  const id = newId('pi').replace('pi_1', 'pi_3');
  world.db.intents.put({
    id,
    created: now,
    amount: invoice.amount_due,
    amount_received: 0,
    canceled_at: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${token(25)}`,
    currency: invoice.currency,
    customer: invoice.customer,
    description: 'Payment for Invoice',
    last_payment_error: null,
    latest_charge: null,
    metadata: {},
    payment_method: null,
    payment_method_types:
      invoice.payment_settings.payment_method_types ?? (invoice.currency === 'usd' ? ['card', 'us_bank_account'] : ['card']),
    receipt_email: null,
    statement_descriptor: invoice.statement_descriptor,
    status: 'requires_payment_method',
  });
  world.db.invoicePayments.put({
    id: newId('inpay'),
    created: now,
    amount_paid: null,
    amount_requested: invoice.amount_due,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    payment_intent: id,
    payment_record: null,
    status: 'open',
    canceled_at: null,
    paid_at: null,
  });
  world.emit('payment_intent.created', view.payment_intent(world, id));
}

/** Open (or written off) to paid. `succeeded`: with `invoice.payment_succeeded`, which out-of-band payments do not give. */
export function markPaid(
  world: World,
  invoice: Invoice,
  { succeeded, before = view.invoice(world, invoice.id) }: { succeeded: boolean; before?: object },
): void {
  const paid: Invoice = {
    ...invoice,
    status: 'paid',
    attempted: true,
    auto_advance: false,
    ...(invoice.next_payment_attempt === undefined ? {} : { next_payment_attempt: null }),
    status_transitions: { ...invoice.status_transitions, paid_at: world.now() },
  };
  saveInvoice(world, paid, before);
  world.emit('invoice.paid', view.invoice(world, invoice.id));
  if (succeeded) world.emit('invoice.payment_succeeded', view.invoice(world, invoice.id));
}

/** Records the e-mail that Stripe would send (in test mode none goes out). */
export function sendInvoice(world: World, invoice: Invoice): void {
  if (invoice.collection_method !== 'send_invoice')
    throw invalid("You can only manually send an invoice if its collection method is 'send_invoice'.");
  if (invoice.status === 'void') throw invalid('You cannot send an invoice that has been voided.');
  if (!invoice.customer_snapshot.email)
    throw invalid('Missing email. In order to create invoices that are sent to the customer, the customer must have a valid email.');
  if (invoice.status === 'draft') finalizeInvoice(world, invoice);
  world.emit('invoice.sent', view.invoice(world, invoice.id));
}

/** Whether money is on its way to this invoice. */
export function hasProcessingPayment(world: World, invoice: string): boolean {
  return world.db.invoicePayments
    .where({ invoice, status: 'open' })
    .some((payment) => world.db.intents.get(payment.payment_intent ?? '')?.status === 'processing');
}

/** Whether somebody attached a payment that is still open. https://docs.stripe.com/invoicing/partial-payments */
export function hasAttachedPayment(world: World, invoice: string): boolean {
  return world.db.invoicePayments.where({ invoice, status: 'open', is_default: false }).length > 0;
}

/** Cancels what was still expected of an invoice, with its payment intents. */
export function cancelPayments(world: World, invoice: string): void {
  const now = world.now();
  for (const payment of world.db.invoicePayments.where({ invoice, status: 'open' })) {
    world.db.invoicePayments.put({ ...payment, status: 'canceled', canceled_at: now });
    const intent = payment.is_default && payment.payment_intent ? world.db.intents.get(payment.payment_intent) : undefined;
    if (!intent || intent.status === 'succeeded' || intent.status === 'canceled') continue;
    world.db.intents.put({ ...intent, status: 'canceled', canceled_at: now, cancellation_reason: 'void_invoice' });
    world.emit('payment_intent.canceled', view.payment_intent(world, intent.id));
  }
}

/** Open or uncollectible to void. The message for other states was recorded: https://dev.classmethod.jp/articles/stripe-void-invoice-with-any-status */
export function voidInvoice(world: World, invoice: Invoice): void {
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible')
    throw invalid("You can only pass in open invoices. This invoice isn't open.");
  if (hasProcessingPayment(world, invoice.id)) throw invalid('This invoice cannot be voided while a payment for it is processing.');
  if (hasAttachedPayment(world, invoice.id)) throw invalid('This invoice cannot be voided because a payment is attached to it.');
  if (invoice.amount_paid > 0) throw invalid('This invoice cannot be voided because it has been partially paid.');
  if (world.db.creditNotes.where({ invoice: invoice.id, status: 'issued' }, { limit: 1 }).length)
    throw invalid('This invoice cannot be voided because it has credit notes. Void them first.');
  const before = view.invoice(world, invoice.id);
  cancelPayments(world, invoice.id);
  const applied = (invoice.ending_balance ?? 0) - invoice.starting_balance;
  const voided: Invoice = {
    ...invoice,
    status: 'void',
    auto_advance: false,
    status_transitions: { ...invoice.status_transitions, voided_at: world.now() },
  };
  saveInvoice(world, voided, before);
  world.emit('invoice.voided', view.invoice(world, invoice.id));
  const customer = world.db.customers.get(invoice.customer);
  if (applied !== 0 && customer)
    moveBalance(world, customer, {
      amount: -applied,
      currency: invoice.currency,
      type: 'unapplied_from_invoice',
      invoice: invoice.id,
      description: null,
      metadata: {},
    });
}
