import { checkCurrency } from '../catalogue.ts';
import type { PaymentRecord } from '../entities.ts';
import { invalid, missing, notModelled } from '../errors.ts';
import { formatPaymentRecord } from '../formatters-credit.ts';
import { newId } from '../ids.ts';
import { mergeMetadata } from '../metadata.ts';
import { listPage } from '../pagination.ts';
import { need, view } from '../views.ts';
import type { Call, Route } from '../world.ts';

interface Money {
  currency: string;
  value: number;
}

/** Reports a payment that happened elsewhere: a cheque, a wire, cash. https://docs.stripe.com/payments/payment-records */
function report({ world, params }: Call) {
  const { currency, value } = params['amount_requested'] as Money;
  if (value <= 0) throw invalid('Invalid positive integer', { code: 'parameter_invalid_integer', param: 'amount_requested[value]' });
  const outcome = params['outcome'] as 'canceled' | 'failed' | 'guaranteed' | undefined;
  if (outcome !== undefined && params[outcome] === undefined)
    throw invalid(`Missing required param: ${outcome}.`, { code: 'parameter_missing', param: outcome });
  const method = params['payment_method_details'] as { custom?: { display_name?: string; type?: string }; payment_method?: string };
  if (method.payment_method !== undefined) throw notModelled('stored custom payment methods', 'payment_method_details[payment_method]');
  const who = params['customer_details'] as { customer?: string; email?: string; name?: string; phone?: string } | undefined;
  if (who?.customer !== undefined) need(world.db.customers, 'customer', who.customer, 'customer_details[customer]');
  const record: PaymentRecord = {
    id: newId('pr'),
    created: world.now(),
    amount_requested: value,
    amount_guaranteed: outcome === 'guaranteed' ? value : 0,
    amount_failed: outcome === 'failed' ? value : 0,
    amount_canceled: outcome === 'canceled' ? value : 0,
    amount_refunded: 0,
    currency: checkCurrency(currency, 'amount_requested[currency]'),
    customer_details: who
      ? { customer: who.customer ?? null, email: who.email ?? null, name: who.name ?? null, phone: who.phone ?? null }
      : null,
    customer_presence: (params['customer_presence'] as string | undefined) ?? null,
    description: (params['description'] as string | undefined) ?? null,
    latest_payment_attempt_record: newId('par'),
    metadata: mergeMetadata({}, params['metadata']),
    payment_method: method.custom ? { display_name: method.custom.display_name ?? '', type: method.custom.type ?? null } : null,
    payment_reference:
      (params['processor_details'] as { custom?: { payment_reference: string } } | undefined)?.custom?.payment_reference ?? null,
  };
  world.db.paymentRecords.put(record);
  return formatPaymentRecord(record);
}

function reportRefund({ world, ids, params }: Call) {
  const record = need(world.db.paymentRecords, 'payment_record', ids[0]!);
  const left = record.amount_guaranteed - record.amount_refunded;
  const { value } = (params['amount'] as Money | undefined) ?? { value: left };
  if (value <= 0 || value > left)
    throw invalid('The refunded amount is greater than what was paid and not refunded yet.', { param: 'amount[value]' });
  world.db.paymentRecords.put({ ...record, amount_refunded: record.amount_refunded + value });
  return view.payment_record(world, record.id);
}

export const paymentRecords: Route[] = [
  {
    method: 'POST',
    path: '/v1/payment_records/report_payment',
    takes: [
      'amount_requested',
      'canceled',
      'customer_details',
      'customer_presence',
      'description',
      'failed',
      'guaranteed',
      'initiated_at',
      'metadata',
      'outcome',
      'payment_method_details',
      'processor_details',
    ],
    handle: report,
  },
  {
    method: 'GET',
    path: '/v1/payment_records',
    takes: ['created_after', 'created_before'],
    handle: ({ world, params }) =>
      listPage(
        world.db.paymentRecords,
        {
          url: '/v1/payment_records',
          kind: 'payment_record',
          params,
          filter: ({ created }) =>
            created > ((params['created_after'] as number | undefined) ?? -1) &&
            created < ((params['created_before'] as number | undefined) ?? Infinity),
        },
        formatPaymentRecord,
      ),
  },
  {
    method: 'GET',
    path: '/v1/payment_records/{id}',
    handle({ world, ids }) {
      if (!world.db.paymentRecords.get(ids[0]!)) throw missing('payment_record', ids[0]!);
      return view.payment_record(world, ids[0]!);
    },
  },
  {
    method: 'POST',
    path: '/v1/payment_records/{id}/report_refund',
    takes: ['amount', 'initiated_at', 'metadata', 'outcome', 'processor_details', 'refunded'],
    handle: reportRefund,
  },
];
