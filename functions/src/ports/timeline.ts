import type { Operation } from '../domain/operation.ts';
import type { CallNote, EventNote } from '../domain/timeline.ts';

/** An object of a provider, as its events name it. */
export interface ProviderObject {
  provider: 'stripe' | 'quickbooks';
  /** Such as `invoice` or `payment_intent`. */
  type: string;
  id: string;
}

/** What the functions remember of an invoice's history; costs no call to any system. */
export interface Timeline {
  /** Sendings and answers of every write keyed by this record, oldest first. */
  calls(recordId: string): Promise<CallNote[]>;
  /** Operations of the invoice with their steps, oldest first. */
  operations(invoiceId: string): Promise<Operation[]>;
  /** The newest 500 stored events of these objects, oldest first. */
  events(objects: readonly ProviderObject[]): Promise<EventNote[]>;
}
