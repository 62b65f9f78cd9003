import { type InvoiceStatus, mayBecome } from '../../../src/domain/invoice-status.ts';
import type { Invariant } from './invariant.ts';

/** Every status that was ever written follows from the one before. */
export const statusSteps: Invariant = {
  name: 'no illegal step of a status',
  check: ({ intentions }) =>
    intentions.statusSteps
      .filter(({ from, to }) => (from === null ? to !== 'Queued' : !mayBecome(from as InvoiceStatus, to as InvoiceStatus)))
      .map(({ invoiceId, from, to }) => `${invoiceId} went from ${from ?? 'nothing'} to ${to}`),
};
