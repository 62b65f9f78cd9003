import type { TaxEngine } from '../domain/company.ts';
import type { MappedValue } from '../domain/map-fields/mapped-values.ts';
import type { TargetField } from '../domain/map-fields/target.ts';
import type { ItemView } from '../domain/match-item.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { PostalAddress } from '../domain/source.ts';
import type { Json, Sending } from './effect-log.ts';

/** What QuickBooks is set to. Cached behind the port with a time to live: reading it costs no call as a rule. */
export interface LedgerReference {
  homeCurrency: string;
  multicurrency: boolean;
  /** Preference "custom transaction numbers": must be on. */
  customTxnNumbers: boolean;
  /** `YYYY-MM-DD` or null: a hint, QuickBooks says the last word (6210). */
  closingDate: string | null;
  /** Lines are marked TAX or NON, as in every US company; explicit tax counts only beside a line marked TAX. */
  marksTaxableLines: boolean;
  terms: { id: string; name: string; dueDays: number | null; active: boolean }[];
  accounts: { id: string; name: string; type: string; subType: string | null; currency: string | null; active: boolean }[];
  taxCodes: { id: string; name: string; active: boolean }[];
  /** Where classes and locations are tracked, and whether invoices have shipping fields. */
  tracks: { classOfInvoice: boolean; classOfLine: boolean; location: boolean; shipping: boolean };
  /** Custom fields of sales forms that are in use. */
  customFields: { id: string; name: string }[];
}

export interface LedgerCustomer {
  id: string;
  displayName: string;
  email: string | null;
  phone: string | null;
  address: PostalAddress | null;
  /** Upper case; fixed for ever. */
  currency: string;
  active: boolean;
  /** Salesforce Account id our own customers carry in Notes. */
  accountId: string | null;
  url: string;
}

export type LedgerItem = ItemView;

export interface LedgerCustomerBody {
  accountId: string;
  companyKey: string;
  displayName: string;
  companyName: string;
  email: string | null;
  phone: string | null;
  address: PostalAddress | null;
  /** Sent as CurrencyRef only when the company has multicurrency on. */
  currency: string;
  multicurrency: boolean;
  mapped?: MappedValue[];
}

/** Amounts: integer minor units of `currency`. */
export interface LedgerInvoiceBody {
  /** Salesforce invoice id: written to PrivateNote as our mark. */
  invoiceId: string;
  companyKey: string;
  customerId: string;
  currency: string;
  multicurrency: boolean;
  number: string;
  invoiceDate: string;
  dueDate: string;
  termId: string | null;
  memo: string | null;
  poNumber: string | null;
  billEmail: string | null;
  /** Explicit total tax; null when QuickBooks itself computes. */
  totalTax: number | null;
  marksTaxableLines: boolean;
  lines: {
    lineKey: string;
    itemId: string | null;
    description: string;
    amount: number;
    taxable: boolean;
    quantity: string | null;
    unitPrice: string | null;
    serviceDate: string | null;
    mapped?: MappedValue[];
  }[];
  mapped?: MappedValue[];
}

export interface LedgerInvoice {
  id: string;
  syncToken: string;
  number: string | null;
  customerId: string;
  currency: string;
  invoiceDate: string;
  dueDate: string | null;
  subtotal: number;
  tax: number;
  total: number;
  balance: number;
  voided: boolean;
  /** Salesforce invoice id our PrivateNote holds; null when it is not ours. */
  invoiceId: string | null;
  /** The exact PrivateNote, for showing. */
  note: string | null;
  lines: { amount: number; description: string | null; itemId: string | null; taxable: boolean }[];
  /** Ids of the QuickBooks payments linked to it. */
  paymentIds: string[];
  /** ISO instant of QuickBooks' own clock. */
  updatedAt: string;
  url: string;
  /** Mapped fields that were sent and that the answer to it does not hold. */
  lost?: string[];
}

export interface LedgerPaymentBody {
  /** Salesforce invoice id and Stripe payment id: written to PrivateNote. */
  invoiceId: string;
  stripePaymentId: string;
  companyKey: string;
  customerId: string;
  quickbooksInvoiceId: string;
  amount: number;
  currency: string;
  multicurrency: boolean;
  /** Day in the company's time zone. */
  date: string;
  depositAccountId: string;
  /** Home units per unit, where Stripe settled in the home currency what was paid in another; else QuickBooks' own rate. */
  exchangeRate: string | null;
}

export interface LedgerPayment {
  id: string;
  date: string;
  amount: number;
  currency: string;
  customerId: string;
  method: string | null;
  /** PaymentRefNum: the cheque's number. */
  reference: string | null;
  voided: boolean;
  /** From PrivateNote, when we booked it for Stripe. */
  stripePaymentId: string | null;
  /** A payment of nothing by which we used up a credit memo. */
  appliesCredit: boolean;
  /** Credit memos that it uses up, whoever entered it. */
  creditMemos: { id: string; amount: number }[];
  allocations: { quickbooksInvoiceId: string; amount: number }[];
  updatedAt: string;
  url: string;
}

/**
 * QuickBooks Online. Writes take the outward requestid (<= 50 characters) and a frozen body, from which alone the adapter
 * derives the request. Sales never carry QuickBooks' own online payment (AllowOnline* false) and are never e-mailed from there.
 * `sending`: with it, a write that nobody waits for may go out in a batch with others, each judged by its own answer.
 */
export interface Ledger {
  readReference(): Promise<Outcome<LedgerReference>>;
  /** What can be mapped to, as it is now; lists are kept for a minute, less with `believeMs`. `withItems`: what is sold too, which can be long. */
  readTargets(request: { taxEngine: TaxEngine; withItems: boolean; believeMs?: number }): Promise<Outcome<TargetField[]>>;
  /** Customer and items in ONE batch call. Missing ones are absent. `believeMs`: an answer this young may be repeated; 0: ask. */
  readForInvoice(ids: {
    customerId: string | null;
    itemIds: string[];
    believeMs?: number;
  }): Promise<Outcome<{ customer: LedgerCustomer | null; items: LedgerItem[] }>>;
  /** Candidates by exact e-mail and by exact name (company or display), active and inactive; one call. */
  findCustomers(by: { accountId: string; email: string | null; name: string }): Promise<Outcome<LedgerCustomer[]>>;
  /** Items whose Sku is one of the codes or whose Name is one of the names; one call. */
  findItems(by: { codes: string[]; names: string[] }): Promise<Outcome<LedgerItem[]>>;
  /** Items that have one of the words in their Name, active and inactive; one call. */
  findAlikeItems(words: string[]): Promise<Outcome<LedgerItem[]>>;
  /** Who holds this display name: customers, vendors, employees, inactive included. */
  findNameHolder(
    displayName: string,
  ): Promise<Outcome<{ type: 'Customer' | 'Vendor' | 'Employee'; id: string; active: boolean; accountId: string | null } | null>>;
  /** `conflict` reason `name-taken` on 6240. */
  createCustomer(body: LedgerCustomerBody, key: string): Promise<Outcome<LedgerCustomer>>;

  /** `conflict` reason `number-taken` on 6140, holderId = the other document's TxnId where told. */
  createInvoice(body: LedgerInvoiceBody, key: string, sending?: Sending): Promise<Outcome<LedgerInvoice>>;
  /** Query by customer, date and number (each only when given). `as`: what was sent, to tell which mapped values it does not hold. */
  findInvoices(by: { customerId?: string; date?: string; number?: string; as?: LedgerInvoiceBody }): Promise<Outcome<LedgerInvoice[]>>;
  readInvoice(quickbooksInvoiceId: string): Promise<Outcome<LedgerInvoice | null>>;
  /** Many by id in as few calls as can be (<= 200 ids). Missing ones were deleted. */
  readInvoices(quickbooksInvoiceIds: string[]): Promise<Outcome<LedgerInvoice[]>>;
  /** All that were made in QuickBooks since then, ours and others, 1,000 a page; pass `next` back in. */
  listInvoices(page: { createdFrom: string; cursor: string | null }): Promise<Outcome<{ invoices: LedgerInvoice[]; next: string | null }>>;
  /** Void; the adapter reads the current SyncToken when it is stale (5010). Done too when void already. */
  voidInvoice(body: { quickbooksInvoiceId: string; syncToken: string | null }, key: string): Promise<Outcome<LedgerInvoice>>;

  createPayment(body: LedgerPaymentBody, key: string, sending?: Sending): Promise<Outcome<LedgerPayment>>;
  /** Query by customer and date. */
  findPayments(by: { customerId: string; date: string }): Promise<Outcome<LedgerPayment[]>>;
  /** Many by id, one call; voided ones included, deleted ones missing. */
  readPayments(ids: string[]): Promise<Outcome<LedgerPayment[]>>;
  /** Ids of the QuickBooks invoices a changed entity touches (a Payment: those it is linked to). */
  findInvoicesOf(object: { type: string; id: string }): Promise<Outcome<string[]>>;
  /** Takes a cheap look whether the company answers, for `health`. */
  ping(): Promise<Outcome<Json>>;
}
