import { z } from 'zod';
import { replayEvent } from '../use-cases/replay-event.ts';
import { endpoint } from './endpoint.ts';
import { showFailure } from './reply.ts';
import { outcome, problem } from './schemas.ts';

export const replayEventEndpoint = endpoint({
  operationId: 'replay-event',
  summary: 'Read the object of a stored event again',
  description: 'Fetches the object anew and lets every booking follow its state. Safe at any time: nothing is taken from the event itself.',
  permissionSet: 'Trueup_Billing_Admin',
  wakes: true,
  body: z.object({ provider: z.enum(['stripe', 'quickbooks']), eventId: z.string().min(1).max(255) }),
  reply: z.object({ outcome, problems: z.array(problem) }),
  handle: async (deps, body, caller) => {
    const replayed = await replayEvent(deps, body, caller);
    return replayed.outcome === 'done' ? { outcome: 'done' as const, problems: [] } : showFailure(replayed);
  },
});
