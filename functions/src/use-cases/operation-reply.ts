import { isSettled, type Step } from '../domain/operation.ts';
import type { Problem } from '../domain/problem.ts';
import type { Deps } from './deps.ts';

/** What a click is answered with: the result when it came in time, else "accepted" with the key to follow. */
export interface OperationReply {
  outcome: 'done' | 'accepted' | 'rejected';
  operationKey: string | null;
  invoiceId: string | null;
  invoiceNumber: string | null;
  steps: Step[];
  problems: Problem[];
}

/** Refused before anything was written anywhere. `inTheWay`: the invoice because of which, for the person to open. */
export function refused(problems: Problem[], inTheWay: string | null = null): OperationReply {
  return { outcome: 'rejected', operationKey: null, invoiceId: inTheWay, invoiceNumber: null, steps: [], problems };
}

/** Waits up to `waitMs` for the operation and tells how it stands. */
export async function replyAfter(deps: Pick<Deps, 'engine' | 'progress'>, operationKey: string, waitMs: number): Promise<OperationReply> {
  const before = await deps.progress.read(operationKey);
  const pending = before === null || before.state === 'accepted' || before.state === 'running';
  if (pending && waitMs > 0) await deps.engine.result(operationKey, waitMs);
  const operation = pending ? await deps.progress.read(operationKey) : before;
  if (!operation) return { outcome: 'accepted', operationKey, invoiceId: null, invoiceNumber: null, steps: [], problems: [] };
  const { state, invoiceId, invoiceNumber, steps, problems } = operation;
  return {
    outcome: state === 'done' ? 'done' : isSettled(state) ? 'rejected' : 'accepted',
    operationKey,
    invoiceId,
    invoiceNumber,
    steps,
    problems,
  };
}
