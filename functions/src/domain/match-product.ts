import { ITEM_UNDONE, type ItemCandidate, type ItemCircumstances } from './match-item.ts';
import type { Link } from './link.ts';
import { NOBODY_ASKED } from './matching.ts';
import { PRODUCT_SAYS, weighItem, type ProductNames } from './weigh-item.ts';

/** A Stripe product as far as matching needs it. */
export interface ProductView {
  id: string;
  name: string;
  /** The company's own code, from its metadata. */
  code: string | null;
  /** False: archived. */
  active: boolean;
  /** Salesforce product whose id it carries. */
  productId: string | null;
  description?: string;
  url: string;
}

export type ProductMatch =
  | { status: 'linked'; product: ProductView; matchedBy: 'Metadata' | 'Score'; reason: string }
  | { status: 'needs-review'; reason: string; candidates: ItemCandidate[] }
  | { status: 'will-be-created' };

interface Circumstances extends ItemCircumstances {
  /** The link whose product was deleted or archived. */
  broken?: Link | undefined;
}

/**
 * Stored links are looked up before. The one active product that carries our id, else our code, else our name, and that stands for no
 * other product, is certain. Several, one that stands for another, and what a person took back or lost go to a person. Anything less
 * is no match: a product of its own is made, which costs nothing and misleads nobody.
 */
export function matchProduct(
  product: ProductNames & { productId: string },
  found: readonly ProductView[],
  { said = NOBODY_ASKED, asked = null, sells = new Map(), broken }: Circumstances = {},
): ProductMatch {
  const before = new Set([...said.undone, ...(broken ? [broken.externalId] : [])]);
  const usable = found.filter(
    ({ id, productId }) => !said.notSame.includes(id) && (productId === null || productId === product.productId || before.has(id)),
  );
  const ours = usable.filter(({ productId }) => productId === product.productId);
  const { fitting, matchedBy, reason } = fit(product, usable, ours);
  const offered = usable
    .filter((each) => fitting.includes(each) || ours.includes(each) || before.has(each.id))
    .map((each) => candidateOf(product, each, sells.get(each.id) ?? []))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  const review = (why: string): ProductMatch => ({ status: 'needs-review', reason: why, candidates: offered });
  if (broken) return review(whyBroken(broken, usable));
  if (said.undone.length > 0 && (asked !== null || offered.some(({ id }) => said.undone.includes(id)))) return review(ITEM_UNDONE);
  if (ours.length > 1) return review("Several products carry this product's id.");
  if (ours[0]?.active === false) return review("The product that carries this product's id is archived.");
  const [one] = fitting;
  if (!one) return { status: 'will-be-created' };
  if (fitting.length > 1) return review(`Several products fit. ${reason}`);
  const others = sells.get(one.id) ?? [];
  return others.length === 0
    ? { status: 'linked', product: one, matchedBy, reason }
    : review(`The product that fits, ${one.name}, stands for another product too: ${others.join(', ')}.`);
}

function whyBroken({ displayName, externalId }: Link, usable: readonly ProductView[]): string {
  const isBack = usable.some(({ id, active }) => id === externalId && active);
  return `The product it was linked to (${displayName ?? externalId}) was ${isBack ? 'archived in Stripe, and is restored' : 'deleted or archived in Stripe'}.`;
}

function fit({ name, code }: ProductNames, usable: readonly ProductView[], ours: readonly ProductView[]) {
  const active = usable.filter((each) => each.active);
  const byCode = code === null ? [] : active.filter((each) => each.code === code);
  if (ours.length > 0)
    return {
      fitting: ours.filter((each) => each.active),
      matchedBy: 'Metadata' as const,
      reason: "The product carries this product's id.",
    };
  return byCode.length > 0
    ? { fitting: byCode, matchedBy: 'Score' as const, reason: PRODUCT_SAYS.sku }
    : {
        fitting: active.filter((each) => each.name.toLowerCase() === name.toLowerCase()),
        matchedBy: 'Score' as const,
        reason: "The product has this product's name.",
      };
}

export function candidateOf(product: ProductNames, found: ProductView, alsoSells: readonly string[]): ItemCandidate {
  const { id, name, code: sku, active, description, url } = found;
  const item = { id, name, sku, active, url, ...(description ? { description } : {}) };
  return { ...item, ...weighItem(product, item, PRODUCT_SAYS), alsoSells: [...alsoSells] };
}
