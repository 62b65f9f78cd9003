import { storyCompany } from '../../../../scripts/sandbox/index.ts';
import { type Row, type Simulation, books, rows } from '../simulation.ts';
import type { Invariant } from './invariant.ts';
import { type Held, heldInvoices, isVoided, minor, paymentsTaken, stripeMarkOf } from './look.ts';

/** QuickBooks counts hundredths of every currency. */
const HUNDREDTHS = 100;
const currencyOf = (document: Row): string => String((document['CurrencyRef'] as Row | undefined)?.['value'] ?? 'USD');
const refOf = (document: Row, name: string): string => String((document[name] as Row | undefined)?.['value'] ?? '');
const add = (sums: Map<string, number>, key: string, amount: number) => sums.set(key, (sums.get(key) ?? 0) + amount);
/** Minor units of a currency in QuickBooks' hundredths. */
const hundredths = (amount: number, currency: string): number => (currency === 'JPY' ? amount * HUNDREDTHS : amount);

export const trialBalance: Invariant = {
  name: 'the trial balance is zero',
  check({ quickbooks }) {
    const sum = quickbooks.ledger.trialBalance().reduce((all, { home }) => all + home, 0);
    return sum === 0 ? [] : [`it is ${sum}`];
  },
};

/** What customers owe is what is open on the invoices; only what somebody is told about may differ, by exactly its own documents. */
export const receivables: Invariant = {
  name: 'receivables are the open invoices',
  check(simulation) {
    const expected = new Map<string, number>();
    const ours = new Map<string, Held>(heldInvoices(simulation).flatMap((held) => held.ledger.map((each) => [String(each['Id']), held])));
    for (const document of books(simulation, 'Invoice')) {
      const held = ours.get(String(document['Id']));
      const currency = currencyOf(document);
      const amount =
        held && !held.listed
          ? held.invoice['Status__c'] === 'Rejected' || held.invoice['Status__c'] === 'Void'
            ? 0
            : hundredths(minor(held.invoice['Amount_Due__c'], currency), currency)
          : Math.round(Number(document['Balance']) * HUNDREDTHS);
      add(expected, `${refOf(document, 'CustomerRef')} ${currency}`, amount);
    }
    for (const payment of books(simulation, 'Payment'))
      add(
        expected,
        `${refOf(payment, 'CustomerRef')} ${currencyOf(payment)}`,
        -Math.round(Number(payment['UnappliedAmt'] ?? 0) * HUNDREDTHS),
      );
    return simulation.quickbooks.ledger.receivables().flatMap(({ customer, currency, amount }) => {
      const open = expected.get(`${customer} ${currency}`) ?? 0;
      return open === amount ? [] : [`customer ${customer} owes ${amount} ${currency} in QuickBooks, the open invoices are ${open}`];
    });
  },
};

/** Income is what was issued and not voided. */
export const income: Invariant = {
  name: 'income is what was issued',
  check(simulation) {
    const expected = new Map<string, number>();
    const ours = new Map<string, Held>(heldInvoices(simulation).flatMap((held) => held.ledger.map((each) => [String(each['Id']), held])));
    for (const document of books(simulation, 'Invoice')) {
      const held = ours.get(String(document['Id']));
      const currency = currencyOf(document);
      if (!held || held.listed) add(expected, currency, Math.round(Number(document['TotalAmt']) * HUNDREDTHS));
      else if (!['Void', 'Rejected'].includes(String(held.invoice['Status__c'])))
        add(expected, currency, hundredths(minor(held.invoice['Subtotal__c'], currency), currency));
    }
    return compare(
      'income',
      expected,
      postedTo(simulation, (account) => account['AccountType'] === 'Income'),
      -1,
    );
  },
};

/** The clearing accounts hold what Stripe took, less the fees of days that are over and what reached the bank, less what somebody is told about. */
export const clearing: Invariant = {
  name: 'the clearing account is what Stripe holds and what is on its way',
  check(simulation) {
    const expected = new Map<string, number>();
    for (const held of heldInvoices(simulation)) {
      const currency = String(held.invoice['Currency_Code__c']);
      const taken = held.stripe.flatMap((each) => paymentsTaken(simulation, String(each['id'])));
      const amounts = held.listed
        ? books(simulation, 'Payment')
            .filter((each) => taken.some(({ id }) => stripeMarkOf(each) === id) && !isVoided(each))
            .map((each) => minor(each['TotalAmt'], currency))
        : taken.map(({ amount }) => amount);
      for (const amount of amounts) add(expected, currency, hundredths(amount, currency));
    }
    const { db } = simulation.stripe;
    const today = lastSyncDay(simulation);
    for (const row of db.balanceTransactions.all()) {
      const currency = row.currency.toUpperCase();
      if (dayOf(row.created * 1000) < today) add(expected, currency, -hundredths(row.fee, currency));
    }
    for (const payout of db.payouts.where({ status: 'paid' })) {
      const currency = payout.currency.toUpperCase();
      add(expected, currency, -hundredths(payout.amount, currency));
    }
    return compare(
      'clearing',
      expected,
      postedTo(simulation, (account) => /^Stripe Clearing/.test(String(account['Name']))),
      1,
    );
  },
};

/** A day of the company: fees are booked once it is over. */
const dayOf = (at: number): string => new Date(at).toLocaleDateString('sv-SE', { timeZone: storyCompany.timeZone });

function lastSyncDay(simulation: Simulation): string {
  const [run] = rows(simulation, 'SELECT Started_At__c FROM Trueup_Sync_Run__c ORDER BY Started_At__c DESC LIMIT 1');
  return run ? dayOf(Date.parse(String(run['Started_At__c']))) : '';
}

/** What is posted to the accounts that fit, by currency of the entry. */
function postedTo(simulation: Simulation, fits: (account: Row) => boolean): Map<string, number> {
  const sums = new Map<string, number>();
  for (const account of books(simulation, 'Account').filter(fits))
    for (const entry of simulation.quickbooks.ledger.register(String(account['Id'])))
      for (const posting of entry.postings) if (posting.account === account['Id']) add(sums, entry.currency, posting.amount);
  return sums;
}

function compare(what: string, expected: Map<string, number>, posted: Map<string, number>, sign: 1 | -1): string[] {
  return [...new Set([...expected.keys(), ...posted.keys()])].flatMap((currency) => {
    const [want, have] = [expected.get(currency) ?? 0, sign * (posted.get(currency) ?? 0)];
    return want === have ? [] : [`${what} in ${currency} is ${have} in QuickBooks, ${want} by the invoices`];
  });
}
