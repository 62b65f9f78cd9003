import { assertMayBecome } from '../../domain/invoice-status.ts';
import { isSettled, type OperationState, type StepName } from '../../domain/operation.ts';
import { assertInvoiceFields } from '../../domain/ownership.ts';
import type { Problem } from '../../domain/problem.ts';
import type { InvoiceChange, WriteBack } from '../../ports/records.ts';
import { nowOf } from '../effects/call-and-record.ts';
import type { Saga } from './saga.ts';

interface Change {
  invoice: InvoiceChange;
  state: OperationState;
  step: StepName | null;
  problems?: Problem[];
  nextAttemptAt?: string | null;
}

/** The one write of a step: invoice, operation and event together. */
export function writeBackOf(saga: Saga, { invoice, state, step, problems = [], nextAttemptAt = null }: Change): WriteBack {
  assertInvoiceFields(Object.keys(invoice));
  if (invoice.status) assertMayBecome('Queued', invoice.status);
  const { order, ids } = saga;
  return {
    companyKey: order.companyKey,
    companyId: order.companyId,
    quickbooksRealmId: order.quickbooksRealmId,
    invoiceId: ids.invoiceId,
    ownerId: order.ownerId || null,
    sourceId: order.sourceId,
    accountId: order.accountId,
    currency: order.currency,
    invoice,
    payments: [],
    operation:
      saga.again && !isSettled(state)
        ? null
        : {
            key: order.operationKey,
            kind: 'issue-invoice',
            state,
            step,
            problems,
            nextAttemptAt,
            finishedAt: isSettled(state) ? nowOf(saga.deps) : null,
          },
    event: { kind: 'issue-invoice', state, step: step ?? state },
  };
}
