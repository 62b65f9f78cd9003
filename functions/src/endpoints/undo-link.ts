import { z } from 'zod';
import { undoLink } from '../use-cases/undo-link.ts';
import { endpoint } from './endpoint.ts';
import { showFailure } from './reply.ts';
import { outcome, problem, recordId } from './schemas.ts';

export const undoLinkEndpoint = endpoint({
  operationId: 'undo-link',
  summary: 'Undo a link',
  description:
    'Takes back who an account is in Stripe or QuickBooks, or what a product is sold as, and opens its match review. Nothing is deleted there; issued invoices stay where they are.',
  permissionSet: 'Trueup_Billing_Admin',
  body: z.object({ linkId: recordId }),
  reply: z.object({ outcome, problems: z.array(problem) }),
  handle: async (deps, { linkId }, caller) => {
    const undone = await undoLink(deps, linkId, caller);
    return undone.outcome === 'done' ? { outcome: 'done' as const, problems: [] } : showFailure(undone);
  },
});
