import { z } from 'zod';
import { cancelOperation } from '../use-cases/cancel-operation.ts';
import { endpoint } from './endpoint.ts';
import { showOperation } from './reply.ts';
import { operationKey, operationReply } from './schemas.ts';

export const cancelOperationEndpoint = endpoint({
  operationId: 'cancel-operation',
  summary: 'Give up an invoice that waits',
  description: 'At its next attempt what was made so far is taken back. An invoice that both books hold is voided instead.',
  permissionSet: 'Trueup_Sales_Rep',
  body: z.object({ operationKey }),
  reply: operationReply,
  handle: async (deps, body, caller) => showOperation(await cancelOperation(deps, body, caller)),
});
