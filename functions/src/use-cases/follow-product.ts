import { done, mapOutcome, type Outcome } from '../domain/outcome.ts';
import { breakLinks } from './break-links.ts';
import type { Deps } from './deps.ts';

/**
 * A product changed in Stripe. Was it deleted or archived, no new invoice takes it: the links to it break and a person is told; nothing is
 * made in its place. Answers with no lines: no invoice of before is touched.
 */
export async function followProduct(deps: Pick<Deps, 'records' | 'matches' | 'payments'>, id: string): Promise<Outcome<string[]>> {
  const held = await deps.matches.findItemLinks({ system: 'stripe', externalIds: [id] });
  if (held.outcome !== 'done') return held;
  if (held.value.length === 0) return done([]);
  const read = await deps.payments.readProducts([id]);
  if (read.outcome !== 'done') return read;
  if (read.value.some(({ active }) => active)) return done([]);
  const broken = await breakLinks(
    deps,
    held.value.map(({ link }) => link),
  );
  return mapOutcome(broken, () => []);
}
