import { isSettled } from '../domain/operation.ts';
import { done, type Outcome } from '../domain/outcome.ts';
import type { Caller, Deps } from './deps.ts';
import { cannot } from './invoice-operation.ts';
import { mayAct } from './may-act.ts';
import { refused, replyAfter, type OperationReply } from './operation-reply.ts';

const UNKNOWN = cannot(
  'operation-unknown',
  'Nothing is known of this operation any more.',
  'Open the invoice: its page shows how it stands.',
);
const NO_RIGHT = cannot('no-right-to-cancel', 'You do not have the right to cancel this.', 'Ask an administrator for it.');
const SETTLED = cannot(
  'nothing-to-cancel',
  'The operation is over, so there is nothing to cancel.',
  'Void the invoice if it is not wanted.',
);
const ONLY_ISSUING = cannot('cannot-cancel', 'Only an invoice that is being issued can be given up.', 'Wait until the operation is over.');

/**
 * Gives up an invoice that waits for a system that is down: at its next attempt what was made so far is taken back. Once both
 * books hold it, it stands, and is voided instead.
 */
export async function cancelOperation(
  deps: Pick<Deps, 'records' | 'engine' | 'progress'>,
  request: { operationKey: string },
  caller: Caller,
): Promise<Outcome<OperationReply>> {
  const operation = await deps.progress.read(request.operationKey);
  if (!operation?.invoiceId) return done(refused([UNKNOWN]));
  if (!mayAct(operation.kind, caller)) return done(refused([NO_RIGHT]));
  if (operation.kind !== 'issue-invoice') return done(refused([ONLY_ISSUING], operation.invoiceId));
  const read = await deps.records.readInvoice({ invoiceId: operation.invoiceId, asking: caller });
  if (read.outcome !== 'done') return read;
  if (read.value.rights?.canRead === false) return done(refused([UNKNOWN]));
  if (isSettled(operation.state) || !(await deps.progress.cancel(operation.key, caller.userId)))
    return done(refused([SETTLED], operation.invoiceId));
  return done(await replyAfter(deps, operation.key, 0));
}
