import type { Outcome } from '../domain/outcome.ts';
import type { Run } from '../ports/engine.ts';
import type { SyncIssueWrite } from '../ports/records.ts';
import { breakLostProducts } from './break-lost-products.ts';
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
  return linked.outcome === 'done' ? breakLostProducts(deps, linked.value) : linked;
}
