import { goesOn, isStanding, type Load } from '../../domain/first-load/load.ts';
import type { LoadedCustomer, Loads, PaidPart } from '../../ports/loads.ts';
import type { Faults } from './faults.ts';

/** First loads with PostgreSQL's rules (adapters/postgres/loads.ts). */
export function createLoads(faults: Pick<Faults, 'plain'>): Loads {
  const loads = new Map<string, Load>();
  const customers = new Map<string, LoadedCustomer>();
  const parts = new Map<string, PaidPart>();
  const all = () => [...loads.values()];
  const own = <T>(value: T): T => structuredClone(value);

  return {
    open: (load) =>
      faults.plain('loads.open', () => {
        const standing = all().find((each) => each.companyKey === load.companyKey && isStanding(each));
        if (standing) return own(standing);
        customers.clear();
        parts.clear();
        loads.set(load.key, own(load));
        return own(load);
      }),
    read: async (key) => own(loads.get(key) ?? null),
    latest: async (companyKey) =>
      own(
        all()
          .filter((each) => each.companyKey === companyKey)
          .at(-1) ?? null,
      ),
    running: async () => own(all().filter(goesOn)),
    save: (load, learned = {}) =>
      faults.plain('loads.save', () => {
        if (loads.get(load.key)?.version !== load.version) return null;
        const saved = { ...own(load), version: load.version + 1 };
        loads.set(load.key, saved);
        for (const each of learned.customers ?? []) {
          const key = `${each.system}:${each.customer.id}`;
          if (!customers.has(key)) customers.set(key, own(each));
        }
        for (const { system, id, standing, accountId } of learned.changes ?? []) {
          const held = customers.get(`${system}:${id}`);
          if (held) customers.set(`${system}:${id}`, { ...held, standing, accountId });
        }
        for (const part of learned.parts ?? []) parts.set(`${part.paymentId}:${part.invoiceId}`, own(part));
        if (!isStanding(load)) {
          customers.clear();
          parts.clear();
        }
        return own(saved);
      }),
    customersOf: async (_key, system, ids) =>
      new Map(
        ids.flatMap((id) => {
          const held = customers.get(`${system}:${id}`);
          return held ? [[id, { standing: held.standing, accountId: held.accountId }] as const] : [];
        }),
      ),
    listCustomers: async (_key, system, { after, limit }) =>
      own(
        [...customers.values()]
          .filter((each) => each.system === system && (after === null || each.customer.id > after))
          .sort((a, b) => (a.customer.id < b.customer.id ? -1 : 1))
          .slice(0, limit),
      ),
    partsOf: async (_key, paymentIds) => own([...parts.values()].filter(({ paymentId }) => paymentIds.includes(paymentId))),
  };
}
