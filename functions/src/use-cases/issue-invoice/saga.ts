import type { IntentIds, InvoiceOrder } from '../../domain/invoice.ts';
import type { Link } from '../../domain/link.ts';
import type { StepName, StepState } from '../../domain/operation.ts';
import type { Failure } from '../../domain/outcome.ts';
import type { Run } from '../../ports/engine.ts';
import type { LedgerInvoice } from '../../ports/ledger.ts';
import type { StripeInvoice } from '../../ports/payments.ts';
import type { Deps } from '../deps.ts';
import { nowOf } from '../effects/call-and-record.ts';

export type CarryDeps = Pick<Deps, 'records' | 'matches' | 'payments' | 'ledger' | 'effects' | 'numbers' | 'progress' | 'clock'>;

/** An invoice on its way into both books. Filled in step by step from remembered results, so a replay comes to the same. */
export interface Saga {
  deps: CarryDeps;
  run: Run;
  /** Customers and items are completed once they are known. */
  order: InvoiceOrder;
  ids: IntentIds;
  /** Found or made on the way, to be claimed before the books are filled. */
  links: Link[];
  stripe: StripeInvoice | null;
  ledger: LedgerInvoice | null;
  /** Both books hold it and it is final: from here on nothing is undone. */
  stands: boolean;
  /** A person has it tried again after it ended: Salesforce says so until it ends once more, and refuses an older state. */
  again: boolean;
  /** Salesforce holds the issued invoice already, from an attempt before. */
  writtenBack: boolean;
  /** What was made is being taken back: nobody can cancel that. */
  takingBack: boolean;
  /** Milliseconds spent waiting for systems that are down. */
  waitedMs: number;
}

/** A step of the saga: null when it is done, else why not. */
export type SagaStep = (saga: Saga) => Promise<Failure | null>;

/** Shows a step to whoever follows. */
export function show(saga: Saga, name: StepName, state: StepState, message?: string): Promise<void> {
  return saga.deps.progress.step(saga.order.operationKey, {
    name,
    state,
    at: nowOf(saga.deps),
    ...(message === undefined ? {} : { message }),
  });
}
