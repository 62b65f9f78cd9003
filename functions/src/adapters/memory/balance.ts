import type { BalanceRow } from '../../domain/balance-row.ts';
import { done } from '../../domain/outcome.ts';
import type { PaymentStatus } from '../../domain/payment.ts';
import type { Balance, StripeCreditNote, StripeDispute, StripePayout, StripeRefund } from '../../ports/balance.ts';
import type { StripePayment } from '../../ports/payments.ts';
import type { MemoryClock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { MemoryPayments } from './payments.ts';

/** The money of a Stripe account in memory, and what customers, banks and Stripe do with it. */
export interface MemoryBalance extends Balance {
  rows: BalanceRow[];
  refunds: Map<string, StripeRefund>;
  disputes: Map<string, StripeDispute>;
  creditNotes: Map<string, StripeCreditNote>;
  payouts: Map<string, StripePayout>;
  addRow(row: Partial<BalanceRow> & Pick<BalanceRow, 'category' | 'amount'>): BalanceRow;
  /** The row of a payment that succeeded, with its fee. */
  charge(payment: StripePayment, fee: number): BalanceRow;
  refund(payment: StripePayment, amount: number): StripeRefund;
  failRefund(id: string): void;
  dispute(payment: StripePayment, method?: string): StripeDispute;
  closeDispute(id: string, status: 'Won' | 'Lost'): void;
  creditNote(stripeInvoiceId: string, note: Partial<StripeCreditNote> & { amount: number }): StripeCreditNote;
  voidCreditNote(id: string): void;
  /** Pays out what is there of the currency. */
  payOut(currency: string, arrivalDay: string): StripePayout;
  changePayout(id: string, change: Partial<StripePayout>): StripePayout;
  failPayout(id: string): void;
}

const URL = 'https://dashboard.stripe.com/x';

export function createBalance(clock: MemoryClock, faults: Faults, payments: MemoryPayments): MemoryBalance {
  const rows: BalanceRow[] = [];
  const refunds = new Map<string, StripeRefund>();
  const disputes = new Map<string, StripeDispute>();
  const creditNotes = new Map<string, StripeCreditNote>();
  const payouts = new Map<string, StripePayout>();
  const paidOut = new Map<string, string>();
  let serial = 0;
  const next = (prefix: string) => `${prefix}_${String((serial += 1)).padStart(8, '0')}`;
  const iso = () => new Date(clock.now()).toISOString();
  const read = <T>(point: string, act: () => T) => faults.outcome(`balance.${point}`, () => done(structuredClone(act())));
  const get = <T>(map: Map<string, T>, id: string): T => {
    const found = map.get(id);
    if (!found) throw new Error(`Stripe has no ${id}.`);
    return found;
  };

  const addRow: MemoryBalance['addRow'] = (given) => {
    const fee = given.fee ?? 0;
    const row: BalanceRow = {
      id: next('txn'),
      reportedAs: given.category,
      currency: 'USD',
      createdAt: iso(),
      availableAt: iso(),
      sourceId: null,
      paymentId: null,
      description: null,
      ...given,
      fee,
      net: given.amount - fee,
    };
    rows.push(row);
    return row;
  };
  const markPayment = (id: string, status: PaymentStatus) => {
    for (const invoice of payments.invoices.values())
      for (const payment of invoice.payments) if (payment.id === id) payment.status = status;
  };
  const taken = (id: string) =>
    [...refunds.values()]
      .filter((each) => each.paymentId === id && each.status === 'Succeeded')
      .reduce((all, each) => all + each.amount, 0);
  const markRefunded = ({ id, amount }: { id: string; amount: number }) => {
    const back = taken(id);
    markPayment(id, back === 0 ? 'Succeeded' : back === amount ? 'Refunded' : 'Partially Refunded');
  };
  const belongs = (id: string, paymentId: string) => {
    for (const invoice of payments.invoices.values())
      if (invoice.payments.some((payment) => payment.id === paymentId)) payments.objects.set(id, invoice.id);
  };
  const paymentOf = (id: string) =>
    [...payments.invoices.values()].flatMap((invoice) => invoice.payments).find((payment) => payment.id === id) ?? { id, amount: 0 };

  return {
    rows,
    refunds,
    disputes,
    creditNotes,
    payouts,
    listRows: ({ createdFrom }) =>
      read('listRows', () => ({ rows: rows.filter((row) => row.createdAt >= createdFrom).toReversed(), next: null })),
    listRowsOfPayout: ({ payoutId }) =>
      read('listRowsOfPayout', () => ({ rows: rows.filter((row) => paidOut.get(row.id) === payoutId), next: null })),
    readTotals: () =>
      read('readTotals', () =>
        [...new Set(rows.map((row) => row.currency))].map((currency) => ({
          currency,
          amount: rows.filter((row) => row.currency === currency).reduce((all, row) => all + row.net, 0),
        })),
      ),
    listRefunds: (paymentId) => read('listRefunds', () => [...refunds.values()].filter((each) => each.paymentId === paymentId)),
    listDisputes: (paymentId) => read('listDisputes', () => [...disputes.values()].filter((each) => each.paymentId === paymentId)),
    listCreditNotes: (id) => read('listCreditNotes', () => [...creditNotes.values()].filter((each) => each.stripeInvoiceId === id)),
    readPayout: (id) => read('readPayout', () => payouts.get(id) ?? null),
    listPayoutsUnderWay: () =>
      read('listPayoutsUnderWay', () => [...payouts.values()].filter(({ status }) => status === 'Pending' || status === 'In Transit')),
    addRow,
    charge: (payment, fee) =>
      addRow({
        category: 'charge',
        amount: payment.amount,
        fee,
        currency: payment.currency,
        sourceId: payment.chargeId,
        paymentId: payment.id,
      }),
    refund: (payment, amount) => {
      const id = next('re');
      const row = addRow({ category: 'refund', amount: -amount, currency: payment.currency, sourceId: id, paymentId: payment.id });
      const refund: StripeRefund = {
        id,
        paymentId: payment.id,
        amount,
        currency: payment.currency,
        status: 'Succeeded',
        reason: 'requested_by_customer',
        failureReason: null,
        createdAt: iso(),
        row,
        failureRow: null,
        url: URL,
      };
      refunds.set(id, refund);
      belongs(id, payment.id);
      markRefunded(payment);
      return refund;
    },
    failRefund: (id) => {
      const refund = get(refunds, id);
      const { amount, currency, paymentId } = refund;
      const failureRow = addRow({ category: 'refund_failure', amount, currency, sourceId: id, paymentId });
      refunds.set(id, { ...refund, status: 'Failed', failureReason: 'expired_or_canceled_card', failureRow });
      markRefunded(paymentOf(paymentId));
    },
    dispute: (payment, method = 'card') => {
      const id = next('du');
      const { amount, currency } = payment;
      const row = addRow({ category: 'dispute', amount: -amount, fee: 1500, currency, sourceId: id, paymentId: payment.id });
      const dispute: StripeDispute = {
        id,
        paymentId: payment.id,
        amount,
        currency,
        status: method === 'card' ? 'Needs Response' : 'Lost',
        reason: 'fraudulent',
        method,
        createdAt: iso(),
        respondBy: null,
        closedAt: method === 'card' ? null : iso(),
        rows: [row],
        url: URL,
      };
      disputes.set(id, dispute);
      belongs(id, payment.id);
      markPayment(payment.id, 'Disputed');
      return dispute;
    },
    closeDispute: (id, status) => {
      const dispute = get(disputes, id);
      const { amount, currency, paymentId } = dispute;
      const back = status === 'Won' ? [addRow({ category: 'dispute_reversal', amount, currency, sourceId: id, paymentId })] : [];
      disputes.set(id, { ...dispute, status, closedAt: iso(), rows: [...dispute.rows, ...back] });
    },
    creditNote: (stripeInvoiceId, given) => {
      const invoice = get(payments.invoices, stripeInvoiceId);
      const prePayment = Math.min(given.amount, invoice.amountRemaining);
      const note: StripeCreditNote = {
        id: next('cn'),
        stripeInvoiceId,
        number: `${invoice.number}-CN-01`,
        currency: invoice.currency,
        prePayment,
        postPayment: given.amount - prePayment,
        outOfBand: 0,
        status: 'issued',
        reason: null,
        effectiveAt: iso(),
        refunds: [],
        lines: [],
        url: URL,
        ...given,
      };
      creditNotes.set(note.id, note);
      payments.objects.set(note.id, stripeInvoiceId);
      const amountRemaining = invoice.amountRemaining - prePayment;
      payments.invoices.set(invoice.id, {
        ...invoice,
        credited: invoice.credited + note.amount,
        amountRemaining,
        amountDue: invoice.amountDue - prePayment,
        status: amountRemaining === 0 ? 'paid' : invoice.status,
      });
      return note;
    },
    voidCreditNote: (id) => {
      const note = get(creditNotes, id);
      creditNotes.set(id, { ...note, status: 'void' });
      const invoice = get(payments.invoices, note.stripeInvoiceId);
      payments.invoices.set(invoice.id, {
        ...invoice,
        credited: invoice.credited - note.amount,
        amountRemaining: invoice.amountRemaining + note.prePayment,
        amountDue: invoice.amountDue + note.prePayment,
      });
    },
    payOut: (currency, arrivalDay) => {
      const id = next('po');
      const some = rows.filter((row) => row.currency === currency && !paidOut.has(row.id));
      const amount = some.reduce((all, row) => all + row.net, 0);
      for (const row of some) paidOut.set(row.id, id);
      const row = addRow({ category: 'payout', amount: -amount, currency, sourceId: id });
      paidOut.set(row.id, '');
      const payout: StripePayout = {
        id,
        amount,
        currency,
        status: 'In Transit',
        createdAt: iso(),
        arrivalDay,
        automatic: true,
        itemised: true,
        failureReason: null,
        row,
        failureRow: null,
        url: URL,
      };
      payouts.set(id, payout);
      return payout;
    },
    changePayout: (id, change) => {
      const changed = { ...get(payouts, id), ...change };
      payouts.set(id, changed);
      return changed;
    },
    failPayout: (id) => {
      const payout = get(payouts, id);
      const failureRow = addRow({ category: 'payout_reversal', amount: payout.amount, currency: payout.currency, sourceId: id });
      payouts.set(id, { ...payout, status: 'Failed', failureReason: 'The bank account has been closed.', failureRow });
    },
  };
}
