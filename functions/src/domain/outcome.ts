import type { Problem } from './problem.ts';

/** Why a provider refused for the moment or for this name, number or token. */
type ConflictReason =
  | 'name-taken' // QuickBooks 6240
  | 'number-taken' // QuickBooks 6140
  | 'stale' // QuickBooks 5010: read again by id
  | 'key-in-use' // the first request with this key still runs
  | 'locked' // row or object lock: try again
  | 'already-exists'; // a unique key of Salesforce

/** A call that did not succeed, as expected failures go. Bugs throw instead. */
export type Failure =
  | { outcome: 'rejected'; problem: Problem }
  | { outcome: 'unauthorized'; problem: Problem }
  | { outcome: 'conflict'; reason: ConflictReason; holderId?: string; problem: Problem }
  | { outcome: 'rate-limited'; retryAfterMs: number; problem: Problem }
  /** The provider surely did not act. `retryAfterMs`: not worth trying earlier. */
  | { outcome: 'unavailable'; retryAfterMs?: number; problem: Problem }
  /** Sent, no answer. `replayed`: the provider repeats a stored 5xx for this key, so the key is spent. */
  | { outcome: 'unknown-outcome'; replayed?: boolean; problem: Problem };

/** The closed union every port answers with. */
export type Outcome<T> = { outcome: 'done'; value: T } | Failure;

export const done = <T>(value: T): Outcome<T> => ({ outcome: 'done', value });

export const rejected = (problem: Problem): Failure => ({ outcome: 'rejected', problem });

/** The one table that judges a failure: may the same call be made again without asking anybody? */
const PASSES_BY_ITSELF: Record<Failure['outcome'], boolean> = {
  rejected: false,
  unauthorized: false,
  conflict: false,
  'rate-limited': true,
  unavailable: true,
  'unknown-outcome': true,
};

/** True when waiting can help: the work is queued and tried again. */
export function passesByItself(failure: Failure): boolean {
  if (failure.outcome === 'conflict') return failure.reason === 'key-in-use' || failure.reason === 'locked';
  return PASSES_BY_ITSELF[failure.outcome];
}

/** Applies `change` to the value of a done outcome; failures pass through. */
export function mapOutcome<A, B>(outcome: Outcome<A>, change: (value: A) => B): Outcome<B> {
  return outcome.outcome === 'done' ? done(change(outcome.value)) : outcome;
}
