import { z } from 'zod';
import { startLoad } from '../use-cases/start-load.ts';
import { endpoint } from './endpoint.ts';
import { since } from './load-schemas.ts';
import { present, showFailure } from './reply.ts';
import { outcome, problem } from './schemas.ts';

export const startLoadEndpoint = endpoint({
  operationId: 'start-load',
  summary: 'Start the first load',
  description:
    'Reads customers, invoices and payments of both systems, matches them with accounts, and shows them in Salesforce. Nothing is written to Stripe or QuickBooks. While a load is not over it is the answer.',
  background: true,
  permissionSet: 'Trueup_Billing_Admin',
  body: z.object({
    createAccounts: z
      .boolean()
      .nullish()
      .transform((value) => value ?? false)
      .describe('Create an account for each customer that no account matches'),
    since,
  }),
  reply: z.object({ outcome, key: z.string().optional(), runId: z.string().optional(), problems: z.array(problem) }),
  handle: async (deps, body, caller) => {
    const started = await startLoad(deps, body, caller);
    if (started.outcome !== 'done') return showFailure(started);
    const { key, runId } = started.value;
    return { outcome: 'accepted' as const, key, ...present({ runId }), problems: [] };
  },
});
