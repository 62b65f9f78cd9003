import type { Failure } from '../domain/outcome.ts';
import type { DirtyObject } from '../ports/inbox.ts';
import type { Deps } from '../use-cases/deps.ts';
import { refreshObject } from '../use-cases/refresh-object.ts';

type DrainDeps = Pick<Deps, 'inbox' | 'records' | 'matches' | 'payments' | 'ledger' | 'engine' | 'clock'>;

const BATCH = 50;
const LEASE_MS = 60_000;
/** After so many tries a person is told; until then the wait doubles up to an hour. */
const MOST_ATTEMPTS = 30;

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
  if (failure.outcome === 'rejected' || attempts >= MOST_ATTEMPTS) return null;
  const delayMs = failure.outcome === 'rate-limited' ? failure.retryAfterMs : Math.min(1_000 * 2 ** attempts, 3_600_000);
  return new Date(deps.clock.now() + delayMs).toISOString();
}
