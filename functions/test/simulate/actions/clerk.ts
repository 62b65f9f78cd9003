import { failPayout } from '../../../../scripts/sandbox/index.ts';
import type { Action, Row, Simulation } from '../simulation.ts';

/** Somebody works in Stripe's dashboard; what it would refuse does not happen. */
export function inDashboard(simulation: Simulation, method: 'POST' | 'DELETE', path: string, params: Row = {}): boolean {
  const { status, body } = simulation.stripe.request(method, path, params, { authorization: `Bearer ${simulation.stripeKey}` });
  const told = status < 300 ? String(body['id']) : `refused: ${String((body['error'] as Row | undefined)?.['message']).slice(0, 90)}`;
  simulation.trace.note('clerk', `${method} ${path} ${JSON.stringify(params).slice(0, 120)} -> ${told}`);
  return status < 300;
}

/** Minor units of less than the whole, at least one. */
export const partOf = ({ random }: Simulation, whole: number): number => Math.max(1, Math.floor(whole * random.next()));

const refund = (inFull: boolean) => async (simulation: Simulation) => {
  const { stripe, random } = simulation;
  const paid = stripe.db.charges.where({ status: 'succeeded' }).filter((charge) => charge.amount_refunded < charge.amount);
  if (paid.length === 0) return false;
  const charge = random.pick(paid);
  const amount = inFull ? {} : { amount: partOf(simulation, charge.amount - charge.amount_refunded) };
  return inDashboard(simulation, 'POST', '/v1/refunds', { payment_intent: charge.payment_intent, ...amount });
};

/** On an open invoice it lowers what is due; on a paid one it says how the money goes back. */
const credit = (status: 'open' | 'paid') => async (simulation: Simulation) => {
  const { stripe, random } = simulation;
  const invoices = stripe.db.invoices.where({ status });
  if (invoices.length === 0) return false;
  const invoice = random.pick(invoices);
  const whole = status === 'open' ? invoice.amount_due - invoice.amount_paid : invoice.amount_paid;
  const amount = random.chance(0.25) ? whole : partOf(simulation, whole);
  const way = status === 'open' ? {} : { [random.pick(['refund_amount', 'refund_amount', 'out_of_band_amount'])]: amount };
  return inDashboard(simulation, 'POST', '/v1/credit_notes', { invoice: invoice.id, amount, ...way });
};

const voidCredit: Action = {
  name: 'void-credit-note',
  weight: 2,
  async act(simulation) {
    const notes = simulation.stripe.db.creditNotes.where({ status: 'issued' }).filter((note) => note.post_payment_amount === 0);
    return notes.length > 0 && inDashboard(simulation, 'POST', `/v1/credit_notes/${simulation.random.pick(notes).id}/void`);
  },
};

const answerDispute: Action = {
  name: 'answer-dispute',
  weight: 8,
  async act(simulation) {
    const { stripe, random } = simulation;
    const open = stripe.db.disputes.all().filter(({ status }) => /needs_response$/.test(status));
    if (open.length === 0) return false;
    const path = `/v1/disputes/${random.pick(open).id}`;
    if (random.chance(0.3)) return inDashboard(simulation, 'POST', `${path}/close`);
    return inDashboard(simulation, 'POST', path, {
      evidence: { uncategorized_text: random.pick(['winning_evidence', 'losing_evidence']) },
      submit: 'true',
    });
  },
};

/** The bank sends a payout back, before or after it arrived. */
const returnPayout: Action = {
  name: 'return-payout',
  weight: 4,
  async act({ stripe, random, trace }) {
    const sent = stripe.db.payouts.all().filter(({ status }) => status === 'in_transit' || status === 'paid');
    if (sent.length === 0) return false;
    const { id } = random.pick(sent);
    stripe.act((world) => failPayout(world, id));
    trace.note('bank', `returns the payout ${id}`);
    return true;
  },
};

const change = (name: string, weight: number, action: 'void' | 'mark_uncollectible'): Action => ({
  name,
  weight,
  async act(simulation) {
    const { stripe, random, intentions, time } = simulation;
    const open = stripe.db.invoices.where({ status: 'open' });
    if (open.length === 0) return false;
    const { id } = random.pick(open);
    if (!inDashboard(simulation, 'POST', `/v1/invoices/${id}/${action}`)) return false;
    if (action === 'void') intentions.voids.set(id, time.now());
    return true;
  },
});

/** What somebody does in Stripe itself, and the bank with what Stripe sent it. */
export const CLERKS: readonly Action[] = [
  { name: 'refund-in-full', weight: 4, act: refund(true) },
  { name: 'refund-in-part', weight: 5, act: refund(false) },
  { name: 'credit-before-payment', weight: 5, act: credit('open') },
  { name: 'credit-after-payment', weight: 4, act: credit('paid') },
  voidCredit,
  answerDispute,
  returnPayout,
  change('void-in-stripe', 1, 'void'),
  change('write-off-in-stripe', 1, 'mark_uncollectible'),
];
