import { factsOf, type CustomerFact, type CustomerFacts } from '../../domain/customer-facts.ts';
import { done, type Failure, type Outcome } from '../../domain/outcome.ts';
import type { PostalAddress } from '../../domain/source.ts';
import type { Customers, CustomerUpdate, HeldCustomer } from '../../ports/customers.ts';
import type { Faults } from './faults.ts';
import type { MemoryLedger } from './ledger.ts';
import type { MemoryPayments } from './payments.ts';

/** Fields of a customer from facts, as both fakes keep them. */
const fieldsOf = ({ name, email, phone, street, city, state, postalCode, country }: CustomerFacts) => {
  const given = Object.entries({ line1: street, city, state, postalCode, country }).filter(([, value]) => value !== null);
  return { name, email, phone, address: given.length > 0 ? (Object.fromEntries(given) as PostalAddress) : null };
};

const STALE: Failure = {
  outcome: 'conflict',
  reason: 'stale',
  problem: { code: 'stale', severity: 'error', message: 'Somebody changed the customer.', action: 'Look again.' },
};

/** The customers of the two fakes, for the facts that Salesforce owns. */
export function createCustomers(faults: Faults, payments: MemoryPayments, ledger: MemoryLedger): Customers {
  const inStripe = (id: string): HeldCustomer | null => {
    const held = payments.customers.get(id);
    return held ? { id, facts: factsOf(held), active: true } : null;
  };
  const inLedger = (id: string): HeldCustomer | null => {
    const held = ledger.customers.get(id);
    return held ? { id, facts: factsOf({ ...held, name: held.displayName }), active: held.active } : null;
  };
  const before = new Map<string, CustomerFacts>();
  const merge = (now: HeldCustomer, { from, to }: CustomerUpdate): CustomerFacts | null => {
    const facts = Object.keys(to) as CustomerFact[];
    return facts.some((fact) => now.facts[fact] !== from[fact]) ? null : { ...now.facts, ...to };
  };
  const book = (
    system: 'stripe' | 'quickbooks',
    find: (id: string) => HeldCustomer | null,
    list: () => HeldCustomer[],
    put: (id: string, facts: CustomerFacts) => Outcome<unknown>,
  ) => ({
    listChanged: () => faults.outcome(`customers.${system}.listChanged`, () => done({ customers: list(), next: null })),
    read: (id: string) => faults.outcome(`customers.${system}.read`, () => done(structuredClone(find(id)))),
    update: (update: CustomerUpdate, key: string) =>
      faults.outcome(`customers.${system}.update`, (): Outcome<HeldCustomer> =>
        (system === 'stripe' ? payments : ledger).keys.once(key, update, (): Outcome<HeldCustomer> => {
          const now = find(update.id);
          const facts = now && merge(now, update);
          if (!facts) return STALE;
          before.set(key, now.facts);
          const written = put(update.id, facts);
          if (written.outcome !== 'done') return written;
          return done(structuredClone(find(update.id) as HeldCustomer));
        }),
      ),
  });
  return {
    stripe: {
      ...book(
        'stripe',
        inStripe,
        () => [...payments.customers.keys()].flatMap((id) => inStripe(id) ?? []),
        (id, facts) => {
          const held = payments.customers.get(id);
          if (held) payments.customers.set(id, { ...held, ...fieldsOf(facts) });
          return done(null);
        },
      ),
      heldBefore: ({ key }) =>
        faults.outcome('customers.stripe.heldBefore', () => done([...before].find(([sent]) => sent.startsWith(`${key}:`))?.[1] ?? null)),
    },
    quickbooks: book(
      'quickbooks',
      inLedger,
      () => [...ledger.customers.keys()].flatMap((id) => inLedger(id) ?? []),
      (id, facts) => {
        const held = ledger.customers.get(id);
        const displayName = facts.name ?? '';
        const others = [...ledger.customers.values()].filter((each) => each.id !== id).map((each) => each.displayName);
        if (ledger.otherNames.has(displayName) || others.includes(displayName))
          return {
            outcome: 'conflict',
            reason: 'name-taken',
            problem: { code: 'name-taken', severity: 'error', message: 'The name is taken.', action: 'Choose another name.' },
          };
        if (held) ledger.customers.set(id, { ...held, ...fieldsOf(facts), displayName });
        return done(null);
      },
    ),
  };
}
