import type { BalanceRow } from '../../domain/balance-row.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { PaymentRecord, PaymentStatus } from '../../domain/payment.ts';
import { sum } from '../../domain/money.ts';
import { disputeKind } from '../../domain/stripe-money.ts';
import type { StripeCreditNote, StripeDispute, StripeRefund } from '../../ports/balance.ts';
import type { InvoiceRead } from '../../ports/records.ts';
import type { Deps } from '../deps.ts';
import type { Books } from './read-books.ts';

/** What happened to the money of an invoice after it was paid, and what was credited. */
export interface InvoiceMoney {
  refunds: StripeRefund[];
  disputes: StripeDispute[];
  creditNotes: StripeCreditNote[];
}

const SHOWS_REFUND: readonly PaymentStatus[] = ['Refunded', 'Partially Refunded'];

/**
 * Reads refunds, disputes and credit notes where there may be some: `asked`, because a change to them was heard of, or
 * because the payments or the invoice show traces. Null: nothing to look at, and nothing was asked.
 */
export async function readMoney(
  { balance }: Pick<Deps, 'balance'>,
  { invoice }: InvoiceRead,
  { stripe }: Books,
  asked: boolean,
): Promise<Outcome<InvoiceMoney | null>> {
  if (!stripe) return done(null);
  const credited = asked || stripe.credited > 0 || invoice.allocations.some((each) => each.kind === 'Credit');
  const touched = stripe.payments.filter((payment) => payment.status !== 'Succeeded' && payment.status !== 'Processing');
  if (!asked && !credited && touched.length === 0) return done(null);
  const money: InvoiceMoney = { refunds: [], disputes: [], creditNotes: [] };
  for (const payment of asked ? stripe.payments : touched) {
    const isDisputed = payment.status === 'Disputed';
    if (asked || isDisputed || SHOWS_REFUND.includes(payment.status)) {
      const refunds = await balance.listRefunds(payment.id);
      if (refunds.outcome !== 'done') return refunds;
      money.refunds.push(...refunds.value);
    }
    if (asked || isDisputed) {
      const disputes = await balance.listDisputes(payment.id);
      if (disputes.outcome !== 'done') return disputes;
      money.disputes.push(...disputes.value);
    }
  }
  if (credited) {
    const notes = await balance.listCreditNotes(stripe.id);
    if (notes.outcome !== 'done') return notes;
    money.creditNotes = notes.value;
  }
  return done(money);
}

/** All balance transactions of it. */
export const rowsOf = ({ refunds, disputes }: InvoiceMoney): (BalanceRow | null)[] => [
  ...refunds.flatMap((refund) => [refund.row, refund.failureRow]),
  ...disputes.flatMap((dispute) => dispute.rows),
];

/** The payment as disputes leave it: a returned bank debit was never paid, a dispute that was won is over. */
export function asDisputed(record: PaymentRecord, money: InvoiceMoney | null): PaymentRecord {
  const disputes = money?.disputes.filter((each) => each.paymentId === record.stripePaymentId) ?? [];
  if (disputes.length === 0) return record;
  if (isReturned(record.stripePaymentId, money)) return { ...record, status: 'Failed', allocated: 0 };
  const isOver = disputes.every((each) => each.status === 'Won' || each.status === 'Inquiry Closed');
  if (!isOver || record.status !== 'Disputed') return record;
  const refunded = sum(
    (money?.refunds ?? [])
      .filter((each) => each.paymentId === record.stripePaymentId && each.status !== 'Failed' && each.status !== 'Canceled')
      .map((each) => each.amount),
  );
  const status = refunded === 0 ? 'Succeeded' : refunded >= record.amount.minor ? 'Refunded' : 'Partially Refunded';
  return { ...record, status };
}

export const isReturned = (paymentId: string | null, money: InvoiceMoney | null): boolean =>
  money?.disputes.some((each) => each.paymentId === paymentId && disputeKind(each) === 'Bank Return' && each.status !== 'Won') ?? false;
