import type { Candidate } from '../matching.ts';
import type { PaymentStatus } from '../payment.ts';
import type { LoadSystem } from './load.ts';

/** Somebody who was billed before Trueup came. */
export type PastCustomer = Candidate;

/** An invoice that Trueup did not make, as its own system tells it. Amounts: minor units. */
export interface PastInvoice {
  system: LoadSystem;
  id: string;
  customerId: string;
  number: string | null;
  /** `issued`: what is paid of it is told by its balance. */
  status: 'draft' | 'issued' | 'void' | 'uncollectible' | 'unknown';
  currency: string;
  total: number;
  tax: number;
  /** What is still to be paid. */
  balance: number;
  /** `YYYY-MM-DD`. */
  invoiceDate: string;
  dueDate: string | null;
  /** Salesforce id that our mark names: it is ours. */
  invoiceId: string | null;
  memo: string | null;
  email: string | null;
  payLink: string | null;
  pdfLink: string | null;
  url: string;
  syncToken: string | null;
  /** Where the invoice, and not the payment, tells what paid it. */
  paidBy: { paymentId: string; amount: number }[];
}

export interface PastPayment {
  system: LoadSystem;
  /** As in `Trueup_Payment__c`: PaymentIntent or QuickBooks payment. */
  id: string;
  chargeId: string | null;
  customerId: string | null;
  currency: string;
  amount: number;
  status: PaymentStatus | 'never-paid';
  method: string | null;
  name: string;
  /** ISO instant. */
  receivedAt: string;
  url: string;
  /** It carries our mark: it comes to Salesforce by another road. */
  ours: boolean;
  /** Where the payment tells which invoices of its own system it pays. */
  pays: { invoiceId: string; amount: number }[];
}
