import type { InvoiceOrder } from '../domain/invoice.ts';
import { isBroken, isSettled, type Operation, TRIES_AFTER_FAULT } from '../domain/operation.ts';
import { done, type Outcome } from '../domain/outcome.ts';
import type { Json } from '../ports/effect-log.ts';
import type { UnfinishedOperation } from '../ports/records.ts';
import type { Deps } from './deps.ts';
import type { OperationInput } from './invoice-operation.ts';
import { invoiceQueue, startCarrying } from './issue-invoice.ts';
import { lineUpAgain, runAgain } from './retry-operation.ts';
import { resumeSync } from './run-sync.ts';

type ResumeDeps = Pick<Deps, 'records' | 'effects' | 'engine' | 'progress' | 'clock'>;

/** An operation that was asked for this long ago and is not settled may have been lost between the click and the engine. */
const GRACE_MS = 60_000;

/**
 * Takes up operations that Salesforce holds and nobody carries: a process died after the intent was written, or the
 * engine's memory is gone. The engine ignores those it knows; the effect log keeps the rest from being done twice. One that a fault
 * of ours ended is tried again a few times; then it is reported.
 */
export async function resumeOperations(deps: ResumeDeps): Promise<Outcome<{ resumed: number }>> {
  const before = new Date(deps.clock.now() - GRACE_MS).toISOString();
  const unfinished = await deps.records.listUnfinishedOperations(before);
  if (unfinished.outcome !== 'done') return unfinished;
  let resumed = 0;
  for (const operation of unfinished.value) if (await resume(deps, operation)) resumed += 1;
  // A sync may have ended before Salesforce heard of it.
  for (const operation of await deps.progress.broken(0))
    if (operation.kind === 'run-sync' && (await tryAgain(deps, operation))) resumed += 1;
  return done({ resumed });
}

const tryAgain = async (deps: ResumeDeps, operation: Operation): Promise<boolean> =>
  operation.retries < TRIES_AFTER_FAULT && typeof (await runAgain(deps, operation)) === 'object';

async function resume(deps: ResumeDeps, operation: UnfinishedOperation): Promise<boolean> {
  const { key, kind, invoiceId, operationId } = operation;
  const known = await deps.progress.read(key);
  if (known && isBroken(known) && known.retries < TRIES_AFTER_FAULT) return tryAgain(deps, known);
  if (known && known.retries > 0 && !isSettled(known.state)) return lineUpAgain(deps, known);
  if (kind === 'run-sync') return resumeSync(deps, key);
  if (known && isBroken(known)) return false;
  if (invoiceId === null) return false;
  switch (kind) {
    case 'issue-invoice': {
      const order = (await deps.effects.kept(key)) as unknown as InvoiceOrder | null;
      if (order) await startCarrying(deps, order, { invoiceId, operationId });
      return order !== null;
    }
    case 'send-invoice':
    case 'void-invoice':
      await deps.progress.open({ key, kind, invoiceId });
      await deps.engine.enqueue({
        workflow: kind,
        id: key,
        queueKey: invoiceQueue(invoiceId),
        input: { operationKey: key, invoiceId } satisfies OperationInput as Json,
      });
      return true;
    case 'record-payment':
      return false;
  }
}
