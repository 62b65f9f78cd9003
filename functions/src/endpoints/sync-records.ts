import { z } from 'zod';
import { syncRecords } from '../use-cases/sync-records.ts';
import { endpoint } from './endpoint.ts';
import { showFailure, showProblem } from './reply.ts';
import { outcome, problem, recordIds } from './schemas.ts';

export const syncRecordsEndpoint = endpoint({
  operationId: 'sync-records',
  summary: 'Bring records in step',
  description:
    'Looks at invoices, payments and accounts anew in Stripe and QuickBooks, each in its turn. Answers once all are in line; records that are not kept in step are named and left alone.',
  permissionSet: 'Trueup_Automation',
  wakes: true,
  body: z.object({ recordIds: recordIds }),
  reply: z.object({ outcome, queued: z.number().int().optional(), problems: z.array(problem) }),
  handle: async (deps, body, caller) => {
    const asked = await syncRecords(deps, body, caller);
    if (asked.outcome !== 'done') return showFailure(asked);
    return { outcome: 'done' as const, queued: asked.value.queued, problems: asked.value.problems.map(showProblem) };
  },
});
