import { mapOutcome, type Outcome } from '../domain/outcome.ts';
import { breakLostProducts } from './break-lost-products.ts';
import type { Deps } from './deps.ts';

/**
 * Products changed in Stripe, or it refused them. Was one deleted or archived, no new invoice takes it: the links to it break and a person
 * is told; nothing is made in its place. No invoice of before is touched.
 */
export async function followProducts(deps: Pick<Deps, 'records' | 'matches' | 'payments'>, ids: readonly string[]): Promise<Outcome<null>> {
  const held = await deps.matches.findItemLinks({ system: 'stripe', externalIds: ids });
  if (held.outcome !== 'done') return held;
  const links = held.value.map(({ link }) => link);
  return mapOutcome(await breakLostProducts(deps, links), () => null);
}
