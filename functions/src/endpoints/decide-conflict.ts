import { z } from 'zod';
import { decideConflict } from '../use-cases/decide-conflict.ts';
import { endpoint } from './endpoint.ts';
import { showFailure } from './reply.ts';
import { outcome, problem, recordId } from './schemas.ts';

export const decideConflictEndpoint = endpoint({
  operationId: 'decide-conflict',
  summary: 'Decide a conflict',
  description:
    'A person says which system is right about one fact of a customer; Salesforce holds that value already. It is sent to each other system that holds another one, at most once. Nothing is written when a value changed since the person looked.',
  permissionSet: 'Trueup_Accountant',
  body: z.object({
    conflictId: recordId,
    choose: z.enum(['Salesforce', 'Stripe', 'QuickBooks']),
    value: z.string().max(2000),
  }),
  reply: z.object({ outcome, problems: z.array(problem) }),
  handle: async (deps, body, caller) => {
    const decided = await decideConflict(deps, body, caller);
    if (decided.outcome !== 'done') return showFailure(decided);
    return { outcome: decided.value ? ('done' as const) : ('accepted' as const), problems: [] };
  },
});
