import type { TargetObject } from './mapping.ts';

/** One thing a list holds. Mappings name it; `id` is what the system knows it by. */
export interface TargetOption {
  value: string;
  label: string;
  id: string;
  active: boolean;
}

/** A field of Stripe or QuickBooks as it is now. */
export interface TargetField {
  object: TargetObject;
  /** As mappings name it; a family of named fields ends in `[…]`: `metadata[…]`. */
  name: string;
  label: string;
  /** What the system knows the field by, where that is not its name. */
  key: string | null;
  type: 'text' | 'number' | 'date' | 'email' | 'list';
  /** Longest text. */
  length: number | null;
  required: boolean;
  writable: boolean;
  /** Why it is not writable, and what to do about it. */
  reason: string | null;
  /** The admin names the field: how long the name may be and how many there may be. */
  named: { longestName: number; most: number; reserved: readonly string[] } | null;
  options: TargetOption[] | null;
}

/** `metadata[region]` -> `metadata[…]` and `region`. */
export function familyOf(name: string): { family: string; key: string } | null {
  const found = /^([A-Za-z_]+)\[(.*)\]$/.exec(name);
  return found ? { family: `${found[1]}[…]`, key: found[2] ?? '' } : null;
}

/** The name as the system writes it; mappings are read without regard to case. */
export const nameIn = (target: TargetField, name: string): string => (target.named ? name : target.name);

/** The field a mapping names: by itself, or as a member of a family. */
export function findTarget(fields: readonly TargetField[], object: TargetObject, name: string): TargetField | undefined {
  const own = fields.filter((each) => each.object === object);
  const exact = own.find((each) => each.name.toLowerCase() === name.toLowerCase());
  if (exact) return exact.named ? undefined : exact;
  const family = familyOf(name)?.family;
  return own.find((each) => each.named !== null && each.name === family);
}
