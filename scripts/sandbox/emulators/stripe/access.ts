import { StripeError } from './errors.ts';

/**
 * Permissions of Stripe's restricted keys, by the first part of the path; every one has a `_read` and a `_write` slug,
 * and write includes read. Slugs as found in public code; https://docs.stripe.com/keys/permissions-reference has the names.
 */
const PERMISSION: Record<string, string> = {
  balance: 'balance',
  balance_transactions: 'balance_transaction_source',
  charges: 'charge',
  checkout: 'checkout_session',
  coupons: 'coupon',
  credit_notes: 'credit_note',
  customers: 'customer',
  disputes: 'dispute',
  event_destinations: 'webhook',
  events: 'event',
  invoice_payments: 'invoice',
  invoiceitems: 'invoice',
  invoices: 'invoice',
  payment_intents: 'payment_intent',
  payment_links: 'payment_links',
  payment_methods: 'payment_method',
  payment_records: 'payment_records',
  payouts: 'payout',
  prices: 'plan',
  products: 'product',
  promotion_codes: 'promotion_code',
  refunds: 'charge',
  subscription_items: 'subscription',
  subscription_schedules: 'subscription',
  subscriptions: 'subscription',
  tax_rates: 'tax_rate',
  test_helpers: 'billing_clock',
  webhook_endpoints: 'webhook',
};

/** What one permission brings along. */
const INCLUDES: Record<string, string[]> = {
  rak_balance_transaction_source_read: ['rak_charge_read', 'rak_payout_read', 'rak_dispute_read'],
};

export const ACCOUNT_ID = 'acct_1TrueupSandbox00';

/** Restricted keys with the permissions each has, such as `{ rk_test_read: ['rak_invoice_read'] }`. */
export type RestrictedKeys = Record<string, string[]>;

/** The permission that a call needs, as its slug. */
export function permissionFor(method: string, path: string): string {
  const resource = path.split('/')[path.startsWith('/v2/') ? 3 : 2] ?? '';
  const name = PERMISSION[resource];
  return name === undefined ? 'a full key' : `rak_${name}_${method === 'GET' ? 'read' : 'write'}`;
}

/** Lets the secret key do everything and a restricted key what it may; refuses with Stripe's 401 and 403. */
export function authorize(header: string | undefined, method: string, path: string, secretKey: string, restricted: RestrictedKeys): void {
  const key = readKey(header);
  if (key === secretKey) return;
  const granted = restricted[key];
  if (!granted) throw refuseKey(key);
  const needed = permissionFor(method, path);
  const all = new Set(granted.flatMap((one) => [one, ...(INCLUDES[one] ?? []), one.replace(/_write$/, '_read')]));
  if (all.has(needed)) return;
  throw new StripeError(403, {
    type: 'invalid_request_error',
    message: `The provided key '${hide(key)}' does not have the required permissions for this endpoint on account '${ACCOUNT_ID}'. Having the '${needed}' permission would allow this request to continue.`,
  });
}

function readKey(header: string | undefined): string {
  const [scheme = '', value = ''] = (header ?? '').split(' ');
  switch (scheme.toLowerCase()) {
    case 'basic':
      return Buffer.from(value, 'base64').toString().split(':', 1)[0] ?? '';
    case 'bearer':
      return value;
    default:
      return '';
  }
}

const hide = (key: string) =>
  key.length > 12 ? `${key.slice(0, 8)}${'*'.repeat(key.length - 12)}${key.slice(-4)}` : '*'.repeat(key.length);

function refuseKey(key: string): StripeError {
  const message =
    key === ''
      ? "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/."
      : `Invalid API Key provided: ${hide(key)}`;
  return new StripeError(401, { type: 'invalid_request_error', message });
}
