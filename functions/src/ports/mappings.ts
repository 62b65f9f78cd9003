import type { Described } from '../domain/map-fields/described.ts';
import type { FieldMapping } from '../domain/map-fields/mapping.ts';
import type { ReadValues, ValuesWanted } from '../domain/map-fields/source-values.ts';
import type { Place } from '../domain/map-fields/source-path.ts';
import type { Outcome } from '../domain/outcome.ts';

/** A field of our own objects that somebody made required, and that Trueup does not fill. */
export interface RequiredField {
  object: string;
  field: string;
  label: string;
}

export interface LinkedItem {
  productId: string;
  productName: string;
  itemId: string;
}

/** The mappings of the org and the Salesforce fields they read, as the integration user sees them. */
export interface Mappings {
  /** The active ones of every company. Kept for a minute; `fresh`: read now, and kept. */
  readMappings(fresh?: boolean): Promise<Outcome<FieldMapping[]>>;
  /** All values in one call; none for what was asked within `believeMs`. Fields that cannot be read are told, not refused. */
  readValues(wanted: ValuesWanted, believeMs?: number): Promise<Outcome<ReadValues>>;
  /** What the org says of these fields; kept for a minute. */
  describe(places: readonly Place[]): Promise<Outcome<Described[]>>;
  listForeignRequiredFields(): Promise<Outcome<RequiredField[]>>;
  /** Products with the QuickBooks item each is linked to. */
  listLinkedItems(): Promise<Outcome<LinkedItem[]>>;
}
