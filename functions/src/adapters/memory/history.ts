import type { LoadObject, LoadSystem } from '../../domain/first-load/load.ts';
import type { PastCustomer, PastInvoice, PastPayment } from '../../domain/first-load/past.ts';
import { done } from '../../domain/outcome.ts';
import type { History, PageAsk } from '../../ports/history.ts';
import type { Faults } from './faults.ts';

/** What a system holds from before, open to tests; `page`: records of one. */
export interface MemoryHistory extends History {
  customers: PastCustomer[];
  invoices: PastInvoice[];
  payments: PastPayment[];
  page: number;
}

/** A system's past in memory, listed in the order in which it is held. */
export function createHistory(system: LoadSystem, faults: Faults): MemoryHistory {
  const point = system === 'stripe' ? 'payments' : 'ledger';
  const list = <T extends { id: string }>(name: string, all: () => T[], { cursor }: PageAsk) =>
    faults.outcome(`${point}.${name}`, () => {
      const from = cursor === null ? 0 : all().findIndex(({ id }) => id === cursor) + 1;
      const records = structuredClone(all().slice(from, from + history.page));
      return done({ records, unreadable: [], next: from + history.page < all().length ? (records.at(-1)?.id ?? null) : null });
    });
  const sizes: Partial<Record<LoadObject, () => number>> = {
    [`${system}-customers`]: () => history.customers.length,
    [`${system}-invoices`]: () => history.invoices.length,
    [`${system}-payments`]: () => history.payments.length,
  };
  const history: MemoryHistory = {
    customers: [],
    invoices: [],
    payments: [],
    page: 2,
    count: (object) => faults.outcome(`${point}.count`, () => done({ records: sizes[object]?.() ?? 0, estimated: system === 'stripe' })),
    listCustomers: (ask) => list('listCustomers', () => history.customers, ask),
    listInvoices: (ask) => list('listPastInvoices', () => history.invoices.filter((each) => isSince(each.invoiceDate, ask)), ask),
    listPayments: (ask) => list('listPastPayments', () => history.payments.filter((each) => isSince(each.receivedAt, ask)), ask),
  };
  return history;
}

const isSince = (day: string, { since }: PageAsk): boolean => since === null || day.slice(0, 10) >= since;
