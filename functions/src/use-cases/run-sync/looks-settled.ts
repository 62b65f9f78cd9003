import { findDifferences } from '../../domain/find-differences.ts';
import { statusOf } from '../../domain/invoice-status.ts';
import type { InvoiceRecord } from '../../domain/invoice.ts';
import { paymentKey } from '../../domain/payment.ts';
import type { LedgerInvoice } from '../../ports/ledger.ts';
import type { StripeInvoice } from '../../ports/payments.ts';
import { countsAgainst } from '../record-payment.ts';

/**
 * True when nothing about the invoice needs a closer look: three equal documents, the same money on each. Anything odd is
 * left to the refresh, which reads again under the invoice's lease.
 */
export function looksSettled(invoice: InvoiceRecord, stripe: StripeInvoice | undefined, ledger: LedgerInvoice | undefined): boolean {
  if (invoice.status === 'Voiding' || invoice.status === 'Needs Attention' || invoice.problem !== null || !stripe || !ledger) return false;
  if (findDifferences(invoice, { ...stripe, voided: stripe.status === 'void' }, ledger).length > 0) return false;
  // A credit after payment changes no balance of the invoice; only the note itself tells.
  if (stripe.credited > 0 && !invoice.allocations.some((each) => each.kind === 'Credit')) return false;
  const paid = stripe.payments.filter(countsAgainst);
  const known = paid.every((payment) =>
    invoice.allocations.some(
      (each) =>
        each.amount === payment.allocated &&
        each.paymentKey === paymentKey({ sourceSystem: 'Stripe', stripePaymentId: payment.id, quickbooksPaymentId: null }),
    ),
  );
  if (!known || ledger.balance !== invoice.amountDue || !isOfItsMoney(invoice, stripe)) return false;
  if (stripe.status === 'open') return stripe.amountRemaining === invoice.amountDue;
  return stripe.status !== 'paid' || invoice.amountDue === 0;
}

/** The status is the one its allocations give it. */
function isOfItsMoney({ status, total, paid, credited }: InvoiceRecord, stripe: StripeInvoice): boolean {
  const uncollectible = stripe.status === 'uncollectible';
  return statusOf({ total, settled: paid + credited, voided: stripe.status === 'void', uncollectible }) === status;
}
