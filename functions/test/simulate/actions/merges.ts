import { inDashboard } from './clerk.ts';
import { type Action, type Row, type Simulation, books, rows } from '../simulation.ts';

/** Two customers become one in QuickBooks, as when both are given one name. */
const mergeInQuickbooks: Action = {
  name: 'merge-in-quickbooks',
  weight: 1,
  async act(simulation) {
    const { quickbooks, random, trace } = simulation;
    const customers = books(simulation, 'Customer').filter((each) => each['Active'] !== false);
    if (customers.length < 2) return false;
    const [from, into] = [random.pick(customers), random.pick(customers)];
    const refused = quickbooks.merge(String(from['Id']), String(into['Id']));
    trace.note('accountant', `merges customer ${String(from['Id'])} into ${String(into['Id'])}${refused ? ` -> refused: ${refused}` : ''}`);
    return refused === undefined;
  },
};

const hideInQuickbooks: Action = {
  name: 'hide-customer-in-quickbooks',
  weight: 1,
  async act(simulation) {
    const customers = books(simulation, 'Customer').filter((each) => each['Active'] !== false && Number(each['Balance']) === 0);
    if (customers.length === 0) return false;
    const { Id, SyncToken } = simulation.random.pick(customers) as { Id: string; SyncToken: string };
    simulation.quickbooks.write('Customer', { Id, SyncToken, sparse: true, Active: false });
    simulation.trace.note('accountant', `makes customer ${Id} inactive`);
    return true;
  },
};

const deleteInStripe: Action = {
  name: 'delete-customer-in-stripe',
  weight: 1,
  async act(simulation) {
    const customers = simulation.stripe.db.customers.all().filter(({ deleted }) => !deleted);
    return customers.length > 0 && inDashboard(simulation, 'DELETE', `/v1/customers/${simulation.random.pick(customers).id}`);
  },
};

/** Two accounts become one in Salesforce: what belonged to the one belongs to the other, and it is deleted. */
const mergeInSalesforce: Action = {
  name: 'merge-accounts',
  weight: 1,
  async act(simulation) {
    const { random, trace } = simulation;
    const accounts = rows(simulation, 'SELECT Id, CurrencyIsoCode FROM Account ORDER BY Id');
    const [from, into] = [random.pick(accounts), random.pick(accounts)];
    if (from['Id'] === into['Id'] || from['CurrencyIsoCode'] !== into['CurrencyIsoCode']) return false;
    return become(simulation, String(from['Id']), String(into['Id']), (what) => trace.note('admin', what));
  },
};

/** Lookups to an account that the story's records have. */
const LOOKUPS = [
  ['Contact', 'AccountId'],
  ['Opportunity', 'AccountId'],
  ['Trueup_Invoice__c', 'Account__c'],
  ['Trueup_Payment__c', 'Account__c'],
  ['Trueup_Refund__c', 'Account__c'],
  ['Trueup_Dispute__c', 'Account__c'],
  ['Trueup_Credit_Memo__c', 'Account__c'],
] as const;

function become(simulation: Simulation, from: string, into: string, told: (what: string) => void): boolean {
  const { org, time } = simulation;
  const context = { userId: org.users.admin, now: time.now(), accessLevel: 'system' as const };
  const options = { allOrNone: true, accessLevel: 'system' as const };
  for (const [type, field] of LOOKUPS) {
    const held = rows(simulation, `SELECT Id FROM ${type} WHERE ${field} = '${from}'`);
    const moved = held.map((row): Row => ({ attributes: { type }, Id: row['Id'], [field]: into }));
    if (moved.length > 0) org.data.update(moved as never, context, options);
  }
  const [gone] = org.data.delete([{ attributes: { type: 'Account' }, Id: from }] as never, context, options);
  told(`merges account ${from} into ${into}${gone?.success ? '' : ` -> refused: ${JSON.stringify(gone?.errors)}`}`);
  return gone?.success === true;
}

export const MERGES: readonly Action[] = [mergeInQuickbooks, hideInQuickbooks, deleteInStripe, mergeInSalesforce];
