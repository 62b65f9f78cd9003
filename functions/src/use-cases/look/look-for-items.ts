import { askedAboutProduct, itemLink, saidOfProduct, type ItemDoubt, type ItemReview } from '../../domain/item-review.ts';
import type { Link } from '../../domain/link.ts';
import { FREE_LINE_ITEM, matchItem, type ItemMatch } from '../../domain/match-item.ts';
import { done, mapOutcome, type Outcome } from '../../domain/outcome.ts';
import { tellingWords } from '../../domain/weigh-item.ts';
import type { LedgerItem } from '../../ports/ledger.ts';
import type { Deps } from '../deps.ts';
import type { Known } from './match-untaken.ts';
import { whatElseIsSold } from './what-else-is-sold.ts';

/** A product on the invoice, or the lines without one (key `free`). */
export interface Good {
  key: string;
  name: string;
  code: string | null;
}

/** What the goods without a stored link are sold as, and of which a person has to say it. */
export interface ItemsFound {
  itemOf: Map<string, LedgerItem>;
  newLinks: Link[];
  itemDoubts: ItemDoubt[];
}

/** So many words are looked for at once; each is a query of one batch, which takes 30. */
const MOST_WORDS = 24;
const WORDS_OF_A_NAME = 3;

const NOTHING: ItemsFound = { itemOf: new Map(), newLinks: [], itemDoubts: [] };

type Matched = [Good, ItemMatch][];

/**
 * By code and name, then by single words where nothing fits, then which other products sell what was found: three calls, and one more for
 * items that a person took back.
 */
export async function lookForItems(
  deps: Pick<Deps, 'ledger' | 'matches'>,
  goods: readonly Good[],
  { itemReviews = [] }: Known,
): Promise<Outcome<ItemsFound>> {
  if (goods.length === 0) return done(NOTHING);
  const items = await findItems(deps, goods, itemReviews);
  if (items.outcome !== 'done') return items;
  const matchAll = (sells?: (good: Good) => ReadonlyMap<string, string[]>): Matched =>
    goods.map((good) => [
      good,
      matchItem(nameOf(good), items.value, {
        said: saidOfProduct(itemReviews, 'quickbooks', good.key),
        asked: askedAboutProduct(itemReviews, 'quickbooks', good.key),
        ...(sells && good.key !== 'free' ? { sells: sells(good) } : {}),
      }),
    ]);
  const wanted = matchAll()
    .filter(([good]) => good.key !== 'free')
    .map(([{ key, name }, match]) => ({ key, name, ids: idsOf(match), fits: match.status === 'linked' ? match.item.id : null }));
  const sells = await whatElseIsSold(deps, 'quickbooks', wanted);
  return mapOutcome(sells, (beside) => foundOf(matchAll(({ key }) => beside(key))));
}

const nameOf = ({ key, name, code }: Good) => ({ name: key === 'free' ? FREE_LINE_ITEM : name, code });

async function findItems(
  { ledger }: Pick<Deps, 'ledger'>,
  goods: readonly Good[],
  reviews: readonly ItemReview[],
): Promise<Outcome<LedgerItem[]>> {
  const found = await ledger.findItems({
    codes: goods.flatMap((good) => (good.code === null ? [] : [good.code])),
    names: goods.map((good) => nameOf(good).name),
  });
  if (found.outcome !== 'done') return found;
  const without = goods.filter(
    (good) =>
      good.key !== 'free' &&
      matchItem(nameOf(good), found.value, { said: saidOfProduct(reviews, 'quickbooks', good.key) }).status === 'none',
  );
  const words = without.flatMap((good) => tellingWords(good.name).slice(0, WORDS_OF_A_NAME)).slice(0, MOST_WORDS);
  const alike = words.length === 0 ? done([]) : await ledger.findAlikeItems([...new Set(words)]);
  if (alike.outcome !== 'done') return alike;
  const known = new Map([...alike.value, ...found.value].map((item) => [item.id, item]));
  // What a person took back may be called otherwise by now.
  const undone = goods.flatMap((good) => saidOfProduct(reviews, 'quickbooks', good.key).undone).filter((id) => !known.has(id));
  if (undone.length === 0) return done([...known.values()]);
  const before = await ledger.readForInvoice({ customerId: null, itemIds: [...new Set(undone)] });
  return mapOutcome(before, ({ items }) => [...known.values(), ...items]);
}

const idsOf = (match: ItemMatch): string[] =>
  match.status === 'linked' ? [match.item.id] : match.status === 'needs-review' ? match.candidates.map(({ id }) => id) : [];

function foundOf(matched: Matched): ItemsFound {
  const found: ItemsFound = { itemOf: new Map(), newLinks: [], itemDoubts: [] };
  for (const [{ key, name, code }, match] of matched) {
    if (match.status === 'linked') {
      found.itemOf.set(key, match.item);
      if (key !== 'free') found.newLinks.push(itemLink(key, match.item, { matchedBy: 'Score', reasons: match.reason }));
    }
    if (match.status === 'needs-review' && key !== 'free') {
      const { reason, candidates } = match;
      found.itemDoubts.push({ product: { productId: key, name, code }, reason, candidates });
    }
  }
  return found;
}
