import type { Link } from '../domain/link.ts';
import { done, type Outcome } from '../domain/outcome.ts';
import type { SyncIssueWrite } from '../ports/records.ts';
import { breakLinks } from './break-links.ts';
import type { Deps } from './deps.ts';

/** Of these links to Stripe products those whose product was deleted or archived: no new invoice takes it. Answers with what is told. */
export async function breakLostProducts(
  deps: Pick<Deps, 'records' | 'matches' | 'payments'>,
  links: readonly Link[],
): Promise<Outcome<SyncIssueWrite[]>> {
  if (links.length === 0) return done([]);
  const read = await deps.payments.readProducts([...new Set(links.map(({ externalId }) => externalId))]);
  if (read.outcome !== 'done') return read;
  const active = new Set(read.value.filter((each) => each.active).map(({ id }) => id));
  const lost = links.filter(({ externalId }) => !active.has(externalId));
  return lost.length === 0 ? done([]) : breakLinks(deps, lost);
}
