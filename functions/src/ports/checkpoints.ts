/** What is read without webhooks, each at its own pace; `telling` writes to Salesforce how far it came. */
export type SweepSource = 'stripe-events' | 'stripe-objects' | 'quickbooks-changes' | 'telling';

/** How far a source was read. */
export interface Checkpoint {
  /** ISO instant by the clock of whoever is read: the next sweep begins here. Null: its turn never came. */
  readTo: string | null;
  /** ISO instant by our clock: all that happened before it was read for certain. */
  asOf: string | null;
  /** A gap was found: the run that compares everything, and from when on (ISO instant) it is asked for again should it fail. `asOf` moves on once it is done. */
  compare: { key: string; againAt: string } | null;
}

/** Checkpoints of the sweeps, shared by all processes. */
export interface Checkpoints {
  /**
   * The turn to sweep a source. Null: another process has it, or the source was swept less than its pace ago. `firstFrom`: where the very
   * first sweep begins, if it begins anywhere; kept with the turn, since it may come to no end, and the next one may be days later.
   */
  claim(source: SweepSource, leaseMs: number, firstFrom: string | null): Promise<Checkpoint | null>;
  /** Swept: keeps how far it came; due again after `everyMs`. */
  settle(source: SweepSource, checkpoint: Checkpoint, everyMs: number): Promise<void>;
  /** Not swept: due again after `retryMs`, from where it stood. */
  postpone(source: SweepSource, retryMs: number): Promise<void>;
  read(source: SweepSource): Promise<Checkpoint>;
}
