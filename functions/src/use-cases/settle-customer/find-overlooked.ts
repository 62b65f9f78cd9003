import { done, mapOutcome, type Outcome } from '../../domain/outcome.ts';
import { type Doubt, overlookedBy, type TwoSides } from '../../domain/settle-facts.ts';
import type { Deps } from '../deps.ts';

/**
 * Stripe knows no version of a customer: what somebody writes there between our look and our write is replaced unseen. What it was is
 * told by Stripe once the write is there, also to a process that did not send it. `since`: when it was sent first; null: it never was, so
 * that somebody else wrote the same.
 */
export async function findOverlooked(
  { customers }: Pick<Deps, 'customers'>,
  sides: TwoSides,
  { id, key, since }: { id: string; key: string; since: string | null },
): Promise<Outcome<Doubt[]>> {
  const book = customers[sides.link.system];
  if (!book.heldBefore || since === null) return done([]);
  const before = await book.heldBefore({ id, key, since });
  return mapOutcome(before, (facts) => (facts === null ? [] : overlookedBy({ ...sides, theirs: facts })));
}
