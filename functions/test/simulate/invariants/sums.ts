import { type Row, type Simulation, books } from '../simulation.ts';

/** QuickBooks counts hundredths of every currency. */
export const HUNDREDTHS = 100;
/** Minor units of a currency in QuickBooks' hundredths. */
export const hundredths = (amount: number, currency: string): number => (currency === 'JPY' ? amount * HUNDREDTHS : amount);
export const add = (sums: Map<string, number>, key: string, amount: number) => sums.set(key, (sums.get(key) ?? 0) + amount);

export const isClearing = (account: Row): boolean => /^Stripe Clearing/.test(String(account['Name']));

/** What is posted to the accounts that fit, by currency of the entry. */
export function postedTo(simulation: Simulation, fits: (account: Row) => boolean): Map<string, number> {
  const sums = new Map<string, number>();
  const accounts = new Set(
    books(simulation, 'Account')
      .filter(fits)
      .map((account) => account['Id']),
  );
  for (const entry of simulation.quickbooks.ledger.entries())
    for (const posting of entry.postings) if (accounts.has(posting.account)) add(sums, entry.currency, posting.amount);
  return sums;
}

export function compare(what: string, expected: Map<string, number>, posted: Map<string, number>, sign: 1 | -1): string[] {
  return [...new Set([...expected.keys(), ...posted.keys()])].flatMap((currency) => {
    const [want, have] = [expected.get(currency) ?? 0, sign * (posted.get(currency) ?? 0)];
    return want === have ? [] : [`${what} in ${currency} is ${have} in QuickBooks, ${want} by Stripe and the invoices`];
  });
}
