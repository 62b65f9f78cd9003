import { readCreditLines } from './credit-note-lines.ts';
import { display } from './currencies.ts';
import type { CreditNote, Invoice, LineTax } from './entities.ts';
import { invalid, missing, notModelled } from './errors.ts';
import { newId } from './ids.ts';
import { markPaid, moveBalance, saveInvoice } from './invoice-life.ts';
import { askForRest, remaining } from './invoice-payments.ts';
import { mergeMetadata } from './metadata.ts';
import { refund } from './refunds.ts';
import { need, view } from './views.ts';
import type { World } from './world.ts';

type Given = Record<string, unknown>;

/** A credit note as it would be, checked against what the invoice still allows; nothing is stored. */
export function draftCreditNote(world: World, given: Given): CreditNote {
  const invoice = need(world.db.invoices, 'invoice', given['invoice'] as string, 'invoice');
  if (invoice.status === 'draft' || invoice.status === 'void')
    throw invalid(`You cannot create a credit note for an invoice that is ${invoice.status}.`, { param: 'invoice' });
  if (given['shipping_cost'] !== undefined) throw notModelled('shipping costs', 'shipping_cost');
  const amounts = readAmounts(world, invoice, given);
  const pre = Math.min(amounts.amount, remaining(invoice));
  const note: CreditNote = {
    id: newId('cn'),
    created: world.now(),
    ...amounts,
    credit_amount: (given['credit_amount'] as number | undefined) ?? 0,
    currency: invoice.currency,
    customer: invoice.customer,
    customer_balance_transaction: null,
    effective_at: (given['effective_at'] as number | undefined) ?? world.now(),
    invoice: invoice.id,
    memo: (given['memo'] as string | undefined) ?? null,
    metadata: mergeMetadata({}, given['metadata']),
    number: `${invoice.number ?? ''}-CN-${String(world.db.creditNotes.count({ invoice: invoice.id }) + 1).padStart(2, '0')}`,
    out_of_band_amount: (given['out_of_band_amount'] as number | undefined) ?? null,
    post_payment_amount: amounts.amount - pre,
    pre_payment_amount: pre,
    reason: (given['reason'] as string | undefined) ?? null,
    refunds: linkedRefunds(world, given['refunds'] as { refund?: string; amount_refunded?: number; type?: string }[] | undefined),
    status: 'issued',
    voided_at: null,
  };
  checkPostPayment(world, invoice, note, (given['refund_amount'] as number | undefined) ?? 0);
  return note;
}

function readAmounts(world: World, invoice: Invoice, given: Given): Pick<CreditNote, 'amount' | 'lines' | 'subtotal' | 'taxes'> {
  const total = given['amount'] as number | undefined;
  if (given['lines'] === undefined) {
    if (total === undefined)
      throw invalid('You must specify one of these parameters: amount, lines, shipping_cost.', {
        code: 'parameter_missing',
        param: 'amount',
      });
    if (total < 0) throw invalid('Invalid non-negative integer', { code: 'parameter_invalid_integer', param: 'amount' });
    return { amount: total, lines: [], subtotal: total, taxes: [] };
  }
  const lines = readCreditLines(world, invoice, given['lines'] as Given[]);
  const taxes = sumTaxes(lines.flatMap((line) => line.taxes));
  const subtotal = lines.reduce((sum, line) => sum + line.amount, 0);
  const amount = subtotal + taxes.filter((tax) => !tax.inclusive).reduce((sum, tax) => sum + tax.amount, 0);
  if (total !== undefined && total !== amount)
    throw invalid(`The amount (${total}) must equal the sum of the lines with their taxes (${amount}).`, { param: 'amount' });
  return { amount, lines, subtotal, taxes };
}

function sumTaxes(all: LineTax[]): LineTax[] {
  const sums = new Map<string, LineTax>();
  for (const tax of all) {
    const sum = sums.get(tax.tax_rate);
    if (!sum) sums.set(tax.tax_rate, { ...tax });
    else {
      sum.amount += tax.amount;
      sum.taxable_amount += tax.taxable_amount;
    }
  }
  return [...sums.values()];
}

function linkedRefunds(world: World, given: { refund?: string; amount_refunded?: number; type?: string }[] = []): CreditNote['refunds'] {
  return given.map(({ refund: id, amount_refunded, type }, index) => {
    if (type === 'payment_record_refund') throw notModelled('refunds of payment records on credit notes', `refunds[${index}][type]`);
    const found = id === undefined ? undefined : world.db.refunds.get(id);
    if (!found) throw missing('refund', id ?? '', `refunds[${index}][refund]`);
    return { refund: found.id, amount_refunded: amount_refunded ?? found.amount };
  });
}

/** What was paid and neither credited nor refunded yet. */
function creditable(world: World, invoice: Invoice, linked: Set<string>): number {
  const credited = world.db.creditNotes.where({ invoice: invoice.id, status: 'issued' });
  for (const note of credited) note.refunds.forEach((one) => linked.add(one.refund));
  const refunded = world.db.invoicePayments
    .where({ invoice: invoice.id, status: 'paid' })
    .flatMap((payment) => (payment.payment_intent ? world.db.refunds.where({ payment_intent: payment.payment_intent }) : []))
    .filter((one) => !linked.has(one.id) && one.status !== 'failed' && one.status !== 'canceled');
  return (
    invoice.amount_paid -
    credited.reduce((sum, note) => sum + note.post_payment_amount, 0) -
    refunded.reduce((sum, one) => sum + one.amount, 0)
  );
}

function checkPostPayment(world: World, invoice: Invoice, note: CreditNote, refundAmount: number): void {
  const most = creditable(world, invoice, new Set(note.refunds.map((one) => one.refund)));
  if (note.post_payment_amount > most)
    throw invalid(
      `The credit note amount (${display(note.amount, note.currency)}) is greater than the amount of the invoice that can be credited (${display(note.pre_payment_amount + most, note.currency)}).`,
      { param: 'amount' },
    );
  const given =
    refundAmount + note.credit_amount + (note.out_of_band_amount ?? 0) + note.refunds.reduce((sum, one) => sum + one.amount_refunded, 0);
  if (given !== note.post_payment_amount)
    throw invalid(
      `The sum of credit amount, refund amount and out of band amount (${display(given, note.currency)}) must equal the post payment credit note amount (${display(note.post_payment_amount, note.currency)}).`,
    );
}

/** Issues it: less is due, and what was paid goes back the way that was asked for. */
export function issueCreditNote(world: World, given: Given): CreditNote {
  const note = draftCreditNote(world, given);
  const invoice = need(world.db.invoices, 'invoice', note.invoice);
  const before = view.invoice(world, invoice.id);
  const toRefund = (given['refund_amount'] as number | undefined) ?? 0;
  if (toRefund > 0) note.refunds.push({ refund: refundInvoice(world, invoice, toRefund), amount_refunded: toRefund });
  world.db.creditNotes.put(note);
  if (note.credit_amount > 0) note.customer_balance_transaction = creditCustomer(world, note);
  world.db.creditNotes.put(note);
  const changed: Invoice = {
    ...invoice,
    amount_due: invoice.amount_due - note.pre_payment_amount,
    pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount + note.pre_payment_amount,
    post_payment_credit_notes_amount: invoice.post_payment_credit_notes_amount + note.post_payment_amount,
  };
  world.emit('credit_note.created', view.credit_note(world, note.id));
  world.db.invoices.put(changed);
  askForRest(world, changed);
  if (invoice.status !== 'paid' && remaining(changed) === 0) markPaid(world, changed, { succeeded: false, before });
  else saveInvoice(world, changed, before);
  return note;
}

/** Refunds a payment of the invoice that is large enough. */
function refundInvoice(world: World, invoice: Invoice, amount: number): string {
  for (const payment of world.db.invoicePayments.where({ invoice: invoice.id, status: 'paid' })) {
    const charge = world.db.charges.get(world.db.intents.get(payment.payment_intent ?? '')?.latest_charge ?? '');
    if (charge?.status === 'succeeded' && !charge.disputed && charge.amount - charge.amount_refunded >= amount)
      return refund(world, charge, amount, { metadata: {}, reason: null }).id;
  }
  throw invalid('The invoice has no payment from which this amount can be refunded.', { param: 'refund_amount' });
}

function creditCustomer(world: World, note: CreditNote): string {
  return moveBalance(world, need(world.db.customers, 'customer', note.customer), {
    amount: -note.credit_amount,
    currency: note.currency,
    type: 'credit_note',
    credit_note: note.id,
    invoice: note.invoice,
    description: null,
    metadata: {},
  }).id;
}

/** Only while its invoice is open, and only what lowered the amount due. https://docs.stripe.com/invoicing/dashboard/credit-notes */
export function voidCreditNote(world: World, note: CreditNote): void {
  const invoice = need(world.db.invoices, 'invoice', note.invoice);
  if (note.status === 'void') throw invalid('This credit note is already void.');
  if (invoice.status !== 'open' || note.post_payment_amount > 0) throw invalid('You can only void a credit note if its invoice is open.');
  const before = view.invoice(world, invoice.id);
  world.db.creditNotes.put({ ...note, status: 'void', voided_at: world.now() });
  world.emit('credit_note.voided', view.credit_note(world, note.id));
  const changed: Invoice = {
    ...invoice,
    amount_due: invoice.amount_due + note.pre_payment_amount,
    pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount - note.pre_payment_amount,
  };
  askForRest(world, changed);
  saveInvoice(world, changed, before);
}
