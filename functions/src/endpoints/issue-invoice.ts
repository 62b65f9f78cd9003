import { z } from 'zod';
import { issueInvoice } from '../use-cases/issue-invoice.ts';
import { endpoint } from './endpoint.ts';
import { withoutUndefined } from './preview-invoice.ts';
import { showOperation } from './reply.ts';
import { draft, operationReply, recordId, waitMs } from './schemas.ts';

export const issueInvoiceEndpoint = endpoint({
  operationId: 'issue-invoice',
  summary: 'Issue an invoice',
  description: 'Issues the invoice in Stripe and QuickBooks and writes everything back. The same request again shows the same invoice.',
  permissionSet: 'Trueup_Sales_Rep',
  body: z.object({ sourceId: recordId, draft: draft.nullish().transform((value) => value ?? {}), waitMs: waitMs(25_000) }),
  reply: operationReply,
  handle: async (deps, body, caller) => showOperation(await issueInvoice(deps, { ...body, draft: withoutUndefined(body.draft) }, caller)),
});
