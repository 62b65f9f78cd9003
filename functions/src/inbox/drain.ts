import { type Failure, passesByItself } from '../domain/outcome.ts';
import type { DirtyObject } from '../ports/inbox.ts';
import type { Deps } from '../use-cases/deps.ts';
import { TRIES_BEFORE_TOLD } from '../use-cases/report-stuck.ts';
import { refreshObject } from '../use-cases/refresh-object.ts';

type DrainDeps = Pick<Deps, 'inbox' | 'records' | 'matches' | 'payments' | 'ledger' | 'engine' | 'clock'>;

const BATCH = 50;
const LEASE_MS = 60_000;
/** The wait doubles up to this: a system that was away for a day is caught up with soon after it is back. */
const LONGEST_WAIT_MS = 900_000;

/** One round: takes dirty objects, puts a refresh of their invoices in line, settles them. Answers how many it took. */
export async function drain(deps: DrainDeps, limit = BATCH): Promise<number> {
  const objects = await deps.inbox.take(limit, LEASE_MS);
  await Promise.all(objects.map((object) => drainOne(deps, object)));
  return objects.length;
}

async function drainOne(deps: DrainDeps, object: DirtyObject): Promise<void> {
  const refreshed = await refreshObject(deps, object);
  if (refreshed.outcome === 'done') return deps.inbox.settle(object);
  return deps.inbox.postpone(object, refreshed.problem.message, retryAt(deps, object, refreshed));
}

function retryAt(deps: DrainDeps, { attempts }: DirtyObject, failure: Failure): string | null {
  // What passes by itself is tried for ever and a person is told (report-stuck); what does not, by hand only.
  if (!passesByItself(failure) && (failure.outcome === 'rejected' || attempts >= TRIES_BEFORE_TOLD)) return null;
  const delayMs = failure.outcome === 'rate-limited' ? failure.retryAfterMs : Math.min(1_000 * 2 ** attempts, LONGEST_WAIT_MS);
  return new Date(deps.clock.now() + delayMs).toISOString();
}
