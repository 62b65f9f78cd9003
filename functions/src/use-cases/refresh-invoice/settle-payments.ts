import type { Difference } from '../../domain/find-differences.ts';
import { moneyText, sum } from '../../domain/money.ts';
import { passesByItself, type Failure } from '../../domain/outcome.ts';
import { paymentKey, type PaymentRecord } from '../../domain/payment.ts';
import type { StripePayment } from '../../ports/payments.ts';
import type { InvoiceRead } from '../../ports/records.ts';
import type { Deps } from '../deps.ts';
import { sendOnce } from '../effects/send-once.ts';
import { bookedAlready, countsAgainst, ledgerPaymentRecord, recordPayment, stripePaymentRecord } from '../record-payment.ts';
import { memoOf } from '../record-credit-note.ts';
import { bookingKey } from '../writes/ledger-payment.ts';
import { payOutOfBand } from '../writes/stripe-invoice.ts';
import { countedPayments, type Books } from './read-books.ts';
import { asDisputed, isReturned, type InvoiceMoney } from './read-money.ts';
import { creditedBy } from './settle-money.ts';

export interface Settlement {
  payments: PaymentRecord[];
  /** QuickBooks payments that Salesforce counts and that were deleted. */
  withdrawn: string[];
  /** Minor units that count against the invoice. */
  settled: number;
  booked: number;
  /** Minor units that credit notes took off. */
  credited: number;
  differences: Difference[];
  /** QuickBooks or Stripe could not be told for the moment. */
  pending: Failure | null;
}

type SettleDeps = Pick<Deps, 'payments' | 'ledger' | 'effects' | 'clock'>;

/** Books in each system what the other one took: Stripe's payments in QuickBooks, the accountant's cheques in Stripe. */
export async function settlePayments(deps: SettleDeps, read: InvoiceRead, books: Books, money: InvoiceMoney | null): Promise<Settlement> {
  const settlement: Settlement = {
    payments: [],
    withdrawn: withdrawn(read, books),
    settled: 0,
    booked: 0,
    credited: money ? creditedBy(money) : read.invoice.credited,
    differences: [],
    pending: books.ledgerFailure,
  };
  for (const payment of books.stripe?.payments ?? []) await takeStripePayment(deps, read, books, money, payment, settlement);
  for (const record of await cheques(deps, read, books, money)) count(settlement, record);
  if (books.ledger === 'down') settlement.settled += chequesKnown(read);
  await closeInStripe(deps, read, books, settlement);
  settlement.differences.push(...unbalanced(read, books, settlement, money));
  return settlement;
}

async function takeStripePayment(
  deps: SettleDeps,
  read: InvoiceRead,
  books: Books,
  money: InvoiceMoney | null,
  payment: StripePayment,
  settlement: Settlement,
): Promise<void> {
  if (!countsAgainst(payment)) {
    if (isWorthShowing(payment, read)) count(settlement, stripePaymentRecord(payment, null));
    return;
  }
  const linked = bookedAlready(payment, books.ledgerPayments);
  if (linked || books.ledger === 'down' || !books.ledger || !books.reference || payment.allocated <= 0) {
    count(settlement, asDisputed(stripePaymentRecord(payment, linked), money));
    return;
  }
  const booked = await deps.effects.read(bookingKey(payment.id, books.ledger.id));
  if (booked?.state === 'answered') {
    settlement.differences.push(bookingGone(payment));
    count(settlement, asDisputed(stripePaymentRecord(payment, null), money));
    return;
  }
  const booking = await recordPayment(deps, read, payment, books.ledger, books.reference);
  if (booking.outcome === 'done') settlement.booked += 1;
  else note(settlement, booking);
  count(settlement, asDisputed(stripePaymentRecord(payment, booking.outcome === 'done' ? booking.value : null), money));
}

/** A failed attempt to pay is shown only when its beginning was. */
function isWorthShowing(payment: StripePayment, { invoice }: InvoiceRead): boolean {
  const key = paymentKey({ sourceSystem: 'Stripe', stripePaymentId: payment.id, quickbooksPaymentId: null });
  return payment.status === 'Processing' || invoice.allocations.some((each) => each.paymentKey === key);
}

/** What the accountant booked: payments without our mark. The credit of a note of Stripe's that one uses up counts by its note. */
async function cheques(
  deps: SettleDeps,
  { invoice }: InvoiceRead,
  { ledger, ledgerPayments }: Books,
  money: InvoiceMoney | null,
): Promise<PaymentRecord[]> {
  if (ledger === 'down' || !ledger) return [];
  const theirs = ledgerPayments.filter((each) => each.stripePaymentId === null && !each.appliesCredit);
  const notes = theirs.some(({ creditMemos }) => creditMemos.length > 0) ? (money?.creditNotes ?? []) : [];
  const memos = new Set(await Promise.all(notes.map(({ id }) => memoOf(deps, id))));
  return theirs.flatMap((each) => {
    const record = ledgerPaymentRecord(each, invoice.quickbooksInvoiceId ?? '');
    const credit = sum(each.creditMemos.filter(({ id }) => memos.has(id)).map(({ amount }) => amount));
    const allocated = Math.max(record.allocated - credit, 0);
    const isOnlyCredit = credit > 0 && each.amount === 0 && allocated === 0;
    return isOnlyCredit ? [] : [{ ...record, allocated }];
  });
}

/** It was booked once: who took it out of the books knows why, so it is not booked a second time. */
function bookingGone({ id }: StripePayment): Difference {
  return {
    cause: 'Changed In QuickBooks',
    message: `The booking of Stripe's payment ${id} was voided, deleted or taken off the invoice in QuickBooks.`,
    fix: 'Ask the accountant to enter it again with the same private note, or to refund the payment in Stripe.',
  };
}

function withdrawn({ invoice }: InvoiceRead, { ledger, ledgerPayments }: Books): string[] {
  if (ledger === 'down') return [];
  const there = new Set(ledgerPayments.map(({ id }) => id));
  return countedPayments(invoice.allocations).filter((id) => !there.has(id));
}

/** What no machine can put right: money that came twice, and a debt that Stripe holds to be paid. */
function unbalanced(
  { invoice }: InvoiceRead,
  { stripe, ledger }: Books,
  { settled, credited }: Settlement,
  money: InvoiceMoney | null,
): Difference[] {
  if (ledger === 'down' || stripe?.status === 'void') return [];
  const called = `Invoice ${invoice.number ?? invoice.id}`;
  const due = invoice.total - credited - settled;
  const show = (minor: number) => moneyText(minor, invoice.currency).display;
  if (due < 0)
    return [
      {
        cause: 'Amount Differs',
        message: `${called} was paid ${show(-due)} more than its total.`,
        fix: 'Refund what is too much, or keep it as a credit of the customer in QuickBooks.',
      },
    ];
  if (due > 0 && stripe?.status === 'paid')
    return [
      {
        cause: 'Amount Differs',
        message: `${called} is closed in Stripe, but ${show(due)} is due again: a payment was taken back.`,
        fix: 'Stripe cannot open it again: ask the customer for a cheque or transfer, or issue a new invoice.',
      },
    ];
  if (due > 0 && stripe?.payments.some(({ id }) => isReturned(id, money)))
    return [
      {
        cause: 'Amount Differs',
        message: `${called} has ${show(due)} due, but Stripe asks for less: a payment was taken back, which counts there.`,
        fix: 'Ask the customer for a cheque or transfer of what is missing, or void the invoice and issue a new one.',
      },
    ];
  return [];
}

/** QuickBooks cannot be asked: what Salesforce knows of its payments still counts. */
function chequesKnown({ invoice }: InvoiceRead): number {
  return sum(
    invoice.allocations.filter((each) => each.kind === 'Payment' && each.paymentKey.startsWith('quickbooks:')).map((each) => each.amount),
  );
}

/** The whole rest was paid elsewhere and nothing is under way: Stripe must not ask the customer again. */
async function closeInStripe(deps: SettleDeps, { invoice }: InvoiceRead, { stripe, ledger }: Books, settlement: Settlement): Promise<void> {
  if (!stripe || ledger === 'down' || stripe.processing) return;
  // One that was written off can still be paid on its page.
  if (stripe.status !== 'open' && stripe.status !== 'uncollectible') return;
  if (settlement.settled + settlement.credited < invoice.total || stripe.amountRemaining <= 0) return;
  const closed = await sendOnce(deps, payOutOfBand(deps, invoice.id, stripe.id));
  if (closed.outcome !== 'done') note(settlement, closed);
}

function count(settlement: Settlement, record: PaymentRecord): void {
  settlement.payments.push(record);
  settlement.settled += record.allocated;
}

function note(settlement: Settlement, failure: Failure): void {
  if (passesByItself(failure) || failure.outcome === 'unauthorized') settlement.pending = failure;
  else settlement.differences.push({ cause: 'Needs Person', message: failure.problem.message, fix: failure.problem.action });
}
