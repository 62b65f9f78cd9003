import type { KeptReason, VerifiedEvent } from './webhook-verifier.ts';

/** The thing whose state must be fetched again. `kind` decides who looks (inbox/dirty-objects.ts). */
export interface DirtyObject {
  kind: string;
  id: string;
  /** Salesforce invoice id when an event named it. */
  invoiceId: string | null;
  /** Grows with every new event, over all objects: what was stored later has a higher one. */
  generation: number;
  attempts: number;
}

/** An event and what it makes dirty; null for types that are kept but not applied. */
export interface InboxEntry {
  event: VerifiedEvent;
  dirty: Pick<DirtyObject, 'kind' | 'id' | 'invoiceId'> | null;
  /** ISO instant. */
  receivedAt: string;
}

/** A dirty object that nobody gets done, for the person who is told. */
export interface StuckObject {
  kind: string;
  id: string;
  invoiceId: string | null;
  reason: string;
  attempts: number;
  /** ISO instant since when it waits: of its first change, not of when that was heard of. */
  since: string;
  /** Nobody tries any more. */
  parked: boolean;
  /** An event of it that can be replayed; null where a sweep found it. */
  eventId: string | null;
}

/** Events that were kept and not applied, by provider and reason. */
export interface KeptEvents {
  provider: VerifiedEvent['provider'];
  reason: KeptReason;
  count: number;
  /** The newest one's type and account. */
  type: string;
  account: string;
}

/** Durable store of what came in, and the list of objects it made dirty. */
export interface Inbox {
  /**
   * One durable insert, unique on provider, account and event id, and the dirty mark with it. Resolves after commit.
   * @returns how many entries were new. Throws when the store fails: the webhook then answers 500.
   */
  store(entries: InboxEntry[]): Promise<number>;
  /** Makes the object of a stored event dirty once more, whatever became of it. False when no such event is stored. */
  replay(event: { provider: VerifiedEvent['provider']; eventId: string }): Promise<boolean>;
  /** Leases up to `limit` dirty objects for `leaseMs`; nobody else gets them meanwhile. Oldest first. */
  take(limit: number, leaseMs: number): Promise<DirtyObject[]>;
  /**
   * These runs deal with it from now on. It stays dirty until each of them has settled it, and is taken again when events come, or
   * after `leaseMs` in case the runs were lost: then it gets the same ones, and those that had ended stay so.
   */
  handOver(object: DirtyObject, runs: string[], leaseMs: number): Promise<void>;
  /** The object was dealt with up to `generation`, by this run where it was handed over; stays dirty when events came meanwhile. */
  settle(object: DirtyObject, run?: string): Promise<void>;
  /** Not dealt with: dirty again after `retryAt` (ISO) under a new generation, or parked for a person when null. */
  postpone(object: DirtyObject, reason: string, retryAt: string | null): Promise<void>;
  /** Objects that are parked or were tried so often, the oldest 200. */
  stuck(attempts: number): Promise<StuckObject[]>;
  /** Events received since `since` (ISO) that were kept and not applied. */
  keptSince(since: string): Promise<KeptEvents[]>;
  /** Drops up to `most` events received before `before` (ISO) whose object waits for nobody; answers how many. */
  trim(before: string, most: number): Promise<number>;
}
