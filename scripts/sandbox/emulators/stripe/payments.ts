import { availableOn, book } from './balance.ts';
import { DAY } from './days.ts';
import { openDispute } from './disputes.ts';
import type { Charge, Invoice, PaymentIntent, PaymentMethod } from './entities.ts';
import { processingFee } from './formatters-balance.ts';
import { formatCharge } from './formatters-payment.ts';
import { newId } from './ids.ts';
import { saveInvoice } from './invoice-life.ts';
import { credit } from './invoice-payments.ts';
import { TEST_METHODS } from './test-methods.ts';
import { need, view } from './views.ts';
import type { World } from './world.ts';

/** ACH debits take up to four business days. https://docs.stripe.com/payments/ach-direct-debit */
const DEBIT_SETTLES_AFTER = 4 * DAY;
/** Disputes come weeks later; test mode is quicker. */
const DISPUTE_COMES_AFTER = 60;

const FAILURES = {
  declined: { code: 'card_declined', decline_code: 'generic_decline', message: 'Your card was declined.' },
  insufficient_funds: { code: 'card_declined', decline_code: 'insufficient_funds', message: 'Your card has insufficient funds.' },
  authentication: { code: 'payment_intent_authentication_failure', message: 'The provided PaymentMethod has failed authentication.' },
} as const;

/** Why a bank returns a debit. https://docs.stripe.com/payments/ach-direct-debit/accept-a-payment#test-account-numbers */
const RETURNS: Partial<Record<PaymentMethod['behaviour'], { code: string; message: string }>> = {
  returned: { code: 'insufficient_funds', message: "The customer's account has insufficient funds to cover this payment." },
  closed: { code: 'account_closed', message: "The customer's bank account has been closed." },
  unknown_account: { code: 'no_account', message: "The customer's bank account could not be located." },
  not_authorized: { code: 'debit_not_authorized', message: 'The customer has notified their bank that this payment was unauthorized.' },
};

/** What becomes of a payment that a test method has disputed. https://docs.stripe.com/testing#disputes */
const CLAIMS: Partial<Record<PaymentMethod['behaviour'], { reason: string; inquiry?: boolean }>> = {
  disputed_as_fraudulent: { reason: 'fraudulent' },
  disputed_as_not_received: { reason: 'product_not_received' },
  inquired: { reason: 'product_not_received', inquiry: true },
  disputed_after_settling: { reason: 'debit_not_authorized' },
};

/** The dispute that a test method announced. */
export function disputePayment(world: World, chargeId: string): void {
  const charge = world.db.charges.get(chargeId);
  const claim = charge && CLAIMS[need(world.db.methods, 'PaymentMethod', charge.payment_method).behaviour];
  if (claim && !charge.disputed) openDispute(world, charge, claim);
}

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
    case 'declined':
    case 'insufficient_funds':
      return fail(world, attempted, method, FAILURES[method.behaviour]);
    case 'needs_authentication':
      return askForAuthentication(world, attempted);
    default:
      if (method.type === 'us_bank_account') return startDebit(world, attempted, method);
      return succeed(world, attempted, createCharge(world, attempted, method, 'pending'));
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
    disputed: false,
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
  const row = book(world, {
    amount: charge.amount,
    currency: charge.currency,
    available_on: method.behaviour === 'available_at_once' ? world.now() : availableOn(world),
    description: charge.description,
    fee: (amount, currency) => processingFee(amount, currency, method.type),
    source: charge.id,
    type: method.type === 'card' ? 'charge' : 'payment',
  });
  const settled = { ...charge, balance_transaction: row.id };
  world.db.charges.put(settled);
  world.emit('charge.updated', formatCharge(settled, method), unsettled);
  for (const payment of waiting(world, intent.id)) credit(world, payment.id);
  if (CLAIMS[method.behaviour]) world.later('dispute-payment', world.now() + DISPUTE_COMES_AFTER, charge.id);
  return paid;
}

function askForAuthentication(world: World, intent: PaymentIntent): PaymentIntent {
  const waitingIntent: PaymentIntent = { ...intent, status: 'requires_action' };
  world.db.intents.put(waitingIntent);
  world.emit('payment_intent.requires_action', view.payment_intent(world, intent.id));
  countAttempt(world, intent.id, 'invoice.payment_action_required');
  return waitingIntent;
}

function startDebit(world: World, intent: PaymentIntent, method: PaymentMethod): PaymentIntent {
  const charge = createCharge(world, intent, method, 'pending');
  const processing: PaymentIntent = { ...intent, status: 'processing', latest_charge: charge.id };
  world.db.intents.put(processing);
  if (method.behaviour !== 'processes_forever') world.later('settle-payment', world.now() + DEBIT_SETTLES_AFTER, intent.id);
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
  const returned = RETURNS[method.behaviour];
  if (success ?? !returned) succeed(world, intent, charge);
  else fail(world, intent, method, returned ?? RETURNS.returned!, true, charge);
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
  countAttempt(world, intent.id, 'invoice.payment_failed');
  return failed;
}

/** Days after each failed attempt of an invoice that is charged automatically; the rest of Smart Retries is not published. */
const RETRIED_AFTER = [3, 5, 7];

/** Counts an attempt on the invoices that wait for the intent, and plans the next one. */
export function countAttempt(world: World, intent: string, event: 'invoice.payment_failed' | 'invoice.payment_action_required'): void {
  for (const { invoice: id } of waiting(world, intent)) {
    const before = view.invoice(world, id);
    const invoice = need(world.db.invoices, 'invoice', id);
    const next_payment_attempt = event === 'invoice.payment_failed' ? nextAttempt(world, invoice) : null;
    if (next_payment_attempt !== null) world.later('collect-invoice', next_payment_attempt, id);
    saveInvoice(world, { ...invoice, attempted: true, attempt_count: invoice.attempt_count + 1, next_payment_attempt }, before);
    world.emit(event, view.invoice(world, id));
  }
}

/** A subscription's first invoice is not retried. https://docs.stripe.com/billing/revenue-recovery/smart-retries */
function nextAttempt(world: World, invoice: Invoice): number | null {
  if (invoice.collection_method !== 'charge_automatically' || !invoice.auto_advance || invoice.billing_reason === 'subscription_create')
    return null;
  const wait = RETRIED_AFTER[invoice.attempt_count];
  return wait === undefined ? null : world.now() + wait * DAY;
}
