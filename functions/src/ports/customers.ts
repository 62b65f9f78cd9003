import type { CustomerFact, CustomerFacts } from '../domain/customer-facts.ts';
import type { Link } from '../domain/link.ts';
import type { Outcome } from '../domain/outcome.ts';

/** A customer as the system holds it now. */
export interface HeldCustomer {
  id: string;
  facts: CustomerFacts;
  /** Inactive or deleted ones are not written to. */
  active: boolean;
}

/** Sent as frozen: what the facts were when it was decided, and what they are to be. */
export interface CustomerUpdate {
  id: string;
  /** The whole customer as it was read: a system that takes an address as a whole is sent what stays, too. */
  from: CustomerFacts;
  to: Partial<Record<CustomerFact, string>>;
}

/** The customers of one outside system, for the facts that Salesforce owns. */
interface CustomerBook {
  /**
   * Customers that changed since then (ISO), by the system's clock; pages, pass `next` back in. Stripe knows no time of a change and
   * lists all it has: that is for a full compare, its events tell the rest.
   */
  listChanged(page: { since: string; cursor: string | null }): Promise<Outcome<{ customers: HeldCustomer[]; next: string | null }>>;
  /** Past every cache; null when it is gone. */
  read(id: string): Promise<Outcome<HeldCustomer | null>>;
  /**
   * Changes these facts and nothing else. `conflict` reason `stale`: somebody changed one of them since it was read, so nothing was
   * written; another change in between is merged once. Answers with the customer as it is then.
   */
  update(update: CustomerUpdate, key: string): Promise<Outcome<HeldCustomer>>;
  /**
   * The customer as it was right before the write that went out under this key, whatever its revision, at `since` (ISO) or later; null
   * where the system does not tell. Absent where a write names the version it changes, and so replaces nothing unseen.
   */
  heldBefore?(write: { id: string; key: string; since: string }): Promise<Outcome<CustomerFacts | null>>;
}

export type Customers = Record<Link['system'], CustomerBook>;
