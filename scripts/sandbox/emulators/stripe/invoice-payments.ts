import type { Invoice, InvoicePayment } from './entities.ts';
import { markPaid, moveBalance, saveInvoice } from './invoice-life.ts';
import { newId } from './ids.ts';
import { need, view } from './views.ts';
import type { World } from './world.ts';

/** What an invoice still wants. */
export const remaining = (invoice: Invoice): number => Math.max(invoice.amount_due - invoice.amount_paid, 0);

/** Attaches a payment of either kind to an invoice; it counts once `credit` is called. */
export function attach(
  world: World,
  invoice: Invoice,
  payment: Pick<InvoicePayment, 'payment_intent' | 'payment_record' | 'amount_requested'>,
): InvoicePayment {
  const attached: InvoicePayment = {
    id: newId('inpay'),
    created: world.now(),
    amount_paid: null,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: false,
    status: 'open',
    canceled_at: null,
    paid_at: null,
    ...payment,
  };
  world.db.invoicePayments.put(attached);
  return attached;
}

/** Counts a payment that arrived; what the invoice does not need becomes the customer's credit. https://docs.stripe.com/invoicing/partial-payments */
export function credit(world: World, paymentId: string): void {
  const payment = need(world.db.invoicePayments, 'invoice_payment', paymentId);
  const invoice = need(world.db.invoices, 'invoice', payment.invoice);
  const before = view.invoice(world, invoice.id);
  const amount = Math.min(payment.amount_requested, remaining(invoice));
  const over = payment.amount_requested - amount;
  world.db.invoicePayments.put({ ...payment, status: 'paid', amount_paid: payment.amount_requested, paid_at: world.now() });
  const offStripe = payment.payment_record !== null;
  const paid: Invoice = {
    ...invoice,
    amount_paid: invoice.amount_paid + amount,
    amount_overpaid: invoice.amount_overpaid + over,
    paid_off_stripe: invoice.paid_off_stripe + (offStripe ? amount : 0),
    attempted: true,
    attempt_count: invoice.attempt_count + (offStripe ? 0 : 1),
  };
  world.db.invoices.put(paid);
  world.emit('invoice_payment.paid', view.invoice_payment(world, payment.id));
  askForRest(world, paid);
  if (invoice.status !== 'paid' && remaining(paid) === 0) markPaid(world, paid, { succeeded: !offStripe });
  else saveInvoice(world, paid, before);
  if (over > 0) overpay(world, paid, over);
}

function overpay(world: World, invoice: Invoice, amount: number): void {
  world.emit('invoice.overpaid', view.invoice(world, invoice.id));
  const customer = world.db.customers.get(invoice.customer);
  // Who was deleted while the payment was on its way has no balance any more.
  if (!customer || customer.deleted) return;
  moveBalance(world, customer, {
    amount: -amount,
    currency: invoice.currency,
    type: 'invoice_overpaid',
    invoice: invoice.id,
    description: null,
    metadata: {},
  });
}

/** Keeps the invoice's own payment at what is still due, and takes it back once nothing is. */
export function askForRest(world: World, invoice: Invoice): void {
  const [own] = world.db.invoicePayments.where({ invoice: invoice.id, status: 'open', is_default: true });
  const intent = own?.payment_intent ? world.db.intents.get(own.payment_intent) : undefined;
  if (!own || !intent || intent.status === 'processing' || intent.status === 'succeeded') return;
  const rest = remaining(invoice);
  if (rest > 0) {
    world.db.invoicePayments.put({ ...own, amount_requested: rest });
    world.db.intents.put({ ...intent, amount: rest });
    return;
  }
  world.db.invoicePayments.put({ ...own, status: 'canceled', canceled_at: world.now() });
  world.db.intents.put({ ...intent, status: 'canceled', canceled_at: world.now(), cancellation_reason: 'automatic' });
  world.emit('payment_intent.canceled', view.payment_intent(world, intent.id));
}
