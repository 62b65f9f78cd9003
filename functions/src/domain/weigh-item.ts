import type { Mark } from './match-customers/mark-fields.ts';
import { plainText } from './match-customers/read-name.ts';

/** A product as far as its item, or its product in Stripe, is looked for. */
export interface ProductNames {
  name: string;
  code: string | null;
}

interface ItemNames {
  name: string;
  sku: string | null;
  description?: string;
}

/** What speaks for and against an item being what a product is sold as. */
export interface ItemEvidence {
  /** 0 to 100, as people read it. */
  score: number;
  reasons: string[];
  doubts: string[];
  fields: { name: Mark; sku: Mark };
}

/** How the evidence is told. */
interface Says {
  sku: string;
  otherSku: string;
  description: string;
}

const ITEM_SAYS: Says = {
  sku: "The item's SKU is the product code.",
  otherSku: "The item's SKU is not the product code.",
  description: "The item's description names the product.",
};
/** A Stripe product has no SKU of its own. */
export const PRODUCT_SAYS: Says = {
  sku: 'The code in its metadata is the product code.',
  otherSku: 'The code in its metadata is not the product code.',
  description: 'Its description names the product.',
};

const NAME = 60;
const SKU = 40;
const OTHER_SKU = 20;
const DESCRIPTION = 20;
/** From half of the words on, two names are worth a person's look. */
const ALIKE = 0.5;

/** QuickBooks adds it to the name of a list entry that is made inactive. */
const MADE_INACTIVE = / \(deleted\)$/;

export function weighItem(product: ProductNames, item: ItemNames, says = ITEM_SAYS): ItemEvidence {
  const name = item.name.replace(MADE_INACTIVE, '');
  const likeness = likenessOf(product.name, name);
  const fields = { name: markName(product.name, name, likeness), sku: markSku(product.code, item.sku) };
  const described = fields.name === 'different' && describes(item.description ?? '', product);
  const points =
    Math.round(likeness * NAME) +
    (fields.sku === 'same' ? SKU : fields.sku === 'different' ? -OTHER_SKU : 0) +
    (described ? DESCRIPTION : 0);
  return {
    score: Math.max(0, Math.min(100, points)),
    reasons: [
      ...(fields.name === 'same' ? ['The names are the same.'] : fields.name === 'alike' ? ['The names are alike.'] : []),
      ...(fields.sku === 'same' ? [says.sku] : []),
      ...(described ? [says.description] : []),
    ],
    doubts: [...(fields.name === 'different' ? ['The names differ.'] : []), ...(fields.sku === 'different' ? [says.otherSku] : [])],
    fields,
  };
}

/** Something speaks for it, be it little. */
export const isAlike = ({ reasons }: ItemEvidence): boolean => reasons.length > 0;

/** Words of a product's name by which an item of another name could be found, the longest first. */
export const tellingWords = (name: string): string[] =>
  [...new Set(name.split(/[^\p{L}\p{N}]+/u))].filter((word) => word.length >= 4).sort((a, b) => b.length - a.length);

const wordsOf = (text: string): string[] => [...new Set(plainText(text).split(' '))].filter(Boolean);

/** Share of the words that both names have. */
function likenessOf(one: string, other: string): number {
  const [ours, theirs] = [wordsOf(one), wordsOf(other)];
  if (ours.length === 0 || theirs.length === 0) return 0;
  const shared = ours.filter((word) => theirs.some((their) => isSameWord(word, their))).length;
  const sharedByThem = theirs.filter((word) => ours.some((our) => isSameWord(our, word))).length;
  return (shared + sharedByThem) / (ours.length + theirs.length);
}

/** "Sensor" and "sensors"; never two numbers. */
function isSameWord(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return one === other || (short.length >= 4 && long.length - short.length <= 2 && !/\d/.test(long) && long.startsWith(short));
}

const markName = (one: string, other: string, likeness: number): Mark =>
  plainText(one) === plainText(other) ? 'same' : likeness >= ALIKE ? 'alike' : 'different';

function markSku(code: string | null, sku: string | null): Mark {
  const [ours, theirs] = [code ?? '', sku ?? ''].map((text) => plainText(text).replaceAll(' ', ''));
  return !ours || !theirs ? 'unknown' : ours === theirs ? 'same' : 'different';
}

function describes(description: string, { name, code }: ProductNames): boolean {
  const told = wordsOf(description);
  const holds = (text: string) => wordsOf(text).length > 0 && wordsOf(text).every((word) => told.includes(word));
  return holds(name) || (code !== null && code.length >= 4 && holds(code));
}
