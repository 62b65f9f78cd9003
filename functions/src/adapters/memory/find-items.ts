import type { LedgerItem } from '../../ports/ledger.ts';

/** By exact SKU or name. */
export const itemsCalled = (items: ReadonlyMap<string, LedgerItem>, { codes, names }: { codes: string[]; names: string[] }): LedgerItem[] =>
  [...items.values()].filter(({ sku, name }) => (sku !== null && codes.includes(sku)) || names.includes(name));

/** By a word somewhere in the name. */
export const itemsAlike = (items: ReadonlyMap<string, LedgerItem>, words: readonly string[]): LedgerItem[] =>
  [...items.values()].filter(({ name }) => words.some((word) => name.toLowerCase().includes(word.toLowerCase())));
