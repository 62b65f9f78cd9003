import { distance } from 'fastest-levenshtein';
import type { NameParts } from './party.ts';

export type NameRelation = 'same' | 'reordered' | 'misspelt' | 'contained' | 'initials' | 'different';

/** How two names stand to each other; numbers and legal forms are looked at apart from it. */
export function compareNames(one: NameParts, other: NameParts): NameRelation {
  if (one.words.length === 0 || other.words.length === 0) return 'different';
  if (one.words.join('') === other.words.join('')) return 'same';
  if ([...one.words].sort().join(' ') === [...other.words].sort().join(' ')) return 'reordered';
  if (isMisspelt(one.words, other.words)) return 'misspelt';
  if (holds(one.words, other.words) || holds(other.words, one.words)) return 'contained';
  if (abbreviates(one.words, other.words) || abbreviates(other.words, one.words)) return 'initials';
  return 'different';
}

/** Word by word at most a slip of the keys in one of them, a long one, and nowhere in its first letter. */
function isMisspelt(one: readonly string[], other: readonly string[]): boolean {
  if (one.length !== other.length) return distance(one.join(''), other.join('')) <= 1 && one.join('').length >= 8;
  const unlike = one.flatMap((word, index) => (word === other[index] ? [] : [[word, other[index] ?? ''] as const]));
  const [pair] = unlike;
  if (unlike.length !== 1 || !pair) return false;
  const [word, written] = pair;
  const shortest = Math.min(word.length, written.length);
  if (word[0] !== written[0] || shortest < 5) return false;
  const slips = distance(word, written);
  return slips <= (shortest >= 9 ? 2 : 1) || (slips === 2 && [...word].sort().join('') === [...written].sort().join(''));
}

const holds = (long: readonly string[], short: readonly string[]): boolean =>
  short.length < long.length && short.every((word) => long.includes(word));

/** IBM for International Business Machines. */
const abbreviates = (short: readonly string[], long: readonly string[]): boolean =>
  short.length === 1 && long.length >= 3 && short[0] === long.map((word) => word[0]).join('');
