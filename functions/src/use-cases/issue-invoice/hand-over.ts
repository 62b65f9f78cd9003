import type { InvoiceStatus } from '../../domain/invoice.ts';
import { mapOutcome, type Failure } from '../../domain/outcome.ts';
import type { InvoiceChange } from '../../ports/records.ts';
import { nowOf } from '../effects/call-and-record.ts';
import { answeredAsOf } from '../effects/answered-as-of.ts';
import { sendOnce } from '../effects/send-once.ts';
import { noteOver, overNow } from '../issue-invoices/not-issued.ts';
import { ledgerInvoiceKey } from '../writes/ledger-invoice.ts';
import { finalizeKey, sendByStripe } from '../writes/stripe-invoice.ts';
import { spreadTax } from './fill-both-books.ts';
import { show, type Saga } from './saga.ts';
import { inSaga } from './wait.ts';
import { writeBackOf } from './write-back.ts';

/** Everything the two books said goes back to Salesforce, in one call. */
export async function writeBackToSalesforce(saga: Saga): Promise<Failure | null> {
  const last = !willBeSent(saga);
  const change = await saga.run.step('freeze write-back', async () => ({
    ...writeBackOf(saga, {
      invoice: saga.writtenBack ? { problem: null } : await issuedFields(saga),
      state: last ? 'done' : 'running',
      step: 'written-back',
    }),
    issues: await overNow(saga.deps, saga.order.sourceId),
  }));
  const written = await inSaga(saga, 'write back', () => saga.deps.records.writeBack(change));
  if (written.outcome !== 'done') return written;
  await noteOver(saga.deps, change.issues);
  await saga.deps.progress.set(saga.order.operationKey, { invoiceNumber: saga.ledger?.number ?? '' });
  await show(saga, 'written-back', 'done');
  if (last)
    await show(
      saga,
      'sent',
      'skipped',
      saga.order.delivery === 'send' ? 'Nothing is due, so nothing was sent.' : 'The invoice is not to be sent.',
    );
  return null;
}

/** Only now, with the same invoice in both books, the customer hears of it. */
export async function sendToCustomer(saga: Saga): Promise<Failure | null> {
  if (!willBeSent(saga)) return null;
  await show(saga, 'sent', 'running');
  const { deps, ids } = saga;
  const sent = await inSaga(saga, 'send', () => sendOnce(deps, sendByStripe(deps, ids.invoiceId, null, saga.stripe?.id ?? '')));
  if (sent.outcome === 'rejected' && (await isVoid(saga))) return noteNotSent(saga);
  if (sent.outcome !== 'done') return sent;
  const sentAt = await saga.run.step('note when sent', async () => nowOf(deps));
  const written = await inSaga(saga, 'write that it was sent', () =>
    deps.records.writeBack(writeBackOf(saga, { invoice: { sentAt, problem: null }, state: 'done', step: 'sent' })),
  );
  if (written.outcome !== 'done') return written;
  await show(saga, 'sent', 'done');
  return null;
}

/** Somebody voided it in Stripe while it was on its way: that is why it is not sent, and what a refresh brings to Salesforce. */
async function isVoid(saga: Saga): Promise<boolean> {
  const { payments } = saga.deps;
  const isSo = await inSaga(saga, 'look why it was not sent', async () =>
    mapOutcome(await payments.readInvoice(saga.stripe?.id ?? ''), (invoice) => invoice?.status === 'void'),
  );
  return isSo.outcome === 'done' && isSo.value;
}

async function noteNotSent(saga: Saga): Promise<Failure | null> {
  const write = await saga.run.step('freeze that it was not sent', async () =>
    writeBackOf(saga, { invoice: { problem: null }, state: 'done', step: 'written-back' }),
  );
  const written = await inSaga(saga, 'write that it was not sent', () => saga.deps.records.writeBack(write));
  if (written.outcome !== 'done') return written;
  await show(saga, 'sent', 'skipped', 'The invoice was voided in Stripe meanwhile, so it was not sent.');
  return null;
}

/** A zero invoice is paid the moment it is final: there is nothing to ask for. */
const willBeSent = ({ order, stripe }: Saga): boolean => order.delivery === 'send' && stripe?.status === 'open';

async function issuedFields(saga: Saga): Promise<InvoiceChange> {
  const { stripe, ledger, deps, ids } = saga;
  if (!stripe || !ledger) throw new Error('Written back once both books hold the invoice.');
  const [stripeAsOf, quickbooksAsOf] = await Promise.all([
    answeredAsOf(deps, finalizeKey(ids.invoiceId)),
    answeredAsOf(deps, ledgerInvoiceKey(ids.invoiceId)),
  ]);
  const status: InvoiceStatus = stripe.status === 'paid' ? 'Paid' : 'Open';
  return {
    status,
    number: ledger.number ?? '',
    problem: null,
    revision: 1,
    stripeInvoiceId: stripe.id,
    stripeUrl: stripe.url,
    payLink: stripe.hostedUrl,
    pdfLink: stripe.pdfUrl,
    ...(stripeAsOf ? { stripeAsOf } : {}),
    quickbooksInvoiceId: ledger.id,
    quickbooksSyncToken: ledger.syncToken,
    quickbooksUrl: ledger.url,
    ...(quickbooksAsOf ? { quickbooksAsOf } : {}),
    ...taxesComputedElsewhere(saga),
  };
}

/** Salesforce learns the tax of each line where an outside engine computed it. */
function taxesComputedElsewhere(saga: Saga): Pick<InvoiceChange, 'lineTaxes'> {
  const { order, stripe, ledger } = saga;
  switch (order.taxEngine) {
    case 'Stripe Tax':
      return {
        lineTaxes: order.lines.map((line) => ({
          lineKey: line.lineKey,
          tax: stripe?.lines.find((held) => held.lineKey === line.lineKey)?.tax ?? 0,
        })),
      };
    case 'QuickBooks': {
      const taxes = spreadTax(saga, ledger?.tax ?? 0);
      return { lineTaxes: order.lines.map((line, index) => ({ lineKey: line.lineKey, tax: taxes[index] ?? 0 })) };
    }
    case 'None':
    case 'Salesforce Rate':
      return {};
  }
}
