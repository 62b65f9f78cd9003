import type { Payloads } from '../../ports/payloads.ts';
import { toCustomerParams, toDraftParams } from './translate.ts';

/** Stripe's part of the payloads port. */
export const stripePayloads: Pick<Payloads, 'stripeInvoice' | 'stripeCustomer'> = {
  stripeInvoice: toDraftParams,
  stripeCustomer: toCustomerParams,
};
