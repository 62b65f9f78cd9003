import { z } from 'zod';
import { sendInvoice } from '../use-cases/send-invoice.ts';
import { endpoint } from './endpoint.ts';
import { showOperation } from './reply.ts';
import { operationReply, recordId, waitMs } from './schemas.ts';

export const sendInvoiceEndpoint = endpoint({
  operationId: 'send-invoice',
  summary: 'Send an invoice',
  description: 'Has Stripe e-mail an open invoice to the customer, once per request however often it is repeated.',
  permissionSet: 'Trueup_Sales_Rep',
  body: z.object({ invoiceId: recordId, waitMs: waitMs(25_000) }),
  reply: operationReply,
  handle: async (deps, body, caller) => showOperation(await sendInvoice(deps, body, caller)),
});
