import { inDashboard } from './clerk.ts';
import { type Action, type CustomerEdit, type Row, type Simulation, books, rows } from '../simulation.ts';

type Fact = CustomerEdit['fact'];
type Change = Pick<CustomerEdit, 'fact' | 'value'>;
const FACTS = ['phone', 'city'] as const;

/** No value comes twice, so that each can be told from all others. */
function draw({ random }: Simulation, fact: Fact = random.pick(FACTS)): Change {
  const serial = random.between(1_000_000, 9_999_999);
  return { fact, value: fact === 'phone' ? `+1 206 ${serial}` : `Town ${serial}` };
}

function note(simulation: Simulation, edit: Omit<CustomerEdit, 'at'>): true {
  simulation.intentions.customerEdits.push({ at: simulation.time.now(), ...edit });
  return true;
}

/** Customers that are linked to an account and still there. */
export function linkedCustomers(simulation: Simulation, system: 'stripe' | 'quickbooks'): Row[] {
  const linked = rows(
    simulation,
    `SELECT External_Id__c FROM Trueup_Link__c WHERE System__c = '${system}' AND Status__c = 'Linked' AND Record_Type__c = 'Account' ORDER BY Id`,
  );
  const ids = new Set(linked.map((row) => String(row['External_Id__c'])));
  return system === 'stripe'
    ? (simulation.stripe.db.customers.all() as Row[]).filter(({ id, deleted }) => ids.has(String(id)) && !deleted)
    : books(simulation, 'Customer').filter(({ Id, Active }) => ids.has(String(Id)) && Active !== false);
}

const inSalesforce: Action = {
  name: 'edit-account',
  weight: 3,
  async act(simulation) {
    const accounts = rows(simulation, `SELECT Id FROM Account ORDER BY Id`);
    return editAccount(simulation, String(simulation.random.pick(accounts)['Id']), draw(simulation));
  },
};

function editAccount(simulation: Simulation, id: string, { fact, value }: Change): boolean {
  const { org, time, trace } = simulation;
  const context = { userId: org.users.admin, now: time.now(), accessLevel: 'system' as const };
  const change = { attributes: { type: 'Account' }, Id: id, [fact === 'phone' ? 'Phone' : 'BillingCity']: value };
  const [saved] = org.data.update([change] as never, context, { allOrNone: true, accessLevel: 'system' });
  trace.note('rep', `edits ${fact} of account ${id} to ${value}${saved?.success ? '' : ' -> refused'}`);
  return saved?.success === true && note(simulation, { where: 'salesforce', id, fact, value });
}

/** Of a customer that was never looked at it is not known who changed it; what somebody changes in it later is replaced. */
const twice = (
  name: string,
  system: 'stripe' | 'quickbooks',
  edit: (simulation: Simulation, customer: Row, change: Change) => boolean,
): Action => ({
  name,
  weight: 3,
  async act(simulation) {
    const { random, time } = simulation;
    const customers = linkedCustomers(simulation, system);
    if (customers.length === 0) return false;
    const idOf = (row: Row) => String(row['id'] ?? row['Id']);
    const id = idOf(random.pick(customers));
    for (const fact of random.chance(0.5) ? FACTS : FACTS.toReversed()) {
      const customer = linkedCustomers(simulation, system).find((row) => idOf(row) === id);
      const change = draw(simulation, fact);
      if (customer && edit(simulation, customer, change)) note(simulation, { where: system, id, ...change });
      await time.sleep(random.between(1, 20 * 60) * 1000);
    }
    return true;
  },
});

const inStripe = twice('edit-customer-in-stripe', 'stripe', (simulation, { id, address }, { fact, value }) => {
  const kept = Object.fromEntries(Object.entries((address ?? {}) as Row).filter(([, part]) => part !== null));
  return inDashboard(
    simulation,
    'POST',
    `/v1/customers/${String(id)}`,
    fact === 'phone' ? { phone: value } : { address: { ...kept, city: value } },
  );
});

const inQuickbooks = twice('edit-customer-in-quickbooks', 'quickbooks', (simulation, { Id, SyncToken, BillAddr }, { fact, value }) => {
  const change = fact === 'phone' ? { PrimaryPhone: { FreeFormNumber: value } } : { BillAddr: { ...(BillAddr as Row), City: value } };
  simulation.quickbooks.write('Customer', { Id, SyncToken, sparse: true, ...change });
  simulation.trace.note('accountant', `edits ${fact} of customer ${String(Id)} to ${value}`);
  return true;
});

const FACT_OF: Record<string, Fact> = { Phone: 'phone', City: 'city' };

/** On the page: what another system says is the person's own change of the account first, as in TrueupTakeOverValue. */
const decide: Action = {
  name: 'decide-conflict',
  weight: 4,
  async act(simulation) {
    const { random, intentions, time } = simulation;
    const open = rows(
      simulation,
      `SELECT Id, Account__c, Field__c, Salesforce_Value__c, Stripe_Value__c, QuickBooks_Value__c FROM Trueup_Conflict__c
       WHERE State__c = 'Open' AND Account__c != NULL AND Field__c IN ('Phone', 'City') ORDER BY Id`,
    );
    if (open.length === 0) return false;
    const conflict = random.pick(open);
    const choices = (['Salesforce', 'Stripe', 'QuickBooks'] as const).filter((system) => conflict[`${system}_Value__c`]);
    const choose = random.pick(choices);
    const value = String(conflict[`${choose}_Value__c`]);
    const [accountId, fact] = [String(conflict['Account__c']), FACT_OF[String(conflict['Field__c'])] ?? 'phone'];
    intentions.decisions.push({ at: time.now(), accountId, fact });
    if (choose !== 'Salesforce') editAccount(simulation, accountId, { fact, value });
    await simulation.call('accountant', 'decide-conflict', { conflictId: conflict['Id'], choose, value });
    return true;
  },
};

export const EDITS: readonly Action[] = [inSalesforce, inStripe, inQuickbooks, decide];
