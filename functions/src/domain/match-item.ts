import { NOBODY_ASKED, type PersonSaid } from './matching.ts';
import { isAlike, weighItem, type ItemEvidence, type ProductNames } from './weigh-item.ts';

/** A QuickBooks item as far as mapping needs it. */
export interface ItemView {
  id: string;
  name: string;
  sku: string | null;
  active: boolean;
  hasIncomeAccount: boolean;
  description?: string;
  /** As QuickBooks writes it, in its home currency. */
  price?: string;
  incomeAccount?: string;
}

/** An item, or a Stripe product, as a person judges it. */
export interface ItemCandidate extends Omit<ItemView, 'hasIncomeAccount'>, ItemEvidence {
  /** Of items. */
  hasIncomeAccount?: boolean;
  url?: string;
  /** Names of the other products that are sold as it. */
  alsoSells: string[];
}

export type ItemMatch =
  | { status: 'linked'; item: ItemView; reason: string }
  | { status: 'needs-review'; reason: string; candidates: ItemCandidate[] }
  | { status: 'none' };

/** What is known besides the product and the items. */
export interface ItemCircumstances {
  said?: PersonSaid;
  /** Why a person is asked already, who has not answered. */
  asked?: string | null;
  /** Id of an item -> names of the other products that it sells, or would. */
  sells?: ReadonlyMap<string, readonly string[]>;
}

/** Lines without a product are sold as this item, which every QuickBooks company starts with. */
export const FREE_LINE_ITEM = 'Services';

export const ITEM_UNDONE = 'A person undid the link to it.';

/**
 * Stored links are looked up before. The one active item whose SKU is the product's code, else the one whose name is the product's,
 * and which sells no other product, is certain; anything less goes to a person, whose word stands.
 */
export function matchItem(
  product: ProductNames,
  items: readonly ItemView[],
  { said = NOBODY_ASKED, asked = null, sells = new Map() }: ItemCircumstances = {},
): ItemMatch {
  const usable = items.filter(({ id }) => !said.notSame.includes(id));
  const { fitting, reason } = fit(product, usable);
  const offered = usable
    .map((item) => ({ ...item, ...weighItem(product, item), alsoSells: [...(sells.get(item.id) ?? [])] }))
    .filter((each) => fitting.some(({ id }) => id === each.id) || said.undone.includes(each.id) || (isAlike(each) && each.hasIncomeAccount))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
  const review = (why: string): ItemMatch => ({ status: 'needs-review', reason: why, candidates: offered });
  const [item] = fitting;
  // A person who took a link back is asked, whatever fits; where nothing could be chosen there is nothing to ask.
  if (!offered.some((each) => each.active)) return { status: 'none' };
  if (said.undone.length > 0 && (asked !== null || offered.some(({ id }) => said.undone.includes(id)))) return review(ITEM_UNDONE);
  if (!item) return review('No active item has the product code as its SKU, or the name of the product; some are alike.');
  if (fitting.length > 1) return review(`Several items fit. ${reason}`);
  const others = sells.get(item.id) ?? [];
  return others.length === 0
    ? { status: 'linked', item, reason }
    : review(`The item that fits, ${item.name}, sells another product too: ${others.join(', ')}.`);
}

/** Active items that have the SKU, else the name. One that nobody can sell, such as a category, does not stand beside one that can be. */
function fit({ name, code }: ProductNames, items: readonly ItemView[]): { fitting: ItemView[]; reason: string } {
  const active = items.filter((item) => item.active);
  const bySku = code === null ? [] : active.filter((item) => item.sku === code);
  const found = bySku.length > 0 ? bySku : active.filter((item) => item.name.toLowerCase() === name.toLowerCase());
  const sold = found.filter((item) => item.hasIncomeAccount);
  return {
    fitting: sold.length > 0 ? sold : found,
    reason: bySku.length > 0 ? "The item's SKU is the product code." : "The item has the product's name.",
  };
}
