import { z } from 'zod';
import { checkMapping } from '../use-cases/check-mapping.ts';
import { endpoint } from './endpoint.ts';
import { showFailure } from './reply.ts';
import { outcome, problem } from './schemas.ts';

export const checkMappingEndpoint = endpoint({
  operationId: 'check-mapping',
  summary: 'Check the field mappings',
  description:
    'Compares field mappings and linked items with the fields and lists as they are now in all three systems. What would stop an invoice becomes a sync issue; what is mended is closed.',
  permissionSet: 'Trueup_Automation',
  body: z.object({
    onlyCount: z
      .boolean()
      .nullish()
      .transform((value) => value ?? false),
  }),
  reply: z.object({ outcome, issues: z.number().int().optional(), resolved: z.number().int().optional(), problems: z.array(problem) }),
  handle: async (deps, body, caller) => {
    const checked = await checkMapping(deps, body, caller);
    return checked.outcome === 'done' ? { outcome: checked.outcome, ...checked.value, problems: [] } : showFailure(checked);
  },
});
