import { itemsOfSession } from './checkout/formatters.ts';
import { invalid, notModelled } from './errors.ts';
import { formatInvoicePayment } from './formatters-invoice.ts';
import { view } from './views.ts';
import type { Kind } from './views.ts';
import type { World } from './world.ts';

/** Fields that hold an id and can hold the object instead. */
const REFERENCES: Record<string, Kind> = {
  balance_transaction: 'balance_transaction',
  charge: 'charge',
  coupon: 'coupon',
  credit_note: 'credit_note',
  customer: 'customer',
  customer_balance_transaction: 'customer_balance_transaction',
  default_payment_method: 'payment_method',
  discount: 'discount',
  failure_balance_transaction: 'balance_transaction',
  invoice: 'invoice',
  latest_charge: 'charge',
  payment_intent: 'payment_intent',
  payment_link: 'payment_link',
  payment_method: 'payment_method',
  payment_record: 'payment_record',
  price: 'price',
  product: 'product',
  promotion_code: 'promotion_code',
  refund: 'refund',
  released_subscription: 'subscription',
  schedule: 'subscription_schedule',
  test_clock: 'test_helpers.test_clock',
  latest_invoice: 'invoice',
  subscription: 'subscription',
  subscription_item: 'subscription_item',
};

/** Fields that hold ids in a list. */
const LISTS: Record<string, Kind> = { discounts: 'discount' };

/** Fields that are absent unless asked for. */
const INCLUDABLE: Record<string, (world: World, owner: string) => unknown> = {
  'charge.refunds': (world, owner) =>
    list(
      world.db.refunds.where({ charge: owner }, { desc: true, limit: 10 }).map(({ id }) => view.refund(world, id)),
      `/v1/charges/${owner}/refunds`,
    ),
  'checkout.session.line_items': (world, owner) => {
    const session = world.db.sessions.get(owner);
    return session && list(itemsOfSession(world, session), `/v1/checkout/sessions/${owner}/line_items`);
  },
  'payment_link.line_items': (world, owner) => {
    const link = world.db.links.get(owner);
    return link && list(itemsOfSession(world, { ...link, discounts: [] }), `/v1/payment_links/${owner}/line_items`);
  },
  'coupon.applies_to': (world, owner) => {
    const products = world.db.coupons.get(owner)?.applies_to;
    return products ? { products } : undefined;
  },
  'coupon.currency_options': (world, owner) =>
    Object.fromEntries(
      Object.entries(world.db.coupons.get(owner)?.currency_options ?? {}).map(([code, amount_off]) => [code, { amount_off }]),
    ),
  'customer.invoice_credit_balance': (world, owner) => world.db.customers.get(owner)?.balances ?? {},
  'customer.subscriptions': (world, owner) =>
    list(
      world.db.subscriptions
        .where({ customer: owner }, { desc: true })
        .filter((one) => one.status !== 'canceled' && one.status !== 'incomplete_expired')
        .map(({ id }) => view.subscription(world, id)),
      `/v1/customers/${owner}/subscriptions`,
    ),
  'invoice.amount_paid_off_stripe': (world, owner) => world.db.invoices.get(owner)?.paid_off_stripe ?? 0,
  'invoice.payments': (world, owner) => {
    const payments = world.db.invoicePayments.where({ invoice: owner }, { desc: true, limit: 11 });
    return { ...list(payments.slice(0, 10).map(formatInvoicePayment), '/v1/invoice_payments'), has_more: payments.length > 10 };
  },
};

const list = (data: unknown[], url: string) => ({ object: 'list', data, has_more: false, url });
/** Expandable at Stripe, and not kept here. */
const NOT_KEPT = new Set([
  'invoice.confirmation_secret',
  'customer.sources',
  'customer.tax_ids',
  'customer.tax',
  'customer.cash_balance',
  'price.tiers',
  'price.currency_options',
]);
const DEEPEST = 4;

const sourceKind = (id: string): Kind =>
  /^(re|pyr)_/.test(id) ? 'refund' : id.startsWith('du_') ? 'dispute' : id.startsWith('po_') ? 'payout' : 'charge';

type Node = Record<string, unknown>;

/** Fills in what `expand` asks for, in place. https://docs.stripe.com/api/expanding_objects */
export function expand(world: World, body: object, paths: string[]): void {
  for (const path of paths) {
    const parts = path.split('.');
    // The "data" of a list is a level too (stripe/stripe-java, issue 2011).
    if (parts.length > DEEPEST)
      throw invalid(`You cannot expand more than ${DEEPEST} levels of a property. Property: ${path}`, {
        code: 'property_expansion_max_depth',
      });
    walk(world, body as Node, parts, path);
  }
}

function walk(world: World, node: Node, [field, ...rest]: string[], path: string): void {
  if (field === undefined) return;
  const object = String(node['object'] ?? '');
  const name = `${object}.${field}`;
  if (NOT_KEPT.has(name)) throw notModelled(`the expansion of ${name}`, 'expand');
  const include = INCLUDABLE[name];
  if (include && node[field] === undefined) node[field] = include(world, String(node['id']));
  let value = node[field];
  if (typeof value === 'string') {
    const kind = field === 'source' && object === 'balance_transaction' ? sourceKind(value) : REFERENCES[field];
    if (!kind || (field === 'product' && object !== 'price')) throw cannot(path);
    value = node[field] = view[kind](world, value);
  } else if (!include && (typeof value === 'number' || typeof value === 'boolean' || (value === undefined && !(field in REFERENCES))))
    throw cannot(path);
  const listed = LISTS[field];
  if (listed && Array.isArray(value))
    value = node[field] = value.map((item: unknown) => (typeof item === 'string' ? view[listed](world, item) : item));
  if (Array.isArray(value)) for (const item of value) walk(world, item as Node, rest, path);
  else if (typeof value === 'object' && value !== null) walk(world, value as Node, rest, path);
  else if (value !== null && value !== undefined && rest.length) throw cannot(path);
}

const cannot = (path: string) => invalid(`This property cannot be expanded (${path}).`, { param: 'expand' });
