/** What the QuickBooks stand-in keeps: the JSON of Intuit's v3 entities, as recorded and typed by Intuit's XSD. */

export const NAME_ENTITIES = ['Customer', 'Vendor', 'Employee'] as const;
export const LIST_ENTITIES = ['Account', 'Item', 'Term', 'PaymentMethod', 'Class', 'Department', 'TaxCode', 'TaxRate'] as const;
export const TRANSACTIONS = [
  'Invoice',
  'Payment',
  'CreditMemo',
  'SalesReceipt',
  'RefundReceipt',
  'Deposit',
  'Transfer',
  'JournalEntry',
  'Purchase',
] as const;
/** Notes and files. */
const FILES = ['Attachable'] as const;
const SINGLETONS = ['CompanyInfo', 'Preferences'] as const;
export const ENTITY_NAMES = [...SINGLETONS, ...NAME_ENTITIES, ...LIST_ENTITIES, ...TRANSACTIONS, ...FILES] as const;

export type NameEntity = (typeof NAME_ENTITIES)[number];
export type TransactionName = (typeof TRANSACTIONS)[number];
export type EntityName = (typeof ENTITY_NAMES)[number];

export interface Reference {
  value: string;
  name?: string;
  type?: string;
}

/** Any entity; members beyond these differ by entity and are checked against the schema on the way in. */
export interface Entity {
  Id: string;
  SyncToken: string;
  domain: 'QBO';
  sparse: boolean;
  MetaData: { CreateTime: string; LastUpdatedTime: string };
  [member: string]: unknown;
}

export interface LinkedTxn {
  TxnId: string;
  TxnType: string;
  TxnLineId?: string;
}

export interface Line {
  Id?: string;
  LineNum?: number;
  Description?: string;
  /** Decimal of the transaction's currency. */
  Amount?: number;
  DetailType?: string;
  LinkedTxn?: LinkedTxn[];
  [detail: string]: unknown;
}

/** What a request body is before it is an entity. */
export type Draft = Record<string, unknown>;

export const isTransaction = (entity: string): entity is TransactionName => (TRANSACTIONS as readonly string[]).includes(entity);
export const isNameEntity = (entity: string): entity is NameEntity => (NAME_ENTITIES as readonly string[]).includes(entity);

const BY_LOWER_CASE = new Map<string, EntityName>(ENTITY_NAMES.map((name) => [name.toLowerCase(), name]));

/** The entity a path or query names, in any case; undefined when it is not covered. */
export const entityNamed = (name: string): EntityName | undefined => BY_LOWER_CASE.get(name.toLowerCase());

/** The id in a reference such as CustomerRef, which careful and careless clients send as object or plain string. */
export function refId(reference: unknown): string | undefined {
  if (typeof reference === 'string') return reference || undefined;
  const value = (reference as Reference | undefined)?.value;
  return value === undefined || value === null || value === '' ? undefined : String(value);
}
