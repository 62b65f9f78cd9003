import type { Link } from '../link.ts';
import { customerLink } from '../matching.ts';
import type { ReviewContent } from '../match-review.ts';
import type { LoadSystem } from './load.ts';
import type { PastCustomer } from './past.ts';

/** One question per outside customer that no account matches. */
export const unknownKey = (companyKey: string, system: LoadSystem, customerId: string): string =>
  `${companyKey}:${system}:customer:${customerId}`;

/** Ties the account that a load made for a customer to it. */
export const linkToMade = (system: LoadSystem, accountId: string, customer: PastCustomer, homeCurrency: string): Link =>
  customerLink(system, { accountId, currency: customer.currency ?? homeCurrency }, customer, {
    matchedBy: 'Created',
    reasons: 'The first load created the account for this customer: none matched it.',
  });

/** The customer alone: which account it is has to be said by a person. */
export function reviewContentOf(customer: PastCustomer): ReviewContent {
  const currency = customer.currency ?? '';
  return {
    currency,
    ours: { accountId: '', name: '', email: null, phone: null, address: null, currency },
    candidates: [
      {
        ...customer,
        score: 0,
        reasons: [],
        doubts: ['No account matches.'],
        fields: { name: 'unknown', email: 'unknown', phone: 'unknown', address: 'unknown' },
      },
    ],
    notSame: [],
    undone: [],
    broken: null,
  };
}
