import type { InvoiceOrder } from '../domain/invoice.ts';
import type { Operation } from '../domain/operation.ts';
import { done, rejected, type Outcome } from '../domain/outcome.ts';
import type { Problem } from '../domain/problem.ts';
import type { Json } from '../ports/effect-log.ts';
import type { CarryInput } from './carry-invoice.ts';
import type { Caller, Deps } from './deps.ts';
import { cannot, type OperationInput } from './invoice-operation.ts';
import { invoiceQueue } from './issue-invoice.ts';
import { mayAct } from './may-act.ts';
import { refused, replyAfter, type OperationReply } from './operation-reply.ts';
import { keptSync } from './run-sync.ts';

type RetryDeps = Pick<Deps, 'records' | 'effects' | 'engine' | 'progress'>;

const UNKNOWN = cannot(
  'operation-unknown',
  'Nothing is known of this operation any more.',
  'Open the invoice: its page shows how it stands.',
);
const NO_RIGHT = cannot('no-right-to-retry', 'You do not have the right to have this tried again.', 'Ask an administrator for it.');
const NOTHING_TO_RETRY = cannot(
  'nothing-to-retry',
  'The operation is not waiting for a person.',
  'Look at its state; nothing has to be done.',
);

/**
 * Has an operation that needs attention tried again, from the step that failed: what was done is known to the effect log and
 * is not done twice. Of two clicks one counts.
 */
export async function retryOperation(
  deps: RetryDeps,
  request: { operationKey: string; waitMs: number },
  caller: Caller,
): Promise<Outcome<OperationReply>> {
  const operation = await deps.progress.read(request.operationKey);
  const why = await whyNot(deps, operation, caller);
  if (why.outcome !== 'done') return why;
  if (why.value || !operation?.invoiceId) return done(refused([why.value ?? UNKNOWN]));
  const again = await runAgain(deps, operation);
  if (again === 'unknown') return done(refused([UNKNOWN], operation.invoiceId));
  if (again !== 'taken' && request.waitMs > 0) await deps.engine.result(again.runId, request.waitMs);
  return done(await replyAfter(deps, operation.key, 0));
}

/** The run it was put in line under; or somebody else did so meanwhile; or nothing is kept to do it with. */
type Again = { runId: string } | 'taken' | 'unknown';

/** Puts it in line under a run of its own. */
export async function runAgain(deps: Pick<Deps, 'effects' | 'engine' | 'progress'>, operation: Operation): Promise<Again> {
  const job = await jobOf(deps, operation);
  if (!job) return 'unknown';
  const counted = await deps.progress.retry(operation.key);
  if (!counted) return 'taken';
  const runId = runOf(counted);
  await deps.engine.enqueue({ workflow: operation.kind, id: runId, ...job });
  return { runId };
}

const runOf = ({ key, retries }: Operation): string => `${key}.retry-${retries}`;

/** It was counted as tried again, and a process may have died before it was in line: the engine ignores a run it knows. */
export async function lineUpAgain(deps: Pick<Deps, 'effects' | 'engine'>, operation: Operation): Promise<boolean> {
  const job = await jobOf(deps, operation);
  if (job) await deps.engine.enqueue({ workflow: operation.kind, id: runOf(operation), ...job });
  return job !== null;
}

async function whyNot(deps: RetryDeps, operation: Operation | null, caller: Caller): Promise<Outcome<Problem | null>> {
  if (!operation?.invoiceId) return done(UNKNOWN);
  if (!mayAct(operation.kind, caller)) return done(NO_RIGHT);
  if (operation.state !== 'needs-attention') return done(NOTHING_TO_RETRY);
  const read = await deps.records.readInvoice({ invoiceId: operation.invoiceId, asking: caller });
  if (read.outcome !== 'done') return read;
  return read.value.rights?.canRead === false ? rejected(UNKNOWN) : done(null);
}

async function jobOf(deps: Pick<Deps, 'effects'>, { key, kind, invoiceId }: Operation): Promise<{ queueKey: string; input: Json } | null> {
  if (kind === 'run-sync') return keptSync(deps, key);
  if (invoiceId === null) return null;
  const queueKey = invoiceQueue(invoiceId);
  switch (kind) {
    case 'issue-invoice': {
      const order = (await deps.effects.kept(key)) as unknown as InvoiceOrder | null;
      if (!order) return null;
      const input = { order, ids: { invoiceId, operationId: '' }, again: true } satisfies CarryInput;
      return { queueKey, input: input as unknown as Json };
    }
    case 'send-invoice':
    case 'void-invoice':
      return { queueKey, input: { operationKey: key, invoiceId } satisfies OperationInput as Json };
    case 'record-payment':
      return null;
  }
}
