import { display } from '../currencies.ts';
import { invalid, notModelled } from '../errors.ts';
import { mergeMetadata } from '../metadata.ts';
import { given, listPage } from '../pagination.ts';
import { endRefundRequest, refund } from '../refunds.ts';
import { isChargeable } from '../totals.ts';
import { need, view } from '../views.ts';
import type { Call, Route } from '../world.ts';

function create({ world, params }: Call) {
  const direct = params['charge'] as string | undefined;
  const from = params['payment_intent'] as string | undefined;
  if ((direct === undefined) === (from === undefined))
    throw invalid('One of the following params should be provided for this request: payment_intent or charge.', {
      code: 'parameter_missing',
      param: 'payment_intent',
    });
  const id = direct ?? need(world.db.intents, 'payment_intent', from!, 'payment_intent').latest_charge;
  if (!id) throw invalid(`This PaymentIntent (${from}) does not have a successful charge to refund.`, { param: 'payment_intent' });
  const charge = need(world.db.charges, 'charge', id, 'charge');
  if (charge.status !== 'succeeded') throw invalid('This charge has not succeeded, so it cannot be refunded.', { param: 'charge' });
  const disputes = world.db.disputes.where({ charge: charge.id });
  if (disputes.some((dispute) => !dispute.status.startsWith('warning') && dispute.status !== 'won'))
    throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' });
  const left = charge.amount - charge.amount_refunded;
  if (left === 0) throw invalid(`Charge ${charge.id} has already been refunded.`, { code: 'charge_already_refunded' });
  const amount = (params['amount'] as number | undefined) ?? left;
  if (amount <= 0) throw invalid('Invalid positive integer', { code: 'parameter_invalid_integer', param: 'amount' });
  if (amount > left)
    throw invalid(
      `Refund amount (${display(amount, charge.currency)}) is greater than unrefunded amount on charge (${display(left, charge.currency)})`,
      { param: 'amount' },
    );
  if (!isChargeable(amount, charge.currency))
    throw invalid(`Invalid ${charge.currency} amount: the last digit must be 0.`, { code: 'invalid_charge_amount', param: 'amount' });
  const email = params['instructions_email'] as string | undefined;
  const made = refund(world, charge, amount, {
    metadata: mergeMetadata({}, params['metadata']),
    reason: (params['reason'] as string | undefined) ?? null,
    ...(email === undefined ? {} : { instructions_email: email }),
  });
  return view.refund(world, made.id);
}

function update({ world, ids, params }: Call) {
  const made = need(world.db.refunds, 'refund', ids[0]!);
  const before = view.refund(world, made.id);
  world.db.refunds.put({ ...made, metadata: mergeMetadata(made.metadata, params['metadata']) });
  world.emit('refund.updated', view.refund(world, made.id), before);
  return view.refund(world, made.id);
}

const end =
  (status: 'canceled' | 'failed') =>
  ({ world, ids }: Call) => {
    const made = need(world.db.refunds, 'refund', ids[0]!);
    if (made.status !== 'requires_action') throw invalid('Only refunds with a status of requires_action can be canceled or expired.');
    if (made.balance_transaction === null) throw notModelled('refunds without a balance transaction');
    endRefundRequest(world, made, status);
    return view.refund(world, made.id);
  };

export const refunds: Route[] = [
  {
    method: 'POST',
    path: '/v1/refunds',
    takes: ['amount', 'charge', 'instructions_email', 'metadata', 'payment_intent', 'reason'],
    handle: create,
  },
  {
    method: 'GET',
    path: '/v1/refunds',
    takes: ['charge', 'payment_intent'],
    handle: ({ world, params }) =>
      listPage(
        world.db.refunds,
        { url: '/v1/refunds', kind: 'refund', params, criteria: given(params, 'charge', 'payment_intent') },
        ({ id }) => view.refund(world, id),
      ),
  },
  { method: 'GET', path: '/v1/refunds/{id}', handle: ({ world, ids }) => view.refund(world, ids[0]!) },
  { method: 'POST', path: '/v1/refunds/{id}', takes: ['metadata'], handle: update },
  { method: 'POST', path: '/v1/refunds/{id}/cancel', handle: end('canceled') },
  { method: 'POST', path: '/v1/test_helpers/refunds/{id}/expire', handle: end('failed') },
];
