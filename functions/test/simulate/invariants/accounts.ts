import { storyCompany } from '../../../../scripts/sandbox/index.ts';
import { type Row, type Simulation, rows } from '../simulation.ts';
import type { Invariant } from './invariant.ts';
import { movedMoney } from './stripe-rows.ts';
import { add, compare, hundredths, isClearing, postedTo } from './sums.ts';

const named = (name: RegExp) => (account: Row) => name.test(String(account['Name']));

/** The invariant of the books: what Stripe holds and what is on its way, but for fees of days that are not over and what is listed. */
export const clearing: Invariant = {
  name: 'the clearing account is what Stripe holds and what is on its way',
  check(simulation) {
    const expected = new Map<string, number>();
    const today = lastSyncDay(simulation);
    for (const row of simulation.stripe.db.balanceTransactions.all()) {
      const currency = row.currency.toUpperCase();
      const openFee = dayOf(row.created * 1000) >= today ? row.fee : 0;
      add(expected, currency, hundredths(row.amount - row.fee + openFee, currency));
    }
    for (const { row, entries, needed, listed } of movedMoney(simulation))
      if (!needed || (listed && entries.length === 0))
        add(expected, row.currency.toUpperCase(), -hundredths(row.amount, row.currency.toUpperCase()));
    return compare('clearing', expected, postedTo(simulation, isClearing), 1);
  },
};

export const bank: Invariant = {
  name: 'the bank account is the payouts that arrived',
  check(simulation) {
    const expected = new Map<string, number>();
    for (const { row, entries, needed, listed } of movedMoney(simulation))
      if (row.type.startsWith('payout') && needed && !(listed && entries.length === 0))
        add(expected, row.currency.toUpperCase(), -hundredths(row.amount, row.currency.toUpperCase()));
    return compare('bank', expected, postedTo(simulation, named(/^Checking/)), 1);
  },
};

/** Disputed money is apart until it is decided; a bank debit that was returned is owed by the customer instead. */
export const disputed: Invariant = {
  name: 'disputed funds are the disputes that are open',
  check(simulation) {
    const { db } = simulation.stripe;
    const apart = new Map<string, number>();
    const lost = new Map<string, number>();
    for (const { row, entries } of movedMoney(simulation)) {
      const dispute = db.disputes.get(row.source ?? '');
      if (!dispute || entries.length === 0 || isReturn(simulation, dispute.id)) continue;
      const currency = row.currency.toUpperCase();
      add(dispute.status === 'lost' ? lost : apart, currency, -hundredths(row.amount, currency));
    }
    return [
      ...compare('disputed funds', apart, postedTo(simulation, named(/^Stripe Disputed/)), 1),
      ...compare('bad debt', lost, postedTo(simulation, named(/^Bad debts/)), 1),
    ];
  },
};

/** A debit of a bank account: nobody argues with the bank. */
export function isReturn({ stripe: { db } }: Simulation, disputeId: string): boolean {
  const charge = db.charges.get(db.disputes.get(disputeId)?.charge ?? '');
  return db.methods.get(charge?.payment_method ?? '')?.type === 'us_bank_account';
}

/** A day of the company: fees are booked once it is over. */
const dayOf = (at: number): string => new Date(at).toLocaleDateString('sv-SE', { timeZone: storyCompany.timeZone });

function lastSyncDay(simulation: Simulation): string {
  const [run] = rows(simulation, 'SELECT Started_At__c FROM Trueup_Sync_Run__c ORDER BY Started_At__c DESC LIMIT 1');
  return run ? dayOf(Date.parse(String(run['Started_At__c']))) : '';
}
