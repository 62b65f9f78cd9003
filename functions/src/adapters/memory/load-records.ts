import {
  type CopiedPayment,
  type HeldAllocation,
  type HeldInvoice,
  type HeldPayment,
  isCopy,
  type MirrorInvoice,
  type MirrorPayment,
} from '../../domain/first-load/mirror.ts';
import { reviewContentOf } from '../../domain/first-load/unknown-customer.ts';
import type { InvoiceRecord } from '../../domain/invoice.ts';
import { done, rejected } from '../../domain/outcome.ts';
import { type PaymentRecord, paymentKey } from '../../domain/payment.ts';
import type { LoadRecords, Saved } from '../../ports/load-records.ts';
import type { Faults } from './faults.ts';
import { linksOf, reviewsOf, type MemoryOrg } from './org.ts';

/** What a load has written, open to tests. */
export interface MemoryMirrors {
  invoices: Map<string, Omit<HeldInvoice, 'allocations' | 'hasLine'> & Pick<MirrorInvoice, 'name' | 'ownerId'>>;
  payments: Map<string, Omit<HeldPayment, 'countsFor'> & Pick<MirrorPayment, 'receivedAt'>>;
  /** By invoice and payment key. */
  allocations: Map<string, Omit<HeldAllocation, 'copiedAs'>>;
  /** By the key that makes them once. */
  accounts: Map<string, string>;
  usage: { used: number; limit: number };
  /** Ids of outside records, and keys of allocations, that Salesforce refuses. */
  refuses: Set<string>;
}

export interface MemoryLoadRecords extends LoadRecords {
  mirrors: MemoryMirrors;
}

/** The org's unique keys, for records in large numbers. */
export function createLoadRecords(faults: Faults, org: MemoryOrg): MemoryLoadRecords {
  const mirrors: MemoryMirrors = {
    invoices: new Map(),
    payments: new Map(),
    allocations: new Map(),
    accounts: new Map(),
    usage: { used: 1000, limit: 100_000 },
    refuses: new Set(),
  };
  let given = 0;
  const nextId = (prefix: string): string => `${prefix}L${String((given += 1)).padStart(11, '0')}AAA`;
  const refusal: Saved = {
    problem: { code: 'validation-rule', severity: 'error', message: 'A rule refuses it.', action: 'Ask an admin.' },
  };
  const page = <T>(all: T[]): { all: T[]; next: null } => ({ all: structuredClone(all), next: null });
  const countsFor = (key: string) =>
    [...mirrors.allocations.values()].flatMap(({ paymentKey: own, amount, invoiceId }) => (own === key && amount !== 0 ? [invoiceId] : []));
  const copiedAs = (key: string | null) =>
    [...mirrors.payments.values()].find((payment) => paymentKey(payment) === key)?.quickbooksPaymentId ?? null;
  const allocationsOf = (id: string) =>
    [...mirrors.allocations.values()]
      .filter(({ invoiceId }) => invoiceId === id)
      .map((each): HeldAllocation => ({ ...each, copiedAs: copiedAs(each.paymentKey) }));

  function saveInvoice(mirror: MirrorInvoice): Saved {
    const outside = mirror.key === 'stripe' ? mirror.stripeInvoiceId : mirror.quickbooksInvoiceId;
    if (mirrors.refuses.has(outside ?? '')) return refusal;
    const field = mirror.key === 'stripe' ? 'stripeInvoiceId' : 'quickbooksInvoiceId';
    const held = [...mirrors.invoices.values()].find((each) => each[field] === mirror[field]);
    const id = held?.id ?? nextId('a01');
    mirrors.invoices.set(id, { ...structuredClone(mirror), ownerId: held?.ownerId ?? mirror.ownerId, id });
    return { id };
  }
  function savePayment(mirror: MirrorPayment | CopiedPayment): Saved {
    const outside = mirror.key === 'stripe' ? mirror.stripePaymentId : mirror.quickbooksPaymentId;
    if (mirrors.refuses.has(outside ?? '')) return refusal;
    const field = mirror.key === 'stripe' ? 'stripePaymentId' : 'quickbooksPaymentId';
    const held = [...mirrors.payments.values()].find((each) => each[field] === mirror[field]);
    if (isCopy(mirror)) {
      if (!held) return refusal;
      mirrors.payments.set(held.id, { ...held, quickbooksPaymentId: mirror.quickbooksPaymentId, loadedFrom: mirror.loadedFrom });
      return { id: held.id };
    }
    const id = held?.id ?? nextId('a02');
    const quickbooksPaymentId = mirror.quickbooksPaymentId ?? held?.quickbooksPaymentId ?? null;
    mirrors.payments.set(id, { ...structuredClone(mirror), quickbooksPaymentId, id });
    return { id };
  }

  return {
    mirrors,
    readUsage: () => faults.outcome('records.readUsage', () => done({ ...mirrors.usage })),
    isMultiCurrency: () => faults.outcome('records.isMultiCurrency', () => done(org.org.multiCurrency)),
    countAccounts: () => faults.outcome('records.countAccounts', () => done(org.accounts.length)),
    listAccounts: () =>
      faults.outcome('records.listAccounts', () => {
        const { all, next } = page(org.accounts);
        const accounts = all.map((account) => ({
          ...account,
          website: null,
          loadedKey: [...mirrors.accounts].find(([, id]) => id === account.id)?.[0] ?? null,
          emails: org.contacts.filter(({ accountId }) => accountId === account.id).flatMap(({ email }) => email ?? []),
        }));
        return done({ accounts, next });
      }),
    listLinks: () =>
      faults.outcome('records.listLinks', () => {
        const { all, next } = page(linksOf(org).filter(({ status, recordType }) => status === 'Linked' && recordType === 'Account'));
        return done({ links: all, next });
      }),
    listReviews: () =>
      faults.outcome('records.listReviews', () => {
        const { all, next } = page(reviewsOf(org));
        return done({ reviews: all, next });
      }),
    ownersOf: (ids) => faults.outcome('records.ownersOf', () => done(new Map(ids.map((id) => [id, '005000000000001AAA'])))),
    heldInvoices: ({ system, ids, numbers = [], records = [] }) =>
      faults.outcome('records.heldInvoices', () => {
        const field = system === 'stripe' ? 'stripeInvoiceId' : 'quickbooksInvoiceId';
        const all = [
          ...[...mirrors.invoices.values()].map((each) => ({ ...each, hasLine: true, allocations: allocationsOf(each.id) })),
          ...[...org.invoices.values()].map(issued),
        ];
        const asked = (each: HeldInvoice) =>
          ids.includes(each[field] ?? '') || numbers.includes(each.number ?? '') || records.includes(each.id);
        return done(structuredClone(all.filter(asked)));
      }),
    heldPayments: ({ system, ids }) =>
      faults.outcome('records.heldPayments', () => {
        const field = system === 'stripe' ? 'stripePaymentId' : 'quickbooksPaymentId';
        const all = [
          ...[...mirrors.payments.values()].map((each) => ({ ...each, countsFor: countsFor(paymentKey(each)) })),
          ...[...org.payments.values()].map(received),
        ];
        return done(structuredClone(all.filter((each) => ids.includes(each[field] ?? ''))));
      }),
    writeInvoices: (invoices) =>
      faults.outcome('records.writeInvoices', () => done(faults.rows('records.writeInvoices', invoices, saveInvoice))),
    writePayments: (payments) =>
      faults.outcome('records.writePayments', () => done(faults.rows('records.writePayments', payments, savePayment))),
    writeAllocations: (allocations) =>
      faults.outcome('records.writeAllocations', () =>
        done(
          faults.rows('records.writeAllocations', allocations, ({ invoiceId, payment, amount }): Saved => {
            const key = `${payment?.key ?? '-'}|${invoiceId}`;
            if (mirrors.refuses.has(key)) return refusal;
            mirrors.allocations.set(key, { invoiceId, paymentKey: payment?.key ?? null, amount });
            return { id: key };
          }),
        ),
      ),
    askAbout: (customers) =>
      faults.outcome('records.askAbout', () =>
        done(
          customers.map(({ reviewKey, system, customer }): Saved => {
            const reason = `No account matches ${customer.name}.`;
            org.reviews.set(reviewKey, {
              key: reviewKey,
              system,
              recordId: '',
              status: 'Open',
              reason,
              content: reviewContentOf(customer),
            });
            return { id: reviewKey };
          }),
        ),
      ),
    createAccounts: (customers) =>
      faults.outcome('records.createAccounts', () => {
        if (customers.length > 200)
          return rejected({ code: 'too-many', severity: 'error', message: 'Too many.', action: 'Ask for fewer.' });
        return done(
          faults.rows('records.createAccounts', customers, ({ key, customer, currency }): Saved => {
            const { name, phone, address } = customer;
            const id = mirrors.accounts.get(key) ?? nextId('001');
            if (!mirrors.accounts.has(key)) org.accounts.push({ id, name, phone, address, currency });
            mirrors.accounts.set(key, id);
            return { id };
          }),
        );
      }),
  };
}

const issued = ({
  id,
  stripeInvoiceId,
  quickbooksInvoiceId,
  accountId,
  number,
  status,
  currency,
  total,
  tax,
  invoiceDate,
  dueDate,
}: InvoiceRecord): HeldInvoice => ({
  ...{ id, stripeInvoiceId, quickbooksInvoiceId, accountId, number, status, currency, total, tax, invoiceDate, dueDate },
  balance: 0,
  loadedFrom: null,
  hasLine: true,
  allocations: [],
});

const received = (payment: PaymentRecord): HeldPayment => {
  const { stripePaymentId, quickbooksPaymentId, status, sourceSystem, amount } = payment;
  const { minor, currency } = amount;
  return {
    ...{ stripePaymentId, quickbooksPaymentId, status, sourceSystem, currency, amount: minor },
    ...{ id: paymentKey(payment), loadedFrom: null, accountId: '', countsFor: [] },
  };
};
