import { type CustomerEdit, type Row, type Simulation, rows } from '../simulation.ts';
import { linkedCustomers } from '../actions/edit-customers.ts';
import type { Invariant } from './invariant.ts';

const FACTS = ['phone', 'city'] as const;
type Fact = (typeof FACTS)[number];
const FIELDS = { phone: 'Phone', city: 'City' } as const;

interface Linked {
  linkId: string;
  system: 'stripe' | 'quickbooks';
  id: string;
  accountId: string;
  called: string;
  ours: Record<Fact, unknown>;
  theirs: Record<Fact, unknown>;
}

/** Each customer that is still there, with its account's and its own telephone number and city. */
function linked(simulation: Simulation): Linked[] {
  const accounts = new Map(rows(simulation, 'SELECT Id, Phone, BillingCity FROM Account').map((row) => [String(row['Id']), row]));
  return (['stripe', 'quickbooks'] as const).flatMap((system) => {
    const held = new Map(linkedCustomers(simulation, system).map((row) => [String(row['id'] ?? row['Id']), row]));
    const links = rows(
      simulation,
      `SELECT Id, Account__c, External_Id__c FROM Trueup_Link__c WHERE System__c = '${system}' AND Status__c = 'Linked' AND Record_Type__c = 'Account'`,
    );
    return links.flatMap((link): Linked[] => {
      const [id, accountId] = [String(link['External_Id__c']), String(link['Account__c'])];
      const [account, customer] = [accounts.get(accountId), held.get(id)];
      if (!account || !customer) return [];
      return [
        {
          linkId: String(link['Id']),
          system,
          id,
          accountId,
          called: `customer ${id} of ${system} (${accountId})`,
          ours: { phone: account['Phone'], city: account['BillingCity'] },
          theirs: factsOf(customer),
        },
      ];
    });
  });
}

const factsOf = (customer: Row): Record<Fact, unknown> => ({
  phone: (customer['PrimaryPhone'] as Row | undefined)?.['FreeFormNumber'] ?? customer['phone'],
  city: (customer['BillAddr'] as Row | undefined)?.['City'] ?? (customer['address'] as Row | null | undefined)?.['city'],
});

const plain = (value: unknown): string => {
  const text = String(value ?? '').toLowerCase();
  return /^[+(\d]/.test(text) ? text.replaceAll(/\D/g, '') : text;
};
const isSame = (a: unknown, b: unknown): boolean => plain(a) === plain(b);
const conflictsOf = (simulation: Simulation): Row[] =>
  rows(simulation, 'SELECT Account__c, Field__c, State__c, Stripe_Value__c, QuickBooks_Value__c FROM Trueup_Conflict__c');
const valueOf = (conflict: Row, system: Linked['system']): unknown =>
  conflict[system === 'stripe' ? 'Stripe_Value__c' : 'QuickBooks_Value__c'];

/** Nothing goes to and fro: each write has an edit or a decision behind it, but for what the first look fills. */
export const writtenOnce: Invariant = {
  name: 'a customer is written no more often than it was changed',
  check(simulation) {
    const { customerEdits, decisions, linkWrites } = simulation.intentions;
    return linked(simulation).flatMap(({ linkId, system, id, accountId, called }) =>
      FACTS.flatMap((fact) => {
        const edits = customerEdits.filter(
          (edit) =>
            edit.fact === fact && ((edit.where === system && edit.id === id) || (edit.where === 'salesforce' && edit.id === accountId)),
        );
        const decided = decisions.filter((each) => each.fact === fact && each.accountId === accountId);
        const allowed = 1 + edits.length + decided.length;
        const written = system === 'stripe' ? stripeWrites(simulation, id, fact) : (linkWrites.get(`${linkId} ${fact}`)?.size ?? 0);
        return written > allowed ? [`${fact} of ${called} was written ${written} times, changed or decided ${allowed - 1} times`] : [];
      }),
    );
  },
};

/** What Stripe says changed by our requests. */
function stripeWrites({ stripe }: Simulation, id: string, fact: Fact): number {
  return stripe.db.events.all().filter(({ type, object, previous_attributes: before, idempotency_key: key }) => {
    if (type !== 'customer.updated' || object['id'] !== id || !key?.startsWith('sf:') || !before) return false;
    if (!changes(before, fact)) return false;
    return fact === 'phone' || before['address'] === null || 'city' in (before['address'] as Row);
  }).length;
}

/** Of what somebody wrote last in Stripe or QuickBooks: it stands, Salesforce took it over, or it is kept where a person sees it. */
export const nothingLost: Invariant = {
  name: 'nothing that was written of a customer is lost',
  check(simulation) {
    const { customerEdits, decisions } = simulation.intentions;
    const kept = conflictsOf(simulation);
    const customers = new Map(linked(simulation).map((each) => [`${each.system} ${each.id}`, each]));
    const last = new Map<string, CustomerEdit>();
    for (const edit of customerEdits) if (edit.where !== 'salesforce') last.set(`${edit.where} ${edit.id} ${edit.fact}`, edit);
    return [...last.values()].flatMap(({ at, where, id, fact, value }) => {
      const customer = customers.get(`${where} ${id}`);
      if (!customer || where === 'salesforce' || isSame(customer.theirs[fact], value)) return [];
      const found =
        kept.some((conflict) => conflict['Field__c'] === FIELDS[fact] && isSame(valueOf(conflict, where), value)) ||
        customerEdits.some((edit) => edit.where === 'salesforce' && edit.fact === fact && isSame(edit.value, value)) ||
        decisions.some((each) => each.fact === fact && each.accountId === customer.accountId && each.at > at);
      return found ? [] : [`${fact} ${value} of ${customer.called} was replaced by ${String(customer.theirs[fact])}, and nobody is told`];
    });
  },
};

/** Where Salesforce and a customer differ, a person is asked about the value that stands there. */
export const asked: Invariant = {
  name: 'a person is asked where a customer differs',
  check(simulation) {
    const { customerEdits } = simulation.intentions;
    const open = conflictsOf(simulation).filter((conflict) => conflict['State__c'] === 'Open');
    return linked(simulation).flatMap(({ system, id, accountId, called, ours, theirs }) =>
      FACTS.flatMap((fact) => {
        if (!ours[fact] || isSame(ours[fact], theirs[fact]) || isUntold(simulation, { system, id, fact, value: theirs[fact] })) return [];
        // What is empty is filled when it is looked at, and not every customer has been.
        if (!theirs[fact] && !customerEdits.some((edit) => edit.fact === fact && edit.id === accountId)) return [];
        const isAsked = open.some(
          (conflict) =>
            conflict['Account__c'] === accountId &&
            conflict['Field__c'] === FIELDS[fact] &&
            isSame(valueOf(conflict, system), theirs[fact]),
        );
        return isAsked ? [] : [`${fact} of ${called} is ${String(theirs[fact])}, in Salesforce ${String(ours[fact])}, and nobody is asked`];
      }),
    );
  },
};

/** Stripe's events alone tell of its customers, and none was generated of this change; one of another change is not looked at for it. */
function isUntold(
  { stripe, intentions }: Simulation,
  { system, id, fact, value }: Pick<Linked, 'system' | 'id'> & { fact: Fact; value: unknown },
): boolean {
  if (system !== 'stripe' || !intentions.customerEdits.some((edit) => edit.where === 'stripe' && edit.value === value)) return false;
  return !stripe.db.events
    .all()
    .some(
      ({ type, object, previous_attributes: before }) =>
        type === 'customer.updated' && object['id'] === id && before && changes(before, fact) && factsOf(object)[fact] === value,
    );
}

/** Among the previous values of an event. */
const changes = (before: object, fact: Fact): boolean => (fact === 'phone' ? 'phone' : 'address') in before;
