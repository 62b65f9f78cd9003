import type { Company } from '../domain/company.ts';
import type { ItemReview } from '../domain/item-review.ts';
import type { Link } from '../domain/link.ts';
import type { MatchReview } from '../domain/match-review.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Asking, SyncIssueWrite } from './records.ts';

/** What a look found that needs a person. */
export interface Doubts {
  companyKey: string;
  companyId: string;
  /** One per account, system and currency: a question asked before is opened again. */
  reviews: MatchReview[];
  /** One per product and system. */
  itemReviews?: ItemReview[];
  /** Links, as read, whose other side is gone: they become Broken and give up their keys. */
  broken: Link[];
  /** Links, as read, that a person took back: they give up their keys too. */
  undone?: Link[];
  /** Links, as read, of accounts that were merged: they get the keys of the account that is left. */
  followed?: Link[];
  issues: SyncIssueWrite[];
}

export interface ReviewRead<Review = MatchReview | ItemReview> {
  review: Review;
  company: Company;
  /** The account's, or the product's, links in use. */
  links: Link[];
  /** The asking user may change the review. */
  canEdit: boolean;
}

/** A link in whatever state, and what was asked about its account or product. */
export interface LinkRead {
  link: Link;
  company: Company;
  recordName: string;
  /** Of a product. */
  productCode: string | null;
  reviews: MatchReview[];
  itemReviews: ItemReview[];
  /** The asking user can see the link; nobody but the functions may change one. */
  canRead: boolean;
}

/** A person's decision, all of it or none. */
export interface Settlement {
  companyKey: string;
  companyId: string;
  reviewId: string;
  review: MatchReview | ItemReview;
  /** To be made. Never over another one. */
  link: Link | null;
  /** As read, to be undone: its row stays, its keys are given up. */
  undo: Link | null;
  /** Keys of open issues that this settles. */
  resolved: string[];
}

/** Whom an invoice bills and what it sells, as Salesforce knows them now: links, the broken ones too, and reviews. */
export interface KnownParties {
  /** Another one than at the click when accounts were merged. */
  accountId: string;
  links: Link[];
  reviews: MatchReview[];
  itemReviews: ItemReview[];
}

/** A link that stands in the way of another: one of the two unique keys is its. */
export interface Holder {
  link: Link;
  recordName: string;
}

/** An account's link whose account was deleted, or merged into another, which has these links in use and these reviews. */
export interface StrayLink {
  link: Link;
  mergedInto: { name: string; links: Link[]; reviews: MatchReview[] } | null;
}

/** Salesforce's links and match reviews. */
export interface MatchRecords {
  raise(doubts: Doubts): Promise<Outcome<null>>;
  readReview(request: { reviewId: string; asking: Asking }): Promise<Outcome<ReviewRead>>;
  readLink(request: { linkId: string; asking: Asking }): Promise<Outcome<LinkRead>>;
  readParties(request: { invoiceId: string }): Promise<Outcome<KnownParties>>;
  /** Makes the links, never over another one; twice is once. Answers with those that could not be: another link holds a key of theirs. */
  claim(request: { companyKey: string; companyId: string; links: readonly Link[] }): Promise<Outcome<Link[]>>;
  /** null when it is written; else who holds a key of the wanted link, and nothing is written. */
  settle(settlement: Settlement): Promise<Outcome<Holder | null>>;
  /** Links in use to this outside customer. */
  findLinks(to: { system: Link['system']; externalId: string }): Promise<Outcome<Link[]>>;
  /** Links in use to any of these QuickBooks items, or Stripe products, and the names of our products. */
  findItemLinks(to: { system: Link['system']; externalIds: readonly string[] }): Promise<Outcome<Holder[]>>;
  /** Links in use to products in Stripe. */
  listLinkedProducts(): Promise<Outcome<Link[]>>;
  /** Links in use whose account is gone, or became another since then (ISO instant). */
  listStrayLinks(since: string): Promise<Outcome<StrayLink[]>>;
}
