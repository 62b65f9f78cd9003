import { effectKey } from '../../domain/operation-key.ts';
import { done, type Failure, type Outcome } from '../../domain/outcome.ts';
import type { OperationState } from '../../domain/operation.ts';
import { canWait } from '../effects/patiently.ts';
import { sendOnce } from '../effects/send-once.ts';
import { ledgerInvoiceKey, voidInLedger } from '../writes/ledger-invoice.ts';
import { deleteDraft, voidInStripe } from '../writes/stripe-invoice.ts';
import { fillLedger, fillStripe } from './fill-both-books.ts';
import type { Saga } from './saga.ts';
import { inSaga } from './wait.ts';
import { writeBackOf } from './write-back.ts';

/**
 * The invoice cannot be carried through. Before it stands in both books, what was made is taken back: the draft deleted,
 * the QuickBooks invoice voided, its numbers noted as gaps. Afterwards, or when nobody can tell what is there, a person decides.
 */
export async function takeBack(saga: Saga, failure: Failure): Promise<OperationState> {
  if (saga.stands || needsPerson(failure)) return settle(saga, failure, 'needs-attention');
  saga.takingBack = true;
  const undone = await inSaga(saga, 'take back', () => undo(saga));
  if (undone.outcome !== 'done') return settle(saga, undone, 'needs-attention');
  return settle(saga, failure, undone.value ? 'compensated' : 'rejected');
}

/** What could be waited for comes this far only when patience is spent. */
const needsPerson = (failure: Failure): boolean => failure.problem.code === 'several-found' || canWait(failure);

/** True when there was something to undo. */
async function undo(saga: Saga): Promise<Outcome<boolean>> {
  const stripe = await undoStripe(saga);
  if (stripe.outcome !== 'done') return stripe;
  const ledger = await undoLedger(saga);
  if (ledger.outcome !== 'done') return ledger;
  // Not only the numbers that a document bore: QuickBooks may have refused the invoice under the last one it was tried with.
  const { companyKey, operationKey } = saga.order;
  await saga.deps.numbers.recordGaps(companyKey, operationKey, 'The invoice was taken back before it was issued.');
  return done(stripe.value || ledger.value);
}

/** True when there was something to take back. A write whose answer was lost is completed first: only then is it known. */
async function undoStripe(saga: Saga): Promise<Outcome<boolean>> {
  const { deps, ids } = saga;
  const row = await deps.effects.read(effectKey(ids.invoiceId, 'create-draft'));
  if (!row || row.state === 'idle') return done(false);
  const made =
    row.state === 'answered'
      ? done(row.answer as { id: string } | null)
      : await fillStripe(
          saga,
          saga.order.lines.map((line) => line.tax),
          '',
        );
  if (made.outcome !== 'done') return made.outcome === 'rejected' ? done(false) : made;
  const held = await deps.payments.readInvoice((made.value as { id: string }).id);
  if (held.outcome !== 'done') return held;
  if (!held.value || held.value.status === 'void') return done(false);
  const undone =
    held.value.status === 'draft'
      ? await sendOnce(deps, deleteDraft(deps, ids.invoiceId, held.value.id))
      : await sendOnce(deps, voidInStripe(deps, ids.invoiceId, held.value.id));
  return undone.outcome === 'done' ? done(true) : undone;
}

async function undoLedger(saga: Saga): Promise<Outcome<boolean>> {
  const { deps, ids } = saga;
  const row = await deps.effects.read(ledgerInvoiceKey(ids.invoiceId));
  if (!row || row.state === 'idle') return done(false);
  const made =
    row.state === 'answered'
      ? done(row.answer)
      : await fillLedger(saga, saga.order.taxEngine === 'QuickBooks' ? null : saga.order.lines.map((line) => line.tax));
  if (made.outcome !== 'done') return made.outcome === 'rejected' ? done(false) : made;
  const invoice = made.value as { id: string; syncToken: string };
  const undone = await sendOnce(deps, voidInLedger(deps, ids.invoiceId, { quickbooksInvoiceId: invoice.id, syncToken: invoice.syncToken }));
  return undone.outcome === 'done' ? done(true) : undone;
}

async function settle(saga: Saga, failure: Failure, state: OperationState): Promise<OperationState> {
  const { deps, order } = saga;
  const problems = [failure.problem];
  const status = state === 'needs-attention' ? 'Needs Attention' : 'Rejected';
  const invoice = saga.stands ? { problem: failure.problem.message } : ({ status, problem: failure.problem.message } as const);
  await inSaga(saga, 'write back that it failed', () =>
    deps.records.writeBack(writeBackOf(saga, { invoice, state, step: null, problems })),
  );
  await deps.progress.set(order.operationKey, { state, problems });
  return state;
}
