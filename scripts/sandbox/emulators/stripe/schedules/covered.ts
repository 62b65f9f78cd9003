import type { CoverageRow } from '../../core/index.ts';

const DOCS = 'https://docs.stripe.com/billing';
const rule = (item: string, fidelity: CoverageRow['fidelity'], source: string): CoverageRow => ({ item, kind: 'rule', fidelity, source });

/** What the coverage page says of subscription schedules and test clocks. */
export const COVERED_SCHEDULES: CoverageRow[] = [
  rule(
    'schedules: phases by duration or end_date, release and cancel at the end or on request',
    'documented',
    `${DOCS}/subscriptions/subscription-schedules`,
  ),
  rule(
    'schedules from a subscription, and their update while a phase runs',
    'documented',
    'https://docs.stripe.com/api/subscription_schedules/update',
  ),
  rule('a change of phase at the end of a period costs no proration', 'assumed', 'nothing is left to prorate'),
  rule('the words for schedules in the wrong state', 'assumed', 'reported by users'),
  rule(
    'test clocks: objects of their customers live in frozen time; advancing does what falls due in order',
    'documented',
    `${DOCS}/testing/test-clocks`,
  ),
  rule(
    'test clocks: three customers each, two intervals at most per advance, customers go with the clock',
    'documented',
    `${DOCS}/testing/test-clocks/api-advanced-usage`,
  ),
  rule('test clocks: payouts and the time of events keep to the sandbox’s clock', 'assumed', 'not documented'),
];
