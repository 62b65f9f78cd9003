import { type Simulation, books, rows } from '../simulation.ts';
import type { Invariant } from './invariant.ts';
import { heldInvoices, markOf, stripeInvoices } from './look.ts';

/** Numbers are unique and never reused; one that is on no invoice is a recorded gap. */
export const numbers: Invariant = {
  name: 'numbers are unique',
  check(simulation) {
    const { numbers: series } = simulation.database;
    const held = heldInvoices(simulation);
    const given = new Set(series.given.values());
    const used = new Set(held.map(({ invoice }) => invoice['Number__c'] as string | null));
    const gaps = new Set(series.gaps.map(({ number }) => number));
    const withPerson = operationsWithPerson(simulation);
    return [
      ...twice(held.map(({ invoice }) => invoice['Number__c'] as string | null)).map((number) => `Salesforce has ${number} twice`),
      ...twice(stripeInvoices(simulation).map((each) => (each['status'] === 'draft' ? null : (each['number'] as string)))).map(
        (number) => `Stripe has ${number} twice`,
      ),
      ...twice(books(simulation, 'Invoice').map((each) => (markOf(each) ? (each['DocNumber'] as string) : null))).map(
        (number) => `QuickBooks has ${number} twice`,
      ),
      ...[...used].filter((number) => number && !given.has(number)).map((number) => `${number} was never given`),
      ...[...series.given]
        .filter(
          ([key, number]) => !used.has(number) && !gaps.has(number) && !withPerson.some((operation) => key.includes(` ${operation}#`)),
        )
        .map(([, number]) => `${number} is on no invoice and is no recorded gap`),
      ...[...gaps].filter((number) => used.has(number)).map((number) => `${number} is recorded as a gap, but used`),
    ];
  },
};

/** What becomes of their numbers is not decided yet. */
const operationsWithPerson = (simulation: Simulation): string[] =>
  rows(simulation, `SELECT Operation_Key__c FROM Trueup_Operation__c WHERE Invoice__r.Status__c = 'Needs Attention'`).map((row) =>
    String(row['Operation_Key__c']),
  );

function twice(all: (string | null | undefined)[]): string[] {
  const seen = new Set<string>();
  return all.filter((number): number is string => Boolean(number) && (seen.has(number as string) || !seen.add(number as string)));
}
