import { z } from 'zod';
import { retryOperation } from '../use-cases/retry-operation.ts';
import { endpoint } from './endpoint.ts';
import { showOperation } from './reply.ts';
import { operationKey, operationReply, waitMs } from './schemas.ts';

export const retryOperationEndpoint = endpoint({
  operationId: 'retry-operation',
  summary: 'Try an operation again',
  description: 'Takes up an operation that needs attention from the step that failed; what was done is not done twice.',
  permissionSet: 'Trueup_Sales_Rep',
  body: z.object({ operationKey, waitMs: waitMs(25_000) }),
  reply: operationReply,
  handle: async (deps, body, caller) => showOperation(await retryOperation(deps, body, caller)),
});
