import { checkCurrency } from '../catalogue.ts';
import { maximumCharge, minimumCharge, display } from '../currencies.ts';
import type { PaymentIntent } from '../entities.ts';
import { invalid, missing } from '../errors.ts';
import { formatInvoicePayment } from '../formatters-invoice.ts';
import { newId, token } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { given, listPage } from '../pagination.ts';
import { collect, paymentMethod } from '../payments.ts';
import { isChargeable } from '../totals.ts';
import { need, view } from '../views.ts';
import type { Call, Route } from '../world.ts';
import { declined } from './invoice-actions.ts';

function checkAmount(amount: number, currency: string): void {
  const param = 'amount';
  if (amount < minimumCharge(currency))
    throw invalid(`Amount must be at least ${display(minimumCharge(currency), currency)}`, { code: 'amount_too_small', param });
  if (amount > maximumCharge(currency))
    throw invalid(`Amount must be no more than ${display(maximumCharge(currency), currency)}`, { code: 'amount_too_large', param });
  if (!isChargeable(amount, currency))
    throw invalid(`Invalid ${currency} amount: the last digit must be 0. See https://docs.stripe.com/currencies#special-cases.`, {
      code: 'invalid_charge_amount',
      param,
    });
}

function createIntent(call: Call) {
  const { world, params } = call;
  const currency = checkCurrency(params['currency'] as string, 'currency');
  const amount = params['amount'] as number;
  checkAmount(amount, currency);
  const customer =
    params['customer'] === undefined ? null : need(world.db.customers, 'customer', params['customer'] as string, 'customer').id;
  const id = newId('pi').replace('_1', '_3');
  const intent: PaymentIntent = {
    id,
    created: world.now(),
    amount,
    amount_received: 0,
    canceled_at: null,
    cancellation_reason: null,
    client_secret: `${id}_secret_${token(25)}`,
    currency,
    customer,
    description: (params['description'] as string | undefined) ?? null,
    last_payment_error: null,
    latest_charge: null,
    metadata: mergeMetadata({}, params['metadata']),
    payment_method: null,
    payment_method_types: ['card', 'us_bank_account'],
    receipt_email: (params['receipt_email'] as string | undefined) ?? null,
    statement_descriptor: null,
    status: 'requires_payment_method',
  };
  const method = params['payment_method'] as string | undefined;
  if (method !== undefined)
    Object.assign(intent, { payment_method: paymentMethod(world, method, 'payment_method').id, status: 'requires_confirmation' });
  world.db.intents.put(intent);
  world.emit('payment_intent.created', view.payment_intent(world, id));
  return params['confirm'] === true ? confirm(call, intent) : view.payment_intent(world, id);
}

function confirm({ world, params }: Call, intent: PaymentIntent) {
  const param = 'payment_method';
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status)) {
    throw invalid(`This PaymentIntent's status is ${intent.status}, so it cannot be confirmed.`, {
      code: 'payment_intent_unexpected_state',
    });
  }
  const id = (params[param] as string | undefined) ?? intent.payment_method;
  if (!id)
    throw invalid("You cannot confirm this PaymentIntent because it's missing a payment method.", {
      code: 'payment_intent_unexpected_state',
    });
  const tried = collect(world, intent, paymentMethod(world, id, param));
  return tried.status === 'requires_payment_method' ? declined(world, tried) : view.payment_intent(world, intent.id);
}

function cancelIntent({ world, ids, params }: Call) {
  const intent = need(world.db.intents, 'payment_intent', ids[0]!);
  if (intent.status === 'succeeded' || intent.status === 'canceled' || intent.status === 'processing') {
    throw invalid(`You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`, {
      code: 'payment_intent_unexpected_state',
    });
  }
  if (world.db.invoicePayments.where({ payment_intent: intent.id, status: 'open', is_default: true }).length)
    throw invalid('You cannot cancel a PaymentIntent created by an Invoice. Void the Invoice instead.', {
      code: 'payment_intent_unexpected_state',
    });
  world.db.intents.put({
    ...intent,
    status: 'canceled',
    canceled_at: world.now(),
    cancellation_reason: (params['cancellation_reason'] as string | undefined) ?? null,
  });
  world.emit('payment_intent.canceled', view.payment_intent(world, intent.id));
  return view.payment_intent(world, intent.id);
}

function updateIntent({ world, ids, params }: Call) {
  const intent = need(world.db.intents, 'payment_intent', ids[0]!);
  world.db.intents.put({
    ...intent,
    metadata: mergeMetadata(intent.metadata, params['metadata']),
    description: (params['description'] as string | undefined) ?? intent.description,
  });
  return view.payment_intent(world, intent.id);
}

function listInvoicePayments({ world, params }: Call) {
  const payment = params['payment'] as
    | { type: 'payment_intent' | 'payment_record'; payment_intent?: string; payment_record?: string }
    | undefined;
  const id = payment?.[payment.type];
  if (payment && id === undefined)
    throw invalid(`Missing required param: payment[${payment.type}].`, { code: 'parameter_missing', param: `payment[${payment.type}]` });
  if (payment && !(payment.type === 'payment_intent' ? world.db.intents : world.db.paymentRecords).get(id!))
    throw missing(payment.type, id!, `payment[${payment.type}]`);
  const criteria = { ...given(params, 'invoice', 'status'), ...(payment ? { [payment.type]: id! } : {}) };
  return listPage(
    world.db.invoicePayments,
    { url: '/v1/invoice_payments', kind: 'invoice_payment', params, criteria },
    formatInvoicePayment,
  );
}

export const payments: Route[] = [
  { method: 'GET', path: '/v1/invoice_payments', takes: ['invoice', 'payment', 'status'], handle: listInvoicePayments },
  { method: 'GET', path: '/v1/invoice_payments/{id}', handle: ({ world, ids }) => view.invoice_payment(world, ids[0]!) },
  {
    method: 'POST',
    path: '/v1/payment_intents',
    takes: ['amount', 'currency', 'customer', 'confirm', 'description', 'metadata', 'payment_method', 'off_session', 'receipt_email'],
    handle: createIntent,
  },
  {
    method: 'GET',
    path: '/v1/payment_intents',
    takes: ['customer'],
    handle: ({ world, params }) =>
      listPage(
        world.db.intents,
        { url: '/v1/payment_intents', kind: 'payment_intent', params, criteria: given(params, 'customer') },
        (intent) => view.payment_intent(world, intent.id),
      ),
  },
  { method: 'GET', path: '/v1/payment_intents/{id}', handle: ({ world, ids }) => view.payment_intent(world, ids[0]!) },
  { method: 'POST', path: '/v1/payment_intents/{id}', takes: ['description', 'metadata'], handle: updateIntent },
  {
    method: 'POST',
    path: '/v1/payment_intents/{id}/confirm',
    takes: ['payment_method', 'off_session'],
    handle: (call) => confirm(call, need(call.world.db.intents, 'payment_intent', call.ids[0]!)),
  },
  { method: 'POST', path: '/v1/payment_intents/{id}/cancel', takes: ['cancellation_reason'], handle: cancelIntent },
  {
    method: 'GET',
    path: '/v1/charges',
    takes: ['customer', 'payment_intent'],
    handle: ({ world, params }) =>
      listPage(
        world.db.charges,
        { url: '/v1/charges', kind: 'charge', params, criteria: given(params, 'customer', 'payment_intent') },
        (charge) => view.charge(world, charge.id),
      ),
  },
  { method: 'GET', path: '/v1/charges/{id}', handle: ({ world, ids }) => view.charge(world, ids[0]!) },
  {
    method: 'POST',
    path: '/v1/charges/{id}',
    takes: ['description', 'metadata'],
    handle({ world, ids, params }) {
      const charge = need(world.db.charges, 'charge', ids[0]!);
      const before = view.charge(world, charge.id);
      world.db.charges.put({
        ...charge,
        metadata: mergeMetadata(charge.metadata, params['metadata']),
        description: (params['description'] as string | undefined) ?? charge.description,
      });
      world.emit('charge.updated', view.charge(world, charge.id), before);
      return view.charge(world, charge.id);
    },
  },
];
