/** What can receive a mapped value. Lines belong to the QuickBooks invoice; customers receive theirs when Trueup creates them. */
export const TARGET_OBJECTS = [
  'QuickBooks Invoice',
  'QuickBooks Invoice Line',
  'QuickBooks Customer',
  'Stripe Invoice',
  'Stripe Customer',
] as const;
export type TargetObject = (typeof TARGET_OBJECTS)[number];

export const SOURCE_KINDS = ['Field', 'Constant', 'Template'] as const;
type SourceKind = (typeof SOURCE_KINDS)[number];

export const TRANSFORMS = [
  'None',
  'Upper Case',
  'Lower Case',
  'Trim',
  'First Characters',
  'Date',
  'Number',
  'Yes or No',
  'Value Map',
] as const;
export type Transform = (typeof TRANSFORMS)[number];

/** One record of Trueup_Field_Mapping__mdt. Texts as people entered them: what is wrong with them is said, not thrown. */
export interface FieldMapping {
  /** DeveloperName: its identity. */
  name: string;
  label: string;
  targetObject: TargetObject;
  targetField: string;
  sourceKind: SourceKind;
  /** API name of the object the paths start at. */
  sourceObject: string;
  sourceField: string | null;
  constant: string | null;
  template: string | null;
  transform: Transform;
  argument: string | null;
  /** JSON object of texts. */
  valueMap: string | null;
  defaultValue: string | null;
  required: boolean;
  active: boolean;
  /** Null: every company. */
  companyKey: string | null;
}

export const INVOICE = 'Trueup_Invoice__c';
export const LINE = 'Trueup_Invoice_Line__c';

export const isOfQuickBooks = (object: TargetObject): boolean => object.startsWith('QuickBooks');
/** Proposes the invoice's terms in the panel; what is chosen there goes into all three systems. */
export const isOfTerms = ({ targetObject, targetField }: Pick<FieldMapping, 'targetObject' | 'targetField'>): boolean =>
  targetObject === 'QuickBooks Invoice' && targetField.toLowerCase() === 'salestermref';

/** Says which QuickBooks item a line is sold as, in place of the product's link. */
export const isOfItem = ({ targetObject, targetField }: Pick<FieldMapping, 'targetObject' | 'targetField'>): boolean =>
  isOfLine(targetObject) && targetField.toLowerCase() === ITEM.toLowerCase();
export const ITEM = 'ItemRef';

export const isOfLine = (object: TargetObject): boolean => object === 'QuickBooks Invoice Line';

/** The mappings a company goes by: one for the company itself wins over one for all. */
export function mappingsOf(companyKey: string, all: readonly FieldMapping[]): FieldMapping[] {
  const held = all.filter((each) => each.active && (each.companyKey === null || each.companyKey === companyKey));
  return held.filter((each) => each.companyKey !== null || !held.some((other) => other.companyKey !== null && sameTarget(each, other)));
}

/** Both would write the same field of the same invoice. */
export function sameTarget(one: FieldMapping, other: FieldMapping): boolean {
  return (
    one.targetObject === other.targetObject &&
    one.targetField.toLowerCase() === other.targetField.toLowerCase() &&
    (one.sourceObject === other.sourceObject || isAlways(one) || isAlways(other))
  );
}

/** Holds whatever record is billed. */
const isAlways = ({ sourceKind, sourceObject }: FieldMapping): boolean =>
  sourceKind === 'Constant' || sourceObject === INVOICE || sourceObject === LINE;
