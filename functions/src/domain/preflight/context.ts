import type { Draft } from '../draft.ts';
import type { OrderLine } from '../invoice.ts';
import type { LeftToBill } from '../left-to-bill.ts';
import type { Match } from '../matching.ts';
import type { ItemDoubt } from '../item-review.ts';
import type { ItemView } from '../match-item.ts';
import type { Failure } from '../outcome.ts';
import type { Problem } from '../problem.ts';
import type { SourceRead } from '../source.ts';
import type { Terms } from '../terms.ts';

/** What is known of a system for this invoice, or why it could not be asked. */
export type Seen<T> = { seen: true; value: T } | { seen: false; failure: Failure };

export interface StripeView {
  match: Match;
  /** Products of which a person has to say which product they are in Stripe. */
  productDoubts: readonly ItemDoubt[];
  /** The linked customer; null when it will be created or needs review, `gone` when the link points to nothing. */
  customer: { currency: string | null; balance: number } | null | 'gone';
}

export interface LedgerView {
  match: Match;
  customer: { currency: string; active: boolean } | null | 'gone';
  homeCurrency: string;
  multicurrency: boolean;
  customTxnNumbers: boolean;
  closingDate: string | null;
  /** Item each product (or `free`) is sold as; absent when there is none. */
  itemOf: ReadonlyMap<string, ItemView | 'gone'>;
  /** Products of which a person has to say which item they are sold as. */
  itemDoubts: readonly ItemDoubt[];
}

/** The part of an invoice that the two books judge; made from a draft at the click, from the frozen order later. */
export interface BooksContext {
  currency: string;
  accountName: string;
  invoiceDate: string;
  /** What is sold, `key` being the product id or `free`, `at` the path of its line. */
  sold: Good[];
  /** The same without what a mapping names the item of. */
  goods: Good[];
}

interface Good {
  at: string;
  key: string;
  name: string;
}

/** Everything the rules look at. Pure data, gathered before. */
export interface PreflightContext {
  books: BooksContext;
  source: SourceRead;
  left: LeftToBill;
  draft: Draft;
  terms: Terms | null;
  /** The included lines with amounts, in the draft's order. */
  lines: OrderLine[];
  stripe: Seen<StripeView>;
  ledger: Seen<LedgerView>;
  /** What the field mappings found. */
  ofMapping: readonly Problem[];
}
