/** The picklist of Trueup_Invoice__c.Status__c. */
export type InvoiceStatus =
  | 'Queued'
  | 'Issuing'
  | 'Open'
  | 'Partially Paid'
  | 'Paid'
  | 'Voiding'
  | 'Void'
  | 'Uncollectible'
  | 'Needs Attention'
  | 'Rejected';

/** The steps an invoice may take; anything else is a bug or a stale view and is never written. */
const NEXT: Record<InvoiceStatus, readonly InvoiceStatus[]> = {
  Queued: ['Issuing', 'Open', 'Paid', 'Rejected', 'Needs Attention'],
  Issuing: ['Queued', 'Open', 'Partially Paid', 'Paid', 'Rejected', 'Needs Attention'],
  Open: ['Partially Paid', 'Paid', 'Voiding', 'Void', 'Uncollectible', 'Needs Attention'],
  'Partially Paid': ['Open', 'Paid', 'Voiding', 'Void', 'Uncollectible', 'Needs Attention'],
  Paid: ['Open', 'Partially Paid', 'Needs Attention'],
  Voiding: ['Void', 'Open', 'Partially Paid', 'Paid', 'Uncollectible', 'Needs Attention'],
  Void: [],
  Uncollectible: ['Open', 'Partially Paid', 'Paid', 'Voiding', 'Void', 'Needs Attention'],
  'Needs Attention': ['Issuing', 'Open', 'Partially Paid', 'Paid', 'Voiding', 'Void', 'Uncollectible', 'Rejected'],
  Rejected: [],
};

export const mayBecome = (from: InvoiceStatus, to: InvoiceStatus): boolean => from === to || NEXT[from].includes(to);

export function assertMayBecome(from: InvoiceStatus, to: InvoiceStatus): void {
  if (!mayBecome(from, to)) throw new Error(`An invoice cannot go from ${from} to ${to}.`);
}

/** A line of a void or rejected invoice gives its quantity back. */
export const freesQuantity = (status: InvoiceStatus): boolean => status === 'Void' || status === 'Rejected';

/** Final in the books: money can still come, nothing else changes. */
export const isIssued = (status: InvoiceStatus): boolean =>
  status === 'Open' || status === 'Partially Paid' || status === 'Paid' || status === 'Uncollectible' || status === 'Voiding';

export interface Standing {
  total: number;
  /** Paid and credited together: a sum of allocations, so an older snapshot cannot reopen anything. */
  settled: number;
  voided: boolean;
  uncollectible: boolean;
}

/** The status an issued invoice has by its allocations. */
export function statusOf({ total, settled, voided, uncollectible }: Standing): InvoiceStatus {
  if (voided) return 'Void';
  if (settled >= total) return 'Paid';
  if (uncollectible) return 'Uncollectible';
  return settled > 0 ? 'Partially Paid' : 'Open';
}
