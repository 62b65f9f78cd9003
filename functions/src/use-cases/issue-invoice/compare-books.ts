import type { OrderLine } from '../../domain/invoice.ts';
import { moneyText, sum } from '../../domain/money.ts';
import { rejected, type Failure } from '../../domain/outcome.ts';
import type { Problem } from '../../domain/problem.ts';
import type { StripeInvoice } from '../../ports/payments.ts';
import { sendOnce } from '../effects/send-once.ts';
import { finalize } from '../writes/stripe-invoice.ts';
import { show, type Saga } from './saga.ts';
import { inSaga } from './wait.ts';

type Row = [what: string, ours: number | string, stripe: number | string | null, ledger: number | string | null];

/** Lines, tax, total and what was mapped must be the same in all three before anything becomes final. */
export async function compareBooks(saga: Saga): Promise<Failure | null> {
  const { order, stripe, ledger } = both(saga);
  const tax = order.taxEngine === 'QuickBooks' ? ledger.tax : order.taxEngine === 'Stripe Tax' ? stripe.tax : order.tax;
  const rows: Row[] = [
    ['number of lines', order.lines.length, stripe.linesComplete ? stripe.lines.length : order.lines.length, ledger.lines.length],
    ...order.lines.map((line, index): Row => [
      `amount of line ${index + 1}`,
      line.amount,
      stripeAmount(stripe, line),
      ledger.lines[index]?.amount ?? null,
    ]),
    ['tax', tax, stripe.tax, ledger.tax],
    ['total', sum([order.subtotal, tax]), stripe.total, ledger.total],
    // A customer balance or credit that either book would use up shows here, while everything can still be taken back.
    ['amount due', sum([order.subtotal, tax]), stripe.amountDue, ledger.balance],
  ];
  const failure = mismatch(saga, rows) ?? lostValue('Stripe', stripe) ?? lostValue('QuickBooks', ledger);
  await show(saga, 'compared', failure ? 'failed' : 'running');
  return failure;
}

/** Makes it final in Stripe; amounts cannot change any more. */
export async function finalizeInStripe(saga: Saga): Promise<Failure | null> {
  const { stripe } = both(saga);
  const final = await inSaga(saga, 'finalize', () => sendOnce(saga.deps, finalize(saga.deps, saga.ids.invoiceId, stripe.id)));
  if (final.outcome !== 'done') return final;
  // Lines with their taxes are those of the draft: they cannot have changed, and this answer may hold fewer.
  saga.stripe = { ...final.value, lines: stripe.lines, linesComplete: stripe.linesComplete };
  return null;
}

/** Number, total and what is due once more: Stripe may have applied a balance or its own number. */
export async function compareFinal(saga: Saga): Promise<Failure | null> {
  const { stripe, ledger } = both(saga);
  const due = ledger.total === 0 ? 0 : ledger.total;
  const failure = mismatch(saga, [
    ['number', ledger.number ?? '', stripe.number, ledger.number],
    ['total', ledger.total, stripe.total, ledger.total],
    ['amount due', due, stripe.amountRemaining, ledger.balance],
  ]);
  await show(saga, 'compared', failure ? 'failed' : 'done');
  saga.stands = failure === null;
  return failure;
}

function mismatch(saga: Saga, rows: readonly Row[]): Failure | null {
  const odd = rows.find(([, ours, stripe, ledger]) => stripe !== ours || ledger !== ours);
  if (!odd) return null;
  const [what, ours, stripe, ledger] = odd;
  const show = (value: number | string | null) =>
    typeof value === 'number' && what !== 'number of lines' ? moneyText(value, saga.order.currency).display : String(value ?? 'nothing');
  const problem: Problem = {
    code: 'books-differ',
    severity: 'error',
    message: `The books disagree on the ${what}: Salesforce ${show(ours)}, Stripe ${show(stripe)}, QuickBooks ${show(ledger)}. Nothing was sent; both entries were taken back.`,
    action: 'Ask a billing administrator to look at tax and discount settings in Stripe and QuickBooks, then issue the invoice again.',
  };
  return rejected(problem);
}

/** A book took the invoice, but not every mapped value. */
function lostValue(system: string, { lost = [] }: { lost?: string[] }): Failure | null {
  if (lost.length === 0) return null;
  return rejected({
    code: 'mapped-value-lost',
    severity: 'error',
    message: `${system} did not keep the mapped value of ${[...new Set(lost)].join(', ')}. Nothing was sent; both entries were taken back.`,
    action: `Ask a billing administrator to check the mapping and the settings of ${system}, then issue the invoice again.`,
  });
}

/** Stripe embeds only the first lines in its answer; the total vouches for the rest. */
function stripeAmount(stripe: StripeInvoice, line: OrderLine): number | null {
  return stripe.lines.find((each) => each.lineKey === line.lineKey)?.amount ?? (stripe.linesComplete ? null : line.amount);
}

function both({ order, stripe, ledger }: Saga) {
  if (!stripe || !ledger) throw new Error('The books are compared once both hold the invoice.');
  return { order, stripe, ledger };
}
