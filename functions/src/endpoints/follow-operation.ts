import { z } from 'zod';
import { followOperation } from '../use-cases/follow-operation.ts';
import { endpoint } from './endpoint.ts';
import { present, showFailure, showProblem } from './reply.ts';
import { operationKey, outcome, problem, step, waitMs } from './schemas.ts';

const reply = z.object({
  outcome,
  state: z.enum(['accepted', 'running', 'waiting', 'done', 'rejected', 'needs-attention', 'compensated']).optional(),
  steps: z.array(step),
  invoiceId: z.string().optional(),
  invoiceNumber: z.string().optional(),
  problems: z.array(problem),
});

export const followOperationEndpoint = endpoint({
  operationId: 'follow-operation',
  summary: 'Follow an operation',
  description:
    'Long-polls an accepted operation: answers as soon as there is a step more than the caller knows, at the latest after waitMs.',
  permissionSet: 'Trueup_Sales_Rep',
  body: z.object({
    operationKey,
    seen: z
      .number()
      .int()
      .min(0)
      .nullish()
      .transform((value) => value ?? 0),
    waitMs: waitMs(5_000),
  }),
  reply,
  handle: async (deps, body) => {
    const followed = await followOperation(deps, body);
    if (followed.outcome !== 'done') return { ...showFailure(followed), steps: [] };
    const { state, steps, invoiceId, invoiceNumber, problems } = followed.value;
    return { outcome: 'done' as const, state, steps, ...present({ invoiceId, invoiceNumber }), problems: problems.map(showProblem) };
  },
});
