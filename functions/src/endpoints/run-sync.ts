import { z } from 'zod';
import { runSync } from '../use-cases/run-sync.ts';
import { endpoint } from './endpoint.ts';
import { present, showFailure, showProblem } from './reply.ts';
import { optionalId, outcome, problem, waitMs } from './schemas.ts';

const reply = z.object({ outcome, runId: z.string().optional(), operationKey: z.string().optional(), problems: z.array(problem) });

export const runSyncEndpoint = endpoint({
  operationId: 'run-sync',
  summary: 'Run a sync',
  description:
    'Reads the open invoices of both books again, catches up on payments and statuses that were missed, and reports documents that were changed. A full compare reads every invoice, whatever its age.',
  permissionSet: 'Trueup_Automation',
  body: z.object({
    companyId: optionalId,
    kind: z
      .enum(['Nightly', 'On Demand', 'Full Compare'])
      .nullish()
      .transform((value) => value ?? 'On Demand'),
    waitMs: waitMs(25_000),
  }),
  reply,
  handle: async (deps, body, caller) => {
    const started = await runSync(deps, { kind: body.kind, waitMs: body.waitMs }, caller);
    if (started.outcome !== 'done') return showFailure(started);
    const { outcome: result, runId, operationKey, problems } = started.value;
    return { outcome: result, ...present({ runId, operationKey }), problems: problems.map(showProblem) };
  },
});
