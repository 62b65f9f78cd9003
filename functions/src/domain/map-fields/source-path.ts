import { INVOICE, LINE, isOfLine, type FieldMapping } from './mapping.ts';

/** Where a path is read: the invoice to be or its line itself, or a record that is there before the invoice is. */
export type Root = 'invoice' | 'line' | 'account' | 'contact' | 'opportunity' | 'product' | 'source' | 'source-line';

export interface Place {
  root: Root;
  /** API name of the object `field` starts at. */
  object: string;
  /** Field with its relations, such as `Owner.Name`. */
  field: string;
}

/** What is known of the invoice before it exists. */
export const INVOICE_FIELDS = [
  'Invoice_Date__c',
  'Due_Date__c',
  'Terms__c',
  'PO_Number__c',
  'Memo__c',
  'Currency_Code__c',
  'Delivery__c',
  'Bill_To_Email__c',
] as const;
export const LINE_FIELDS = ['Description__c', 'Quantity__c', 'Unit_Price__c', 'Service_Date__c', 'Sort_Order__c'] as const;

const PARENTS: Record<string, { root: Root; object: string }> = {
  Account__r: { root: 'account', object: 'Account' },
  Contact__r: { root: 'contact', object: 'Contact' },
  Opportunity__r: { root: 'opportunity', object: 'Opportunity' },
};
const LINES_OF: Record<string, string> = { OpportunityLineItem: 'Opportunity', OrderItem: 'Order', QuoteLineItem: 'Quote' };
const SOURCES = ['Opportunity', 'Order', 'Quote'];
/** https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_relationships_query_limits.htm */
const MOST_LEVELS = 5;
const PATH = /^[A-Za-z]\w*(\.[A-Za-z]\w*)*$/;

/** Where a mapping's path leads; text: why nowhere. */
export function placeOf(sourceObject: string, path: string, forLine: boolean): Place | string {
  if (!PATH.test(path)) return `"${path}" is no path of fields`;
  if (path.split('.').length > MOST_LEVELS + 1) return `"${path}" goes over more than ${MOST_LEVELS} relations`;
  if (SOURCES.includes(sourceObject)) return { root: 'source', object: sourceObject, field: path };
  if (sourceObject in LINES_OF || sourceObject === LINE) {
    if (!forLine) return `${sourceObject} is a line, and the target is not`;
    return sourceObject === LINE ? ofLine(path) : { root: 'source-line', object: sourceObject, field: path };
  }
  return sourceObject === INVOICE ? ofInvoice(path) : `values cannot start at ${sourceObject || 'nothing'}`;
}

function ofInvoice(path: string): Place | string {
  const [first = '', ...rest] = path.split('.');
  const parent = PARENTS[first];
  if (parent && rest.length > 0) return { ...parent, field: rest.join('.') };
  if ((INVOICE_FIELDS as readonly string[]).includes(path)) return { root: 'invoice', object: INVOICE, field: path };
  return `${path} is empty until the invoice is written; use a field of the account, the contact or the record that is billed`;
}

function ofLine(path: string): Place | string {
  const [first = '', ...rest] = path.split('.');
  if (first === 'Product__r' && rest.length > 0) return { root: 'product', object: 'Product2', field: rest.join('.') };
  if (first === 'Invoice__r' && rest.length > 0) return ofInvoice(rest.join('.'));
  if ((LINE_FIELDS as readonly string[]).includes(path)) return { root: 'line', object: LINE, field: path };
  return `${path} is empty until the invoice is written; use a field of the product or of the line that is billed`;
}

const MERGE = /\{!\s*([^}]*?)\s*\}/g;

/** The paths a mapping reads. */
export function pathsOf({ sourceKind, sourceField, template }: FieldMapping): string[] {
  if (sourceKind === 'Field') return sourceField ? [sourceField] : [];
  return sourceKind === 'Template' ? [...(template ?? '').matchAll(MERGE)].map(([, path]) => path ?? '') : [];
}

/** The joined text; empty when every field in it is. */
export function join(template: string, valueOf: (path: string) => string): string {
  const parts = [...template.matchAll(MERGE)].map(([, path]) => valueOf(path ?? ''));
  return parts.length > 0 && parts.every((each) => each === '') ? '' : template.replace(MERGE, (_, path: string) => valueOf(path));
}

export const placesOf = (mapping: FieldMapping): Place[] =>
  pathsOf(mapping)
    .map((path) => placeOf(mapping.sourceObject, path, isOfLine(mapping.targetObject)))
    .filter((place) => typeof place !== 'string');

/** True when the mapping can hold for what is billed. */
export function appliesTo({ sourceKind, sourceObject }: FieldMapping, sourceType: string): boolean {
  if (sourceKind === 'Constant') return true;
  const of = LINES_OF[sourceObject] ?? (SOURCES.includes(sourceObject) ? sourceObject : null);
  return of === null || of === sourceType;
}
