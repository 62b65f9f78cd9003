import { voidOperationKey } from '../domain/operation-key.ts';
import type { OperationState } from '../domain/operation.ts';
import { done, rejected, type Failure, type Outcome } from '../domain/outcome.ts';
import type { InvoiceStatus } from '../domain/invoice.ts';
import { statusOf } from '../domain/invoice-status.ts';
import type { Problem } from '../domain/problem.ts';
import type { Json } from '../ports/effect-log.ts';
import type { Run } from '../ports/engine.ts';
import type { LedgerReference } from '../ports/ledger.ts';
import type { InvoiceRead } from '../ports/records.ts';
import type { Caller, Deps } from './deps.ts';
import { answeredAsOf } from './effects/answered-as-of.ts';
import { nowOf } from './effects/call-and-record.ts';
import { sendOnce } from './effects/send-once.ts';
import {
  askedBy,
  cannot,
  operationStep,
  operationWrite,
  LOADED,
  readForOperation,
  settleFailed,
  type OperationInput,
} from './invoice-operation.ts';
import { invoiceQueue } from './issue-invoice.ts';
import { refused, replyAfter, type OperationReply } from './operation-reply.ts';
import { voidInLedger, voidInLedgerKey } from './writes/ledger-invoice.ts';
import { voidInStripe, voidInStripeKey } from './writes/stripe-invoice.ts';

export type VoidDeps = Pick<Deps, 'records' | 'ledger' | 'engine' | 'progress' | 'clock'>;
type CarryVoidDeps = Pick<Deps, 'records' | 'payments' | 'ledger' | 'effects' | 'progress' | 'clock'>;

/** A person voids an unpaid invoice: Stripe first, then QuickBooks, then its quantities are free to be billed anew. */
export async function voidInvoice(
  deps: VoidDeps,
  request: { invoiceId: string; reason: string; waitMs: number },
  caller: Caller,
): Promise<Outcome<OperationReply>> {
  const [read, reference] = await Promise.all([
    deps.records.readInvoice({ invoiceId: request.invoiceId, asking: caller }),
    deps.ledger.readReference(),
  ]);
  if (read.outcome !== 'done') return read;
  const { invoice } = read.value;
  const key = voidOperationKey(invoice.id, invoice.revision);
  if (invoice.status === 'Voiding' && (await deps.progress.read(key))) return done(await replyAfter(deps, key, request.waitMs));
  const problems = whyNotVoid(read.value, reference.outcome === 'done' ? reference.value : null);
  if (problems.length > 0) return done(refused(problems));

  await deps.progress.open({ key, kind: 'void-invoice', invoiceId: invoice.id });
  await deps.progress.step(key, {
    name: 'checked',
    state: 'done',
    at: nowOf(deps),
    ...(request.reason === '' ? {} : { message: request.reason }),
  });
  await deps.engine.enqueue({
    workflow: 'void-invoice',
    id: key,
    queueKey: invoiceQueue(invoice.id),
    input: {
      operationKey: key,
      invoiceId: invoice.id,
      reason: request.reason,
      asked: askedBy(deps, caller),
    } satisfies OperationInput as Json,
  });
  return done(await replyAfter(deps, key, request.waitMs));
}

const NEVER_ISSUED = cannot('invoice-not-issued', 'The invoice was never issued, so its quantities are free already.', 'Nothing to do.');
const BEING_ISSUED = cannot('invoice-not-issued', 'The invoice is still being issued.', 'Wait until it is issued, then void it.');
const PAID = cannot(
  'invoice-paid',
  'Something was already paid or credited on this invoice.',
  'Refund the payment or issue a credit instead.',
);

/** The statuses from which there is no voiding, and why. */
const WHY_NOT_IN_STATUS: Partial<Record<InvoiceStatus, Problem>> = {
  Void: cannot('invoice-void', 'The invoice is void already.', 'Nothing to do.'),
  Queued: BEING_ISSUED,
  Issuing: BEING_ISSUED,
  Paid: PAID,
  'Partially Paid': PAID,
  Rejected: NEVER_ISSUED,
};

function whyNotVoid({ invoice, rights }: InvoiceRead, reference: LedgerReference | null): Problem[] {
  // People never edit invoices, the functions do: whoever sees one needs only the right to do this.
  if (rights && !rights.canRead)
    return [cannot('no-access', 'You have no access to this invoice.', "Ask the invoice's owner to share it.")];
  if (rights && !rights.voidInvoice)
    return [cannot('no-right-to-void', 'You do not have the right to void invoices.', 'Ask an administrator for it.')];
  if (invoice.loaded) return [LOADED];
  if (invoice.paid > 0 || invoice.credited > 0) return [PAID];
  const why = WHY_NOT_IN_STATUS[invoice.status];
  if (why) return [why];
  if (invoice.stripeInvoiceId === null) return [NEVER_ISSUED];
  const closed = reference?.closingDate ?? null;
  if (closed !== null && invoice.invoiceDate <= closed)
    return [
      cannot(
        'period-closed',
        `The books in QuickBooks are closed up to ${closed}.`,
        'Issue a credit memo dated today, or ask the accountant to open the period.',
      ),
    ];
  return [];
}

/** Under the invoice's lease. Stripe refuses while a payment processes; then nothing changes in QuickBooks. */
export async function carryVoiding(
  deps: CarryVoidDeps,
  { operationKey: key, invoiceId, asked, reason }: OperationInput,
  run: Run,
): Promise<OperationState> {
  const read = await operationStep(deps, run, key, 'read', () => readForOperation(deps, invoiceId));
  if (read.outcome !== 'done') return 'needs-attention';
  await deps.progress.set(key, { state: 'running' });
  const [why] = whyNotVoid(read.value, null);
  if (why) return settleFailed(deps, run, read.value, 'void-invoice', key, rejected(why), {});
  // Written under the lease, so that a second click can never put it over what came of the first.
  const begun = operationWrite(deps, read.value, {
    invoice: { status: 'Voiding', ...(reason ? { voidReason: reason } : {}) },
    kind: 'void-invoice',
    key,
    state: 'running',
    step: null,
    ...(asked ? { asked } : {}),
  });
  await operationStep(deps, run, key, 'write that it begins', () => deps.records.writeBack(begun));

  const inStripe = await voidHalf(deps, run, key, 'stripe', read.value);
  if (inStripe.outcome !== 'done') return restore(deps, run, read.value, key, inStripe);
  const inLedger = await voidHalf(deps, run, key, 'quickbooks', read.value);
  if (inLedger.outcome !== 'done')
    return settleFailed(
      deps,
      run,
      read.value,
      'void-invoice',
      key,
      inLedger,
      { status: 'Needs Attention', problem: inLedger.problem.message },
      'needs-attention',
    );

  const { voidedAt, ...asOf } = await run.step('note when voided', () => whenVoided(deps, invoiceId));
  const write = operationWrite(deps, read.value, {
    invoice: {
      status: 'Void',
      voidedAt,
      problem: null,
      revision: read.value.invoice.revision + 1,
      ...asOf,
      payLink: null,
    },
    kind: 'void-invoice',
    key,
    state: 'done',
    step: 'written-back',
  });
  const written = await operationStep(deps, run, key, 'write back', () => deps.records.writeBack(write));
  const state: OperationState = written.outcome === 'done' ? 'done' : 'needs-attention';
  await deps.progress.step(key, { name: 'written-back', state: state === 'done' ? 'done' : 'failed', at: nowOf(deps) });
  await deps.progress.set(key, { state, problems: written.outcome === 'done' ? [] : [written.problem] });
  return state;
}

async function whenVoided(deps: CarryVoidDeps, invoiceId: string) {
  const stripeAsOf = await answeredAsOf(deps, voidInStripeKey(invoiceId));
  const quickbooksAsOf = await answeredAsOf(deps, voidInLedgerKey(invoiceId));
  return { voidedAt: nowOf(deps), ...(stripeAsOf ? { stripeAsOf } : {}), ...(quickbooksAsOf ? { quickbooksAsOf } : {}) };
}

async function voidHalf(
  deps: CarryVoidDeps,
  run: Run,
  key: string,
  system: 'stripe' | 'quickbooks',
  { invoice }: InvoiceRead,
): Promise<Outcome<unknown>> {
  const { id, stripeInvoiceId, quickbooksInvoiceId, quickbooksSyncToken: syncToken } = invoice;
  await deps.progress.step(key, { name: system, state: 'running', at: nowOf(deps) });
  const voided = await operationStep<unknown>(deps, run, key, `void in ${system}`, async () => {
    if (system === 'stripe') return stripeInvoiceId === null ? done(null) : sendOnce(deps, voidInStripe(deps, id, stripeInvoiceId));
    return quickbooksInvoiceId === null ? done(null) : sendOnce(deps, voidInLedger(deps, id, { quickbooksInvoiceId, syncToken }));
  });
  await deps.progress.step(key, { name: system, state: voided.outcome === 'done' ? 'done' : 'failed', at: nowOf(deps) });
  return voided;
}

/** Stripe refused, nothing was voided anywhere: the invoice is what it was. The revision grows, so that it can be asked again. */
function restore(deps: CarryVoidDeps, run: Run, read: InvoiceRead, key: string, failure: Failure): Promise<OperationState> {
  const { invoice } = read;
  const status = statusOf({ total: invoice.total, settled: invoice.paid + invoice.credited, voided: false, uncollectible: false });
  return settleFailed(deps, run, read, 'void-invoice', key, failure, {
    status,
    problem: failure.problem.message,
    revision: invoice.revision + 1,
  });
}
