import type { InvoiceRecord } from './invoice.ts';
import { moneyText } from './money.ts';

export type DifferenceCause =
  | 'Changed In QuickBooks'
  | 'Changed In Stripe'
  | 'Deleted In QuickBooks'
  | 'Missing In Stripe'
  | 'Amount Differs'
  | 'Needs Person'
  | 'Refund Failed'
  | 'Bank Debit Returned'
  | 'Account Missing'
  | 'Books Closed'
  | 'Not Booked'
  | 'Balance Differs'
  | 'Webhooks Silent'
  | 'Calls Running Out'
  | 'Not In Salesforce'
  | 'Link Broken'
  | 'Not Issued'
  | 'Field Mapping';

/** A document that is no longer what was issued: reported, never overwritten. */
export interface Difference {
  cause: DifferenceCause;
  message: string;
  fix: string;
}

interface Copy {
  number: string | null;
  currency: string;
  total: number;
  tax: number;
  voided: boolean;
}

const RESTORE = 'Restore the document as it was issued, or void it and issue a new invoice.';

/** Compares what was issued with the copies the two books hold now; null: the document is gone, `down`: it could not be read. */
export function findDifferences(
  issued: InvoiceRecord,
  stripe: Copy | null,
  ledger: (Copy & { invoiceDate: string }) | null | 'down',
): Difference[] {
  const called = `Invoice ${issued.number ?? issued.id}`;
  return [
    ...(stripe === null
      ? [
          {
            cause: 'Missing In Stripe' as const,
            message: `${called} no longer exists in Stripe.`,
            fix: 'Void it here and issue a new one.',
          },
        ]
      : copyDifferences(called, issued, stripe, 'Changed In Stripe', 'Stripe')),
    ...(ledger === 'down'
      ? []
      : ledger === null
        ? [
            {
              cause: 'Deleted In QuickBooks' as const,
              message: `${called} was deleted in QuickBooks.`,
              fix: 'Ask the accountant to enter it again, or void it here and issue a new one.',
            },
          ]
        : copyDifferences(called, issued, ledger, 'Changed In QuickBooks', 'QuickBooks')),
    ...(ledger && ledger !== 'down' && !ledger.voided && ledger.invoiceDate !== issued.invoiceDate
      ? [
          {
            cause: 'Changed In QuickBooks' as const,
            message: `${called} is dated ${issued.invoiceDate}, but ${ledger.invoiceDate} in QuickBooks.`,
            fix: RESTORE,
          },
        ]
      : []),
  ];
}

function copyDifferences(called: string, issued: InvoiceRecord, copy: Copy, cause: DifferenceCause, system: string): Difference[] {
  if (copy.voided !== (issued.status === 'Void')) {
    if (issued.status === 'Voiding') return [];
    return [
      {
        cause,
        message: copy.voided ? `${called} was voided in ${system} alone.` : `${called} is void here, but not in ${system}.`,
        fix: `Void it in all systems: use "Void Invoice" in Salesforce.`,
      },
    ];
  }
  if (copy.voided) return [];
  const show = (minor: number, currency: string) => moneyText(minor, currency).display;
  const found: Difference[] = [];
  if (copy.total !== issued.total || copy.currency !== issued.currency)
    found.push({
      cause,
      message: `${called} is ${show(issued.total, issued.currency)}, but ${show(copy.total, copy.currency)} in ${system}.`,
      fix: RESTORE,
    });
  else if (copy.tax !== issued.tax)
    found.push({
      cause,
      message: `${called} has ${show(issued.tax, issued.currency)} of tax, but ${show(copy.tax, copy.currency)} in ${system}.`,
      fix: RESTORE,
    });
  if (copy.number !== issued.number)
    found.push({ cause, message: `${called} has the number ${copy.number ?? '(none)'} in ${system}.`, fix: RESTORE });
  return found;
}
