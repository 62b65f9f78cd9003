import type { Operation, OperationKind, OperationState, Step } from '../domain/operation.ts';
import type { Problem } from '../domain/problem.ts';

/** Where an operation stands, readable from every process; not a record of Salesforce, so it costs no call. */
export interface Progress {
  /** Creates the entry; the same key again changes nothing. */
  open(operation: { key: string; kind: OperationKind; invoiceId: string | null }): Promise<void>;
  /** Adds the step, or replaces the one of the same name. */
  step(key: string, step: Step): Promise<void>;
  set(key: string, change: { state?: OperationState; invoiceId?: string; invoiceNumber?: string; problems?: Problem[] }): Promise<void>;
  /**
   * It is tried again: from `needs-attention` or `rejected` to `accepted`, counted. Null when it is neither (any more),
   * so that of two clicks one counts.
   */
  retry(key: string): Promise<Operation | null>;
  /** A person gives it up; takes effect where the operation waits next. False when it is settled. */
  cancel(key: string, userId: string): Promise<boolean>;
  read(key: string): Promise<Operation | null>;
  /** Those that faults of ours ended at least so often (`isBroken`); the oldest first. */
  broken(retries: number): Promise<Operation[]>;
  /**
   * Long poll: resolves as soon as more than `seen` steps are finished (done, failed or skipped) or the operation is
   * settled or waiting; at the latest after `waitMs`.
   */
  follow(key: string, seen: number, waitMs: number): Promise<Operation | null>;
}
