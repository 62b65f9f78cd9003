import { payInvoice } from '../../../../scripts/sandbox/index.ts';
import type { Action, Simulation } from '../simulation.ts';
import { inDashboard, partOf } from './clerk.ts';
import { billNewDeal } from './issue.ts';

const CARD = { method: 'card', number: '4242424242424242' } as const;
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** So many invoices at least, of which some are new. */
const MANY = 3;

/** All customers with an open invoice pay, as on the last day of a month. */
const payAtOnce = (before: (simulation: Simulation) => void) => async (simulation: Simulation) => {
  const { stripe, time, trace } = simulation;
  const open = () => stripe.db.invoices.where({ status: 'open' });
  await Promise.all(Array.from({ length: Math.max(MANY - open().length, 0) }, () => billNewDeal(simulation)));
  await time.sleep(5 * SECOND);
  if (open().length < 2) return false;
  before(simulation);
  for (const invoice of open())
    trace.note('customer', `pays ${invoice.number ?? invoice.id} with others: ${payInvoice(stripe, invoice, CARD)}`);
  return true;
};

/** Other work of ours has the turns at QuickBooks meanwhile, so that what is to be booked gathers. */
const keepBusy = (simulation: Simulation): void => simulation.keepQuickbooksBusy(simulation.random.between(20 * SECOND, 2 * MINUTE));

/** What the webhooks would tell is all new when the functions are back. */
function beDown(simulation: Simulation): void {
  const forMs = simulation.random.between(MINUTE / 2, 20 * MINUTE);
  simulation.stopFunctions(forMs);
  simulation.keepQuickbooksBusy(forMs + MINUTE);
}

/** Somebody works off a list of complaints in Stripe: of each payment a part goes back, by refund or by credit note. */
async function takeBack(simulation: Simulation): Promise<boolean> {
  const { stripe, random } = simulation;
  const paid = stripe.db.invoices.where({ status: 'paid' }).filter(({ amount_paid }) => amount_paid > 0);
  const open = stripe.db.invoices.where({ status: 'open' });
  if (paid.length + open.length < 2) return false;
  keepBusy(simulation);
  for (const { id, amount_paid } of paid) {
    const amount = partOf(simulation, amount_paid / 2);
    const payment = stripe.db.invoicePayments.where({ invoice: id })[0]?.payment_intent;
    if (payment && random.chance(0.5)) inDashboard(simulation, 'POST', '/v1/refunds', { payment_intent: payment, amount });
    else inDashboard(simulation, 'POST', '/v1/credit_notes', { invoice: id, amount, refund_amount: amount });
  }
  for (const { id, amount_due, amount_paid } of open)
    inDashboard(simulation, 'POST', '/v1/credit_notes', { invoice: id, amount: partOf(simulation, amount_due - amount_paid) });
  return true;
}

export const AT_ONCE: readonly Action[] = [
  { name: 'many-pay-at-once', weight: 5, act: payAtOnce(keepBusy) },
  { name: 'many-pay-during-an-outage', weight: 3, act: payAtOnce(beDown) },
  { name: 'many-are-refunded-or-credited-at-once', weight: 5, act: takeBack },
];
