import { z } from 'zod';
import { syncRecords } from '../use-cases/sync-records.ts';
import { endpoint } from './endpoint.ts';
import { showFailure, showProblem } from './reply.ts';
import { outcome, problem, recordId } from './schemas.ts';

/** As many as the largest list a flow hands to an action. */
const MOST = 2_000;

export const syncRecordsEndpoint = endpoint({
  operationId: 'sync-records',
  summary: 'Bring records in step',
  description:
    'Looks at invoices, payments and accounts anew in Stripe and QuickBooks, each in its turn. Answers once all are in line; records that are not kept in step are named and left alone.',
  permissionSet: 'Trueup_Automation',
  wakes: true,
  body: z.object({ recordIds: z.array(recordId).min(1).max(MOST) }),
  reply: z.object({ outcome, queued: z.number().int().optional(), problems: z.array(problem) }),
  handle: async (deps, body, caller) => {
    const asked = await syncRecords(deps, body, caller);
    if (asked.outcome !== 'done') return showFailure(asked);
    return { outcome: 'done' as const, queued: asked.value.queued, problems: asked.value.problems.map(showProblem) };
  },
});
