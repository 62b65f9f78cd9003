import type { CoverageRow } from '../core/index.ts';

const API = 'https://docs.stripe.com/api';
const rule = (item: string, fidelity: CoverageRow['fidelity'], source: string): CoverageRow => ({ item, kind: 'rule', fidelity, source });

/** What the coverage page says of credits, refunds, disputes, payouts and payments from outside. */
export const COVERED_MONEY: CoverageRow[] = [
  rule('fees: 2.9 % + 30 cents, ACH 0.8 % capped, disputes 15 dollars', 'assumed', 'https://stripe.com/pricing'),
  rule(
    'money of a payment is available two days later, at midnight UTC; each currency keeps its balance',
    'assumed',
    'https://docs.stripe.com/payouts',
  ),
  rule(
    'with a `settlement` currency payments are converted at given rates, without a conversion fee',
    'assumed',
    'https://docs.stripe.com/currencies/conversions',
  ),
  rule('reporting categories of balance transactions', 'documented', 'https://docs.stripe.com/reports/reporting-categories'),
  rule('stripe_fee rows, on demand (`/__ctl/fee`)', 'documented', 'https://docs.stripe.com/reports/balance-transaction-types'),
  rule('automatic payouts: daily, per currency, all that is available', 'documented', 'https://docs.stripe.com/payouts#payout-schedule'),
  rule(
    'payouts arrive on the next day that is no weekend; bank holidays are not known; they leave after six hours',
    'assumed',
    'https://docs.stripe.com/payouts',
  ),
  rule('a negative balance is collected once nothing pending covers it', 'assumed', 'https://docs.stripe.com/payouts'),
  rule(
    'automatic payouts can be itemised once reconciled, manual ones never',
    'documented',
    'https://docs.stripe.com/payouts/reconciliation',
  ),
  rule(
    'payout failure, also after it was paid; the next payout includes what came back',
    'documented',
    `${API}/payouts/object; that payouts go on is assumed`,
  ),
  rule(
    'refunds: pending, requires_action, succeeded, failed later, canceled; test cards',
    'documented',
    'https://docs.stripe.com/testing#refunds',
  ),
  rule(
    'a failed refund lowers amount_refunded of its charge again; its row is a refund_failure',
    'assumed',
    'https://docs.stripe.com/refunds#failed-refunds',
  ),
  rule('disputes: test cards, inquiries, evidence that wins or loses', 'documented', 'https://docs.stripe.com/testing#disputes'),
  rule(
    'a dispute’s amount and fee are one row, its reversal gives the amount back and keeps the fee',
    'assumed',
    'https://docs.stripe.com/disputes/how-disputes-work',
  ),
  rule('a dispute of a bank debit is lost at once', 'documented', 'https://docs.stripe.com/payments/ach-direct-debit#disputed-payments'),
  rule(
    'test bank accounts that are returned, and why',
    'documented',
    'https://docs.stripe.com/payments/ach-direct-debit/accept-a-payment#test-account-numbers',
  ),
  rule('credit notes: first what is due, then refund, balance, outside; the sum must fit', 'documented', `${API}/credit_notes/create`),
  rule(
    'credit notes: tax in proportion to the line; none for an amount without lines',
    'assumed',
    'not documented for tax_amounts of one’s own',
  ),
  rule(
    'credit notes: only void while the invoice is open; an invoice with credit notes is not voided',
    'documented',
    'https://docs.stripe.com/invoicing/dashboard/credit-notes; the second half is assumed',
  ),
  rule('credit notes: crediting an open invoice in full gives invoice.paid without invoice.payment_succeeded', 'assumed', 'not documented'),
  rule(
    'an invoice’s own payment follows the amount remaining',
    'documented',
    `${API}/invoice-payment/object#invoice_payment_object-is_default`,
  ),
  rule('payment records: report, attach, refund; outcome guaranteed', 'documented', 'https://docs.stripe.com/payments/payment-records'),
  rule('overpaid: amount_overpaid and the customer’s balance', 'typed', `${API}/invoices/object#invoice_object-amount_overpaid`),
  rule('overpaid by a customer deleted meanwhile: no balance takes it', 'assumed', 'not documented'),
  rule('overpaid: amount_paid stays at the amount due, the invoice payment counts in full', 'assumed', 'not documented'),
];
