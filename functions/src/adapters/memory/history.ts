import type { LoadObject, LoadSystem } from '../../domain/first-load/load.ts';
import type { PastCustomer, PastInvoice, PastPayment } from '../../domain/first-load/past.ts';
import { done } from '../../domain/outcome.ts';
import type { History, PageAsk, PastRange } from '../../ports/history.ts';
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
  const documents = {
    invoices: (ask: PastRange) => history.invoices.filter((each) => isSince(each.invoiceDate, ask)),
    payments: (ask: PastRange) => history.payments.filter((each) => isSince(each.receivedAt, ask)),
  };
  const held: Partial<Record<LoadObject, (range: PastRange) => unknown[]>> = {
    [`${system}-customers`]: () => history.customers,
    [`${system}-invoices`]: documents.invoices,
    [`${system}-payments`]: documents.payments,
  };
  const history: MemoryHistory = {
    customers: [],
    invoices: [],
    payments: [],
    page: 2,
    count: (object, range) =>
      faults.outcome(`${point}.count`, () => done({ records: held[object]?.(range).length ?? 0, estimated: system === 'stripe' })),
    listCustomers: (ask) => list('listCustomers', () => history.customers, ask),
    listInvoices: (ask) => list('listPastInvoices', () => documents.invoices(ask), ask),
    listPayments: (ask) => list('listPastPayments', () => documents.payments(ask), ask),
  };
  return history;
}

const isSince = (day: string, { since }: PastRange): boolean => since === null || day.slice(0, 10) >= since;
