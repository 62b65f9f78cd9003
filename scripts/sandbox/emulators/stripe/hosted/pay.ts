import type { StripeEngine } from '../engine.ts';
import type { Invoice, PaymentIntent } from '../entities.ts';
import { hasProcessingPayment } from '../invoice-life.ts';
import { authenticate, collect, paymentMethod } from '../payments.ts';
import type { StripeStore } from '../store.ts';
import { TEST_ACCOUNTS, TEST_CARDS } from '../test-methods.ts';

/** What the customer enters on the hosted page. */
interface Means {
  method: 'card' | 'bank';
  /** One of Stripe's test numbers. */
  number: string;
}

/** The intent by which an invoice is paid on its page. */
export function intentOf(db: StripeStore, invoice: Invoice): PaymentIntent | undefined {
  const payments = db.invoicePayments.where({ invoice: invoice.id, is_default: true });
  return payments.length ? db.intents.get(payments.at(-1)!.payment_intent ?? '') : undefined;
}

export const isPayable = (engine: StripeEngine, invoice: Invoice): boolean =>
  (invoice.status === 'open' || invoice.status === 'uncollectible') && !hasProcessingPayment(engine.world, invoice.id);

/** The customer presses "Pay"; `closed`: the page no longer takes money. */
export function payInvoice(
  engine: StripeEngine,
  invoice: Invoice,
  { method, number }: Means,
): 'closed' | 'no-such-method' | 'authenticate' | 'tried' {
  const intent = intentOf(engine.db, invoice);
  if (!intent || !isPayable(engine, invoice)) return 'closed';
  const sample = method === 'bank' ? TEST_ACCOUNTS[number] : TEST_CARDS[number];
  if (!sample) return 'no-such-method';
  const tried = engine.act((world) => collect(world, intent, paymentMethod(world, '', 'number', { ...sample })), invoice.id);
  return tried.status === 'requires_action' ? 'authenticate' : 'tried';
}

/** The customer completes, or fails, what the bank asked for. */
export function authenticateInvoice(engine: StripeEngine, invoice: Invoice, success: boolean): void {
  const intent = intentOf(engine.db, invoice);
  if (intent?.status === 'requires_action') engine.act((world) => authenticate(world, intent, success), intent.id);
}
