import type { FieldType, OrgField, OrgObject, PicklistValue, Provenance, SharingModel } from '../model.ts';

type Extra = Partial<OrgField>;

/** A field without its provenance; `describedAs` stamps that on a whole group. */
export type FieldSketch = Omit<OrgField, 'source'>;

function sketch(name: string, label: string, type: FieldType, extra: Extra): FieldSketch {
  return { name, label, type, custom: false, nillable: true, createable: true, updateable: true, ...extra };
}

export const text = (name: string, label: string, length: number, extra: Extra = {}): FieldSketch =>
  sketch(name, label, 'string', { length, ...extra });
export const longText = (name: string, label: string, length = 32000, extra: Extra = {}): FieldSketch =>
  sketch(name, label, 'textarea', { length, ...extra });
export const email = (name: string, label: string, extra: Extra = {}): FieldSketch =>
  sketch(name, label, 'email', { length: 80, ...extra });
export const phone = (name: string, label: string, extra: Extra = {}): FieldSketch =>
  sketch(name, label, 'phone', { length: 40, ...extra });
export const url = (name: string, label: string, extra: Extra = {}): FieldSketch => sketch(name, label, 'url', { length: 255, ...extra });
export const flag = (name: string, label: string, extra: Extra = {}): FieldSketch =>
  sketch(name, label, 'boolean', { nillable: false, defaultValue: false, ...extra });
export const whole = (name: string, label: string, extra: Extra = {}): FieldSketch =>
  sketch(name, label, 'int', { precision: 8, scale: 0, ...extra });
export const date = (name: string, label: string, extra: Extra = {}): FieldSketch => sketch(name, label, 'date', extra);
export const datetime = (name: string, label: string, extra: Extra = {}): FieldSketch => sketch(name, label, 'datetime', extra);
export const amount = (name: string, label: string, extra: Extra = {}): FieldSketch =>
  sketch(name, label, 'currency', { precision: 18, scale: 2, ...extra });
export const number = (name: string, label: string, precision: number, scale: number, extra: Extra = {}): FieldSketch =>
  sketch(name, label, 'double', { precision, scale, ...extra });
export const percent = (name: string, label: string, precision: number, scale: number, extra: Extra = {}): FieldSketch =>
  sketch(name, label, 'percent', { precision, scale, ...extra });

/** A value written `Value*` is the default. */
export const picklist = (name: string, label: string, values: string[], extra: Extra = {}): FieldSketch =>
  sketch(name, label, 'picklist', { length: 255, picklist: values.map(pickValue), ...extra });

function pickValue(written: string): PicklistValue {
  const isDefault = written.endsWith('*');
  const value = isDefault ? written.slice(0, -1) : written;
  return { value, label: value, active: true, isDefault };
}

/** `child` is the name of the relationship seen from the parent. */
export const reference = (name: string, label: string, to: string, child: string | null, extra: Extra = {}): FieldSketch =>
  sketch(name, label, 'reference', {
    length: 18,
    referenceTo: [to],
    relationshipName: name.replace(/Id$/, ''),
    onDelete: 'setNull',
    ...(child ? { childRelationshipName: child } : {}),
    ...extra,
  });

/** A lookup whose target can narrow a search; recorded per field, without a rule one could see. */
export const prefiltered = { describe: { searchPrefilterable: true } } as const;
export const readOnly = { createable: false, updateable: false } as const;
export const required = { nillable: false } as const;
export const nameField = { nameField: true, nillable: false } as const;

const GEOCODE_ACCURACIES = [
  'Address',
  'NearAddress',
  'Block',
  'Street',
  'ExtendedZip',
  'Zip',
  'Neighborhood',
  'City',
  'County',
  'State',
  'Unknown',
];

/** Street, city, state, postal code and country, with the compound field made from them. */
export function address(prefix: string, label: string): FieldSketch[] {
  return [
    sketch(`${prefix}Street`, `${label} Street`, 'textarea', { length: 255 }),
    text(`${prefix}City`, `${label} City`, 40),
    text(`${prefix}State`, `${label} State/Province`, 80),
    text(`${prefix}PostalCode`, `${label} Zip/Postal Code`, 20),
    text(`${prefix}Country`, `${label} Country`, 80),
    number(`${prefix}Latitude`, `${label} Latitude`, 18, 15),
    number(`${prefix}Longitude`, `${label} Longitude`, 18, 15),
    picklist(`${prefix}GeocodeAccuracy`, `${label} Geocode Accuracy`, GEOCODE_ACCURACIES, {
      length: 40,
      restrictedPicklist: true,
    }),
    sketch(`${prefix}Address`, `${label} Address`, 'address', {
      ...readOnly,
      compound: ['Street', 'City', 'State', 'PostalCode', 'Country', 'Latitude', 'Longitude', 'GeocodeAccuracy'].map(
        (part) => prefix + part,
      ),
    }),
  ];
}

/** Marks a group of fields with how their attributes are known. */
export function describedAs(source: Provenance, origin: string, ...fields: (FieldSketch | FieldSketch[])[]): OrgField[] {
  return fields.flat().map((field) => ({ ...field, source, origin }));
}

export interface StandardObject {
  name: string;
  label: string;
  labelPlural: string;
  keyPrefix: string;
  sharing: SharingModel;
  sharingParent?: string;
  /** Standard objects with an owner get OwnerId; all but a few get the audit fields. */
  owner: boolean;
  audit?: boolean;
  /** System fields that Salesforce's object does not have; the store keeps them all the same. */
  without?: readonly string[];
  /** Records can be made, changed and deleted by API. */
  writable?: boolean;
  compactLayout?: string[];
  /** Attributes of describe that follow from nothing else; as recorded. */
  describe?: Readonly<Record<string, unknown>>;
  /** Label of Id; "<label> ID" otherwise. */
  idLabel?: string;
  /** The switch of the org this object, or its absence, depends on. */
  feature?: 'orders' | 'quotes' | 'multiCurrency';
  /** Has CurrencyIsoCode when multi-currency is on. */
  currency?: boolean;
  source: Provenance;
  fields: OrgField[];
}

export type { OrgObject };
