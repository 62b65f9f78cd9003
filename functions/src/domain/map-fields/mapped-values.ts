import { ITEM, type TargetObject } from './mapping.ts';

/** A value on its way out. `id` is what QuickBooks knows the list's entry or the field by; null where there is none, and until QuickBooks could be asked. */
export interface MappedValue {
  field: string;
  value: string;
  id: string | null;
}

export type HeaderTarget = Exclude<TargetObject, 'QuickBooks Invoice Line'>;

/** All values of one invoice, frozen with it. */
export interface MappedValues {
  header: Partial<Record<HeaderTarget, MappedValue[]>>;
  /** By line key. */
  lines: Record<string, MappedValue[]>;
}

/** A mapping says which item the line is sold as. */
export const hasMappedItem = (mapped: MappedValues | undefined, lineKey: string): boolean =>
  (mapped?.lines[lineKey] ?? []).some(({ field }) => field.toLowerCase() === ITEM.toLowerCase());
