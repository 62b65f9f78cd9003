import type { InvoiceRecord } from '../domain/invoice.ts';
import { assertMayBecome } from '../domain/invoice-status.ts';
import { isSettled, type OperationKind, type OperationState } from '../domain/operation.ts';
import { assertInvoiceFields } from '../domain/ownership.ts';
import type { Failure, Outcome } from '../domain/outcome.ts';
import type { Problem } from '../domain/problem.ts';
import type { Company } from '../domain/company.ts';
import type { InvoiceChange, InvoiceRead, WriteBack } from '../ports/records.ts';
import type { Run } from '../ports/engine.ts';
import type { Caller, Deps } from './deps.ts';
import { nowOf } from './effects/call-and-record.ts';
import { patiently } from './effects/patiently.ts';

/** A change to an issued invoice that somebody asked for: which one, under which key. */
export interface OperationInput {
  operationKey: string;
  invoiceId: string;
  /** Who clicked; absent when it is taken up again from Salesforce, which knows. */
  asked?: { by: string; at: string; correlationId: string };
  /** Why it is voided, in the person's words. */
  reason?: string;
}

interface Change {
  invoice: InvoiceChange;
  kind: OperationKind;
  key: string;
  state: OperationState;
  step: string | null;
  problems?: Problem[];
  asked?: OperationInput['asked'];
}

/** The write of one operation on an existing invoice. */
export function operationWrite(
  deps: Pick<Deps, 'clock'>,
  { invoice, company }: { invoice: InvoiceRecord; company: Company },
  change: Change,
): WriteBack {
  assertInvoiceFields(Object.keys(change.invoice));
  if (change.invoice.status) assertMayBecome(invoice.status, change.invoice.status);
  const { kind, key, state, step, problems = [], asked } = change;
  return {
    companyKey: company.key,
    companyId: company.id,
    quickbooksRealmId: company.quickbooksRealmId,
    invoiceId: invoice.id,
    ownerId: invoice.ownerId,
    sourceId: invoice.sourceId,
    accountId: invoice.accountId,
    currency: invoice.currency,
    invoice: change.invoice,
    payments: [],
    operation: {
      key,
      kind,
      state,
      step,
      problems,
      finishedAt: isSettled(state) ? nowOf(deps) : null,
      ...(asked ? { requestedBy: asked.by, requestedAt: asked.at, correlationId: asked.correlationId } : {}),
    },
    event: { kind, state, step: step ?? state },
  };
}

export function askedBy(deps: Pick<Deps, 'clock'>, caller: Caller): NonNullable<OperationInput['asked']> {
  return { by: caller.userId, at: nowOf(deps), correlationId: caller.correlationId };
}

/** A problem with one of an operation's preconditions. */
export function cannot(code: string, message: string, action: string): Problem {
  return { code, severity: 'error', message, action };
}

/** It only shows what another system made: that is where it is changed. */
export const LOADED = cannot(
  'invoice-loaded',
  'Trueup did not issue this invoice: it was loaded from the history of Stripe or QuickBooks.',
  'Change it in its own system, and start the first load again to see the change here.',
);

/** Runs a step of such an operation with patience; waiting is shown to whoever follows. */
export function operationStep<T>(
  deps: Pick<Deps, 'progress'>,
  run: Run,
  key: string,
  name: string,
  act: () => Promise<Outcome<T>>,
): Promise<Outcome<T>> {
  const waiting = (failure: Failure, delayMs: number) =>
    delayMs === 0 ? Promise.resolve() : deps.progress.set(key, { state: 'waiting', problems: [failure.problem] });
  return patiently({ run, waitedMs: 0, waiting }, name, act);
}

/** The invoice as Salesforce holds it now, read inside the lease. */
export function readForOperation(deps: Pick<Deps, 'records'>, invoiceId: string): Promise<Outcome<InvoiceRead>> {
  return deps.records.readInvoice({ invoiceId, asking: null });
}

/** Ends an operation that could not be carried out, leaving the invoice as `invoice` says. */
export async function settleFailed(
  deps: Pick<Deps, 'records' | 'progress' | 'clock'>,
  run: Run,
  read: InvoiceRead,
  kind: OperationKind,
  key: string,
  failure: Failure,
  invoice: InvoiceChange,
  state: OperationState = failure.outcome === 'rejected' && failure.problem.code !== 'several-found' ? 'rejected' : 'needs-attention',
): Promise<OperationState> {
  const write = operationWrite(deps, read, { invoice, kind, key, state, step: null, problems: [failure.problem] });
  await operationStep(deps, run, key, 'write back that it failed', () => deps.records.writeBack(write));
  await deps.progress.set(key, { state, problems: [failure.problem] });
  return state;
}
