import { findDifferences } from '../../domain/find-differences.ts';
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
  if (invoice.status === 'Voiding' || invoice.status === 'Needs Attention' || !stripe || !ledger) return false;
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
  return known && ledger.balance === invoice.amountDue && (stripe.status !== 'open' || stripe.amountRemaining === invoice.amountDue);
}
