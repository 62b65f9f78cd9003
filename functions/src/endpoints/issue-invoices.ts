import { z } from 'zod';
import { issueInvoices } from '../use-cases/issue-invoices.ts';
import { endpoint } from './endpoint.ts';
import { showFailure } from './reply.ts';
import { outcome, problem, recordIds } from './schemas.ts';

export const issueInvoicesEndpoint = endpoint({
  operationId: 'issue-invoices',
  summary: 'Issue the invoices of many records',
  description:
    'Puts the records in line; each is issued in its turn as preview-invoice proposes it. Answers once all are in line; what is refused at its turn is a sync issue on its record. What is billed already is left alone.',
  permissionSet: 'Trueup_Sales_Rep',
  body: z.object({ sourceIds: recordIds }),
  reply: z.object({ outcome, queued: z.number().int().optional(), problems: z.array(problem) }),
  handle: async (deps, body, caller) => {
    const asked = await issueInvoices(deps, body, caller);
    return asked.outcome === 'done' ? { outcome: 'accepted' as const, queued: asked.value.queued, problems: [] } : showFailure(asked);
  },
});
