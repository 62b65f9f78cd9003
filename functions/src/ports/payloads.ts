import type { LedgerCustomerBody, LedgerInvoiceBody } from './ledger.ts';
import type { DraftBody, StripeCustomerBody } from './payments.ts';

/** The exact request that a body makes, for showing. Sends nothing. */
export interface Payloads {
  quickbooksInvoice(body: LedgerInvoiceBody): object;
  quickbooksCustomer(body: LedgerCustomerBody): object;
  stripeInvoice(body: DraftBody): object;
  stripeCustomer(body: StripeCustomerBody): object;
}
