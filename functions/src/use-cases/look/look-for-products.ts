import { askedAboutProduct, productLink, saidOfProduct, type ItemDoubt } from '../../domain/item-review.ts';
import type { Link } from '../../domain/link.ts';
import { brokenLink, storedLink } from '../../domain/matching.ts';
import { matchProduct, type ProductMatch } from '../../domain/match-product.ts';
import { done, mapOutcome, type Outcome } from '../../domain/outcome.ts';
import type { StripeProduct } from '../../ports/products.ts';
import type { Deps } from '../deps.ts';
import type { Good } from './look-for-items.ts';
import type { Known } from './match-untaken.ts';
import { whatElseIsSold } from './what-else-is-sold.ts';

/** What the goods are in Stripe: those in none of these are made, each once. */
export interface ProductsFound {
  /** Salesforce product -> Stripe product. */
  productOf: Map<string, string>;
  newLinks: Link[];
  productDoubts: ItemDoubt[];
}

/** Asks nobody about products that are linked. One search for three or four new ones, and one look at who else is linked to what was found. */
export async function lookForProducts(
  deps: Pick<Deps, 'payments' | 'matches'>,
  goods: readonly Good[],
  known: Known,
): Promise<Outcome<ProductsFound>> {
  const found: ProductsFound = { productOf: new Map(), newLinks: [], productDoubts: [] };
  const fresh: Good[] = [];
  for (const good of goods) {
    if (good.key === 'free') continue;
    const link = storedLink(known.links, 'stripe', good.key, '');
    if (link) found.productOf.set(good.key, link.externalId);
    else fresh.push(good);
  }
  if (fresh.length === 0) return done(found);
  const products = await findProducts(deps, fresh, known);
  if (products.outcome !== 'done') return products;
  const match = (sells?: (good: Good) => ReadonlyMap<string, string[]>) =>
    fresh.map((good): [Good, ProductMatch] => [good, matchOne(good, products.value, known, sells?.(good))]);
  const wanted = match().map(([{ key, name }, each]) => ({
    key,
    name,
    ids: idsOf(each),
    fits: each.status === 'linked' ? each.product.id : null,
  }));
  const sells = await whatElseIsSold(deps, 'stripe', wanted);
  return mapOutcome(sells, (beside) =>
    sort(
      match(({ key }) => beside(key)),
      known,
      found,
    ),
  );
}

function matchOne(good: Good, products: readonly StripeProduct[], known: Known, sells?: ReadonlyMap<string, string[]>): ProductMatch {
  const { links, itemReviews = [] } = known;
  return matchProduct({ productId: good.key, name: good.name, code: good.code }, products, {
    said: saidOfProduct(itemReviews, 'stripe', good.key),
    asked: askedAboutProduct(itemReviews, 'stripe', good.key),
    broken: brokenLink(links, 'stripe', good.key, ''),
    ...(sells ? { sells } : {}),
  });
}

function idsOf(match: ProductMatch): string[] {
  switch (match.status) {
    case 'linked':
      return [match.product.id];
    case 'needs-review':
      return match.candidates.map(({ id }) => id);
    case 'will-be-created':
      return [];
  }
}

/** By id, code and name; what a person took back, or what was lost, may be called otherwise by now. */
async function findProducts(
  { payments }: Pick<Deps, 'payments'>,
  goods: readonly Good[],
  { links, itemReviews = [] }: Known,
): Promise<Outcome<StripeProduct[]>> {
  const found = await payments.findProducts({
    productIds: goods.map(({ key }) => key),
    codes: goods.flatMap(({ code }) => code ?? []),
    names: goods.map(({ name }) => name),
  });
  if (found.outcome !== 'done') return found;
  const before = goods.flatMap(({ key }) => [
    ...saidOfProduct(itemReviews, 'stripe', key).undone,
    ...[brokenLink(links, 'stripe', key, '')?.externalId ?? []].flat(),
  ]);
  const missing = [...new Set(before)].filter((id) => !found.value.some((each) => each.id === id));
  if (missing.length === 0) return found;
  return mapOutcome(await payments.readProducts(missing), (products) => [...found.value, ...products]);
}

function sort(matched: readonly [Good, ProductMatch][], { links }: Known, found: ProductsFound): ProductsFound {
  for (const [{ key, name, code }, match] of matched) {
    if (match.status === 'linked') {
      const { product, matchedBy, reason } = match;
      found.productOf.set(key, product.id);
      found.newLinks.push(productLink(key, product, { matchedBy, reasons: reason }));
    }
    if (match.status === 'needs-review') {
      const { reason, candidates } = match;
      const broken = brokenLink(links, 'stripe', key, '')?.externalId;
      const product = { productId: key, name, code };
      found.productDoubts.push({ product, reason, candidates, ...(broken === undefined ? {} : { broken }) });
    }
  }
  return found;
}
