import type { Payloads } from '../../ports/payloads.ts';
import { toCustomer, toInvoice } from './translate.ts';

/** QuickBooks' part of the payloads port. */
export const quickbooksPayloads: Pick<Payloads, 'quickbooksInvoice' | 'quickbooksCustomer'> = {
  quickbooksInvoice: toInvoice,
  quickbooksCustomer: toCustomer,
};
