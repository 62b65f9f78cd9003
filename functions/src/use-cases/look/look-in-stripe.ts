import { storedLink, type Candidate, type Whom } from '../../domain/matching.ts';
import { mapOutcome } from '../../domain/outcome.ts';
import type { Seen, StripeView } from '../../domain/preflight/context.ts';
import type { StripeCustomer } from '../../ports/payments.ts';
import type { Deps } from '../deps.ts';
import type { Good } from './look-for-items.ts';
import { lookForProducts, type ProductsFound } from './look-for-products.ts';
import { type Known, matchUntaken } from './match-untaken.ts';

export interface StripeLook extends StripeView, Pick<ProductsFound, 'productOf' | 'newLinks'> {}

/** Who the account and what the goods are in Stripe: the stored links, else a match. One call; none for a customer looked at within `believeMs`. */
export async function lookInStripe(
  deps: Pick<Deps, 'payments' | 'matches'>,
  whom: Whom,
  goods: readonly Good[],
  known: Known,
  believeMs = 0,
): Promise<Seen<StripeLook>> {
  const [customer, products] = await Promise.all([lookForCustomer(deps, whom, known, believeMs), lookForProducts(deps, goods, known)]);
  if (!customer.seen) return customer;
  if (products.outcome !== 'done') return { seen: false, failure: products };
  return { seen: true, value: { ...customer.value, ...products.value } };
}

async function lookForCustomer(
  deps: Pick<Deps, 'payments' | 'matches'>,
  whom: Whom,
  known: Known,
  believeMs: number,
): Promise<Seen<Pick<StripeView, 'match' | 'customer'>>> {
  const link = storedLink(known.links, 'stripe', whom.accountId, whom.currency);
  if (link) {
    const read = await deps.payments.readCustomer(link.externalId, believeMs);
    if (read.outcome !== 'done') return { seen: false, failure: read };
    const name = read.value?.name ?? link.displayName ?? whom.name;
    return {
      seen: true,
      value: {
        match: {
          status: 'linked',
          id: link.externalId,
          name,
          url: read.value?.url ?? link.url ?? null,
          matchedBy: 'Stored',
          reasons: link.reasons ?? '',
        },
        customer: read.value ?? 'gone',
      },
    };
  }
  const found = await deps.payments.findCustomers({ accountId: whom.accountId, email: whom.email, name: whom.name });
  if (found.outcome !== 'done') return { seen: false, failure: found };
  const readOne = async (id: string) =>
    mapOutcome(await deps.payments.readCustomer(id, believeMs), (customer) => customer && candidateOfStripe(customer));
  const matched = await matchUntaken(deps, 'stripe', whom, { candidates: found.value.map(candidateOfStripe), readOne }, known);
  if (matched.outcome !== 'done') return { seen: false, failure: matched };
  const match = matched.value;
  return {
    seen: true,
    value: { match, customer: match.status === 'linked' ? (found.value.find((each) => each.id === match.id) ?? null) : null },
  };
}

export function candidateOfStripe(customer: StripeCustomer): Candidate {
  return {
    id: customer.id,
    name: customer.name ?? '',
    email: customer.email,
    phone: customer.phone,
    address: customer.address,
    accountId: customer.accountId,
    currency: customer.currency,
    active: true,
    url: customer.url,
  };
}
