import type {
  CopiedPayment,
  HeldInvoice,
  HeldPayment,
  MirrorAllocation,
  MirrorInvoice,
  MirrorPayment,
} from '../domain/first-load/mirror.ts';
import type { LoadSystem } from '../domain/first-load/load.ts';
import type { PastCustomer } from '../domain/first-load/past.ts';
import type { MatchAccount } from '../domain/first-load/plan-matches.ts';
import type { Link } from '../domain/link.ts';
import type { MatchReview } from '../domain/match-review.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Problem } from '../domain/problem.ts';

/** Per record, in the order in which they were asked for: its id, or why Salesforce refused it. */
export type Saved = { id: string } | { problem: Problem };

export interface LoadOwner {
  companyKey: string;
  companyId: string;
  quickbooksRealmId: string | null;
}

/** A question to a person about an outside customer that no account matches. */
export interface UnknownCustomer {
  reviewKey: string;
  system: LoadSystem;
  customer: PastCustomer;
}

/**
 * Salesforce, for records in large numbers: each is saved or refused for itself, twice is once, and how many a call carries is chosen
 * by their number.
 */
export interface LoadRecords {
  /** Calls of the day, as the org counts them. */
  readUsage(): Promise<Outcome<{ used: number; limit: number }>>;
  /** Whether the org shows other currencies than its own. */
  isMultiCurrency(): Promise<Outcome<boolean>>;
  /** How many accounts there are, for a forecast. */
  countAccounts(): Promise<Outcome<number>>;
  /** In order of their ids, 2,000 a page; pass `next` back in. */
  listAccounts(cursor: string | null): Promise<Outcome<{ accounts: MatchAccount[]; next: string | null }>>;
  /** Links of accounts in use. */
  listLinks(cursor: string | null): Promise<Outcome<{ links: Link[]; next: string | null }>>;
  /** What people were asked about accounts, and said. */
  listReviews(cursor: string | null): Promise<Outcome<{ reviews: MatchReview[]; next: string | null }>>;
  /** Owners of these accounts who can own records; none where nobody can. */
  ownersOf(accountIds: readonly string[]): Promise<Outcome<Map<string, string>>>;
  /** By the ids of their own systems and, where given, by number or by the ids of the records: whoever made them. */
  heldInvoices(
    by: { system: LoadSystem; ids: readonly string[]; numbers?: readonly string[]; records?: readonly string[] },
    owner: LoadOwner,
  ): Promise<Outcome<HeldInvoice[]>>;
  heldPayments(by: { system: LoadSystem; ids: readonly string[] }, owner: LoadOwner): Promise<Outcome<HeldPayment[]>>;
  /** With the one line that its amount stands in. */
  writeInvoices(invoices: readonly MirrorInvoice[], owner: LoadOwner): Promise<Outcome<Saved[]>>;
  writePayments(payments: readonly (MirrorPayment | CopiedPayment)[], owner: LoadOwner): Promise<Outcome<Saved[]>>;
  writeAllocations(allocations: readonly MirrorAllocation[]): Promise<Outcome<Saved[]>>;
  /** Asks who these are; one question each, never a second time. */
  askAbout(customers: readonly UnknownCustomer[], owner: LoadOwner): Promise<Outcome<Saved[]>>;
  /** An account each; the key makes that a second time makes no second account. */
  createAccounts(
    customers: readonly { key: string; customer: PastCustomer; currency: string }[],
    owner: LoadOwner,
  ): Promise<Outcome<Saved[]>>;
}
