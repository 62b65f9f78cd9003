import { done, mapOutcome, type Outcome } from '../domain/outcome.ts';
import { breakLinks } from './break-links.ts';
import type { Deps } from './deps.ts';

/**
 * Products changed in Stripe, or it refused them. Was one deleted or archived, no new invoice takes it: the links to it break and a person
 * is told; nothing is made in its place. No invoice of before is touched.
 */
export async function followProducts(deps: Pick<Deps, 'records' | 'matches' | 'payments'>, ids: readonly string[]): Promise<Outcome<null>> {
  const held = await deps.matches.findItemLinks({ system: 'stripe', externalIds: ids });
  if (held.outcome !== 'done') return held;
  if (held.value.length === 0) return done(null);
  const read = await deps.payments.readProducts(ids);
  if (read.outcome !== 'done') return read;
  const active = new Set(read.value.filter((each) => each.active).map(({ id }) => id));
  const lost = held.value.filter(({ link }) => !active.has(link.externalId)).map(({ link }) => link);
  return lost.length === 0 ? done(null) : mapOutcome(await breakLinks(deps, lost), () => null);
}
