import { book, reverse } from './balance.ts';
import { DAY } from './days.ts';
import type { Charge, Refund } from './entities.ts';
import { newId } from './ids.ts';
import { need, view } from './views.ts';
import type { World } from './world.ts';

const BANK_TAKES = 5 * DAY;
/** "Some time later", says https://docs.stripe.com/testing#refunds; here a day. */
const TEST_CARD_TAKES = DAY;
const INSTRUCTIONS_VALID = 30 * DAY;

type Details = Pick<Refund, 'metadata' | 'reason' | 'instructions_email'>;

/** Money back, in whole or in part. What becomes of it later depends on the method that paid. */
export function refund(world: World, charge: Charge, amount: number, { instructions_email, ...details }: Details): Refund {
  const now = world.now();
  const method = need(world.db.methods, 'PaymentMethod', charge.payment_method);
  const before = view.charge(world, charge.id);
  const id = newId(method.type === 'card' ? 're' : 'pyr').replace('_1', '_3');
  const pends = method.type !== 'card' || method.behaviour === 'refund_pends';
  const row = book(world, {
    amount: -amount,
    currency: charge.currency,
    source: id,
    type: method.type === 'card' ? 'refund' : 'payment_refund',
    description: 'REFUND FOR PAYMENT',
  });
  world.db.refunds.put({
    id,
    created: now,
    amount,
    balance_transaction: row.id,
    charge: charge.id,
    currency: charge.currency,
    payment_intent: charge.payment_intent,
    status: pends ? 'pending' : 'succeeded',
    ...(pends ? { pending_reason: 'processing' } : {}),
    ...(instructions_email === undefined ? {} : { instructions_email }),
    ...details,
  });
  world.db.charges.put({ ...charge, amount_refunded: charge.amount_refunded + amount });
  world.emit('refund.created', view.refund(world, id));
  world.emit('charge.refunded', view.charge(world, charge.id), before);
  if (pends) world.later('settle-refund', now + (method.type === 'card' ? TEST_CARD_TAKES : BANK_TAKES), id);
  else if (method.behaviour === 'refund_fails') world.later('fail-refund', now + TEST_CARD_TAKES, id);
  return world.db.refunds.get(id)!;
}

export function settleRefund(world: World, id: string): void {
  const pending = world.db.refunds.get(id);
  if (pending?.status !== 'pending' && pending?.status !== 'requires_action') return;
  const { pending_reason: _, instructions: __, ...rest } = pending;
  change(world, { ...rest, status: 'succeeded' });
}

/** The bank sends it back: the money is in the balance again, days later. https://docs.stripe.com/refunds#failed-refunds */
export function failRefund(world: World, id: string, reason = 'unknown'): void {
  const going = world.db.refunds.get(id);
  if (!going || going.status === 'failed' || going.status === 'canceled') return;
  comeBack(world, going, 'failed', reason);
  world.emit('refund.failed', view.refund(world, id));
}

/** The customer has to say where the money shall go; asked by e-mail. */
export function askForRefundDetails(world: World, id: string): void {
  const pending = world.db.refunds.get(id);
  if (pending?.status !== 'pending') return;
  world.noLater('settle-refund', id);
  const { pending_reason: _, ...rest } = pending;
  const now = world.now();
  change(world, { ...rest, status: 'requires_action', instructions: { sent: now, expire: now + INSTRUCTIONS_VALID } });
}

/** Only what waits for the customer can be taken back; it expires as failed. */
export function endRefundRequest(world: World, waiting: Refund, status: 'canceled' | 'failed'): void {
  comeBack(world, waiting, status, status === 'canceled' ? 'merchant_request' : 'expired_or_canceled_card');
  if (status === 'failed') world.emit('refund.failed', view.refund(world, waiting.id));
}

function comeBack(world: World, going: Refund, status: 'failed' | 'canceled', failure_reason: string): void {
  world.noLater('settle-refund', going.id);
  world.noLater('fail-refund', going.id);
  const back = reverse(world, going.balance_transaction!, { type: 'refund_failure', source: going.id, description: 'REFUND FAILURE' });
  const charge = need(world.db.charges, 'charge', going.charge);
  const before = view.charge(world, charge.id);
  world.db.charges.put({ ...charge, amount_refunded: charge.amount_refunded - going.amount });
  const { pending_reason: _, instructions: __, ...rest } = going;
  change(world, { ...rest, status, failure_balance_transaction: back.id, failure_reason });
  world.emit('charge.updated', view.charge(world, charge.id), before);
}

function change(world: World, changed: Refund): void {
  const before = view.refund(world, changed.id);
  world.db.refunds.put(changed);
  world.emit('refund.updated', view.refund(world, changed.id), before);
  world.emit('charge.refund.updated', view.refund(world, changed.id), before);
}
