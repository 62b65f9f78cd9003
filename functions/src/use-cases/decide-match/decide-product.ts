import { productLink, type ItemReview } from '../../domain/item-review.ts';
import type { Link } from '../../domain/link.ts';
import { done, mapOutcome, rejected, type Outcome } from '../../domain/outcome.ts';
import type { ReviewRead } from '../../ports/match-records.ts';
import type { Caller, Deps } from '../deps.ts';
import { createStripeProduct } from '../writes/create-product.ts';
import type { Change } from './decision.ts';
import { refusal } from './refusals.ts';

/** The review may be days old: the product must exist still, and not be archived. */
export async function linkToProduct(
  { payments }: Pick<Deps, 'payments'>,
  productId: string,
  candidate: { id: string; name: string },
  how: Parameters<typeof productLink>[2],
): Promise<Outcome<Link>> {
  const read = await payments.readProducts([candidate.id]);
  if (read.outcome !== 'done') return read;
  const [product] = read.value;
  if (!product) return rejected(refusal('product-gone', candidate.name));
  return product.active ? done(productLink(productId, product, how)) : rejected(refusal('product-archived', product.name));
}

/** The candidates are others; a product of its own is made now, once. */
export async function createProduct(
  deps: Pick<Deps, 'payments' | 'effects' | 'clock'>,
  { review, company }: ReviewRead<ItemReview>,
  current: Link | undefined,
  caller: Caller,
): Promise<Outcome<Change>> {
  const { ours, candidates, notSame, undone, broken } = review.content;
  const said = { notSame: [...new Set([...notSame, ...undone, ...candidates.map(({ id }) => id)])], undone: [] };
  if (current)
    return current.matchedBy === 'Created'
      ? done({ status: 'Resolved', said })
      : rejected(refusal('product-linked', current.displayName ?? current.externalId));
  const wanted = { ...ours, companyKey: company.key };
  const made = await createStripeProduct(deps, wanted, new Set([...said.notSame, ...(broken === undefined ? [] : [broken])]));
  return mapOutcome(made, (product) => ({
    status: 'Resolved',
    said,
    link: productLink(ours.productId, product, {
      matchedBy: 'Created',
      reasons: 'A person had it created: no existing product is this one.',
      confirmedBy: caller.userId,
    }),
  }));
}
