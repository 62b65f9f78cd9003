import type { Link } from '../../domain/link.ts';
import type { MatchReview } from '../../domain/match-review.ts';
import { mapOutcome, type Outcome } from '../../domain/outcome.ts';
import type { ReviewRead } from '../../ports/match-records.ts';
import type { Deps } from '../deps.ts';
import { createLedgerCustomer, createStripeCustomer } from '../writes/create-customers.ts';

export type CreateDeps = Pick<Deps, 'payments' | 'ledger' | 'effects' | 'clock'>;

interface Created {
  id: string;
  name: string;
  url: string;
}

/** The account's own customer, under the same key as the one an invoice would make: whoever comes second finds it made. */
export async function createCustomer(
  deps: CreateDeps,
  system: Link['system'],
  { review, company }: ReviewRead<MatchReview>,
  ruledOut: ReadonlySet<string>,
): Promise<Outcome<Created>> {
  const { ours, currency } = review.content;
  const { accountId, name, email, phone, address } = ours;
  if (system === 'stripe') {
    const body = { accountId, companyKey: company.key, name, email, phone, address };
    const made = await createStripeCustomer(deps, body, currency, ruledOut);
    return mapOutcome(made, (customer) => ({ id: customer.id, name: customer.name ?? name, url: customer.url }));
  }
  const reference = await deps.ledger.readReference();
  if (reference.outcome !== 'done') return reference;
  const { multicurrency } = reference.value;
  const body = { accountId, companyKey: company.key, displayName: name, companyName: name, email, phone, address, currency, multicurrency };
  const made = await createLedgerCustomer(deps, body, ruledOut);
  return mapOutcome(made, (customer) => ({ id: customer.id, name: customer.displayName, url: customer.url }));
}
