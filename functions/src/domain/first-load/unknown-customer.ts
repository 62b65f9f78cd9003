import type { ReviewContent } from '../match-review.ts';
import type { LoadSystem } from './load.ts';
import type { PastCustomer } from './past.ts';

/** One question per outside customer that no account matches. */
export const unknownKey = (companyKey: string, system: LoadSystem, customerId: string): string =>
  `${companyKey}:${system}:customer:${customerId}`;

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
