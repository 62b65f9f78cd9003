import { type InvoiceStatus, statusOf } from '../invoice-status.ts';
import type { PaymentStatus } from '../payment.ts';
import type { PastInvoice, PastPayment } from './past.ts';

/** Whose history a record shows. */
export type LoadedFrom = 'QuickBooks' | 'Stripe' | 'Stripe and QuickBooks';

/** An invoice in Salesforce that shows one which Trueup did not make. Amounts: minor units. */
export interface MirrorInvoice {
  /** The key by which it is written again: the one it is held by, where it is held. */
  key: 'quickbooks' | 'stripe';
  stripeInvoiceId: string | null;
  quickbooksInvoiceId: string | null;
  loadedFrom: LoadedFrom;
  accountId: string;
  ownerId: string | null;
  /** What it is called: its whole number, or its id. */
  name: string;
  /** Null where Salesforce's field could not hold it. */
  number: string | null;
  status: InvoiceStatus;
  currency: string;
  total: number;
  tax: number;
  balance: number;
  /** `YYYY-MM-DD`. */
  invoiceDate: string;
  dueDate: string;
  memo: string | null;
  email: string | null;
  payLink: string | null;
  pdfLink: string | null;
  stripeUrl: string | null;
  quickbooksUrl: string | null;
  quickbooksSyncToken: string | null;
  /** What is to be done with the one line that its amount stands in. */
  line: 'make' | 'change' | 'keep';
}

/** What Salesforce holds, whoever made it. */
export interface HeldInvoice extends Pick<
  MirrorInvoice,
  | 'stripeInvoiceId'
  | 'quickbooksInvoiceId'
  | 'accountId'
  | 'number'
  | 'status'
  | 'currency'
  | 'total'
  | 'tax'
  | 'balance'
  | 'invoiceDate'
  | 'dueDate'
> {
  id: string;
  /** Null: Trueup issued it. */
  loadedFrom: LoadedFrom | null;
  /** Its one line is there: a load that was killed may not have come to it. */
  hasLine: boolean;
  allocations: HeldAllocation[];
}

export interface HeldAllocation {
  invoiceId: string;
  /** Null: what is settled but by no payment. */
  paymentKey: string | null;
  /** The QuickBooks payment that this payment of Stripe's is held to be entered as. */
  copiedAs: string | null;
  amount: number;
}

/** What of an invoice a payment settles; without a payment: what is settled otherwise. */
export interface MirrorAllocation {
  invoiceId: string;
  payment: { id: string; key: string } | null;
  amount: number;
  currency: string;
}

export interface MirrorPayment {
  key: 'quickbooks' | 'stripe';
  stripePaymentId: string | null;
  stripeChargeId: string | null;
  quickbooksPaymentId: string | null;
  loadedFrom: LoadedFrom;
  accountId: string;
  ownerId: string | null;
  name: string;
  sourceSystem: 'Stripe' | 'QuickBooks';
  status: PaymentStatus;
  amount: number;
  currency: string;
  method: string | null;
  receivedAt: string;
  stripeUrl: string | null;
  quickbooksUrl: string | null;
}

/** The accountant's copy of a payment that Stripe received: known by both ids from now on, and all else stays what Stripe says. */
export interface CopiedPayment {
  key: 'stripe';
  stripePaymentId: string;
  quickbooksPaymentId: string;
  quickbooksUrl: string;
  loadedFrom: 'Stripe and QuickBooks';
}

export const isCopy = (payment: MirrorPayment | CopiedPayment): payment is CopiedPayment => !('status' in payment);

export interface HeldPayment extends Pick<
  MirrorPayment,
  'stripePaymentId' | 'quickbooksPaymentId' | 'accountId' | 'amount' | 'currency' | 'status' | 'sourceSystem'
> {
  id: string;
  loadedFrom: LoadedFrom | null;
  /** Salesforce ids of the invoices that anything of it counts against. */
  countsFor: string[];
}

/** What its own system says is settled of it, by whatever. */
export const settledOf = ({ status, total, balance }: Pick<HeldInvoice, 'status' | 'total' | 'balance'>): number =>
  status === 'Void' ? 0 : total - balance;

/** The status of its own system, in our words; null for one that is not issued. */
export function mirrorStatus({ status, total, balance }: PastInvoice): InvoiceStatus | null {
  if (status === 'draft' || status === 'unknown') return null;
  const [voided, uncollectible] = [status === 'void', status === 'uncollectible'];
  return statusOf({ total, settled: total - balance, voided, uncollectible });
}

/** One invoice that another integration copied: same number, same customer, equal to the minor unit. Two such are none. */
export function findTwin(past: PastInvoice, accountId: string, held: readonly HeldInvoice[]): HeldInvoice | null {
  if (past.number === null || past.status === 'void') return null;
  const other = past.system === 'stripe' ? 'QuickBooks' : 'Stripe';
  const [twin, second] = held.filter(
    (each) =>
      each.loadedFrom === other &&
      each.number === past.number &&
      each.accountId === accountId &&
      each.currency === past.currency &&
      each.total === past.total,
  );
  return twin && !second ? twin : null;
}

/** Where an invoice stands in both systems Stripe's is the original, and QuickBooks' the copy. */
export function mirrorInvoice(
  past: PastInvoice,
  { accountId, ownerId, held, status }: { accountId: string; ownerId: string | null; held: HeldInvoice | null; status: InvoiceStatus },
): MirrorInvoice {
  const stripe = past.system === 'stripe';
  const both = held !== null && (stripe ? held.quickbooksInvoiceId : held.stripeInvoiceId) !== null;
  const copyOnly = both && !stripe;
  return {
    key: held ? (held.quickbooksInvoiceId === null ? 'stripe' : 'quickbooks') : past.system,
    stripeInvoiceId: stripe ? past.id : (held?.stripeInvoiceId ?? null),
    quickbooksInvoiceId: stripe ? (held?.quickbooksInvoiceId ?? null) : past.id,
    loadedFrom: both ? 'Stripe and QuickBooks' : stripe ? 'Stripe' : 'QuickBooks',
    accountId,
    ownerId: held ? null : ownerId,
    name: past.number ?? past.id,
    number: fitNumber(past.number),
    status: copyOnly ? held.status : status,
    currency: past.currency,
    total: past.total,
    tax: copyOnly ? held.tax : past.tax,
    balance: copyOnly ? held.balance : past.balance,
    invoiceDate: copyOnly ? held.invoiceDate : past.invoiceDate,
    dueDate: copyOnly ? held.dueDate : (past.dueDate ?? past.invoiceDate),
    // Null leaves what stands there.
    memo: copyOnly ? null : past.memo,
    email: copyOnly ? null : past.email,
    payLink: past.payLink,
    pdfLink: past.pdfLink,
    stripeUrl: stripe ? past.url : null,
    quickbooksUrl: stripe ? null : past.url,
    quickbooksSyncToken: past.syncToken,
    line: !held?.hasLine ? 'make' : held.total === past.total && (copyOnly || held.tax === past.tax) ? 'keep' : 'change',
  };
}

const LONGEST_NUMBER = 21;
const fitNumber = (number: string | null): string | null => (number !== null && number.length > LONGEST_NUMBER ? null : number);

const FACTS = [
  'stripeInvoiceId',
  'quickbooksInvoiceId',
  'loadedFrom',
  'accountId',
  'number',
  'status',
  'currency',
  'total',
  'tax',
  'balance',
  'invoiceDate',
  'dueDate',
] as const;

/** Nothing of it changed, and what of it is settled is allocated to the last minor unit. */
export const isHeldAs = (mirror: MirrorInvoice, held: HeldInvoice): boolean =>
  mirror.line === 'keep' && FACTS.every((fact) => mirror[fact] === held[fact]) && isSettled(held);

/** What is allocated of it, by whatever, is what its own system says is settled. */
export const isSettled = (held: HeldInvoice): boolean => held.allocations.reduce((sum, { amount }) => sum + amount, 0) === settledOf(held);

export function mirrorPayment(
  past: PastPayment,
  { accountId, ownerId, held, status }: { accountId: string; ownerId: string | null; held: HeldPayment | null; status: PaymentStatus },
): MirrorPayment {
  const stripe = past.system === 'stripe';
  const both = held !== null && (stripe ? held.quickbooksPaymentId : held.stripePaymentId) !== null;
  return {
    key: past.system,
    stripePaymentId: stripe ? past.id : null,
    stripeChargeId: past.chargeId,
    quickbooksPaymentId: stripe ? (held?.quickbooksPaymentId ?? null) : past.id,
    loadedFrom: both ? 'Stripe and QuickBooks' : stripe ? 'Stripe' : 'QuickBooks',
    accountId,
    ownerId: held ? null : ownerId,
    name: past.name,
    sourceSystem: stripe ? 'Stripe' : 'QuickBooks',
    status,
    amount: past.amount,
    currency: past.currency,
    method: past.method,
    receivedAt: past.receivedAt,
    stripeUrl: stripe ? past.url : null,
    quickbooksUrl: stripe ? null : past.url,
  };
}

const PAYMENT_FACTS = ['loadedFrom', 'accountId', 'amount', 'currency', 'status'] as const;

export const isPaymentHeldAs = (mirror: MirrorPayment, held: HeldPayment): boolean =>
  PAYMENT_FACTS.every((fact) => mirror[fact] === held[fact]);
