import { dayInZone } from '../../domain/dates.ts';
import { sum } from '../../domain/money.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import { disputeKind, type CreditMemoRecord, type DisputeRecord, type RefundRecord } from '../../domain/stripe-money.ts';
import type { StripeCreditNote, StripeDispute, StripeRefund } from '../../ports/balance.ts';
import type { InvoiceRead } from '../../ports/records.ts';
import type { Deps } from '../deps.ts';
import { creditOf, recordCreditNote } from '../record-credit-note.ts';
import { type DisputeBooks, recordDispute } from '../record-dispute.ts';
import { recordFailedRefund, recordRefund } from '../record-refund.ts';
import { called, type Entered, type InvoiceBooksOf } from '../record-money/enter.ts';
import { createFindings, notBooked, type Findings } from '../record-money/findings.ts';
import type { Books } from './read-books.ts';
import { isReturned, type InvoiceMoney } from './read-money.ts';

/** What became of refunds, disputes and credits: as Salesforce shows them, and what a person has to know. */
export interface SettledMoney {
  refunds: RefundRecord[];
  disputes: DisputeRecord[];
  creditMemos: CreditMemoRecord[];
  findings: Findings;
}

type MoneyDeps = Pick<Deps, 'bookings' | 'effects' | 'clock'>;

/**
 * Books what is not booked yet in QuickBooks, each entry once, and says how Salesforce shall show it.
 * @param isOwed something is still due
 */
export async function settleMoney(
  deps: MoneyDeps,
  read: InvoiceRead,
  books: Books,
  money: InvoiceMoney,
  isOwed: boolean,
): Promise<SettledMoney> {
  const settled: SettledMoney = { refunds: [], disputes: [], creditMemos: [], findings: createFindings(read.invoice.id) };
  const into = booksOf(read, books);
  for (const note of money.creditNotes) await settleNote(deps, into, read, books, note, settled);
  for (const refund of money.refunds) await settleRefund(deps, into, books, money, refund, settled);
  for (const dispute of money.disputes) await settleDispute(deps, disputesInto(into, read, books), dispute, settled);
  for (const { id } of books.stripe?.payments ?? []) settled.findings.watch(isOwed && isReturned(id, money), returned(read, id));
  return settled;
}

/** Null while QuickBooks is down: what is booked is not known, and is caught up with later. */
function booksOf({ invoice, company }: InvoiceRead, { ledger, reference }: Books): Outcome<InvoiceBooksOf> | null {
  if (ledger === 'down') return null;
  if (!ledger || !reference) return notBooked(`The ${called(invoice)} is not in QuickBooks`);
  return done({ invoice, company, document: ledger, reference });
}

/** A dispute is booked where the invoice was deleted in QuickBooks, too. */
function disputesInto(
  into: Outcome<InvoiceBooksOf> | null,
  { invoice, company }: InvoiceRead,
  { ledger, reference }: Books,
): Outcome<DisputeBooks> | null {
  return ledger === null && reference ? done({ invoice, company, document: null, reference }) : into;
}

async function settleRefund(
  deps: MoneyDeps,
  into: Outcome<InvoiceBooksOf> | null,
  { stripe }: Books,
  money: InvoiceMoney,
  refund: StripeRefund,
  settled: SettledMoney,
): Promise<void> {
  const { row, failureRow } = refund;
  const note = money.creditNotes.find((each) => each.refunds.some((part) => part.refundId === refund.id)) ?? null;
  const receipt =
    row && stripe
      ? await settled.findings.attempt(into, row.id, (books) => recordRefund(deps, books, stripe, { ...refund, row }, note))
      : null;
  const back =
    failureRow && receipt
      ? await settled.findings.attempt(into, failureRow.id, (books) => recordFailedRefund(deps, books, { ...refund, failureRow }))
      : null;
  if (failureRow) settled.findings.add(failed(refund));
  settled.refunds.push({
    stripeRefundId: refund.id,
    stripePaymentId: refund.paymentId,
    amount: { minor: refund.amount, currency: refund.currency },
    status: refund.status,
    reason: refund.reason,
    failureReason: refund.failureReason,
    refundedAt: refund.createdAt,
    ...shown(receipt),
    booked: receipt !== null && (failureRow === null || back !== null),
    stripeUrl: refund.url,
  });
}

async function settleDispute(
  deps: MoneyDeps,
  into: Outcome<DisputeBooks> | null,
  dispute: StripeDispute,
  settled: SettledMoney,
): Promise<void> {
  const entries = await settled.findings.attemptAll(into, dispute.id, (books) => recordDispute(deps, books, dispute));
  settled.disputes.push({
    stripeDisputeId: dispute.id,
    stripePaymentId: dispute.paymentId,
    amount: { minor: dispute.amount, currency: dispute.currency },
    kind: disputeKind(dispute),
    status: dispute.status,
    reason: dispute.reason,
    openedAt: dispute.createdAt,
    respondBy: dispute.respondBy,
    ...shown(entries?.[0] ?? null),
    booked: entries !== null,
    stripeUrl: dispute.url,
  });
}

async function settleNote(
  deps: MoneyDeps,
  into: Outcome<InvoiceBooksOf> | null,
  { company }: InvoiceRead,
  { stripe, ledgerPayments }: Books,
  note: StripeCreditNote,
  settled: SettledMoney,
): Promise<void> {
  // A note that was refunded in full is booked, and shown, as its refund.
  if (!stripe || (note.status === 'issued' && creditOf(note) === 0)) return;
  let memo: Entered['booking'] | null = null;
  const entries = await settled.findings.attemptAll(into, note.id, async (books) => {
    const recorded = await recordCreditNote(deps, books, stripe, note);
    if (recorded.outcome !== 'done') return recorded;
    memo = recorded.value.memo;
    return done(recorded.value.entered);
  });
  const applied = entries?.find(({ booking }) => booking.entity === 'Payment');
  const memoId = entries?.find(({ booking }) => booking.entity === 'CreditMemo')?.booking.id;
  // By our payment, or by another with which the accountant used it up again.
  const isUsed = ledgerPayments.some(({ creditMemos }) => creditMemos.some(({ id }) => id === memoId));
  const isGone = note.status === 'issued' && applied?.fresh === false && !isUsed;
  if (entries !== null) settled.findings.watch(isGone, creditGone(note));
  if (note.outOfBand > 0 && note.status === 'issued') settled.findings.add(givenOutside(note));
  settled.creditMemos.push({
    stripeCreditNoteId: note.id,
    number: note.number,
    amount: { minor: creditOf(note), currency: note.currency },
    status: note.status === 'void' ? 'Void' : creditOf(note) > note.prePayment ? 'Open' : 'Applied',
    creditDate: dayInZone(Date.parse(note.effectiveAt), company.timeZone),
    reason: note.reason,
    applied: note.status === 'void' ? 0 : note.prePayment,
    ...shown(memo === null ? null : { booking: memo, fresh: false }),
    booked: entries !== null,
    stripeUrl: note.url,
  });
}

/** What counts against the invoice by credit notes. */
export const creditedBy = (money: InvoiceMoney): number =>
  sum(money.creditNotes.filter((note) => note.status === 'issued').map((note) => note.prePayment));

const shown = (entered: Entered | null) => ({
  quickbooksId: entered?.booking.id ?? null,
  quickbooksUrl: entered?.booking.url ?? null,
});

const failed = (refund: StripeRefund) => ({
  key: `${refund.id}.failed`,
  cause: 'Refund Failed' as const,
  message: `The bank sent the refund ${refund.id} back${refund.failureReason ? ` (${refund.failureReason})` : ''}: the customer has not got the money.`,
  fix: 'Pay the customer another way, for example by bank transfer, and book that payment against the credit on the customer in QuickBooks.',
  once: true,
});

/** It was used up once: who took that back in QuickBooks knows why, so it is not done a second time. */
const creditGone = (note: StripeCreditNote) => ({
  key: `${note.id}.taken-off`,
  cause: 'Changed In QuickBooks' as const,
  message: `The payment that used up the credit note ${note.number} was voided, deleted or taken off the invoice in QuickBooks, so the credit is open there again.`,
  fix: 'Ask the accountant to apply the credit memo to the invoice again, or to void the credit note in Stripe.',
});

const givenOutside = (note: StripeCreditNote) => ({
  key: `${note.id}.out-of-band`,
  cause: 'Needs Person' as const,
  message: `The credit note ${note.number} was given back outside Stripe; QuickBooks holds it as an open credit memo.`,
  fix: 'Book in QuickBooks how the customer got the money, against the credit memo.',
  once: true,
});

const returned = ({ invoice }: InvoiceRead, paymentId: string) => ({
  key: `${paymentId}.returned`,
  cause: 'Bank Debit Returned' as const,
  message: `The bank returned the debit ${paymentId}: the ${called(invoice)} is open again. Stripe keeps it as paid and cannot reopen it.`,
  fix: 'Collect the money another way, or credit this invoice and issue a new one, so that the customer gets a pay link again.',
});
