import { isSettled, OPERATION_KIND_LABEL, type Operation, type Step } from '../domain/operation.ts';
import { done, rejected, type Outcome } from '../domain/outcome.ts';
import { callEntries, inOrder, type AskedOperation, type EventNote, type TimelineEntry } from '../domain/timeline.ts';
import type { InvoiceRecord } from '../domain/invoice.ts';
import type { ProviderObject } from '../ports/timeline.ts';
import type { Caller, Deps } from './deps.ts';
import { mayAct } from './may-act.ts';

export interface InvoiceTimeline {
  operations: (AskedOperation & { retries: number; canRetry: boolean; canCancel: boolean })[];
  entries: TimelineEntry[];
  /** May this person have a stored event read again? */
  canReplay: boolean;
}

/** Everything that happened to an invoice: who asked for what, each step, each call with its answer, each event that came. */
export async function readTimeline(
  deps: Pick<Deps, 'records' | 'timeline'>,
  { invoiceId }: { invoiceId: string },
  caller: Caller,
): Promise<Outcome<InvoiceTimeline>> {
  const read = await deps.records.readInvoice({ invoiceId, asking: caller });
  if (read.outcome !== 'done') return read;
  const { invoice, rights } = read.value;
  if (rights && !rights.canRead) return NO_ACCESS;
  const [asked, operations, calls, events] = await Promise.all([
    deps.records.listOperations(invoice.id),
    deps.timeline.operations(invoice.id),
    deps.timeline.calls(invoice.id),
    deps.timeline.events(objectsOf(invoice)),
  ]);
  if (asked.outcome !== 'done') return asked;
  const known = new Map(operations.map((operation) => [operation.key, operation]));
  return done({
    operations: asked.value.map((operation) => withRights(operation, known.get(operation.key), caller)),
    entries: inOrder([
      ...asked.value.map(personEntry),
      ...operations.flatMap(stepEntries),
      ...callEntries(calls),
      ...events.map(eventEntry),
    ]),
    canReplay: caller.permissions.includes('Trueup_Administer'),
  });
}

const NO_ACCESS = rejected({
  code: 'no-access',
  severity: 'error',
  message: 'You have no access to this invoice.',
  action: "Ask the invoice's owner to share it.",
});

/** What the engine knows is newer than what was last written to Salesforce. */
function withRights(asked: AskedOperation, operation: Operation | undefined, caller: Caller): InvoiceTimeline['operations'][number] {
  const state = operation?.state ?? asked.state;
  const allowed = operation !== undefined && mayAct(asked.kind, caller);
  return {
    ...asked,
    state,
    retries: operation?.retries ?? 0,
    canRetry: allowed && state === 'needs-attention',
    canCancel: allowed && asked.kind === 'issue-invoice' && !isSettled(state) && operation.cancelledBy === null,
  };
}

function objectsOf(invoice: InvoiceRecord): ProviderObject[] {
  const payments = invoice.allocations.filter(({ kind }) => kind === 'Payment').map(({ paymentKey }) => paymentKey.split(':'));
  return [
    ...(invoice.stripeInvoiceId === null ? [] : [{ provider: 'stripe', type: 'invoice', id: invoice.stripeInvoiceId } as const]),
    ...(invoice.quickbooksInvoiceId === null
      ? []
      : [{ provider: 'quickbooks', type: 'invoice', id: invoice.quickbooksInvoiceId } as const]),
    ...payments.map(([system, id = '']): ProviderObject =>
      system === 'stripe' ? { provider: 'stripe', type: 'payment_intent', id } : { provider: 'quickbooks', type: 'payment', id },
    ),
  ];
}

function personEntry({ key, kind, requestedBy, requestedAt }: AskedOperation): TimelineEntry {
  return {
    at: requestedAt,
    kind: 'person',
    system: 'salesforce',
    text: `${OPERATION_KIND_LABEL[kind]} was asked for`,
    detail: requestedBy === null ? null : `By ${requestedBy}.`,
    state: 'done',
    operationKey: key,
    eventId: null,
  };
}

const STEP_TEXT: Record<Step['name'], string> = {
  checked: 'Checked',
  customer: 'Customer settled in both books',
  quickbooks: 'QuickBooks invoice',
  stripe: 'Stripe invoice',
  compared: 'Both books compared',
  'written-back': 'Written back to Salesforce',
  sent: 'Sent to the customer',
};

function stepEntries({ key, steps }: Operation): TimelineEntry[] {
  return steps.map(({ name, state, at, message }) => ({
    at,
    kind: 'step',
    system: 'trueup',
    text: state === 'skipped' ? `${STEP_TEXT[name]}: not needed` : STEP_TEXT[name],
    detail: message ?? null,
    state: state === 'skipped' ? 'done' : state,
    operationKey: key,
    eventId: null,
  }));
}

function eventEntry({ provider, eventId, type, applied, receivedAt }: EventNote): TimelineEntry {
  return {
    at: receivedAt,
    kind: 'event',
    system: provider,
    text: type,
    detail: applied ? null : 'Kept; it says nothing that was not known.',
    state: 'done',
    operationKey: null,
    eventId,
  };
}
