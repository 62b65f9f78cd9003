import type { CoverageRow } from '../core/index.ts';

const OBJECTS = [
  ['balance', 'balance_transaction', 'charge', 'credit_note', 'credit_note_line_item', 'customer', 'customer_balance_transaction'],
  ['dispute', 'event', 'invoice', 'invoice_payment', 'invoiceitem', 'line_item', 'payment_intent', 'payment_method', 'payment_record'],
  ['checkout.session', 'coupon', 'discount', 'payment_link', 'promotion_code', 'subscription', 'subscription_item'],
  ['subscription_schedule', 'test_helpers.test_clock'],
  ['payout', 'price', 'product', 'refund', 'tax_rate', 'v2.core.event', 'v2.core.event_destination', 'webhook_endpoint'],
].flat();

/** The API objects of this stand-in. */
export const COVERED_ENTITIES: CoverageRow[] = OBJECTS.map((item) => ({
  item,
  kind: 'entity',
  fidelity: 'typed',
  source: 'types of the installed stripe package; every answer is held to them',
}));
