import type { Invoice, PaymentIntent } from './entities.ts';
import { hasProcessingPayment } from './invoice-life.ts';
import { collect, countAttempt, paymentMethod } from './payments.ts';
import type { World } from './world.ts';

/** What an invoice is charged to. https://docs.stripe.com/billing/subscriptions/payment-methods-setting#payment-method-priority */
export function methodFor(world: World, invoice: Pick<Invoice, 'customer' | 'default_payment_method' | 'subscription'>): string | null {
  return (
    invoice.default_payment_method ??
    world.db.subscriptions.get(invoice.subscription ?? '')?.default_payment_method ??
    world.db.customers.get(invoice.customer)?.default_payment_method ??
    null
  );
}

/** Charges an open invoice that advances by itself; without a method the attempt fails. What came of it is in the intent. */
export function chargeAutomatically(world: World, id: string): PaymentIntent | undefined {
  const invoice = world.db.invoices.get(id);
  if (invoice?.status !== 'open' || !invoice.auto_advance || invoice.collection_method !== 'charge_automatically') return undefined;
  if (hasProcessingPayment(world, id)) return undefined;
  const [own] = world.db.invoicePayments.where({ invoice: id, status: 'open', is_default: true });
  const intent = world.db.intents.get(own?.payment_intent ?? '');
  if (!intent) return undefined;
  const method = methodFor(world, invoice);
  if (method !== null) return collect(world, intent, paymentMethod(world, method, 'default_payment_method'));
  countAttempt(world, intent.id, 'invoice.payment_failed');
  return intent;
}
