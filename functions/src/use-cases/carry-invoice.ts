import type { IntentIds, InvoiceOrder } from '../domain/invoice.ts';
import type { OperationState } from '../domain/operation.ts';
import type { Run } from '../ports/engine.ts';
import { checkAgain } from './issue-invoice/check-again.ts';
import { compareBooks, compareFinal, finalizeInStripe } from './issue-invoice/compare-books.ts';
import { fillBothBooks } from './issue-invoice/fill-both-books.ts';
import { sendToCustomer, writeBackToSalesforce } from './issue-invoice/hand-over.ts';
import type { CarryDeps, Saga, SagaStep } from './issue-invoice/saga.ts';
import { settleCustomers } from './issue-invoice/settle-customers.ts';
import { takeBack } from './issue-invoice/take-back.ts';

export interface CarryInput {
  order: InvoiceOrder;
  ids: IntentIds;
}

/** The order of business after the intent is written. Nothing is e-mailed before both books hold the same invoice. */
const STEPS: readonly SagaStep[] = [
  checkAgain,
  settleCustomers,
  fillBothBooks,
  compareBooks,
  finalizeInStripe,
  compareFinal,
  writeBackToSalesforce,
  sendToCustomer,
];

/** Carries an accepted invoice into both books and back; durable, resumed after any crash where it was. */
export async function carryInvoice(deps: CarryDeps, { order, ids }: CarryInput, run: Run): Promise<OperationState> {
  const saga: Saga = {
    deps,
    run,
    order,
    ids,
    links: order.newLinks,
    stripe: null,
    ledger: null,
    numbered: false,
    stands: false,
    waitedMs: 0,
  };
  await deps.progress.set(order.operationKey, { state: 'running' });
  for (const step of STEPS) {
    const failure = await step(saga);
    if (failure) return takeBack(saga, failure);
  }
  await deps.progress.set(order.operationKey, { state: 'done', problems: [] });
  return 'done';
}
