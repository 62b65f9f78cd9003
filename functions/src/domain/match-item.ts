/** A QuickBooks item as far as mapping needs it. */
export interface ItemView {
  id: string;
  name: string;
  sku: string | null;
  active: boolean;
  hasIncomeAccount: boolean;
}

/** Lines without a product are sold as this item, which every QuickBooks company starts with. */
export const FREE_LINE_ITEM = 'Services';

/** The one active item whose Sku is the product's code, else the one whose name is the product's; null when none or several. */
export function matchItem(
  product: { name: string; code: string | null },
  items: readonly ItemView[],
): { item: ItemView; reason: string } | null {
  const active = items.filter((item) => item.active);
  const bySku = product.code === null ? [] : active.filter((item) => item.sku === product.code);
  if (bySku.length === 1 && bySku[0]) return { item: bySku[0], reason: "The item's SKU is the product code." };
  if (bySku.length > 1) return null;
  const byName = active.filter((item) => item.name.toLowerCase() === product.name.toLowerCase());
  return byName.length === 1 && byName[0] ? { item: byName[0], reason: "The item has the product's name." } : null;
}
