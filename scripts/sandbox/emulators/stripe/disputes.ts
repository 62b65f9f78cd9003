import { book, reverse } from './balance.ts';
import { DAY } from './days.ts';
import { exponentOf } from './currencies.ts';
import type { Charge, Dispute } from './entities.ts';
import { newId } from './ids.ts';
import { need, view } from './views.ts';
import type { World } from './world.ts';

/** https://docs.stripe.com/disputes/responding: 7 to 21 days, by network. */
const TIME_TO_ANSWER = 9 * DAY;
/** The network decides 60 to 75 days after the evidence; test mode at once, here after a minute. https://docs.stripe.com/testing#evidence */
const TEST_DECISION = 60;
const DISPUTE_FEE_CENTS = 1_500;

const disputeFee = (_amount: number, currency: string) => Math.round((DISPUTE_FEE_CENTS * 10 ** exponentOf(currency)) / 100);

interface Claim {
  reason: string;
  /** The whole charge when left out. */
  amount?: number;
  /** Asks first, takes no money. */
  inquiry?: boolean;
}

/** A customer disputes a payment: the money and a fee leave the balance, except for a mere inquiry. */
export function openDispute(world: World, charge: Charge, { reason, amount = charge.amount, inquiry = false }: Claim): Dispute {
  const now = world.now();
  const method = need(world.db.methods, 'PaymentMethod', charge.payment_method);
  const before = view.charge(world, charge.id);
  const dispute: Dispute = {
    id: newId('du'),
    created: now,
    amount,
    balance_transactions: [],
    charge: charge.id,
    currency: charge.currency,
    due_by: method.type === 'card' ? now + TIME_TO_ANSWER : null,
    evidence: {},
    metadata: {},
    network_reason_code: method.type === 'card' ? (reason === 'fraudulent' ? '10.4' : '13.1') : null,
    payment_intent: charge.payment_intent,
    reason,
    status: inquiry ? 'warning_needs_response' : 'needs_response',
    submission_count: 0,
  };
  world.db.disputes.put(dispute);
  world.db.charges.put({ ...charge, disputed: true });
  world.emit('charge.dispute.created', view.dispute(world, dispute.id));
  world.emit('charge.updated', view.charge(world, charge.id), before);
  if (!inquiry) withdraw(world, dispute);
  // Bank debits cannot be fought. https://docs.stripe.com/payments/ach-direct-debit#disputed-payments
  if (method.type !== 'card') closeDispute(world, dispute.id, 'lost');
  return world.db.disputes.get(dispute.id)!;
}

function withdraw(world: World, dispute: Dispute): void {
  const row = book(world, {
    amount: -dispute.amount,
    currency: dispute.currency,
    source: dispute.id,
    type: 'adjustment',
    reporting_category: 'dispute',
    description: `Chargeback withdrawal for ${dispute.charge}`,
    fee: disputeFee,
    fee_description: 'Dispute fee',
  });
  world.db.disputes.put({ ...dispute, balance_transactions: [row.id] });
  world.emit('charge.dispute.funds_withdrawn', view.dispute(world, dispute.id));
}

/** Hands the evidence in; test evidence says how it ends. https://docs.stripe.com/testing#evidence */
export function submitEvidence(world: World, dispute: Dispute): Dispute {
  const submitted: Dispute = {
    ...dispute,
    status: dispute.status.startsWith('warning') ? 'warning_under_review' : 'under_review',
    submission_count: dispute.submission_count + 1,
  };
  const text = dispute.evidence['uncategorized_text'];
  if (text === 'winning_evidence' || text === 'losing_evidence') world.later('decide-dispute', world.now() + TEST_DECISION, dispute.id);
  return submitted;
}

export function decideDispute(world: World, id: string): void {
  const dispute = world.db.disputes.get(id);
  if (dispute && isOpen(dispute)) closeDispute(world, id, dispute.evidence['uncategorized_text'] === 'winning_evidence' ? 'won' : 'lost');
}

export const isOpen = (dispute: Dispute): boolean => !['won', 'lost', 'warning_closed'].includes(dispute.status);

/** Final. A dispute that is won brings the amount back, the fee stays. An inquiry just closes. */
export function closeDispute(world: World, id: string, outcome: 'won' | 'lost'): void {
  const dispute = need(world.db.disputes, 'dispute', id);
  world.noLater('decide-dispute', id);
  const inquiry = dispute.status.startsWith('warning');
  world.db.disputes.put({ ...dispute, status: inquiry ? 'warning_closed' : outcome });
  world.emit('charge.dispute.closed', view.dispute(world, id));
  const [taken] = dispute.balance_transactions;
  if (inquiry || outcome === 'lost' || !taken) return;
  const back = reverse(world, taken, {
    type: 'adjustment',
    reporting_category: 'dispute_reversal',
    source: id,
    description: `Chargeback reversal for ${dispute.charge}`,
  });
  world.db.disputes.put({ ...need(world.db.disputes, 'dispute', id), balance_transactions: [taken, back.id] });
  world.emit('charge.dispute.funds_reinstated', view.dispute(world, id));
}
