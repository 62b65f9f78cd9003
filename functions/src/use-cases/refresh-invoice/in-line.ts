import type { Records } from '../../ports/records.ts';

/**
 * Which changes a refresh has seen. One payment makes half a dozen objects dirty; a refresh that begins after all of them were
 * reported has seen them all, and those still in line behind it need not fetch again. Generations are counted by the inbox and
 * known here only after they were stored, so no clock is trusted. Memory of this process alone: without it a refresh too many.
 */
export interface Line {
  /** A change of this generation was reported; call before its refresh is put in line. */
  report(invoiceId: string, generation: number): void;
  /** Somebody begins to read now. What it answers is called when what was read is applied. */
  begin(invoiceId: string): (depth: Depth) => void;
  /** True when one that read as deep, and came to its end, began after the change was reported. */
  hasSeen(invoiceId: string, generation: number, depth: Depth): boolean;
  /** The object (`<kind>:<id>`) belongs to this invoice and to no other, for good. */
  own(object: string, invoiceId: string): void;
  ownerOf(object: string): string | null;
}

/** How much was read: what was paid at Stripe; both books; refunds, disputes and credits too. */
type Depth = 'shown' | 'books' | 'money';
const DEPTHS: readonly Depth[] = ['shown', 'books', 'money'];

const MOST_INVOICES = 10_000;
const MOST_OBJECTS = 20_000;
const lines = new WeakMap<Records, Line>();

/** The one line of a process, found by its records port. */
export function lineOf(records: Records): Line {
  const line = lines.get(records) ?? createLine();
  lines.set(records, line);
  return line;
}

function createLine(): Line {
  const reported = new Map<string, number>();
  const owners = new Map<string, string>();
  const seen = { shown: new Map<string, number>(), books: new Map<string, number>(), money: new Map<string, number>() };
  return {
    report(invoiceId, generation) {
      if (reported.size >= MOST_INVOICES) for (const map of [reported, ...Object.values(seen)]) map.clear();
      reported.set(invoiceId, Math.max(generation, reported.get(invoiceId) ?? 0));
    },
    begin(invoiceId) {
      const newest = reported.get(invoiceId);
      return (depth) => {
        if (newest !== undefined) for (const each of DEPTHS.slice(0, DEPTHS.indexOf(depth) + 1)) seen[each].set(invoiceId, newest);
      };
    },
    hasSeen: (invoiceId, generation, depth) => generation <= (seen[depth].get(invoiceId) ?? -1),
    own(object, invoiceId) {
      if (owners.size >= MOST_OBJECTS) owners.clear();
      owners.set(object, invoiceId);
    },
    ownerOf: (object) => owners.get(object) ?? null,
  };
}
