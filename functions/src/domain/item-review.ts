import type { Link } from './link.ts';
import { ITEM_UNDONE, type ItemCandidate, type ItemMatch, type ItemView } from './match-item.ts';
import { NOBODY_ASKED, type PersonSaid } from './matching.ts';
import { reviewKey, type ReviewStatus } from './match-review.ts';
import { weighItem, type ProductNames } from './weigh-item.ts';

/** What a product's review holds as JSON, in the same form as an account's. */
export interface ItemContent extends PersonSaid {
  ours: ProductNames & { productId: string };
  candidates: ItemCandidate[];
  /** Only the item whose link was undone is known: a look, which knows whatever else fits, comes after. */
  unlooked?: true;
}

/** A question to a person: which QuickBooks item is this product sold as? One per product; asked again it is the same. */
export interface ItemReview {
  key: string;
  recordType: 'Product2';
  system: 'quickbooks';
  recordId: string;
  status: ReviewStatus;
  reason: string;
  content: ItemContent;
}

/** A product of which a person has to say what it is sold as. */
export interface ItemDoubt extends Pick<Extract<ItemMatch, { status: 'needs-review' }>, 'reason' | 'candidates'> {
  product: ItemContent['ours'];
}

/** Items serve every currency. */
const system = 'quickbooks';
export const itemReviewKey = (companyKey: string, recordId: string): string => reviewKey(companyKey, { system, recordId, currency: null });

export const itemReviewOf = (
  companyKey: string,
  { product, reason, candidates }: ItemDoubt,
  { notSame, undone }: PersonSaid,
): ItemReview => ({
  key: itemReviewKey(companyKey, product.productId),
  recordType: 'Product2',
  system,
  recordId: product.productId,
  status: 'Open',
  reason,
  content: { ours: product, candidates, notSame, undone },
});

/** The question of a product whose link a person took back. */
export function reopenedItemReview(companyKey: string, link: Link, product: ItemContent['ours'], before?: ItemReview): ItemReview {
  const item = { id: link.externalId, name: link.displayName ?? link.externalId, sku: null, active: true, hasIncomeAccount: true };
  const known = before?.content.candidates ?? [];
  const candidates = known.some(({ id }) => id === item.id) ? known : [{ ...item, ...weighItem(product, item), alsoSells: [] }, ...known];
  const { notSame = [], undone = [] } = before?.content ?? {};
  const said = { notSame: [], undone: [...new Set([...undone, ...notSame, item.id])] };
  const review = itemReviewOf(companyKey, { product, reason: ITEM_UNDONE, candidates }, said);
  return { ...review, content: { ...review.content, unlooked: true } };
}

const aboutProduct = (reviews: readonly ItemReview[], productId: string) => reviews.find(({ recordId }) => recordId === productId);

/** What was said about this product. */
export const saidOfProduct = (reviews: readonly ItemReview[], productId: string): PersonSaid =>
  aboutProduct(reviews, productId)?.content ?? NOBODY_ASKED;

/** Why a person is asked about this product; null when nobody is. */
export function askedAboutProduct(reviews: readonly ItemReview[], productId: string): string | null {
  const review = aboutProduct(reviews, productId);
  return review?.status === 'Open' ? review.reason : null;
}

/** The link to record for a product's item. One that a person chose may be one of several to that item. */
export function itemLink(
  productId: string,
  item: Pick<ItemView, 'id' | 'name'>,
  how: Pick<Link, 'matchedBy'> & Required<Pick<Link, 'reasons'>> & Pick<Link, 'score' | 'confirmedBy'>,
): Link {
  return {
    system,
    recordId: productId,
    recordType: 'Product2',
    currency: null,
    externalId: item.id,
    externalType: 'Item',
    status: 'Linked',
    displayName: item.name,
    ...how,
  };
}
