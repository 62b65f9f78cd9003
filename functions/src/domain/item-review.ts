import type { Link } from './link.ts';
import { ITEM_UNDONE, type ItemCandidate, type ItemMatch, type ItemView } from './match-item.ts';
import { NOBODY_ASKED, type PersonSaid } from './matching.ts';
import { type LinkedTo, reviewKey, type ReviewStatus } from './match-review.ts';
import { PRODUCT_SAYS, weighItem, type ProductNames } from './weigh-item.ts';

/** What a product's review holds as JSON, in the same form as an account's. */
export interface ItemContent extends PersonSaid {
  ours: ProductNames & { productId: string };
  candidates: ItemCandidate[];
  /** Outside id of what was deleted or archived and so made the question necessary. */
  broken?: string;
  /** Only the item whose link was undone is known: a look, which knows whatever else fits, comes after. */
  unlooked?: true;
  /** What a person's decision linked, for those who read the review later. */
  linkedTo?: LinkedTo | undefined;
}

/** A question to a person: which QuickBooks item, or Stripe product, is this product sold as? One per product and system; asked again it is the same. */
export interface ItemReview {
  key: string;
  recordType: 'Product2';
  system: Link['system'];
  recordId: string;
  status: ReviewStatus;
  reason: string;
  content: ItemContent;
}

/** A product of which a person has to say what it is sold as. */
export interface ItemDoubt extends Pick<Extract<ItemMatch, { status: 'needs-review' }>, 'reason' | 'candidates'> {
  product: ItemContent['ours'];
  broken?: string;
}

/** Items and products serve every currency. */
export const itemReviewKey = (companyKey: string, system: Link['system'], recordId: string): string =>
  reviewKey(companyKey, { system, recordId, currency: null });

export const itemReviewOf = (
  companyKey: string,
  system: Link['system'],
  { product, reason, candidates, broken }: ItemDoubt,
  { notSame, undone }: PersonSaid,
): ItemReview => ({
  key: itemReviewKey(companyKey, system, product.productId),
  recordType: 'Product2',
  system,
  recordId: product.productId,
  status: 'Open',
  reason,
  content: { ours: product, candidates, notSame, undone, ...(broken === undefined ? {} : { broken }) },
});

/** The question of a product whose link a person took back. */
export function reopenedItemReview(companyKey: string, link: Link, product: ItemContent['ours'], before?: ItemReview): ItemReview {
  const { system } = link;
  const item = { id: link.externalId, name: link.displayName ?? link.externalId, sku: null, active: true };
  const weighed = weighItem(product, item, system === 'stripe' ? PRODUCT_SAYS : undefined);
  const known = before?.content.candidates ?? [];
  const candidates = known.some(({ id }) => id === item.id) ? known : [{ ...item, ...weighed, alsoSells: [] }, ...known];
  const { notSame = [], undone = [] } = before?.content ?? {};
  const said = { notSame: [], undone: [...new Set([...undone, ...notSame, item.id])] };
  const review = itemReviewOf(companyKey, system, { product, reason: ITEM_UNDONE, candidates }, said);
  return { ...review, content: { ...review.content, unlooked: true } };
}

type System = Link['system'];

const aboutProduct = (reviews: readonly ItemReview[], system: System, productId: string) =>
  reviews.find((each) => each.system === system && each.recordId === productId);

/** What was said about this product. */
export const saidOfProduct = (reviews: readonly ItemReview[], system: System, productId: string): PersonSaid =>
  aboutProduct(reviews, system, productId)?.content ?? NOBODY_ASKED;

/** Why a person is asked about this product; null when nobody is. */
export function askedAboutProduct(reviews: readonly ItemReview[], system: System, productId: string): string | null {
  const review = aboutProduct(reviews, system, productId);
  return review?.status === 'Open' ? review.reason : null;
}

/** Stripe products that a new one for this product must not be: people said so, or they were lost. */
export function productsRuledOut(
  { links, itemReviews = [] }: { links: readonly Link[]; itemReviews?: readonly ItemReview[] },
  productId: string,
): ReadonlySet<string> {
  const { notSame, undone } = saidOfProduct(itemReviews, 'stripe', productId);
  const lost = links.filter((link) => link.system === 'stripe' && link.recordId === productId && link.status !== 'Linked');
  return new Set([...notSame, ...undone, ...lost.map((link) => link.externalId)]);
}

type How = Pick<Link, 'matchedBy'> & Required<Pick<Link, 'reasons'>> & Pick<Link, 'score' | 'confirmedBy'>;

/** The link to record for a product's item. One that a person chose may be one of several to that item. */
export const itemLink = (productId: string, { id, name }: Pick<ItemView, 'id' | 'name'>, how: How): Link => ({
  system: 'quickbooks',
  externalType: 'Item',
  externalId: id,
  displayName: name,
  ...linkOf(productId, how),
});

/** The same of its product in Stripe. */
export const productLink = (productId: string, { id, name, url }: { id: string; name: string; url?: string }, how: How): Link => ({
  system: 'stripe',
  externalType: 'product',
  externalId: id,
  displayName: name,
  ...(url === undefined ? {} : { url }),
  ...linkOf(productId, how),
});

const linkOf = (recordId: string, how: How) => ({
  ...({ recordId, recordType: 'Product2', currency: null, status: 'Linked' } as const),
  ...how,
});
