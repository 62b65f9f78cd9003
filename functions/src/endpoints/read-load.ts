import { z } from 'zod';
import { readLoad } from '../use-cases/read-load.ts';
import { endpoint } from './endpoint.ts';
import { loadShown, showLoad } from './load-schemas.ts';
import { showFailure } from './reply.ts';
import { outcome, problem } from './schemas.ts';

export const readLoadEndpoint = endpoint({
  operationId: 'read-load',
  summary: 'Read the first load',
  description:
    'How the load stands that is under way, or how the last one ended; no load when none was ever started. Costs no call to Stripe or QuickBooks.',
  permissionSet: 'Trueup_Billing_Admin',
  body: z.object({}),
  reply: z.object({ outcome, load: loadShown.optional(), problems: z.array(problem) }),
  handle: async (deps, _body, caller) => {
    const read = await readLoad(deps, caller);
    if (read.outcome !== 'done') return showFailure(read);
    return { outcome: 'done' as const, ...(read.value ? { load: showLoad(read.value) } : {}), problems: [] };
  },
});
