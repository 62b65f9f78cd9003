import { add, compare, decimal, formatDecimal, subtract, type Decimal } from './decimal.ts';
import { freesQuantity } from './invoice-status.ts';
import { sourceLineKey } from './line-key.ts';
import type { EarlierLine, SourceLine } from './source.ts';

/** A source line with what was billed of it and what is left; quantities are plain decimals. */
export interface LineLeft {
  line: SourceLine;
  /** The key its next invoice line gets. */
  nextKey: string;
  billed: string;
  left: string;
}

export interface LeftToBill {
  lines: LineLeft[];
  /** Billed lines whose source line is gone (price-book change, CPQ): kept by product for a person, never zeroed. */
  orphans: EarlierLine[];
}

const ZERO: Decimal = { unscaled: 0n, scale: 0 };

/** What is left of each source line. What was billed on lines that are gone counts against lines of the same product. */
export function leftToBill(lines: readonly SourceLine[], earlier: readonly EarlierLine[]): LeftToBill {
  const known = new Set(lines.map((line) => line.id));
  const counting = earlier.filter((each) => !freesQuantity(each.invoiceStatus));
  const orphans = counting.filter((each) => each.sourceLineId !== null && !known.has(each.sourceLineId));
  const unsettled = quantityByProduct(orphans);

  return {
    orphans,
    lines: lines.map((line) => {
      const own = total(counting.filter((each) => each.sourceLineId === line.id));
      const billed = add(own, absorb(unsettled, line, subtract(decimal(line.quantity), own)));
      return {
        line,
        nextKey: sourceLineKey(line.id, earlier.filter((each) => each.sourceLineId === line.id).length),
        billed: formatDecimal(billed),
        left: formatDecimal(subtract(decimal(line.quantity), billed)),
      };
    }),
  };
}

/** True when `quantity` is more than is left; for a negative (credit) line, more on the negative side. */
export function exceedsLeft(quantity: string, left: string, ordered: string): boolean {
  const asked = decimal(quantity);
  const rest = decimal(left);
  return compare(decimal(ordered), ZERO) < 0 ? compare(asked, rest) < 0 || compare(asked, ZERO) > 0 : compare(asked, rest) > 0;
}

function quantityByProduct(lines: readonly EarlierLine[]): Map<string, Decimal> {
  const byProduct = new Map<string, Decimal>();
  for (const line of lines) {
    if (line.productId) byProduct.set(line.productId, add(byProduct.get(line.productId) ?? ZERO, decimal(line.quantity)));
  }
  return byProduct;
}

/** Takes from the product's unsettled quantity what fits into this line's room. */
function absorb(unsettled: Map<string, Decimal>, line: SourceLine, room: Decimal): Decimal {
  const waiting = line.productId ? unsettled.get(line.productId) : undefined;
  if (!waiting || !line.productId || compare(room, ZERO) <= 0 || compare(waiting, ZERO) <= 0) return ZERO;
  const taken = compare(waiting, room) < 0 ? waiting : room;
  unsettled.set(line.productId, subtract(waiting, taken));
  return taken;
}

function total(lines: readonly EarlierLine[]): Decimal {
  return lines.reduce((all, each) => add(all, decimal(each.quantity)), ZERO);
}
