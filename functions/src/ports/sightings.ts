import type { VerifiedEvent } from './webhook-verifier.ts';

type Provider = VerifiedEvent['provider'];

/** An object of a provider as a list shows it. */
export interface ListedObject {
  /** The provider's name of it, lower case: `invoice`, `charge`. */
  kind: string;
  id: string;
  /** Status and amounts: another text is another state. */
  looks: string;
  /** Salesforce invoice id where the object names it. */
  invoiceId: string | null;
}

/** Whether a provider's webhooks arrive, judged by what only the sweeps found. */
export interface Hearing {
  /** When the last webhook came; null: none is kept. */
  heardAt: string | null;
  /** Entries that only sweeps found since then, and when the first and the last of them were found. */
  alone: number;
  aloneFrom: string | null;
  aloneTo: string | null;
  /** All entries that only sweeps found, as far back as they are kept. */
  aloneEver: number;
}

/** A document of QuickBooks that one of our own writes made. */
export interface OwnDocument {
  id: string;
  /** The record its outward key is made of: a Salesforce invoice, a Stripe payment. */
  recordId: string;
  /** The token it bears when nobody else has touched it: each of our writes to it counts it up by one. */
  syncToken: string;
}

/** An entry of QuickBooks that one of our own writes made, and what its memo says of it. */
export interface OwnEntry {
  id: string;
  date: string;
  memo: string;
}

/** Objects that wait to be looked at. */
export interface Waiting {
  count: number;
  /** Since when (ISO) the one waits that waits longest, and what was in its way when it was last tried. */
  since: string;
  reason: string | null;
}

/** What sweeps remember of what they saw. */
export interface Sightings {
  /**
   * Of these events those the inbox does not hold, by id; noted as found by a sweep alone. `counts`: a webhook should have
   * brought them, so they speak of its silence.
   */
  noteUnheard(events: Pick<VerifiedEvent, 'provider' | 'account' | 'eventId'>[], counts: boolean): Promise<string[]>;
  hearing(provider: Provider): Promise<Hearing>;
  /** Forgets which entries were found by a sweep before then (ISO). */
  forgetFound(before: string): Promise<void>;
  /** Of these objects those that look otherwise than remembered; one that is not remembered counts unless an event of it is stored. */
  listChanged(provider: Provider, objects: ListedObject[]): Promise<ListedObject[]>;
  remember(objects: ListedObject[]): Promise<void>;
  /** Ids of a kind that were last remembered before then (ISO). */
  listVanished(kind: string, before: string): Promise<string[]>;
  forget(kind: string, ids: string[]): Promise<void>;
  ownDocuments(entity: 'Invoice' | 'Payment', ids: string[]): Promise<OwnDocument[]>;
  /** Entries for money that moved in Stripe: `BookingEntity` but payments of invoices. */
  ownEntries(entity: string, ids: string[]): Promise<OwnEntry[]>;
  /** Dirty objects of the provider; null when there are none. */
  waiting(provider: Provider): Promise<Waiting | null>;
}
