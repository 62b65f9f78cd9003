import type { Draft } from '../draft.ts';
import type { OrderLine } from '../invoice.ts';
import type { SourceRead } from '../source.ts';
import type { FieldMapping } from './mapping.ts';
import { appliesTo, placesOf, type INVOICE_FIELDS, type LINE_FIELDS, type Place } from './source-path.ts';

/** Texts by path; an empty field is the empty text. */
export type Values = Record<string, string>;

/** What Salesforce holds at the paths that were asked for. */
export interface ReadValues {
  account: Values | null;
  contact: Values | null;
  opportunity: Values | null;
  /** The record that is billed. */
  source: Values | null;
  /** By id of the product and of the line that is billed. */
  products: Record<string, Values>;
  sourceLines: Record<string, Values>;
  /** Fields that do not exist, or not for the integration user. */
  unreadable: { object: string; field: string }[];
}

export interface LineValues {
  lineKey: string;
  /** Path of the line for problems: `lines[0]`. */
  at: string;
  line: Values;
  product: Values | null;
  sourceLine: Values | null;
}

/** Everything the mappings of one invoice look at. */
export interface SourceValues extends Omit<ReadValues, 'products' | 'sourceLines'> {
  sourceType: string;
  /** Where an instant becomes a day. */
  timeZone: string;
  invoice: Values;
  lines: LineValues[];
}

/** Which records the values are of. */
export interface ValuesWanted {
  sourceType: SourceRead['source']['type'];
  sourceId: string;
  accountId: string;
  contactId: string | null;
  opportunityId: string | null;
  productIds: string[];
  places: Place[];
}

export const NOTHING_READ: ReadValues = {
  account: null,
  contact: null,
  opportunity: null,
  source: null,
  products: {},
  sourceLines: {},
  unreadable: [],
};

/** What has to be read for these mappings; places of the invoice itself are known. */
export function placesToRead(mappings: readonly FieldMapping[], sourceType: string): Place[] {
  const all = mappings
    .filter((mapping) => appliesTo(mapping, sourceType))
    .flatMap(placesOf)
    .filter(({ root }) => root !== 'invoice' && root !== 'line');
  return [...new Map(all.map((place) => [`${place.root}:${place.field}`, place])).values()];
}

/** The invoice and its lines as they will be written. */
export interface InvoiceToBe {
  sourceType: string;
  timeZone: string;
  currency: string;
  dueDate: string;
  email: string | null;
  draft: Pick<Draft, 'invoiceDate' | 'terms' | 'poNumber' | 'memo' | 'delivery'>;
  lines: (Pick<OrderLine, 'lineKey' | 'sourceLineId' | 'productId' | 'description' | 'quantity' | 'unitPrice' | 'serviceDate'> & {
    at: string;
  })[];
}

export function sourceValues(invoice: InvoiceToBe, { products, sourceLines, ...read }: ReadValues): SourceValues {
  const { draft, sourceType, timeZone } = invoice;
  const own: Record<(typeof INVOICE_FIELDS)[number], string> = {
    Invoice_Date__c: draft.invoiceDate,
    Due_Date__c: invoice.dueDate,
    Terms__c: draft.terms,
    PO_Number__c: draft.poNumber ?? '',
    Memo__c: draft.memo ?? '',
    Currency_Code__c: invoice.currency,
    Delivery__c: draft.delivery === 'send' ? 'Send by Stripe' : 'Do Not Send',
    Bill_To_Email__c: invoice.email ?? '',
  };
  return {
    ...read,
    sourceType,
    timeZone,
    invoice: own,
    lines: invoice.lines.map((line, index) => lineValues(line, index, products, sourceLines)),
  };
}

function lineValues(
  line: InvoiceToBe['lines'][number],
  index: number,
  products: ReadValues['products'],
  sourceLines: ReadValues['sourceLines'],
): LineValues {
  const own: Record<(typeof LINE_FIELDS)[number], string> = {
    Description__c: line.description,
    Quantity__c: line.quantity,
    Unit_Price__c: line.unitPrice,
    Service_Date__c: line.serviceDate ?? '',
    Sort_Order__c: String(index + 1),
  };
  const of = (records: Record<string, Values>, id: string | null) => (id === null ? null : (records[id] ?? null));
  return {
    lineKey: line.lineKey,
    at: line.at,
    line: own,
    product: of(products, line.productId),
    sourceLine: of(sourceLines, line.sourceLineId),
  };
}
