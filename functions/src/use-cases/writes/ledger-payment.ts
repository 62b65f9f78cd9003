import { effectKey } from '../../domain/operation-key.ts';
import { mapOutcome } from '../../domain/outcome.ts';
import type { LedgerPayment, LedgerPaymentBody } from '../../ports/ledger.ts';
import type { Deps } from '../deps.ts';
import { foundOf, type Effect } from '../effects/call-and-record.ts';

export const bookingKey = (stripePaymentId: string, quickbooksInvoiceId: string): string =>
  effectKey(stripePaymentId, `book-${quickbooksInvoiceId}`);

/** A payment Stripe took, entered in QuickBooks. Keyed by the Stripe payment and the invoice it pays: whoever finds it books it once. */
export function bookPayment({ ledger }: Pick<Deps, 'ledger'>, body: LedgerPaymentBody): Effect<LedgerPaymentBody, LedgerPayment> {
  return {
    key: bookingKey(body.stripePaymentId, body.quickbooksInvoiceId),
    system: 'quickbooks',
    carries: ['stripe-money'],
    body,
    send: (frozen, key, sending) => ledger.createPayment(frozen, key, sending),
    find: async (frozen) =>
      mapOutcome(await ledger.findPayments({ customerId: frozen.customerId, date: frozen.date }), (payments) =>
        foundOf(
          payments.filter(
            (each) =>
              !each.voided &&
              each.stripePaymentId === frozen.stripePaymentId &&
              each.allocations.some((part) => part.quickbooksInvoiceId === frozen.quickbooksInvoiceId),
          ),
        ),
      ),
  };
}
