import type { MappedValue } from '../domain/map-fields/mapped-values.ts';
import type { TargetField } from '../domain/map-fields/target.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { PaymentStatus } from '../domain/payment.ts';
import type { PostalAddress } from '../domain/source.ts';
import type { Json } from './effect-log.ts';
import type { Products } from './products.ts';

/** Money in this file: integer minor units as Trueup counts them (JPY 0, KWD 3 places); the adapter translates. */
export interface StripeCustomer {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  address: PostalAddress | null;
  /** Salesforce Account id from metadata. */
  accountId: string | null;
  /** The currency it is bound to, upper case, once it was billed. */
  currency: string | null;
  /** Balance that Stripe would apply to the next invoice; negative = credit. */
  balance: number;
  url: string;
}

export interface StripePayment {
  /** PaymentIntent id (or charge id where there is none): the key of the booking. */
  id: string;
  chargeId: string | null;
  amount: number;
  currency: string;
  /** What is counted against this invoice. */
  allocated: number;
  status: PaymentStatus;
  /** `card`, `us_bank_account` ... */
  method: string | null;
  receivedAt: string;
  /** Currency of the balance it settles in, upper case; null until known: then the payment's own. */
  settlementCurrency: string | null;
  /** The whole payment in that currency, before fees; null until known. */
  settledAmount: number | null;
  url: string;
}

export interface StripeInvoice {
  id: string;
  /** Salesforce invoice id from metadata; null when it is not ours. */
  invoiceId: string | null;
  customerId: string;
  number: string | null;
  status: 'draft' | 'open' | 'paid' | 'void' | 'uncollectible' | 'unknown';
  currency: string;
  subtotal: number;
  tax: number;
  total: number;
  amountDue: number;
  amountPaid: number;
  amountRemaining: number;
  /** What credit notes took off, before and after payment. */
  credited: number;
  /** Paid out of band or by a payment record, not by Stripe's money. */
  paidOutOfBand: boolean;
  lines: { id: string; lineKey: string | null; amount: number; tax: number }[];
  /** False when Stripe's answer held only the first lines (it embeds ten). */
  linesComplete: boolean;
  payments: StripePayment[];
  /** A payment is under way: voiding must wait. */
  processing: boolean;
  hostedUrl: string | null;
  pdfUrl: string | null;
  /** The invoice in Stripe's dashboard. */
  url: string;
  createdAt: string;
  /** Mapped fields that were sent and that the answer to it does not hold. */
  lost?: string[];
}

/** An invoice as Stripe's list shows it, without another call. */
export interface ListedInvoice extends Pick<
  StripeInvoice,
  'id' | 'invoiceId' | 'number' | 'status' | 'currency' | 'total' | 'amountRemaining'
> {
  /** ISO instant: the date on the document. */
  effectiveAt: string;
}

export interface StripeCustomerBody {
  accountId: string;
  companyKey: string;
  name: string;
  email: string | null;
  phone: string | null;
  address: PostalAddress | null;
  mapped?: MappedValue[];
}

export interface DraftBody {
  /** Salesforce invoice id and operation key go into metadata. */
  invoiceId: string;
  operationKey: string;
  companyKey: string;
  accountId: string;
  customerId: string;
  currency: string;
  number: string;
  invoiceDate: string;
  /** `YYYY-MM-DD`: the end of this day in `timeZone` is Stripe's due_date. */
  dueDate: string;
  timeZone: string;
  memo: string | null;
  poNumber: string | null;
  /** True only when the company's tax engine is Stripe Tax; the adapter sends automatic_tax[enabled] explicitly. */
  automaticTax: boolean;
  mapped?: MappedValue[];
}

export interface DraftLine {
  lineKey: string;
  description: string;
  amount: number;
  /** Explicit tax; ignored with automatic tax. */
  tax: number;
  /** Sent only when they reproduce the amount. */
  quantity: string | null;
  unitPrice: string | null;
  serviceDate: string | null;
  stripeProductId: string | null;
}

/**
 * Stripe. Every write takes the outward idempotency key and a body frozen by the effect log; the adapter must derive the
 * request from that body alone, so that a resend is the same request. Writes answer with what Stripe returned: no read after write.
 */
export interface Payments extends Products {
  /** What can be mapped to. Asks nobody: Stripe's fields are the same in every account. */
  readonly targets: readonly TargetField[];
  /** @param believeMs an answer this young may be repeated instead of asking; 0: ask */
  readCustomer(id: string, believeMs?: number): Promise<Outcome<StripeCustomer | null>>;
  /** Candidates by metadata Account id and by exact e-mail; deleted ones left out. */
  findCustomers(by: { accountId: string; email: string | null; name: string }): Promise<Outcome<StripeCustomer[]>>;
  createCustomer(body: StripeCustomerBody, key: string): Promise<Outcome<StripeCustomer>>;

  /** POST /v1/invoices, auto_advance false, collection_method send_invoice. */
  createDraft(body: DraftBody, key: string): Promise<Outcome<StripeInvoice>>;
  /**
   * All lines in one call (up to 250); answers with tax and total, and the lines as far as the answer holds them;
   * with automatic tax all of them, for their taxes (further pages where needed).
   */
  addLines(
    body: { stripeInvoiceId: string; currency: string; automaticTax: boolean; lines: DraftLine[] },
    key: string,
  ): Promise<Outcome<StripeInvoice>>;
  setNumber(body: { stripeInvoiceId: string; number: string }, key: string): Promise<Outcome<StripeInvoice>>;
  /** Answers done too when the invoice is already final (open or paid). */
  finalize(body: { stripeInvoiceId: string }, key: string): Promise<Outcome<StripeInvoice>>;
  send(body: { stripeInvoiceId: string }, key: string): Promise<Outcome<StripeInvoice>>;
  /** `rejected` with code `payment-processing` while a payment is under way; done when it is void already. */
  voidInvoice(body: { stripeInvoiceId: string }, key: string): Promise<Outcome<StripeInvoice>>;
  /** Done too when the draft is already gone. */
  deleteDraft(body: { stripeInvoiceId: string }, key: string): Promise<Outcome<Json>>;
  /** The whole remainder was paid elsewhere. */
  payOutOfBand(body: { stripeInvoiceId: string }, key: string): Promise<Outcome<StripeInvoice>>;

  /** With all lines and payments (charge, settlement) expanded. null when it does not exist (deleted draft). */
  readInvoice(stripeInvoiceId: string): Promise<Outcome<StripeInvoice | null>>;
  /** The same by one call, but for what its payments settled in, where somebody has tried to pay it. */
  readPaid(stripeInvoiceId: string): Promise<Outcome<StripeInvoice | null>>;
  /** By listing (search lags): the customer's invoices created since then whose metadata names this Salesforce invoice. `as`: what was sent. */
  findInvoices(by: { customerId: string; invoiceId: string; createdFrom: string; as?: DraftBody }): Promise<Outcome<StripeInvoice[]>>;
  /** Was an invoice.sent event made since then? From the event list (30 days). */
  wasSent(stripeInvoiceId: string, since: string): Promise<Outcome<boolean>>;
  /** The invoices of this account that a provider object belongs to, by their Stripe ids (InvoicePayments for intents and charges). */
  findInvoicesOf(object: { type: string; id: string }): Promise<Outcome<{ stripeInvoiceId: string; invoiceId: string | null }[]>>;
  /** Pages of 100 by creation time, with payments; pass `next` back in. */
  listInvoices(page: {
    createdFrom: string;
    createdTo?: string;
    cursor: string | null;
  }): Promise<Outcome<{ invoices: StripeInvoice[]; next: string | null }>>;
  /** The same without payments: one call a page. */
  listBriefly(page: { createdFrom: string; cursor: string | null }): Promise<Outcome<{ invoices: ListedInvoice[]; next: string | null }>>;
}
