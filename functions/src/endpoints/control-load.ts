import { z } from 'zod';
import { controlLoad } from '../use-cases/control-load.ts';
import { endpoint } from './endpoint.ts';
import { loadShown, showLoad } from './load-schemas.ts';
import { showFailure } from './reply.ts';
import { outcome, problem } from './schemas.ts';

export const controlLoadEndpoint = endpoint({
  operationId: 'control-load',
  summary: 'Pause, resume or cancel the first load',
  description: 'A pause takes effect once what is being written is written. What was loaded before a cancel stays.',
  permissionSet: 'Trueup_Billing_Admin',
  body: z.object({ action: z.enum(['pause', 'resume', 'cancel']) }),
  reply: z.object({ outcome, load: loadShown.optional(), problems: z.array(problem) }),
  handle: async (deps, { action }, caller) => {
    const controlled = await controlLoad(deps, action, caller);
    return controlled.outcome === 'done'
      ? { outcome: 'done' as const, load: showLoad(controlled.value), problems: [] }
      : showFailure(controlled);
  },
});
