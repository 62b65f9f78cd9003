import { exponentOf } from './currencies.ts';
import type { BalanceTransaction, Charge, Dispute, PaymentMethod, Payout, Refund } from './entities.ts';

/** Test mode throughout: the stand-in's key is a test key. */
const livemode = false;

/** https://docs.stripe.com/reports/reporting-categories */
const CATEGORY: Record<BalanceTransaction['type'], string> = {
  adjustment: 'other_adjustment',
  charge: 'charge',
  payment: 'charge',
  payment_refund: 'refund',
  payout: 'payout',
  payout_cancel: 'payout_reversal',
  payout_failure: 'payout_reversal',
  refund: 'refund',
  refund_failure: 'refund_failure',
  stripe_fee: 'fee',
};

export function formatBalanceTransaction(row: BalanceTransaction, now: number) {
  const { payout: _payout, fee_description, reporting_category, ...transaction } = row;
  const { amount, currency, fee, type } = transaction;
  return {
    object: 'balance_transaction',
    ...transaction,
    balance_type: 'payments',
    exchange_rate: transaction.exchange_rate ?? null,
    fee_details: fee
      ? [{ amount: fee, application: null, currency, description: fee_description ?? 'Stripe processing fees', type: 'stripe_fee' }]
      : [],
    net: amount - fee,
    reporting_category: reporting_category ?? CATEGORY[type],
    status: transaction.available_on <= now ? 'available' : 'pending',
  };
}

/** Sum of the settled and the pending money, per currency. */
export function formatBalance(transactions: BalanceTransaction[], now: number) {
  const sums = new Map<string, { available: number; pending: number }>();
  for (const { amount, fee, currency, available_on } of transactions) {
    const sum = sums.get(currency) ?? { available: 0, pending: 0 };
    sum[available_on <= now ? 'available' : 'pending'] += amount - fee;
    sums.set(currency, sum);
  }
  if (!sums.size) sums.set('usd', { available: 0, pending: 0 });
  const entries = (side: 'available' | 'pending') =>
    [...sums].map(([currency, sum]) => ({ amount: sum[side], currency, source_types: { card: sum[side] } }));
  return { object: 'balance', available: entries('available'), livemode, pending: entries('pending') };
}

/** The processing fee on a payment: 2.9 % + 30 cents for cards, 0.8 % capped at $5 for ACH debit, as published for the US. https://stripe.com/pricing */
export function processingFee(amount: number, currency: string, type: PaymentMethod['type']): number {
  const cents = 10 ** exponentOf(currency) / 100;
  if (type === 'us_bank_account') return Math.min(Math.round(amount * 0.008), Math.round(500 * cents));
  return Math.round((amount * 29) / 1000) + Math.round(30 * cents * (currency === 'jpy' ? 100 : 1));
}

export function formatPayout(payout: Payout) {
  return {
    object: 'payout',
    ...payout,
    application_fee: null,
    application_fee_amount: null,
    destination: 'ba_1TrueupSandboxBank000000',
    livemode,
    method: 'standard',
    original_payout: null,
    payout_method: null,
    reversed_by: null,
    source_type: 'card',
    trace_id:
      payout.status === 'paid' ? { status: 'supported', value: payout.id.slice(-12).toUpperCase() } : { status: 'pending', value: null },
    type: 'bank_account',
  };
}

export function formatRefund({ instructions, ...refund }: Refund, charge: Charge) {
  return {
    object: 'refund',
    ...refund,
    customer: charge.customer,
    customer_account: null,
    ...(instructions
      ? {
          next_action: {
            display_details: {
              email_sent: { email_sent_at: instructions.sent, email_sent_to: refund.instructions_email ?? charge.receipt_email ?? '' },
              expires_at: instructions.expire,
            },
            type: 'display_details',
          },
        }
      : {}),
    payment_method: charge.payment_method,
    receipt_number: null,
    source_transfer_reversal: null,
    transfer_reversal: null,
  };
}

/** Every field that evidence can have; what was not given is null. */
const EVIDENCE = [
  'access_activity_log',
  'billing_address',
  'cancellation_policy',
  'cancellation_policy_disclosure',
  'cancellation_rebuttal',
  'customer_communication',
  'customer_email_address',
  'customer_name',
  'customer_purchase_ip',
  'customer_signature',
  'duplicate_charge_documentation',
  'duplicate_charge_explanation',
  'duplicate_charge_id',
  'product_description',
  'receipt',
  'refund_policy',
  'refund_policy_disclosure',
  'refund_refusal_explanation',
  'service_date',
  'service_documentation',
  'shipping_address',
  'shipping_carrier',
  'shipping_date',
  'shipping_documentation',
  'shipping_tracking_number',
  'uncategorized_file',
  'uncategorized_text',
];

export function formatDispute(dispute: Dispute, rows: BalanceTransaction[], method: PaymentMethod, now: number) {
  const { balance_transactions: _rows, due_by, evidence, submission_count, ...rest } = dispute;
  return {
    object: 'dispute',
    ...rest,
    balance_transactions: rows.map((row) => formatBalanceTransaction(row, now)),
    enhanced_eligibility_types: [],
    evidence: { ...Object.fromEntries(EVIDENCE.map((name) => [name, evidence[name] ?? null])), enhanced_evidence: {} },
    evidence_details: {
      due_by,
      enhanced_eligibility: {},
      has_evidence: Object.keys(evidence).length > 0,
      past_due: due_by !== null && due_by < now,
      submission_count,
      submission_method: submission_count ? 'manual' : 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: dispute.status.startsWith('warning'),
    livemode,
    ...(method.type === 'card'
      ? {
          payment_method_details: {
            card: {
              brand: method.brand,
              case_type: dispute.status.startsWith('warning') ? 'inquiry' : 'chargeback',
              network: method.brand,
              network_reason_code: dispute.network_reason_code,
            },
            type: 'card',
          },
        }
      : {}),
  };
}
