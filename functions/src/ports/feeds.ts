import type { Outcome } from '../domain/outcome.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { ListedObject, Sightings } from './sightings.ts';
import type { Allowances } from './usage.ts';
import type { VerifiedEvent } from './webhook-verifier.ts';

export type StripeKind = 'invoice' | 'charge' | 'refund' | 'credit_note' | 'dispute' | 'payout';

export interface ListedEvent extends VerifiedEvent {
  /** By Stripe's clock, in whole seconds. */
  createdAt: string;
}

/** What Stripe tells when it is asked. Newest first, pages of 100; pass `next` back in. */
export interface StripeFeed {
  /** Stripe keeps events for 30 days. */
  listEvents(page: { createdFrom: string; cursor: string | null }): Promise<Outcome<{ events: ListedEvent[]; next: string | null }>>;
  /** Invoices: those of ours that are open, whatever their age. All others: created since then. */
  listObjects(page: {
    kind: StripeKind;
    createdFrom: string;
    cursor: string | null;
  }): Promise<Outcome<{ objects: ListedObject[]; next: string | null }>>;
}

export interface LedgerChange {
  entity: string;
  id: string;
  deleted: boolean;
  /** Null for what was deleted. */
  syncToken: string | null;
  /** ISO instant of QuickBooks' own clock. */
  changedAt: string;
  /** Salesforce invoice id our mark names. */
  invoiceId: string | null;
  /** QuickBooks invoices it is linked to. */
  invoiceIds: string[];
}

/** What changed in QuickBooks: at most 1,000 objects an answer, the rest is cut without a word; 30 days back. */
export interface LedgerFeed {
  listChanges(ask: { entities: readonly string[]; since: string }): Promise<Outcome<{ answeredAt: string; changes: LedgerChange[] }>>;
}

/** What the sweeps need beside the ports of the use cases. */
export interface Feeds {
  stripe: StripeFeed;
  quickbooks: LedgerFeed;
  checkpoints: Checkpoints;
  sightings: Sightings;
  allowances: Allowances;
}
