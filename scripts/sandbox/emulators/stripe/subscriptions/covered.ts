import type { CoverageRow } from '../../core/index.ts';

const DOCS = 'https://docs.stripe.com/billing';
const rule = (item: string, fidelity: CoverageRow['fidelity'], source: string): CoverageRow => ({ item, kind: 'rule', fidelity, source });

/** What the coverage page says of subscriptions and automatic collection. */
export const COVERED_SUBSCRIPTIONS: CoverageRow[] = [
  rule(
    'subscriptions: statuses and what moves them, payment_behavior',
    'documented',
    `${DOCS}/subscriptions/overview#subscription-statuses`,
  ),
  rule(
    'one interval and one currency per subscription; licensed prices per unit',
    'typed',
    'mixed intervals, metered usage and tiers are refused',
  ),
  rule(
    'periods are counted from the anchor, in UTC; the 31st comes back after a shorter month',
    'documented',
    `${DOCS}/subscriptions/billing-cycle`,
  ),
  rule(
    'a renewal’s invoice is a draft for an hour, the first and those of always_invoice are final at once',
    'documented',
    `${DOCS}/invoices/subscription`,
  ),
  rule(
    'prorations to the second, credit and debit apart, not discountable; flexible billing mode only',
    'documented',
    `${DOCS}/subscriptions/prorations`,
  ),
  rule('prorations: rounding, ties away from zero; percentages off are included', 'assumed', 'not documented'),
  rule(
    'another interval or billing_cycle_anchor now begins a new cycle and bills it at once',
    'documented',
    `${DOCS}/subscriptions/billing-cycle`,
  ),
  rule('an unpaid first invoice: incomplete, then incomplete_expired after 23 hours', 'documented', `${DOCS}/subscriptions/overview`),
  rule(
    'failed payments are retried after 3, 5 and 7 days, then the subscription is canceled',
    'assumed',
    `${DOCS}/revenue-recovery/smart-retries; a setting of the account`,
  ),
  rule(
    'trials: an invoice over nothing, an announcement three days before, missing_payment_method',
    'documented',
    `${DOCS}/subscriptions/trials`,
  ),
  rule(
    'cancel at once, at the end of a period, on a date; prorate, invoice_now; automatic collection stops',
    'documented',
    `${DOCS}/subscriptions/cancel`,
  ),
  rule('pause_collection: void, mark_uncollectible, keep_as_draft', 'documented', `${DOCS}/subscriptions/pause-payment`),
  rule('pause and resume: a new cycle from now, active once it is paid', 'assumed', 'https://docs.stripe.com/api/subscriptions/resume'),
  rule('a debit under way makes a subscription active', 'assumed', 'not documented'),
  rule(
    'previews: the next invoice of a subscription, with changes; nothing is kept',
    'documented',
    'https://docs.stripe.com/api/invoices/create_preview',
  ),
  rule('invoice.upcoming is never sent', 'assumed', 'it has no id and is not modelled'),
  rule(
    'drafts with auto_advance: final after an hour, then charged or sent; invoice.finalization_failed',
    'documented',
    'https://docs.stripe.com/invoicing/integration/automatic-advancement-collection',
  ),
  rule(
    'payment methods: attach, detach, default of customer, subscription and invoice',
    'documented',
    'https://docs.stripe.com/api/payment_methods/attach',
  ),
];
