import type { Link } from '../domain/link.ts';
import { done, mapOutcome, type Outcome } from '../domain/outcome.ts';
import { breakLinks } from './break-links.ts';
import type { Deps } from './deps.ts';

type FollowDeps = Pick<Deps, 'records' | 'matches' | 'payments' | 'ledger'>;

/**
 * A customer changed. Was it deleted, or merged into another, the link to it breaks and a person is told; nothing is created in its
 * place. Answers with the accounts that are linked to it still.
 */
export async function followCustomer(
  deps: FollowDeps,
  { system, id, merged }: { system: Link['system']; id: string; merged: boolean },
): Promise<Outcome<string[]>> {
  const links = await deps.matches.findLinks({ system, externalId: id });
  if (links.outcome !== 'done') return links;
  if (links.value.length === 0) return done([]);
  // QuickBooks may keep a merged customer as an inactive one; only its event tells the two apart.
  const gone = merged ? done(true) : await isGone(deps, system, id);
  if (gone.outcome !== 'done') return gone;
  if (!gone.value) return done([...new Set(links.value.map(({ recordId }) => recordId))]);
  return mapOutcome(await breakLinks(deps, links.value), () => []);
}

async function isGone({ payments, ledger }: FollowDeps, system: Link['system'], id: string): Promise<Outcome<boolean>> {
  if (system === 'stripe') {
    const read = await payments.readCustomer(id);
    return read.outcome === 'done' ? done(read.value === null) : read;
  }
  const read = await ledger.readForInvoice({ customerId: id, itemIds: [] });
  return read.outcome === 'done' ? done(read.value.customer === null) : read;
}
