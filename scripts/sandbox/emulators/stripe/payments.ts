import type { Charge, Invoice, PaymentIntent, PaymentMethod, Refund } from './entities.ts';
import { formatCharge, processingFee } from './formatters-payment.ts';
import { newId } from './ids.ts';
import { markPaid, saveInvoice } from './invoice-life.ts';
import { TEST_METHODS } from './test-methods.ts';
import { need, view } from './views.ts';
import type { World } from './world.ts';

const DAY = 86_400;
/** ACH debits take up to four business days. https://docs.stripe.com/payments/ach-direct-debit */
const DEBIT_SETTLES_AFTER = 4 * DAY;
const FUNDS_AVAILABLE_AFTER = 2 * DAY;

const FAILURES = {
  declined: { code: 'card_declined', decline_code: 'generic_decline', message: 'Your card was declined.' },
  insufficient_funds: { code: 'card_declined', decline_code: 'insufficient_funds', message: 'Your card has insufficient funds.' },
  authentication: { code: 'payment_intent_authentication_failure', message: 'The provided PaymentMethod has failed authentication.' },
} as const;

/** A stored method of one of Stripe's test samples, or one that exists already. */
export function paymentMethod(world: World, id: string, param: string, sample = TEST_METHODS[id]): PaymentMethod {
  const known = world.db.methods.get(id);
  if (known) return known;
  if (!sample) return need(world.db.methods, 'PaymentMethod', id, param);
  const method: PaymentMethod = { id: newId('pm'), created: world.now(), customer: null, name: null, email: null, ...sample };
  world.db.methods.put(method);
  return method;
}

/** Invoices that wait for this intent. */
const waiting = (world: World, intent: string) => world.db.invoicePayments.where({ payment_intent: intent, status: 'open' });

/** Tries to collect an intent with a method; its status tells what came of it. Emits Stripe's set of events. */
export function collect(world: World, intent: PaymentIntent, method: PaymentMethod): PaymentIntent {
  const attempted = { ...intent, payment_method: method.id, last_payment_error: null };
  switch (method.behaviour) {
    case 'succeeds':
      return succeed(world, attempted, createCharge(world, attempted, method, 'pending'));
    case 'needs_authentication':
      return askForAuthentication(world, attempted);
    case 'settles':
    case 'returned':
      return startDebit(world, attempted, method);
    default:
      return fail(world, attempted, method, FAILURES[method.behaviour]);
  }
}

/** The customer completed (or failed) the bank's authentication of an intent that required it. */
export function authenticate(world: World, intent: PaymentIntent, success: boolean): PaymentIntent {
  const method = need(world.db.methods, 'PaymentMethod', intent.payment_method ?? '');
  if (!success) return fail(world, intent, method, FAILURES.authentication, false);
  return succeed(world, intent, createCharge(world, intent, method, 'pending'));
}

function createCharge(world: World, intent: PaymentIntent, method: PaymentMethod, status: Charge['status']): Charge {
  const charge: Charge = {
    id: newId(method.type === 'card' ? 'ch' : 'py').replace('_1', '_3'),
    created: world.now(),
    amount: intent.amount,
    amount_refunded: 0,
    balance_transaction: null,
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    failure_code: null,
    failure_message: null,
    metadata: intent.metadata,
    payment_intent: intent.id,
    payment_method: method.id,
    receipt_email: intent.receipt_email,
    status,
  };
  world.db.charges.put(charge);
  return charge;
}

function succeed(world: World, intent: PaymentIntent, pending: Charge): PaymentIntent {
  const method = world.db.methods.get(pending.payment_method)!;
  const charge: Charge = { ...pending, status: 'succeeded' };
  const paid: PaymentIntent = {
    ...intent,
    status: 'succeeded',
    amount_received: intent.amount,
    latest_charge: charge.id,
    last_payment_error: null,
  };
  world.db.charges.put(charge);
  world.db.intents.put(paid);
  const unsettled = formatCharge(charge, method);
  world.emit('payment_intent.succeeded', view.payment_intent(world, intent.id));
  world.emit('charge.succeeded', unsettled);
  const settled = { ...charge, balance_transaction: settleFunds(world, charge, method) };
  world.db.charges.put(settled);
  world.emit('charge.updated', formatCharge(settled, method), unsettled);
  for (const payment of waiting(world, intent.id)) credit(world, payment.id);
  return paid;
}

function settleFunds(world: World, charge: Charge, method: PaymentMethod): string {
  const created = world.now();
  const id = newId('txn').replace('_1', '_3');
  const available = Math.ceil((created + FUNDS_AVAILABLE_AFTER) / DAY) * DAY;
  world.db.balanceTransactions.put({
    id,
    created,
    amount: charge.amount,
    available_on: available,
    currency: charge.currency,
    description: charge.description,
    fee: processingFee(charge.amount, charge.currency, method.type),
    source: charge.id,
    type: method.type === 'card' ? 'charge' : 'payment',
  });
  return id;
}

/** Credits a succeeded intent to its invoice; what is not needed there becomes the customer's credit. */
export function credit(world: World, paymentId: string): void {
  const payment = need(world.db.invoicePayments, 'invoice_payment', paymentId);
  const invoice = need(world.db.invoices, 'invoice', payment.invoice);
  const before = view.invoice(world, invoice.id);
  const amount = Math.min(payment.amount_requested, invoice.amount_due - invoice.amount_paid);
  world.db.invoicePayments.put({ ...payment, status: 'paid', amount_paid: amount, paid_at: world.now() });
  const paid: Invoice = {
    ...invoice,
    amount_paid: invoice.amount_paid + amount,
    attempted: true,
    attempt_count: invoice.attempt_count + 1,
  };
  world.db.invoices.put(paid);
  world.emit('invoice_payment.paid', view.invoice_payment(world, payment.id));
  if (paid.amount_paid >= paid.amount_due) markPaid(world, paid, { succeeded: true });
  else saveInvoice(world, paid, before);
}

function askForAuthentication(world: World, intent: PaymentIntent): PaymentIntent {
  const waitingIntent: PaymentIntent = { ...intent, status: 'requires_action' };
  world.db.intents.put(waitingIntent);
  world.emit('payment_intent.requires_action', view.payment_intent(world, intent.id));
  attempted(world, intent.id, 'invoice.payment_action_required');
  return waitingIntent;
}

function startDebit(world: World, intent: PaymentIntent, method: PaymentMethod): PaymentIntent {
  const charge = createCharge(world, intent, method, 'pending');
  const processing: PaymentIntent = { ...intent, status: 'processing', latest_charge: charge.id };
  world.db.intents.put(processing);
  world.later('settle-payment', world.now() + DEBIT_SETTLES_AFTER, intent.id);
  world.emit('payment_intent.processing', view.payment_intent(world, intent.id));
  world.emit('charge.pending', view.charge(world, charge.id));
  return processing;
}

/** The bank answers a debit: paid, or returned (account 2227). `success` overrides what the test account would do. */
export function settlePayment(world: World, intentId: string, success?: boolean): void {
  const intent = world.db.intents.get(intentId);
  if (intent?.status !== 'processing' || !intent.latest_charge) return;
  world.noLater('settle-payment', intentId);
  const charge = need(world.db.charges, 'charge', intent.latest_charge);
  const method = need(world.db.methods, 'PaymentMethod', charge.payment_method);
  if (success ?? method.behaviour === 'settles') succeed(world, intent, charge);
  else
    fail(
      world,
      intent,
      method,
      { code: 'insufficient_funds', message: "The customer's account has insufficient funds to cover this payment." },
      true,
      charge,
    );
}

function fail(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod,
  failure: { code: string; decline_code?: string; message: string },
  charged = true,
  existing?: Charge,
): PaymentIntent {
  const charge = charged ? (existing ?? createCharge(world, intent, method, 'failed')) : undefined;
  if (charge) world.db.charges.put({ ...charge, status: 'failed', failure_code: failure.code, failure_message: failure.message });
  const type = method.type === 'card' && charged ? 'card_error' : 'invalid_request_error';
  const failed: PaymentIntent = {
    ...intent,
    status: 'requires_payment_method',
    payment_method: null,
    latest_charge: charge?.id ?? intent.latest_charge,
    last_payment_error: { type, ...failure, ...(charge ? { charge: charge.id } : {}), payment_method: method.id },
  };
  world.db.intents.put(failed);
  if (charge) world.emit('charge.failed', view.charge(world, charge.id));
  world.emit('payment_intent.payment_failed', view.payment_intent(world, intent.id));
  attempted(world, intent.id, 'invoice.payment_failed');
  return failed;
}

/** Counts an attempt on the invoices that wait for the intent. */
function attempted(world: World, intent: string, event: 'invoice.payment_failed' | 'invoice.payment_action_required'): void {
  for (const { invoice: id } of waiting(world, intent)) {
    const before = view.invoice(world, id);
    const invoice = need(world.db.invoices, 'invoice', id);
    saveInvoice(world, { ...invoice, attempted: true, attempt_count: invoice.attempt_count + 1 }, before);
    world.emit(event, view.invoice(world, id));
  }
}

/** Money back, in whole or in part. */
export function refund(world: World, charge: Charge, amount: number, details: Pick<Refund, 'metadata' | 'reason'>): Refund {
  const now = world.now();
  const method = need(world.db.methods, 'PaymentMethod', charge.payment_method);
  const before = view.charge(world, charge.id);
  const made: Refund = {
    id: newId(method.type === 'card' ? 're' : 'pyr').replace('_1', '_3'),
    created: now,
    amount,
    balance_transaction: newId('txn').replace('_1', '_3'),
    charge: charge.id,
    currency: charge.currency,
    payment_intent: charge.payment_intent,
    status: method.type === 'card' ? 'succeeded' : 'pending',
    ...details,
  };
  world.db.refunds.put(made);
  world.db.balanceTransactions.put({
    id: made.balance_transaction!,
    created: now,
    amount: -amount,
    available_on: now,
    currency: charge.currency,
    description: 'REFUND FOR PAYMENT',
    fee: 0,
    source: made.id,
    type: method.type === 'card' ? 'refund' : 'payment_refund',
  });
  world.db.charges.put({ ...charge, amount_refunded: charge.amount_refunded + amount });
  world.emit('refund.created', view.refund(world, made.id));
  world.emit('charge.refunded', view.charge(world, charge.id), before);
  if (made.status === 'pending') world.later('settle-refund', now + 5 * DAY, made.id);
  return made;
}

export function settleRefund(world: World, id: string): void {
  const pending = world.db.refunds.get(id);
  if (pending?.status !== 'pending') return;
  const before = view.refund(world, id);
  world.db.refunds.put({ ...pending, status: 'succeeded' });
  world.emit('refund.updated', view.refund(world, id), before);
}
