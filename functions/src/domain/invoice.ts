import type { TaxEngine } from './company.ts';
import type { InvoiceStatus } from './invoice-status.ts';
import type { ItemReview } from './item-review.ts';
import type { Link } from './link.ts';
import type { MappedValues } from './map-fields/mapped-values.ts';
import type { MatchReview } from './match-review.ts';
import type { PostalAddress, SourceType } from './source.ts';

export type { InvoiceStatus } from './invoice-status.ts';

export type Delivery = 'send' | 'do-not-send';

/** One line as all three systems hold it. Amounts are minor units of the order's currency. */
export interface OrderLine {
  lineKey: string;
  sourceLineId: string | null;
  productId: string | null;
  description: string;
  /** Plain decimal, up to 7 places. */
  quantity: string;
  /** Plain decimal, up to 8 places, discount folded in. */
  unitPrice: string;
  /** Rounded once, half up, from quantity x unit price. */
  amount: number;
  /** Explicit tax of the line; 0 until the tax engine has spoken. */
  tax: number;
  /** Quantity and price go along only where they reproduce the amount; else the amount alone is sent. */
  reproducible: boolean;
  serviceDate: string | null;
  sortOrder: number;
  /** Product name as sold, for messages. */
  productName: string;
  productCode: string | null;
  /** QuickBooks item id, from the product's link. */
  itemId: string | null;
  /** Stripe product id where linked. */
  stripeProductId: string | null;
}

/** The customer in one outside system: known by id, or to be created once under `displayName`. */
interface CustomerRef {
  id: string | null;
  displayName: string;
}

/** The invoice as decided at the click, frozen: everything needed to carry it into both books without reading again. */
export interface InvoiceOrder {
  operationKey: string;
  intentKey: string;
  companyKey: string;
  companyId: string;
  sourceId: string;
  sourceType: SourceType;
  accountId: string;
  contactId: string | null;
  opportunityId: string | null;
  ownerId: string;
  requestedBy: string;
  /** ISO instant. */
  requestedAt: string;
  correlationId: string;
  currency: string;
  /** `YYYY-MM-DD` in the company's time zone. */
  invoiceDate: string;
  dueDate: string;
  /** The terms' label, such as `Net 30`, and the QuickBooks term id where one fits. */
  terms: string;
  termId: string | null;
  poNumber: string | null;
  memo: string | null;
  delivery: Delivery;
  billTo: { name: string; email: string | null; phone: string | null; address: PostalAddress | null };
  customers: { stripe: CustomerRef; quickbooks: CustomerRef };
  /** Stored links of the account and the products, and the ones found at the click that are still to be recorded. */
  links: Link[];
  newLinks: Link[];
  /** What people said about who this account is; absent in orders frozen before it was kept. */
  reviews?: MatchReview[];
  /** The same of what is sold. */
  itemReviews?: ItemReview[];
  taxEngine: TaxEngine;
  timeZone: string;
  quickbooksRealmId: string | null;
  numberPrefix: string;
  lines: OrderLine[];
  /** Sums of the lines in minor units; `tax` is what is known before an outside engine computes. */
  subtotal: number;
  tax: number;
  total: number;
  /** Systems that could not be asked at the click: their checks are made before anything is sent to them. */
  unchecked: ('stripe' | 'quickbooks')[];
  /** Values of field mappings; absent where there are none. */
  mapped?: MappedValues;
}

/** The ids Salesforce gave to the intent. */
export interface IntentIds {
  invoiceId: string;
  operationId: string;
}

/** An invoice as Salesforce holds it. Money in minor units of `currency`. */
export interface InvoiceRecord {
  id: string;
  /** User to whom the invoice belongs; null when that is a queue or somebody who has left. */
  ownerId: string | null;
  /** Trueup_Operation__c key of the issue, the intent's identity. */
  intentKey: string;
  operationKey: string;
  companyKey: string;
  sourceId: string;
  accountId: string;
  number: string | null;
  status: InvoiceStatus;
  currency: string;
  invoiceDate: string;
  dueDate: string;
  terms: string;
  poNumber: string | null;
  memo: string | null;
  delivery: Delivery;
  contactId: string | null;
  billToEmail: string | null;
  subtotal: number;
  tax: number;
  total: number;
  paid: number;
  credited: number;
  amountDue: number;
  stripeInvoiceId: string | null;
  quickbooksInvoiceId: string | null;
  quickbooksSyncToken: string | null;
  sentAt: string | null;
  /** What a person is told on its page. */
  problem: string | null;
  /** Keys of the sync issues about it that are open. */
  openIssues: string[];
  /** It shows an invoice that Trueup did not issue: nothing is ever done with it. */
  loaded?: true;
  /** ISO instant the intent was written (CreatedDate). */
  issuedAt: string;
  revision: number;
  lines: {
    lineKey: string;
    productId: string | null;
    description: string;
    quantity: string;
    unitPrice: string;
    amount: number;
    tax: number;
    serviceDate: string | null;
  }[];
  /** Payment keys (domain/payment.ts) with what counts against this invoice. */
  allocations: { paymentKey: string; kind: 'Payment' | 'Credit'; amount: number }[];
}
