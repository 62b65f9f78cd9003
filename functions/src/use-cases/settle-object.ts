import type { Failure, Outcome } from '../domain/outcome.ts';
import { OUR_FAULT } from '../domain/operation.ts';
import type { Run } from '../ports/engine.ts';
import type { DirtyObject } from '../ports/inbox.ts';
import type { Deps } from './deps.ts';
import { canWait } from './effects/patiently.ts';
import { TRIES_BEFORE_TOLD } from './report-stuck.ts';

type SettleDeps = Pick<Deps, 'inbox'>;

/** The wait doubles up to this: a system that was away for a day is caught up with soon after it is back. */
const LONGEST_WAIT_MS = 900_000;

/** A dirty object was looked at: it is settled, or waits for its next try or for a person. `run`: the one it was handed over to. */
export async function settleObject(deps: SettleDeps, object: DirtyObject, outcome: Outcome<unknown>, run?: string): Promise<void> {
  if (outcome.outcome === 'done') return deps.inbox.settle(object, run);
  await deps.inbox.postpone(object, outcome.problem.message, retryInMs(object, outcome));
}

/** Does what a run is for: nothing that made it necessary is forgotten before it is done, not even by a fault of ours. */
export async function settling<T>(
  deps: SettleDeps,
  { objects, run }: { objects: readonly DirtyObject[]; run: Run },
  act: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  try {
    const outcome = await act();
    for (const object of objects) await settleObject(deps, object, outcome, run.id);
    return outcome;
  } catch (error) {
    // Another process has it now, and tells what comes of it.
    if (!run.lost(error)) for (const object of objects) await deps.inbox.postpone(object, OUR_FAULT.message, retryInMs(object, null));
    throw error;
  }
}

/** What passes by itself or once a person has reconnected is tried for ever and a person is told (report-stuck); what does not, by hand only. `failure` null: a fault of ours. */
function retryInMs({ attempts }: DirtyObject, failure: Failure | null): number | null {
  const passes = failure !== null && canWait(failure);
  if (!passes && (failure?.outcome === 'rejected' || attempts >= TRIES_BEFORE_TOLD)) return null;
  const told = failure !== null && 'retryAfterMs' in failure ? (failure.retryAfterMs ?? 0) : 0;
  return Math.max(told, Math.min(1_000 * 2 ** attempts, LONGEST_WAIT_MS));
}
