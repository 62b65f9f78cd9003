import { authenticateInvoice, payInvoice } from '../../../../scripts/sandbox/index.ts';
import type { Action, Simulation } from '../simulation.ts';

const CARDS = ['4242424242424242', '5555555555554444', '4000000000000077'];
const DECLINED = ['4000000000000002', '4000000000009995'];
const ASKS = '4000002500003155';
/** Cards whose refund pends or fails later, and those whose payment is disputed or asked about. */
const TROUBLE = ['4000000000007726', '4000000000005126', '4000000000000259', '4000000000002685', '4000000000001976'];
const SETTLES = '000123456789';
const RETURNED = ['000222222227', '000111111113'];
/** Paid, and returned by the bank once it was. */
const RETURNED_LATER = '000555555559';

/** The customer has the link of any invoice that is final at Stripe, from an e-mail or from the rep. */
function openAtStripe({ stripe, random }: Simulation) {
  const open = stripe.db.invoices.where({ status: 'open' });
  return open.length === 0 ? null : random.pick(open);
}

const paying = (method: 'card' | 'bank', numbers: readonly string[]) => async (simulation: Simulation) => {
  const invoice = openAtStripe(simulation);
  if (!invoice) return false;
  const number = simulation.random.pick(numbers);
  const tried = payInvoice(simulation.stripe, invoice, { method, number });
  simulation.trace.note('customer', `pays ${invoice.number ?? invoice.id} by ${method} ${number}: ${tried}`);
  if (tried === 'authenticate') {
    await simulation.time.sleep(simulation.random.between(1_000, 60_000));
    authenticateInvoice(simulation.stripe, invoice, simulation.random.chance(0.7));
  }
  return tried !== 'closed';
};

export const CUSTOMERS: readonly Action[] = [
  { name: 'pay-by-card', weight: 12, act: paying('card', [...CARDS, ASKS]) },
  { name: 'pay-by-card-with-trouble', weight: 8, act: paying('card', TROUBLE) },
  { name: 'pay-by-declined-card', weight: 4, act: paying('card', DECLINED) },
  { name: 'pay-by-debit', weight: 7, act: paying('bank', [SETTLES, SETTLES, ...RETURNED, RETURNED_LATER]) },
];
