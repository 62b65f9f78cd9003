import type Stripe from 'stripe';
import type { BalanceRow, RowCategory } from '../../domain/balance-row.ts';
import type { DisputeStatus, PayoutStatus, RefundStatus } from '../../domain/stripe-money.ts';
import type { StripeCreditNote, StripeDispute, StripePayout, StripeRefund } from '../../ports/balance.ts';
import { type Dashboard, fromStripeAmount, idOf, iso, page } from './translate.ts';

const CATEGORIES: readonly RowCategory[] = [
  'charge',
  'refund',
  'refund_failure',
  'dispute',
  'dispute_reversal',
  'payout',
  'payout_reversal',
  'fee',
];

type Source = Stripe.BalanceTransaction['source'];

export function fromRow(row: Stripe.BalanceTransaction): BalanceRow {
  const currency = row.currency.toUpperCase();
  const amount = (value: number) => fromStripeAmount(value, currency);
  return {
    id: row.id,
    // Stripe's list of categories is open; what is new is reported to a person, never guessed.
    category: CATEGORIES.find((each) => each === row.reporting_category) ?? 'other',
    reportedAs: row.reporting_category,
    amount: amount(row.amount),
    fee: amount(row.fee),
    net: amount(row.net),
    currency,
    createdAt: iso(row.created),
    availableAt: iso(row.available_on),
    sourceId: idOf(row.source),
    paymentId: paymentOf(row.source),
    description: row.description,
  };
}

/** The payment behind the source of a row: its PaymentIntent, or the charge where there is none. */
function paymentOf(source: Source): string | null {
  if (!source || typeof source === 'string') return null;
  if (source.object === 'charge') return idOf(source.payment_intent) ?? source.id;
  if (source.object === 'refund' || source.object === 'dispute') return idOf(source.payment_intent) ?? idOf(source.charge);
  return null;
}

/** A row inside its own source names that source by id alone; whose payment it is, is known from there. */
const expandedRow = (row: string | Stripe.BalanceTransaction | null | undefined, paymentId: string | null = null): BalanceRow | null =>
  row && typeof row === 'object' ? { ...fromRow(row), paymentId } : null;

const REFUND_STATUS: Record<string, RefundStatus> = {
  pending: 'Pending',
  requires_action: 'Requires Action',
  succeeded: 'Succeeded',
  failed: 'Failed',
  canceled: 'Canceled',
};

export function fromRefund(refund: Stripe.Refund, dashboard: Dashboard): StripeRefund {
  const currency = refund.currency.toUpperCase();
  const paymentId = idOf(refund.payment_intent) ?? idOf(refund.charge) ?? '';
  return {
    id: refund.id,
    paymentId,
    amount: fromStripeAmount(refund.amount, currency),
    currency,
    status: REFUND_STATUS[refund.status ?? ''] ?? 'Pending',
    reason: refund.reason,
    failureReason: refund.failure_reason ?? null,
    createdAt: iso(refund.created),
    row: expandedRow(refund.balance_transaction, paymentId),
    failureRow: expandedRow(refund.failure_balance_transaction, paymentId),
    url: page(dashboard, `payments/${paymentId}`),
  };
}

const DISPUTE_STATUS: Record<string, DisputeStatus> = {
  warning_needs_response: 'Inquiry',
  warning_under_review: 'Inquiry',
  warning_closed: 'Inquiry Closed',
  needs_response: 'Needs Response',
  under_review: 'Under Review',
  won: 'Won',
  lost: 'Lost',
  prevented: 'Won',
};

export function fromDispute(dispute: Stripe.Dispute, closedAt: string | null, dashboard: Dashboard): StripeDispute {
  const currency = dispute.currency.toUpperCase();
  const charge = typeof dispute.charge === 'object' ? dispute.charge : null;
  const paymentId = idOf(dispute.payment_intent) ?? idOf(dispute.charge) ?? '';
  return {
    id: dispute.id,
    paymentId,
    amount: fromStripeAmount(dispute.amount, currency),
    currency,
    status: DISPUTE_STATUS[dispute.status] ?? 'Under Review',
    reason: dispute.reason,
    method: dispute.payment_method_details?.type ?? charge?.payment_method_details?.type ?? null,
    createdAt: iso(dispute.created),
    respondBy: dispute.evidence_details.due_by ? iso(dispute.evidence_details.due_by) : null,
    closedAt,
    rows: dispute.balance_transactions.map((row) => ({ ...fromRow(row), paymentId })).sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1)),
    url: page(dashboard, `disputes/${dispute.id}`),
  };
}

export function fromCreditNote(note: Stripe.CreditNote, lines: Stripe.CreditNoteLineItem[], dashboard: Dashboard): StripeCreditNote {
  const currency = note.currency.toUpperCase();
  const amount = (value: number | null | undefined) => fromStripeAmount(value ?? 0, currency);
  return {
    id: note.id,
    stripeInvoiceId: idOf(note.invoice) ?? '',
    number: note.number,
    currency,
    amount: amount(note.total),
    prePayment: amount(note.pre_payment_amount),
    postPayment: amount(note.post_payment_amount),
    outOfBand: amount(note.out_of_band_amount),
    status: note.status === 'void' ? 'void' : 'issued',
    reason: note.memo ?? note.reason,
    effectiveAt: iso(note.effective_at ?? note.created),
    refunds: note.refunds.flatMap((part) => {
      const refundId = idOf(part.refund);
      return refundId ? [{ refundId, amount: amount(part.amount_refunded) }] : [];
    }),
    lines: lines.map((line) => {
      const taxes = line.taxes ?? [];
      const inclusive = taxes.filter((tax) => tax.tax_behavior === 'inclusive').reduce((sum, tax) => sum + tax.amount, 0);
      return {
        stripeLineId: line.invoice_line_item ?? null,
        description: line.description,
        amount: amount(line.amount - line.discount_amount - inclusive),
        tax: amount(taxes.reduce((sum, tax) => sum + tax.amount, 0)),
      };
    }),
    url: page(dashboard, `invoices/${idOf(note.invoice) ?? ''}`),
  };
}

const PAYOUT_STATUS: Record<string, PayoutStatus> = {
  pending: 'Pending',
  in_transit: 'In Transit',
  paid: 'Paid',
  failed: 'Failed',
  canceled: 'Canceled',
};

export function fromPayout(payout: Stripe.Payout, dashboard: Dashboard): StripePayout {
  const currency = payout.currency.toUpperCase();
  return {
    id: payout.id,
    amount: fromStripeAmount(payout.amount, currency),
    currency,
    status: PAYOUT_STATUS[payout.status] ?? 'Pending',
    createdAt: iso(payout.created),
    // Midnight UTC of a calendar day: no zone may shift it.
    arrivalDay: iso(payout.arrival_date).slice(0, 10),
    automatic: payout.automatic,
    itemised: payout.automatic && payout.reconciliation_status === 'completed',
    failureReason: payout.failure_message ?? payout.failure_code,
    row: expandedRow(payout.balance_transaction),
    failureRow: expandedRow(payout.failure_balance_transaction),
    url: page(dashboard, `payouts/${payout.id}`),
  };
}
