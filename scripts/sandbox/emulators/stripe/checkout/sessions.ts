import { couponOf } from '../discounts/coupons.ts';
import { redeemable } from '../discounts/promotion-codes.ts';
import type { CheckoutSession, PaymentLink } from '../entities.ts';
import { invalid, notModelled } from '../errors.ts';
import { newId, token } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { need, view } from '../views.ts';
import type { World } from '../world.ts';
import { amountsOf, sum } from './amounts.ts';
import { readData, readItems } from './read-items.ts';

type Given = Record<string, unknown>;
const HOUR = 3600;

/** https://docs.stripe.com/api/checkout/sessions/create */
export function createSession(world: World, params: Given): CheckoutSession {
  const mode = params['mode'] as string | undefined;
  if (mode === undefined) throw invalid('Missing required param: mode.', { code: 'parameter_missing', param: 'mode' });
  if (mode === 'setup') throw notModelled('setup mode', 'mode');
  if (params['ui_mode'] !== undefined && params['ui_mode'] !== 'hosted_page') throw notModelled('embedded pages', 'ui_mode');
  if (params['success_url'] === undefined)
    throw invalid('Missing required param: success_url.', { code: 'parameter_missing', param: 'success_url' });
  if ((params['automatic_tax'] as { enabled: boolean } | undefined)?.enabled) throw notModelled('Stripe Tax', 'automatic_tax[enabled]');
  if ((params['invoice_creation'] as { enabled: boolean } | undefined)?.enabled)
    throw notModelled('invoices of one-time payments', 'invoice_creation[enabled]');
  const read = readItems(world, params['line_items'] as Given[] | undefined, mode as 'payment' | 'subscription');
  return openSession(world, {
    ...read,
    ...readCustomer(world, params),
    allow_promotion_codes: (params['allow_promotion_codes'] as boolean | undefined) ?? null,
    cancel_url: checkUrl(params, 'cancel_url'),
    client_reference_id: (params['client_reference_id'] as string | undefined) ?? null,
    customer_creation: readCreation(params, read.mode),
    data: readData(params, read.mode),
    discounts: (params['discounts'] as Given[] | undefined) ?? [],
    expires_at: readExpiry(world, params['expires_at'] as number | undefined),
    metadata: mergeMetadata({}, params['metadata']),
    payment_link: null,
    success_url: checkUrl(params, 'success_url'),
  });
}

/** The session of a visit to a payment link. */
export function openLink(world: World, link: PaymentLink): CheckoutSession {
  const { items, currency, mode, data, metadata, allow_promotion_codes } = link;
  return openSession(world, {
    items: items.map((item) => ({ ...item, id: newId('li') })),
    currency,
    mode,
    data,
    metadata,
    allow_promotion_codes,
    cancel_url: null,
    client_reference_id: null,
    customer: null,
    customer_creation: mode === 'payment' ? link.customer_creation : 'always',
    customer_email: null,
    discounts: [],
    expires_at: world.now() + 24 * HOUR,
    payment_link: link.id,
    success_url: link.after_completion.redirect?.url ?? null,
  });
}

type Opening = Omit<
  CheckoutSession,
  'created' | 'discounts' | 'email' | 'id' | 'payment_intent' | 'payment_status' | 'status' | 'subscription'
> & { discounts: Given[] };

function openSession(world: World, { discounts, ...opening }: Opening): CheckoutSession {
  if (discounts.length && opening.allow_promotion_codes)
    throw invalid('You may only specify one of these parameters: allow_promotion_codes, discounts.', { param: 'discounts' });
  if (discounts.length > 1) throw invalid('You can pass up to one discount.', { param: 'discounts' });
  const blank: CheckoutSession = {
    id: `cs_test_${token(58)}`,
    created: world.now(),
    discounts: [],
    email: null,
    payment_intent: null,
    payment_status: 'unpaid',
    status: 'open',
    subscription: null,
    ...opening,
  };
  const session = { ...blank, discounts: discounts.map((one) => readDiscount(world, blank, one, 'discounts[0]')) };
  if (sum(amountsOf(world, session), 'total') === 0) session.payment_status = 'no_payment_required';
  world.db.sessions.put(session);
  world.later('expire-session', session.expires_at, session.id);
  return session;
}

/** A discount that is redeemed once the session completes. */
export function readDiscount(world: World, session: CheckoutSession, given: Given, at: string): CheckoutSession['discounts'][number] {
  const { coupon, promotion_code } = given as { coupon?: string; promotion_code?: string };
  if ((coupon === undefined) === (promotion_code === undefined))
    throw invalid('You must specify exactly one of coupon and promotion_code.', { param: at });
  if (coupon !== undefined) return { coupon: couponOf(world, coupon, `${at}[coupon]`).id, promotion_code: null };
  const purchase = { amount: sum(amountsOf(world, session), 'subtotal'), currency: session.currency };
  const promotion = redeemable(world, promotion_code!, session.customer, `${at}[promotion_code]`, purchase);
  return { coupon: promotion.coupon, promotion_code: promotion.id };
}

function readCustomer(world: World, params: Given): Pick<CheckoutSession, 'customer' | 'customer_email'> {
  const { customer, customer_email } = params as { customer?: string; customer_email?: string };
  if (customer !== undefined && customer_email !== undefined)
    throw invalid('You may only specify one of these parameters: customer, customer_email.', { param: 'customer' });
  return {
    customer: customer === undefined ? null : need(world.db.customers, 'customer', customer, 'customer').id,
    customer_email: customer_email ?? null,
  };
}

function readCreation(params: Given, mode: CheckoutSession['mode']): CheckoutSession['customer_creation'] {
  const given = params['customer_creation'] as CheckoutSession['customer_creation'] | undefined;
  if (given && mode !== 'payment') throw invalid('`customer_creation` can only be used in `payment` mode.', { param: 'customer_creation' });
  if (given && params['customer'] !== undefined)
    throw invalid('`customer_creation` can only be used without `customer`.', { param: 'customer_creation' });
  return params['customer'] === undefined ? (given ?? (mode === 'payment' ? 'if_required' : 'always')) : null;
}

export function checkUrl(params: Given, param: string): string | null {
  const url = params[param] as string | undefined;
  if (url === undefined) return null;
  if (!URL.canParse(url)) throw invalid('Not a valid URL', { code: 'url_invalid', param });
  return url;
}

/** From half an hour to a day. */
function readExpiry(world: World, given: number | undefined): number {
  const now = world.now();
  if (given !== undefined && (given < now + HOUR / 2 || given > now + 24 * HOUR))
    throw invalid('The `expires_at` timestamp must be at least 30 minutes and less than 24 hours from Checkout Session creation.', {
      param: 'expires_at',
    });
  return given ?? now + 24 * HOUR;
}

/** Nobody can pay any more. */
export function expireSession(world: World, id: string): void {
  const session = world.db.sessions.get(id);
  if (session?.status !== 'open') return;
  world.noLater('expire-session', id);
  world.db.sessions.put({ ...session, status: 'expired' });
  world.emit('checkout.session.expired', view['checkout.session'](world, id));
}
