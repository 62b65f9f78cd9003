import { z } from 'zod';
import { voidInvoice } from '../use-cases/void-invoice.ts';
import { endpoint } from './endpoint.ts';
import { showOperation } from './reply.ts';
import { operationReply, recordId, waitMs } from './schemas.ts';

export const voidInvoiceEndpoint = endpoint({
  operationId: 'void-invoice',
  summary: 'Void an invoice',
  description: 'Voids an unpaid invoice in Stripe, then in QuickBooks, and frees its quantities to be billed anew.',
  permissionSet: 'Trueup_Billing_Admin',
  body: z.object({
    invoiceId: recordId,
    reason: z
      .string()
      .max(255)
      .nullish()
      .transform((value) => value ?? ''),
    waitMs: waitMs(25_000),
  }),
  reply: operationReply,
  handle: async (deps, body, caller) => showOperation(await voidInvoice(deps, body, caller)),
});
