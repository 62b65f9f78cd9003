import type { InvoiceRecord } from '../../domain/invoice.ts';
import { rejected, done, type Outcome } from '../../domain/outcome.ts';
import { shareOfSale, type Sale } from '../../domain/share-of-sale.ts';
import { sum } from '../../domain/money.ts';
import type { StripeCreditNote } from '../../ports/balance.ts';
import type { LedgerInvoice } from '../../ports/ledger.ts';
import type { StripeInvoice } from '../../ports/payments.ts';
import { called } from './enter.ts';

/** What of the invoice is given back: the credit note's own lines where it has some, else all lines in proportion. */
export function saleGivenBack(
  amount: number,
  invoice: InvoiceRecord,
  document: LedgerInvoice,
  stripe: StripeInvoice,
  note: StripeCreditNote | null,
): Outcome<Sale> {
  if (document.voided || document.total !== invoice.total) return changed(invoice);
  const whole: Sale = { lines: document.lines.map((line) => ({ ...line, description: line.description ?? '' })), tax: document.tax };
  const share = shareOfSale(amount, (note && saleOfNote(invoice, document, stripe, note)) ?? whole, invoice.currency);
  return share ? done(share) : changed(invoice);
}

/** The lines of a credit note with the items of the invoice's lines; null when one of them cannot be told. */
function saleOfNote(invoice: InvoiceRecord, document: LedgerInvoice, stripe: StripeInvoice, note: StripeCreditNote): Sale | null {
  if (note.lines.length === 0 || document.lines.length !== invoice.lines.length) return null;
  const lines = note.lines.map((line) => {
    const lineKey = stripe.lines.find((each) => each.id === line.stripeLineId)?.lineKey;
    const index = invoice.lines.findIndex((each) => each.lineKey === lineKey);
    const sold = document.lines[index];
    return lineKey && sold ? { ...sold, description: line.description ?? sold.description ?? '', amount: line.amount } : null;
  });
  if (lines.some((line) => line === null)) return null;
  return { lines: lines.flatMap((line) => line ?? []), tax: sum(note.lines.map((line) => line.tax)) };
}

const changed = (invoice: InvoiceRecord): Outcome<never> =>
  rejected({
    code: 'invoice-changed',
    severity: 'error',
    message: `The ${called(invoice)} in QuickBooks is not as it was issued, so it does not tell which items are given back.`,
    action: 'Ask the accountant to restore the invoice, or to enter the refund or credit by hand.',
  });
