import type { CoverageRow } from '../../core/index.ts';

const rule = (item: string, fidelity: CoverageRow['fidelity'], source: string): CoverageRow => ({ item, kind: 'rule', fidelity, source });

/** What the coverage page says of Checkout and payment links. */
export const COVERED_CHECKOUT: CoverageRow[] = [
  rule(
    'checkout: payment and subscription mode on the hosted page; setup and embedded pages are refused',
    'documented',
    'https://docs.stripe.com/api/checkout/sessions/create',
  ),
  rule(
    'checkout: completed, expired, async_payment_succeeded and async_payment_failed',
    'documented',
    'https://docs.stripe.com/payments/checkout/fulfillment',
  ),
  rule('checkout: a declined subscription leaves nothing behind; no authentication in that mode', 'assumed', 'not documented'),
  rule(
    'checkout: open for a day unless told otherwise',
    'documented',
    'https://docs.stripe.com/api/checkout/sessions/create#create_checkout_session-expires_at',
  ),
  rule('payment links: each visit opens a session', 'documented', 'https://docs.stripe.com/payment-links/how-payment-links-work'),
];
