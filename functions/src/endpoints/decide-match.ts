import { z } from 'zod';
import { decideMatch } from '../use-cases/decide-match.ts';
import { endpoint } from './endpoint.ts';
import { present, showFailure } from './reply.ts';
import { outcome, problem, recordId } from './schemas.ts';

const reply = z.object({
  outcome,
  status: z.enum(['Open', 'Resolved', 'Dismissed']).optional(),
  linkedTo: z.object({ id: z.string(), name: z.string() }).optional(),
  problems: z.array(problem),
});

export const decideMatchEndpoint = endpoint({
  operationId: 'decide-match',
  summary: 'Decide a match',
  description:
    'A person says who an account is in Stripe or QuickBooks, or which item or Stripe product a product is sold as: links a candidate, creates a new customer or Stripe product (never an item), says that a candidate is another one, or undoes that. Issued invoices stay where they are.',
  permissionSet: 'Trueup_Billing_Admin',
  wakes: true,
  body: z.object({
    reviewId: recordId,
    choice: z.enum(['link', 'create-new', 'not-the-same', 'undo']),
    candidateId: z
      .string()
      .max(255)
      .nullish()
      .transform((id) => id || null),
  }),
  reply,
  handle: async (deps, body, caller) => {
    const decided = await decideMatch(deps, body, caller);
    if (decided.outcome !== 'done') return showFailure(decided);
    const { status, linkedTo } = decided.value;
    return { outcome: 'done' as const, status, ...present({ linkedTo }), problems: [] };
  },
});
