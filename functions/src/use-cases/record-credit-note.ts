import { dayInZone } from '../domain/dates.ts';
import { sum } from '../domain/money.ts';
import { effectKey } from '../domain/operation-key.ts';
import { done, type Outcome } from '../domain/outcome.ts';
import type { Booking, BookingBody } from '../ports/bookings.ts';
import type { StripeCreditNote } from '../ports/balance.ts';
import type { StripeInvoice } from '../ports/payments.ts';
import { called, enter, head, sendCounted, type Entered, type EntryDeps, type InvoiceBooksOf } from './record-money/enter.ts';
import { saleGivenBack } from './record-money/sale-of.ts';
import { cancelEntry, createEntry } from './writes/ledger-entry.ts';

/** QuickBooks' limit for DocNumber. */
const NUMBER_LENGTH = 21;

const memoKey = (noteId: string): string => effectKey(noteId, 'credit-memo');
const applyKey = (noteId: string): string => effectKey(noteId, 'apply-credit');

/** What of a credit note becomes a credit memo: what lowered the amount due, and what was not refunded by Stripe. */
export const creditOf = (note: StripeCreditNote): number =>
  note.prePayment + note.postPayment - sum(note.refunds.map((part) => part.amount));

/**
 * Books a credit note: a credit memo of the customer's, used up against the invoice by a payment of nothing as far as it
 * lowered the amount due; the rest stays open. What Stripe refunded is booked with the refund.
 */
export async function recordCreditNote(
  deps: EntryDeps,
  books: InvoiceBooksOf,
  stripe: StripeInvoice,
  note: StripeCreditNote,
): Promise<Outcome<{ memo: Booking | null; entered: Entered[] }>> {
  if (note.status === 'void') return takeBack(deps, note);
  const amount = creditOf(note);
  if (amount <= 0) return done({ memo: null, entered: [] });
  const memo = await enterMemo(deps, books, stripe, note, amount);
  if (memo.outcome !== 'done') return memo;
  if (note.prePayment === 0) return done({ memo: memo.value.booking, entered: [memo.value] });
  const applied = await enter(deps, applyKey(note.id), {
    entity: 'Payment',
    ...headOf(books, note),
    mark: `${note.id}.applied`,
    customerId: books.document.customerId,
    quickbooksInvoiceId: books.document.id,
    creditMemoId: memo.value.booking.id,
    amount: note.prePayment,
  });
  return applied.outcome === 'done' ? done({ memo: memo.value.booking, entered: [memo.value, applied.value] }) : applied;
}

async function enterMemo(
  deps: EntryDeps,
  books: InvoiceBooksOf,
  stripe: StripeInvoice,
  note: StripeCreditNote,
  amount: number,
): Promise<Outcome<Entered>> {
  const sale = saleGivenBack(amount, books.invoice, books.document, stripe, note);
  if (sale.outcome !== 'done') return sale;
  const body = {
    entity: 'CreditMemo' as const,
    ...headOf(books, note),
    mark: note.id,
    customerId: books.document.customerId,
    lines: sale.value.lines,
    totalTax: sale.value.tax,
    marksTaxableLines: books.reference.marksTaxableLines,
    number: books.reference.customTxnNumbers && note.number.length <= NUMBER_LENGTH ? note.number : null,
  };
  const entered = await enter(deps, memoKey(note.id), body);
  // Somebody else's document holds the number (6140): the memo goes without, its note names the credit note.
  const taken = entered.outcome === 'conflict' && entered.reason === 'number-taken';
  return taken ? enter(deps, memoKey(note.id), { ...body, number: null }) : entered;
}

const headOf = (books: InvoiceBooksOf, note: StripeCreditNote) =>
  head(books, {
    mark: note.id,
    memo: `Stripe credit note ${note.number} (${note.id}) of ${called(books.invoice)}`,
    date: dayInZone(Date.parse(note.effectiveAt), books.company.timeZone),
    currency: note.currency,
  });

/** The credit memo of a note, null while it was not made. */
export async function memoOf({ effects }: Pick<EntryDeps, 'effects'>, noteId: string): Promise<string | null> {
  const held = await effects.read(memoKey(noteId));
  return held?.state === 'answered' ? (held.answer as unknown as Booking).id : null;
}

/** Stripe voided the note: first the payment of nothing, which frees the memo, then the memo itself. */
async function takeBack(deps: EntryDeps, note: StripeCreditNote): Promise<Outcome<{ memo: Booking | null; entered: Entered[] }>> {
  const entered: Entered[] = [];
  let memo: Booking | null = null;
  for (const [key, entity] of [
    [applyKey(note.id), 'Payment'],
    [memoKey(note.id), 'CreditMemo'],
  ] as const) {
    const held = await deps.effects.read(key);
    if (!held || held.state === 'idle') continue;
    // Sent without an answer: what QuickBooks made of it is found out before it is taken back.
    const made = await sendCounted(deps, createEntry(deps, key, held.body as unknown as BookingBody));
    // It never came to be: what was made before it still has to go.
    if (made.outcome === 'rejected' && made.problem.code !== 'several-found') continue;
    if (made.outcome !== 'done') return made;
    const { id } = made.value.booking;
    const canceled = await sendCounted(deps, cancelEntry(deps, note.id, { entity, id }));
    // Deleted in QuickBooks: nothing is left to take back.
    if (canceled.outcome === 'rejected' && canceled.problem.code === 'entry-gone') continue;
    if (canceled.outcome !== 'done') return canceled;
    entered.push(canceled.value);
    if (entity === 'CreditMemo') memo = canceled.value.booking;
  }
  return done({ memo, entered });
}
