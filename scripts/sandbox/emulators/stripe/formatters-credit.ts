import type { CreditNote, CreditNoteLine, PaymentRecord } from './entities.ts';
import { formatTax } from './formatters-tax.ts';
import type { World } from './world.ts';

const livemode = false;
const NOWHERE = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

export function formatCreditNoteLine(line: CreditNoteLine) {
  const whole = line.unit_amount_decimal !== null && /^-?\d+$/.test(line.unit_amount_decimal);
  return {
    object: 'credit_note_line_item',
    ...line,
    discount_amount: 0,
    discount_amounts: [],
    livemode,
    pretax_credit_amounts: [],
    tax_rates: [],
    taxes: line.taxes.map(formatTax),
    unit_amount: whole ? Number(line.unit_amount_decimal) : null,
  };
}

/** How many lines a credit note carries itself. */
const FIRST_LINES = 10;

export function formatCreditNote(world: World, note: CreditNote) {
  const { credit_amount: _credit, lines, taxes, ...rest } = note;
  const inclusive = taxes.filter((tax) => tax.inclusive).reduce((sum, tax) => sum + tax.amount, 0);
  const exclusive = taxes.filter((tax) => !tax.inclusive).reduce((sum, tax) => sum + tax.amount, 0);
  return {
    object: 'credit_note',
    ...rest,
    amount_shipping: 0,
    customer_account: null,
    discount_amount: 0,
    discount_amounts: [],
    lines: {
      object: 'list',
      data: lines.slice(0, FIRST_LINES).map(formatCreditNoteLine),
      has_more: lines.length > FIRST_LINES,
      total_count: lines.length,
      url: `/v1/credit_notes/${note.id}/lines`,
    },
    livemode,
    pdf: `${world.baseUrl()}/credit_notes/${note.id}/pdf`,
    pretax_credit_amounts: [],
    refunds: note.refunds.map((refund) => ({ ...refund, payment_record_refund: null, type: 'refund' })),
    shipping_cost: null,
    subtotal_excluding_tax: note.subtotal - inclusive,
    total: note.amount,
    total_excluding_tax: note.amount - inclusive - exclusive,
    total_taxes: taxes.map(formatTax),
    type: note.post_payment_amount === 0 ? 'pre_payment' : note.pre_payment_amount === 0 ? 'post_payment' : 'mixed',
  };
}

export function formatPaymentRecord(record: PaymentRecord) {
  const money = (value: number) => ({ currency: record.currency, value });
  return {
    id: record.id,
    object: 'payment_record',
    amount: money(record.amount_requested),
    amount_authorized: money(record.amount_guaranteed),
    amount_canceled: money(record.amount_canceled),
    amount_failed: money(record.amount_failed),
    amount_guaranteed: money(record.amount_guaranteed),
    amount_refunded: money(record.amount_refunded),
    amount_requested: money(record.amount_requested),
    application: null,
    created: record.created,
    customer_details: record.customer_details,
    customer_presence: record.customer_presence,
    description: record.description,
    latest_payment_attempt_record: record.latest_payment_attempt_record,
    livemode,
    metadata: record.metadata,
    payment_method_details: {
      billing_details: { address: NOWHERE, email: null, name: null, phone: null },
      ...(record.payment_method ? { custom: record.payment_method } : {}),
      payment_method: null,
      type: 'custom',
    },
    processor_details: { custom: { payment_reference: record.payment_reference }, type: 'custom' },
    reported_by: 'self',
    shipping_details: null,
  };
}
