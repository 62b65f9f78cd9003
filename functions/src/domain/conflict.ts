import type { CustomerFact } from './customer-facts.ts';

/** Why a person is asked. */
export type ConflictReason = 'Changed There' | 'Changed On Both Sides' | 'Unknown Who Changed' | 'Changed Back Again';
export type ConflictChoice = 'Salesforce' | 'Stripe' | 'QuickBooks';

/** Two systems said different things of one fact of an account; what Salesforce's value replaced is kept here for a person. */
export interface Conflict {
  /** `<company>:<18-character account id>:<fact>`. */
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

export const conflictKey = (companyKey: string, accountId: string, fact: CustomerFact): string => `${companyKey}:${accountId}:${fact}`;

/** The value that a choice stands for. */
export function chosenValue({ values }: Pick<Conflict, 'values'>, choice: ConflictChoice): string | null {
  return { Salesforce: values.salesforce, Stripe: values.stripe, QuickBooks: values.quickbooks }[choice];
}
