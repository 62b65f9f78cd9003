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

/** An object that was looked at, and what it belongs to: those of one line are dealt with by one run. Null: to be found out. */
export interface WaitingObject extends DirtyObject {
  lines: string[] | null;
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
  /** Somebody asked for these to be looked at; no event says that they changed. */
  mark(objects: readonly Pick<DirtyObject, 'kind' | 'id' | 'invoiceId'>[]): Promise<void>;
  /** Makes the object of a stored event dirty once more, whatever became of it. False when no such event is stored. */
  replay(event: { provider: VerifiedEvent['provider']; eventId: string }): Promise<boolean>;
  /** Leases up to `limit` objects that nobody looked at yet for `leaseMs`; nobody else gets them meanwhile. Oldest first. */
  take(limit: number, leaseMs: number): Promise<DirtyObject[]>;
  /** They were looked at, and wait for a turn from now on; those that events came for meanwhile are to be looked at again. */
  awaitTurn(objects: readonly WaitingObject[]): Promise<void>;
  /**
   * Leases objects that wait, the oldest first, as long as fewer than `most` runs deal with objects, and with each all others of its
   * lines: one run does for them all.
   */
  takeTurns(most: number, leaseMs: number): Promise<WaitingObject[]>;
  /**
   * These runs deal with them from now on, and each holds a turn. An object stays dirty until each of its runs has settled it. It is
   * taken again when events come, or for a turn after `leaseMs` in case the runs were lost: then under a new generation.
   */
  handOver(objects: readonly (DirtyObject & { runs: string[] })[], leaseMs: number): Promise<void>;
  /** The object was dealt with up to `generation`, by this run where it was handed over; stays dirty when events came meanwhile. */
  settle(object: DirtyObject, run?: string): Promise<void>;
  /** Not dealt with: dirty again `retryMs` from now by the store's clock, under a new generation, or parked for a person when null. */
  postpone(object: DirtyObject, reason: string, retryMs: number | null): Promise<void>;
  /** Objects that are parked or were tried so often, the oldest 200. */
  stuck(attempts: number): Promise<StuckObject[]>;
  /** Events received since `since` (ISO) that were kept and not applied. */
  keptSince(since: string): Promise<KeptEvents[]>;
  /** Drops up to `most` events received before `before` (ISO) whose object waits for nobody; answers how many. */
  trim(before: string, most: number): Promise<number>;
}
