import type { IntentIds, InvoiceOrder } from '../domain/invoice.ts';
import type { OperationState } from '../domain/operation.ts';
import { isIssued } from '../domain/invoice-status.ts';
import type { Failure } from '../domain/outcome.ts';
import type { Run } from '../ports/engine.ts';
import { compareBooks, compareFinal, finalizeInStripe } from './issue-invoice/compare-books.ts';
import { fillBothBooks } from './issue-invoice/fill-both-books.ts';
import { sendToCustomer, writeBackToSalesforce } from './issue-invoice/hand-over.ts';
import type { CarryDeps, Saga, SagaStep } from './issue-invoice/saga.ts';
import { settleCustomers } from './issue-invoice/settle-customers.ts';
import { takeBack } from './issue-invoice/take-back.ts';
import { inSaga } from './issue-invoice/wait.ts';

export interface CarryInput {
  order: InvoiceOrder;
  ids: IntentIds;
  /** A person has it tried again: Salesforce may hold the issued invoice already, and newer than what was carried then. */
  again?: boolean;
  /** Nobody waits for it at a screen (work.ts). */
  background?: boolean;
}

/** The order of business after the intent is written. Nothing is e-mailed before both books hold the same invoice. */
const STEPS: readonly SagaStep[] = [
  settleCustomers,
  fillBothBooks,
  compareBooks,
  finalizeInStripe,
  compareFinal,
  writeBackToSalesforce,
  sendToCustomer,
];

/** Carries an accepted invoice into both books and back; durable, resumed after any crash where it was. */
export async function carryInvoice(deps: CarryDeps, { order, ids, again = false }: CarryInput, run: Run): Promise<OperationState> {
  const saga: Saga = {
    deps,
    run,
    order,
    ids,
    links: order.newLinks,
    stripe: null,
    ledger: null,
    stands: false,
    again,
    takingBack: false,
    writtenBack: false,
    waitedMs: 0,
  };
  await deps.progress.set(order.operationKey, { state: 'running' });
  if (again) {
    const failure = await seeWhatIsThere(saga);
    if (failure) return takeBack(saga, failure);
  }
  for (const step of STEPS) {
    const failure = await step(saga);
    if (failure) return takeBack(saga, failure);
  }
  await deps.progress.set(order.operationKey, { state: 'done', problems: [] });
  return 'done';
}

/** What was written back before must not be written over: payments may have come since. */
async function seeWhatIsThere(saga: Saga): Promise<Failure | null> {
  const { deps, ids } = saga;
  const read = await inSaga(saga, 'read before trying again', () => deps.records.readInvoice({ invoiceId: ids.invoiceId, asking: null }));
  if (read.outcome !== 'done') return read;
  saga.writtenBack = isIssued(read.value.invoice.status);
  saga.stands = saga.writtenBack;
  return null;
}
