import { done, type Outcome } from '../domain/outcome.ts';
import type { Run } from '../ports/engine.ts';
import type { SyncIssueWrite } from '../ports/records.ts';
import { breakLinks } from './break-links.ts';
import type { Deps } from './deps.ts';
import { patiently } from './effects/patiently.ts';
import type { Strays } from './follow-accounts.ts';

type FollowDeps = Pick<Deps, 'records' | 'matches' | 'payments'>;

/**
 * Every product that is linked in Stripe, a hundred at a time: of one that was archived or deleted no event may ever have told, and its
 * next invoice would be refused. What fails is for a person, and ends nothing else.
 */
export async function followLinkedProducts(deps: FollowDeps, run: Run, { companyKey }: { companyKey: string }): Promise<Strays> {
  const waiting = { run, waitedMs: 0, waiting: async () => undefined };
  const followed = await patiently(waiting, 'look at the linked products', () => breakLost(deps));
  if (followed.outcome === 'done') return { issues: followed.value, found: [] };
  const { message, action: fix } = followed.problem;
  const key = `${companyKey}.linked-products`;
  const text = `Products that are linked in Stripe could not be looked at: ${message}`;
  return { issues: [{ key, cause: 'Needs Person', invoiceId: null, recordId: null, message: text, fix }], found: [key] };
}

async function breakLost(deps: FollowDeps): Promise<Outcome<SyncIssueWrite[]>> {
  const linked = await deps.matches.listLinkedProducts();
  if (linked.outcome !== 'done' || linked.value.length === 0) return linked.outcome === 'done' ? done([]) : linked;
  const read = await deps.payments.readProducts([...new Set(linked.value.map(({ externalId }) => externalId))]);
  if (read.outcome !== 'done') return read;
  const active = new Set(read.value.filter((each) => each.active).map(({ id }) => id));
  const lost = linked.value.filter(({ externalId }) => !active.has(externalId));
  return lost.length === 0 ? done([]) : breakLinks(deps, lost);
}
