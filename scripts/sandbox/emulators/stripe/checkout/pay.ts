import { newCustomer } from '../customers.ts';
import { redeem } from '../discounts/discounts.ts';
import type { CheckoutSession, Customer, PaymentIntent, PaymentMethod } from '../entities.ts';
import { StripeError } from '../errors.ts';
import { newId, token } from '../ids.ts';
import { collect, paymentMethod } from '../payments.ts';
import { createSubscription } from '../subscriptions/create.ts';
import type { TestSample } from '../test-methods.ts';
import { view } from '../views.ts';
import type { World } from '../world.ts';
import { amountsOf, sum } from './amounts.ts';

/** What the page shows when it did not work. */
export type Outcome = { problem?: string; authenticate?: true };

/** The customer pays an open session. */
export function paySession(world: World, session: CheckoutSession, sample: TestSample | undefined, email: string): Outcome {
  const known: CheckoutSession = { ...session, email: email || session.customer_email };
  if (session.mode === 'subscription') return subscribe(world, known, sample);
  if (sum(amountsOf(world, session), 'total') === 0) {
    complete(world, { ...known, customer: customerOf(world, known)?.id ?? null });
    return {};
  }
  if (!sample) return { problem: 'Enter a payment method.' };
  const payer = { ...known, customer: customerOf(world, known)?.id ?? null };
  const intent = intentOf(world, payer);
  world.db.sessions.put({ ...payer, payment_intent: intent.id });
  const tried = collect(world, intent, paymentMethod(world, '', 'number', { ...sample }));
  if (tried.status === 'requires_action') return { authenticate: true };
  return tried.status === 'requires_payment_method' ? { problem: tried.last_payment_error?.message ?? 'Your card was declined.' } : {};
}

/** In payment mode a customer is made only when that was asked for. */
function customerOf(world: World, session: CheckoutSession): Customer | undefined {
  if (session.customer !== null) return world.db.customers.get(session.customer);
  return session.customer_creation === 'always' ? newCustomer(world, { email: session.email ?? undefined }) : undefined;
}

function intentOf(world: World, session: CheckoutSession): PaymentIntent {
  const known = world.db.intents.get(session.payment_intent ?? '');
  if (known) return known;
  const id = newId('pi').replace('_1', '_3');
  world.db.intents.put({
    id,
    created: world.now(),
    amount: sum(amountsOf(world, session), 'total'),
    amount_received: 0,
    canceled_at: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${token(25)}`,
    currency: session.currency,
    customer: session.customer,
    description: session.data.description,
    last_payment_error: null,
    latest_charge: null,
    metadata: session.data.metadata,
    payment_method: null,
    payment_method_types: ['card', 'us_bank_account'],
    receipt_email: null,
    statement_descriptor: null,
    status: 'requires_payment_method',
  });
  world.emit('payment_intent.created', view.payment_intent(world, id));
  return world.db.intents.get(id)!;
}

/** The subscription is there once its first payment succeeded; a declined one leaves nothing behind. */
function subscribe(world: World, session: CheckoutSession, sample: TestSample | undefined): Outcome {
  if (!sample) return { problem: 'Enter a payment method.' };
  if (sample.behaviour === 'needs_authentication') return { problem: 'The sandbox does not model authentication for subscriptions.' };
  try {
    world.db.store.transaction(() => {
      const customer = customerOf(world, session)!;
      const method = attach(world, sample, customer.id);
      const { description, metadata, trial_period_days } = session.data;
      const [discount] = session.discounts;
      const { id } = createSubscription(world, {
        customer: customer.id,
        items: session.items.map(({ price, quantity, tax_rates }) => ({ price, quantity, tax_rates })),
        default_payment_method: method.id,
        metadata,
        payment_behavior: 'error_if_incomplete',
        ...(description ? { description } : {}),
        ...(trial_period_days === null ? {} : { trial_period_days }),
        ...(discount
          ? { discounts: [discount.promotion_code ? { promotion_code: discount.promotion_code } : { coupon: discount.coupon! }] }
          : {}),
      });
      complete(world, { ...session, customer: customer.id, subscription: id }, session.payment_status === 'unpaid' ? 'paid' : undefined);
    });
    return {};
  } catch (error) {
    if (error instanceof StripeError && error.status === 402) return { problem: error.message };
    throw error;
  }
}

function attach(world: World, sample: TestSample, customer: string): PaymentMethod {
  const method = { ...paymentMethod(world, '', 'number', { ...sample }), customer };
  world.db.methods.put(method);
  world.emit('payment_method.attached', view.payment_method(world, method.id));
  return method;
}

function complete(world: World, session: CheckoutSession, paid?: 'paid'): void {
  const done: CheckoutSession = { ...session, status: 'complete', payment_status: paid ?? session.payment_status };
  world.noLater('expire-session', session.id);
  world.db.sessions.put(done);
  if (session.mode === 'payment')
    for (const { coupon, promotion_code } of session.discounts) {
      const promotion = world.db.promotionCodes.get(promotion_code ?? '') ?? null;
      const owner = { customer: session.customer, checkout_session: session.id };
      redeem(world, world.db.coupons.get(coupon!)!, promotion, owner, undefined, 'discounts');
    }
  world.emit('checkout.session.completed', view['checkout.session'](world, session.id));
}

/** How a session follows its payment. Called after each event of the account. */
export function followPayment(world: World, type: string, intent: string): void {
  if (!type.startsWith('payment_intent.')) return;
  const [session] = world.db.sessions.where({ payment_intent: intent }, { limit: 1 });
  if (!session) return;
  if (session.status === 'open') {
    if (type === 'payment_intent.succeeded') complete(world, session, 'paid');
    if (type === 'payment_intent.processing') complete(world, session);
  } else if (session.status === 'complete' && session.payment_status === 'unpaid') {
    if (type === 'payment_intent.succeeded') world.db.sessions.put({ ...session, payment_status: 'paid' });
    const name = { 'payment_intent.succeeded': 'async_payment_succeeded', 'payment_intent.payment_failed': 'async_payment_failed' }[type];
    if (name) world.emit(`checkout.session.${name}`, view['checkout.session'](world, session.id));
  }
}
