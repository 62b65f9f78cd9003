import type { CustomerFact } from './customer-facts.ts';
import type { Link } from './link.ts';

/** Why a person is asked. */
export type ConflictReason = 'Changed There' | 'Changed On Both Sides' | 'Unknown Who Changed' | 'Changed Back Again';
export type ConflictChoice = 'Salesforce' | 'Stripe' | 'QuickBooks';

/** Two systems said different things of one fact of an account; what Salesforce's value replaced is kept here for a person. */
export interface Conflict {
  /** `<company>:<18-character account id>:<fact>`, with `:<external id>` of a further customer in the same system. */
  key: string;
  conflictId?: string;
  accountId: string;
  /** Where the fact is kept in Salesforce: the account, or the contact whose e-mail it is. */
  contactId: string | null;
  fact: CustomerFact;
  /** Null for a system that is not part of it. */
  values: { salesforce: string | null; stripe: string | null; quickbooks: string | null };
  reason: ConflictReason;
  state: 'Open' | 'Decided';
  /** `In Step`: nobody had to choose, the values became the same. */
  chosen: ConflictChoice | 'In Step' | null;
  decidedBy: string | null;
  decidedAt: string | null;
}

type Customer = Pick<Link, 'system' | 'externalId'>;

export interface Asked {
  companyKey: string;
  accountId: string;
  /** All customers of the account, in an order that stays. */
  links: readonly { link: Customer }[];
  conflicts: readonly Conflict[];
}

/**
 * Where a fact of this customer is asked about. A row has one value for each system, so an account's further customer there (QuickBooks
 * has one for each currency) has a row of its own: its value would take the place of the first one's, which is kept nowhere else.
 */
export function conflictKey({ companyKey, accountId, links, conflicts }: Asked, customer: Customer, fact: CustomerFact): string {
  const shared = `${companyKey}:${accountId}:${fact}`;
  const own = `${shared}:${customer.externalId}`;
  const first = links.find(({ link }) => link.system === customer.system)?.link.externalId === customer.externalId;
  return first && !conflicts.some(({ key, state }) => key === own && state === 'Open') ? shared : own;
}

/** As they are once these were saved. */
export const withSaved = (conflicts: readonly Conflict[], saved: readonly Conflict[]): Conflict[] => [
  ...conflicts.filter(({ key }) => !saved.some((each) => each.key === key)),
  ...saved,
];

/** The value that a choice stands for. */
export function chosenValue({ values }: Pick<Conflict, 'values'>, choice: ConflictChoice): string | null {
  return { Salesforce: values.salesforce, Stripe: values.stripe, QuickBooks: values.quickbooks }[choice];
}
