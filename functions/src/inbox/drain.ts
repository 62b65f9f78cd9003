import type { DirtyObject } from '../ports/inbox.ts';
import type { Deps } from '../use-cases/deps.ts';
import { refreshObject } from '../use-cases/refresh-object.ts';
import { settleObject } from '../use-cases/settle-object.ts';

type DrainDeps = Pick<Deps, 'inbox' | 'records' | 'matches' | 'payments' | 'ledger' | 'engine' | 'clock'>;

const BATCH = 50;
/** Of a worker that dies meanwhile another takes over after this long; two that look at once ask for the same runs. */
const LEASE_MS = 10_000;

/** One round: takes dirty objects and puts a refresh of their invoices in line, which settles them. Answers how many it took. */
export async function drain(deps: DrainDeps, limit = BATCH): Promise<number> {
  const objects = await deps.inbox.take(limit, LEASE_MS);
  await Promise.all(objects.map((object) => drainOne(deps, object)));
  return objects.length;
}

async function drainOne(deps: DrainDeps, object: DirtyObject): Promise<void> {
  const runs = await refreshObject(deps, object);
  if (runs.outcome !== 'done' || runs.value.length === 0) await settleObject(deps, object, runs);
}
