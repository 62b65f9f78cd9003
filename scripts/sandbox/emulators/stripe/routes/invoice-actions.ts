import { chargeAutomatically, methodFor } from '../collection.ts';
import type { Invoice, PaymentIntent } from '../entities.ts';
import { errorBody, invalid, notModelled } from '../errors.ts';
import { newId } from '../ids.ts';
import { attach, credit } from '../invoice-payments.ts';
import { cancelPayments, finalizeInvoice, hasProcessingPayment, markPaid, sendInvoice, voidInvoice } from '../invoice-life.ts';
import { writeOff } from '../invoice-write-off.ts';
import { collect, paymentMethod } from '../payments.ts';
import { need, view } from '../views.ts';
import type { Answer, Call, Route, World } from '../world.ts';

const invoiceOf = ({ world, ids }: Call): Invoice => need(world.db.invoices, 'invoice', ids[0]!);

function finalize(call: Call) {
  const { world, params } = call;
  const invoice = invoiceOf(call);
  finalizeInvoice(world, params['auto_advance'] === undefined ? invoice : { ...invoice, auto_advance: params['auto_advance'] as boolean });
  chargeAutomatically(world, invoice.id);
  return view.invoice(world, invoice.id);
}

function pay(call: Call): object | Answer {
  const { world, params } = call;
  let invoice = invoiceOf(call);
  if (invoice.status === 'draft') {
    finalizeInvoice(world, invoice);
    invoice = invoiceOf(call);
    if (invoice.status === 'paid') return view.invoice(world, invoice.id);
  }
  if (invoice.status === 'paid') throw invalid('Invoice is already paid');
  if (invoice.status === 'void') throw invalid('This invoice has been voided and can no longer be paid.');
  if (hasProcessingPayment(world, invoice.id)) throw invalid('This invoice has a payment that is processing.');
  if (params['paid_out_of_band'] === true) return payOutOfBand(world, invoice);
  const method = (params['payment_method'] as string | undefined) ?? methodFor(world, invoice);
  if (!method)
    throw invalid(
      'There is no `default_payment_method` set on this Customer or Invoice. Please set either a `default_payment_method` for the customer or this invoice.',
      { code: 'resource_missing' },
    );
  const [open] = world.db.invoicePayments.where({ invoice: invoice.id, status: 'open', is_default: true });
  if (!open) throw notModelled('paying an invoice whose default payment was canceled');
  const intent = collect(
    world,
    need(world.db.intents, 'payment_intent', open.payment_intent ?? ''),
    paymentMethod(world, method, 'payment_method'),
  );
  return intent.status === 'succeeded' || intent.status === 'processing' ? view.invoice(world, invoice.id) : declined(world, intent);
}

function payOutOfBand(world: World, invoice: Invoice) {
  const rest = invoice.amount_due - invoice.amount_paid;
  cancelPayments(world, invoice.id);
  markPaid(world, { ...invoice, amount_paid: invoice.amount_due, paid_off_stripe: invoice.paid_off_stripe + rest }, { succeeded: false });
  return view.invoice(world, invoice.id);
}

/** A failed attempt is kept and answered 402. https://docs.stripe.com/api/errors */
export function declined(world: World, intent: PaymentIntent): Answer {
  const error = intent.last_payment_error;
  const body = errorBody(
    error
      ? {
          type: 'card_error',
          code: error.code,
          message: error.message,
          ...(error.decline_code ? { decline_code: error.decline_code } : {}),
          ...(error.charge ? { charge: error.charge } : {}),
          payment_intent: view.payment_intent(world, intent.id),
        }
      : {
          type: 'card_error',
          code: 'invoice_payment_intent_requires_action',
          message:
            'This payment requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with the invoice.',
          payment_intent: view.payment_intent(world, intent.id),
        },
    newId('req').slice(0, 18),
  );
  return { answer: { status: 402, body } };
}

/** Attaches a payment intent, or a payment that was reported from outside. https://docs.stripe.com/api/invoices/attach_payment */
function attachPayment(call: Call) {
  const { world, params } = call;
  const invoice = invoiceOf(call);
  const { payment_intent: intent, payment_record: record } = params as { payment_intent?: string; payment_record?: string };
  if ((intent === undefined) === (record === undefined))
    throw invalid('You must specify exactly one of payment_intent and payment_record.', {
      code: 'parameter_missing',
      param: 'payment_intent',
    });
  if (invoice.status !== 'open' && invoice.status !== 'uncollectible') throw invalid('You can only attach payments to open invoices.');
  if (record !== undefined) attachRecord(world, invoice, record);
  else attachIntent(world, invoice, intent!);
  return view.invoice(world, invoice.id);
}

function attachIntent(world: World, invoice: Invoice, id: string): void {
  const param = 'payment_intent';
  const intent = need(world.db.intents, 'payment_intent', id, param);
  if (intent.status === 'canceled') throw invalid('This PaymentIntent was canceled.', { param });
  if (intent.currency !== invoice.currency) throw invalid('The PaymentIntent must have the currency of the invoice.', { param });
  if (intent.customer !== invoice.customer) throw invalid('The PaymentIntent must have the customer of the invoice.', { param });
  if (world.db.invoicePayments.where({ payment_intent: intent.id }).some((payment) => payment.status !== 'canceled'))
    throw invalid('This PaymentIntent is already attached to an invoice.', { param });
  const payment = attach(world, invoice, { payment_intent: intent.id, payment_record: null, amount_requested: intent.amount });
  if (intent.status === 'succeeded') credit(world, payment.id);
}

function attachRecord(world: World, invoice: Invoice, id: string): void {
  const param = 'payment_record';
  const record = need(world.db.paymentRecords, 'payment_record', id, param);
  if (record.currency !== invoice.currency) throw invalid('The PaymentRecord must have the currency of the invoice.', { param });
  const customer = record.customer_details?.customer;
  if (customer && customer !== invoice.customer) throw invalid('The PaymentRecord must have the customer of the invoice.', { param });
  if (record.amount_guaranteed === 0) throw notModelled('payment records that are not guaranteed', param);
  if (world.db.invoicePayments.where({ payment_record: record.id }).some((payment) => payment.status !== 'canceled'))
    throw invalid('This PaymentRecord is already attached to an invoice.', { param });
  credit(world, attach(world, invoice, { payment_intent: null, payment_record: record.id, amount_requested: record.amount_guaranteed }).id);
}

function markUncollectible(call: Call) {
  writeOff(call.world, invoiceOf(call));
  return view.invoice(call.world, call.ids[0]!);
}

const on = (name: string, takes: string[], handle: Route['handle']): Route => ({
  method: 'POST',
  path: `/v1/invoices/{id}/${name}`,
  takes,
  handle,
});

export const invoiceActions: Route[] = [
  on('finalize', ['auto_advance'], finalize),
  on('send', [], (call) => {
    sendInvoice(call.world, invoiceOf(call));
    return view.invoice(call.world, call.ids[0]!);
  }),
  on('pay', ['paid_out_of_band', 'payment_method', 'off_session'], pay),
  on('void', [], (call) => {
    voidInvoice(call.world, invoiceOf(call));
    return view.invoice(call.world, call.ids[0]!);
  }),
  on('mark_uncollectible', [], markUncollectible),
  on('attach_payment', ['payment_intent', 'payment_record'], attachPayment),
];
