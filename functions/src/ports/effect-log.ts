/** Values the log can keep: plain JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/**
 * One outward write. `sent`: the call may have been made and its answer is not known;
 * `answered`: done; `idle`: surely not applied, may be sent.
 */
export interface EffectRow {
  /** `sf:<record id>:<operation>`, without the revision. */
  key: string;
  system: 'salesforce' | 'stripe' | 'quickbooks';
  /** Part of the key that goes outward; grows when a key is spent or the body had to change. */
  revision: number;
  state: 'idle' | 'sent' | 'answered';
  /** Frozen before the first call of this revision. */
  body: Json;
  answer: Json;
  /** ISO instant of this revision's first sending, null while it was never sent. */
  firstSentAt: string | null;
  lastSentAt: string | null;
  /** The requestid under which this revision went to QuickBooks in a batch, its item's id included; null while it was never in one. */
  sentAs: string | null;
}

/** One sending, as its sender knows the row. */
export type Sending = Pick<EffectRow, 'key' | 'revision' | 'lastSentAt'>;

/** Alone decides whether a write may be sent. Every method commits before it resolves. */
export interface EffectLog {
  /**
   * Inserts the row as `sent` (firstSentAt = lastSentAt = at) when the key is new and says `fresh: true`;
   * else returns the row as it is, unchanged, with `fresh: false`.
   */
  begin(entry: { key: string; system: EffectRow['system']; body: Json; at: string }): Promise<EffectRow & { fresh: boolean }>;
  /** The row goes to `sent` again, same revision and body (a resend); firstSentAt is kept unless it was null. */
  resend(key: string, at: string): Promise<EffectRow>;
  /** A new revision with this body, state `sent`, both times = at, in no batch yet. */
  revise(key: string, body: Json, at: string): Promise<EffectRow>;
  /**
   * Freezes, just before they go out, that these are sent together: each gets its `sentAs`, and the time. Answers with the keys of those
   * that are still as their sender knows them; the others somebody else has taken over, and they must not be sent.
   */
  sendTogether(sendings: readonly (Sending & { sentAs: string })[], at: string): Promise<string[]>;
  /** Done: keeps the answer for ever. */
  answer(key: string, answer: Json): Promise<void>;
  /** The provider surely did not act: state `idle`, firstSentAt null. `reason`: why, for a person who reads the history. */
  release(key: string, reason: string): Promise<void>;
  read(key: string): Promise<EffectRow | null>;
  /** Keeps a document that is not a call (the frozen order of an operation). The last write wins. */
  keep(key: string, document: Json): Promise<void>;
  kept(key: string): Promise<Json | null>;
}
