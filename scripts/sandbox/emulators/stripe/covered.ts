import type { CoverageRow } from '../core/index.ts';
import { COVERED_CHECKOUT } from './checkout/covered.ts';
import { COVERED_ENTITIES } from './covered-entities.ts';
import { COVERED_DISCOUNTS } from './discounts/covered.ts';
import { COVERED_MONEY } from './covered-money.ts';
import { routes } from './routes/index.ts';
import { COVERED_SCHEDULES } from './schedules/covered.ts';
import { COVERED_SUBSCRIPTIONS } from './subscriptions/covered.ts';

const API = 'https://docs.stripe.com/api';
const rule = (item: string, fidelity: CoverageRow['fidelity'], source: string): CoverageRow => ({ item, kind: 'rule', fidelity, source });

/** What the coverage page lists. Parameters and answers of every route are held to the SDK's types. */
export const COVERED: CoverageRow[] = [
  ...routes.map(({ method, path }): CoverageRow => ({
    item: `${method} ${path}`,
    kind: 'route',
    fidelity: 'typed',
    source: 'types of the installed stripe package',
  })),
  rule('unknown, missing and mistyped parameters are refused with code and param', 'documented', 'https://docs.stripe.com/error-codes'),
  rule(
    'idempotency: replay, other parameters, other endpoint, in use, forgotten after 24 h, 500s kept',
    'documented',
    `${API}/idempotent_requests`,
  ),
  rule('pagination, created ranges, expansion to 4 levels', 'documented', `${API}/pagination`),
  rule('metadata: merge, empty deletes, 50 keys of 40 and values of 500 characters', 'documented', `${API}/metadata`),
  rule('an invoice carries its first 10 lines, the rest is at /lines', 'documented', `${API}/invoices/object`),
  rule('at most 250 lines', 'documented', 'https://docs.stripe.com/changelog/2016-02-22/no-more-than-250-invoice-items'),
  rule(
    'quantity is quantity_decimal, truncated',
    'documented',
    'https://docs.stripe.com/changelog/dahlia/2026-03-25/invoice-items-decimal-quantity',
  ),
  rule('quantity x unit price is rounded once per line, ties away from zero', 'assumed', 'ties are not documented'),
  rule(
    'credit is used and debt is added when an invoice is finalized; a negative total becomes credit',
    'documented',
    'https://docs.stripe.com/billing/customer/balance',
  ),
  rule(
    'below the minimum or above the maximum charge an invoice counts as paid and the amount moves to the balance',
    'documented',
    'https://docs.stripe.com/billing/customer/balance',
  ),
  rule(
    'three-decimal amounts end in 0, ISK and UGX have no cents: payments and refunds',
    'documented',
    'https://docs.stripe.com/currencies#special-cases',
  ),
  rule('the same for an invoice’s amount due, refused when it is finalized', 'assumed', 'follows from its payment intent'),
  rule(
    'minimum charge per currency; none where the table has none',
    'documented',
    'https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts',
  ),
  rule('an invoice number is unique in the account', 'assumed', 'the object’s description calls it unique'),
  rule('a due date lies in the future', 'assumed', 'reported by users'),
  rule('sending needs an e-mail address of the customer', 'assumed', 'reported by users; not refused at creation'),
  rule('void: only open or uncollectible', 'recorded', 'https://dev.classmethod.jp/articles/stripe-void-invoice-with-any-status'),
  rule('void: not while a payment is processing or after a part was paid', 'assumed', 'message is ours'),
  rule(
    'invoice.will_be_due and invoice.overdue: on the days of `reminders`, for open invoices with auto_advance; none at first',
    'documented',
    'https://docs.stripe.com/billing/automations',
  ),
  rule('a draft does not wait for the delivery of invoice.created', 'assumed', 'Stripe waits up to 72 hours'),
  rule(
    'an endpoint without a delivery for `disableAfterDays` is disabled; never unless set',
    'assumed',
    'https://docs.stripe.com/webhooks#disable',
  ),
  rule(
    'other versions in Stripe-Version are refused (not_modelled_in_sandbox), none is served',
    'assumed',
    'https://docs.stripe.com/api/versioning',
  ),
  rule('which events come with which action', 'documented', `${API}/events/types`),
  rule('webhooks: signature, retries in test mode; their intervals', 'assumed', 'https://docs.stripe.com/webhooks'),
  rule('test cards, test bank accounts, authentication', 'documented', 'https://docs.stripe.com/testing'),
  rule('search finds an object five seconds after it was made', 'assumed', 'https://docs.stripe.com/search#data-freshness'),
  rule(
    'search: exact terms, joined by AND or by OR, refused with both; a text is found by its words in their order; other operators, numbers and null are refused (not_modelled_in_sandbox)',
    'documented',
    'https://docs.stripe.com/search#search-query-language',
  ),
  rule('search: upper and lower case are one in metadata too; products made by `product_data` are not found', 'assumed', 'not documented'),
  rule('a product may be made under an id of the caller’s, which is refused where it is taken', 'documented', `${API}/products/create`),
  rule('the id of a deleted product stays taken', 'assumed', 'not documented'),
  rule(
    'an archived product goes on no new invoice and no new subscription',
    'documented',
    'https://docs.stripe.com/products-prices/manage-prices#archive-product',
  ),
  rule(
    'the words of that refusal, and that a new price of an archived product may be made',
    'assumed',
    'https://github.com/stripe/stripe-go/issues/1031 quotes them for a subscription',
  ),
  rule(
    'rate limits: 25 requests a second in test mode, 100 live, 25 per endpoint, 20 searches; off unless started with `rateLimits`',
    'documented',
    'https://docs.stripe.com/rate-limits',
  ),
  rule('the values of Stripe-Rate-Limited-Reason', 'assumed', 'https://docs.stripe.com/rate-limits'),
  rule(
    'lock_timeout for a second write to an object that a slow request holds',
    'documented',
    'https://docs.stripe.com/rate-limits#object-lock-timeouts',
  ),
  rule(
    'restricted keys: 403 with the permission that is missing; its text',
    'documented',
    'https://docs.stripe.com/keys/restricted-api-keys',
  ),
  rule(
    'restricted keys: which permission each path needs',
    'assumed',
    'https://docs.stripe.com/keys/permissions-reference; slugs from public code',
  ),
  rule(
    'thin events: types, related_object, snapshot_event, fetched by the SDK',
    'typed',
    'https://docs.stripe.com/event-destinations#thin-events',
  ),
  rule('which thin events come: one per snapshot event that has a thin type; the thin-only ones never', 'assumed', 'not documented'),
  rule(
    'the JSON API (v2): its errors have the shape of v1; no paging beyond the first page',
    'assumed',
    'https://docs.stripe.com/api-v2-overview',
  ),
  rule(
    'a rolled secret signs beside the new one for up to 24 hours',
    'documented',
    'https://docs.stripe.com/webhooks#roll-endpoint-secrets',
  ),
  rule(
    'tax rates on lines and by default on an invoice, exclusive or inclusive, rounded per line and rate',
    'documented',
    'https://docs.stripe.com/billing/taxes/tax-rates',
  ),
  ...COVERED_DISCOUNTS,
  ...COVERED_SUBSCRIPTIONS,
  ...COVERED_SCHEDULES,
  ...COVERED_CHECKOUT,
  ...COVERED_MONEY,
  ...COVERED_ENTITIES,
];
