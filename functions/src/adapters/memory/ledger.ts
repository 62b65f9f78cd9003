import type { TargetField } from '../../domain/map-fields/target.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { Ledger, LedgerCustomer, LedgerInvoice, LedgerItem, LedgerPayment, LedgerReference } from '../../ports/ledger.ts';
import type { MemoryClock } from './clock.ts';
import type { Faults } from './faults.ts';
import { itemsAlike, itemsCalled } from './find-items.ts';
import { createKeys, type Keys } from './idempotency.ts';
import { ACCOUNTS } from './ledger-accounts.ts';
import { ledgerTargets } from './mapping-targets.ts';

/** A QuickBooks company in memory, with what a test needs to act as the accountant. */
export interface MemoryLedger extends Ledger {
  reference: LedgerReference;
  /** What can be mapped to. */
  targets: TargetField[];
  customers: Map<string, LedgerCustomer>;
  /** Names of vendors and employees, which share the name space. */
  otherNames: Set<string>;
  items: Map<string, LedgerItem>;
  invoices: Map<string, LedgerInvoice>;
  payments: Map<string, LedgerPayment>;
  /** Payment id -> account its money is in. */
  deposits: Map<string, string>;
  keys: Keys;
  /** A payment of nothing that uses up a credit memo: ours, or the accountant's. */
  applyCredit(payment: { id?: string; quickbooksInvoiceId: string; creditMemoId: string; amount: number }): LedgerPayment;
  /** Takes ours back. */
  releaseCredit(paymentId: string): void;
  /** Tax QuickBooks adds when it computes itself, in minor units. */
  quirks: { computedTax: number; lineShift: number; losesClass: boolean };
  /** The accountant enters a cheque against an invoice. */
  enterCheque(quickbooksInvoiceId: string, amount: number, reference: string): LedgerPayment;
  /** Somebody voids or deletes a payment: either way QuickBooks links it to the invoice no more. */
  takeOut(paymentId: string, how: 'void' | 'delete'): void;
}

const GROSS = (invoice: LedgerInvoice, paid: number): LedgerInvoice => ({
  ...invoice,
  balance: invoice.total - paid,
  syncToken: String(Number(invoice.syncToken) + 1),
});

export function createLedger(clock: MemoryClock, faults: Faults): MemoryLedger {
  const reference: LedgerReference = {
    homeCurrency: 'USD',
    multicurrency: true,
    customTxnNumbers: true,
    closingDate: '2026-09-30',
    marksTaxableLines: true,
    terms: [
      { id: '3', name: 'Net 30', dueDays: 30, active: true },
      { id: '1', name: 'Due on receipt', dueDays: 0, active: true },
    ],
    accounts: ACCOUNTS,
    taxCodes: [],
    tracks: { classOfInvoice: true, classOfLine: true, location: true, shipping: false },
    customFields: [],
  };
  const targets = ledgerTargets();
  const customers = new Map<string, LedgerCustomer>();
  const otherNames = new Set<string>();
  const items = new Map<string, LedgerItem>();
  const invoices = new Map<string, LedgerInvoice>();
  const payments = new Map<string, LedgerPayment>();
  const deposits = new Map<string, string>();
  const keys = createKeys();
  const quirks = { computedTax: 0, lineShift: 0, losesClass: false };
  const lostOf = (sent: object | undefined) => (quirks.losesClass && sent ? { lost: ['ClassRef'] } : {});
  let serial = 100;
  const next = () => String((serial += 1));
  const iso = () => new Date(clock.now()).toISOString();
  const write = <B, T>(point: string, body: B, key: string, act: () => Outcome<T>) =>
    faults.outcome(`ledger.${point}`, () => {
      if (key.length > 50) throw new Error(`requestid ${key} is longer than 50 characters.`);
      return keys.once(key, body, act);
    });
  const read = <T>(point: string, act: () => T) => faults.outcome(`ledger.${point}`, () => done(structuredClone(act())));
  const applied = (id: string) =>
    [...payments.values()]
      .filter((each) => !each.voided)
      .flatMap((each) => each.allocations)
      .filter((part) => part.quickbooksInvoiceId === id)
      .reduce((all, part) => all + part.amount, 0);

  function addPayment(payment: LedgerPayment): LedgerPayment {
    payments.set(payment.id, payment);
    for (const { quickbooksInvoiceId: id } of payment.allocations) {
      const invoice = invoices.get(id);
      if (invoice) invoices.set(id, { ...GROSS(invoice, applied(id)), paymentIds: [...invoice.paymentIds, payment.id] });
    }
    return structuredClone(payment);
  }

  return {
    reference,
    targets,
    readTargets: () => read('readTargets', () => targets),
    customers,
    otherNames,
    items,
    invoices,
    payments,
    deposits,
    keys,
    quirks,
    releaseCredit: (paymentId) => {
      const held = payments.get(paymentId);
      if (!held) return;
      payments.set(paymentId, { ...held, voided: true });
      const invoice = invoices.get(held.allocations[0]?.quickbooksInvoiceId ?? '');
      if (invoice) invoices.set(invoice.id, GROSS(invoice, applied(invoice.id)));
    },
    applyCredit: ({ id, quickbooksInvoiceId, creditMemoId, amount }) => {
      const invoice = invoices.get(quickbooksInvoiceId);
      if (!invoice) throw new Error(`No QuickBooks invoice ${quickbooksInvoiceId}.`);
      return addPayment({
        id: id ?? next(),
        date: invoice.invoiceDate,
        amount: 0,
        currency: invoice.currency,
        customerId: invoice.customerId,
        method: null,
        reference: null,
        voided: false,
        stripePaymentId: null,
        appliesCredit: id !== undefined,
        creditMemos: [{ id: creditMemoId, amount }],
        allocations: [{ quickbooksInvoiceId, amount }],
        updatedAt: iso(),
        url: 'https://qbo.intuit.com/app/recvpayment',
      });
    },
    readReference: async () => done(structuredClone(reference)),
    readForInvoice: ({ customerId, itemIds }) =>
      read('readForInvoice', () => ({
        customer: customers.get(customerId ?? '') ?? null,
        items: itemIds.flatMap((id) => items.get(id) ?? []),
      })),
    findCustomers: ({ email, name }) =>
      read('findCustomers', () =>
        [...customers.values()].filter((each) => (email !== null && each.email === email) || each.displayName === name),
      ),
    findItems: (by) => read('findItems', () => itemsCalled(items, by)),
    findAlikeItems: (words) => read('findAlikeItems', () => itemsAlike(items, words)),
    findNameHolder: (displayName) =>
      read('findNameHolder', () => {
        if (otherNames.has(displayName)) return { type: 'Vendor' as const, id: '7', active: true, accountId: null };
        const holder = [...customers.values()].find((each) => each.displayName === displayName);
        return holder ? { type: 'Customer' as const, id: holder.id, active: holder.active, accountId: holder.accountId } : null;
      }),
    createCustomer: (body, key) =>
      write('createCustomer', body, key, () => {
        const taken = otherNames.has(body.displayName) || [...customers.values()].some((each) => each.displayName === body.displayName);
        if (taken)
          return {
            outcome: 'conflict',
            reason: 'name-taken',
            problem: { code: '6240', severity: 'error', message: 'The name is taken.', action: 'Choose another.' },
          };
        const { displayName, email, phone, address, currency, accountId } = body;
        const url = 'https://qbo.intuit.com/app/customerdetail';
        const customer: LedgerCustomer = { id: next(), displayName, email, phone, address, currency, active: true, accountId, url };
        customers.set(customer.id, customer);
        return done(structuredClone(customer));
      }),
    createInvoice: (body, key) =>
      write('createInvoice', body, key, () => {
        const holder = [...invoices.values()].find((each) => each.number === body.number);
        if (holder)
          return {
            outcome: 'conflict',
            reason: 'number-taken',
            holderId: holder.id,
            problem: { code: '6140', severity: 'error', message: 'The number is in use.', action: 'Take the next.' },
          };
        const lines = body.lines.map((line, index) => ({
          amount: line.amount + (index === 0 ? quirks.lineShift : 0),
          description: line.description,
          itemId: line.itemId,
          taxable: line.taxable,
        }));
        const subtotal = lines.reduce((all, line) => all + line.amount, 0);
        const tax = body.totalTax ?? quirks.computedTax;
        const invoice: LedgerInvoice = {
          id: next(),
          syncToken: '0',
          number: body.number,
          customerId: body.customerId,
          currency: body.currency,
          invoiceDate: body.invoiceDate,
          dueDate: body.dueDate,
          subtotal,
          tax,
          total: subtotal + tax,
          balance: subtotal + tax,
          voided: false,
          invoiceId: body.invoiceId,
          note: null,
          lines,
          paymentIds: [],
          updatedAt: iso(),
          url: 'https://qbo.intuit.com/app/invoice',
        };
        invoices.set(invoice.id, invoice);
        return done(structuredClone({ ...invoice, ...lostOf(body) }));
      }),
    findInvoices: ({ customerId, date, number, as }) =>
      read('findInvoices', () =>
        [...invoices.values()]
          .filter(
            (each) =>
              (customerId === undefined || each.customerId === customerId) &&
              (date === undefined || each.invoiceDate === date) &&
              (number === undefined || each.number === number),
          )
          .map((each) => ({ ...each, ...lostOf(as) })),
      ),
    readInvoice: (id) => read('readInvoice', () => invoices.get(id) ?? null),
    readInvoices: (ids) => read('readInvoices', () => ids.flatMap((id) => invoices.get(id) ?? [])),
    listInvoices: () => read('listInvoices', () => ({ invoices: [...invoices.values()], next: null })),
    voidInvoice: (body, key) =>
      write('voidInvoice', body, key, () => {
        const invoice = invoices.get(body.quickbooksInvoiceId);
        if (!invoice) throw new Error(`No QuickBooks invoice ${body.quickbooksInvoiceId}.`);
        const voided = {
          ...invoice,
          voided: true,
          subtotal: 0,
          tax: 0,
          total: 0,
          balance: 0,
          syncToken: String(Number(invoice.syncToken) + 1),
        };
        invoices.set(invoice.id, voided);
        return done(structuredClone(voided));
      }),
    createPayment: (body, key) =>
      write('createPayment', body, key, () => {
        const id = next();
        deposits.set(id, body.depositAccountId);
        return done(
          addPayment({
            id,
            date: body.date,
            amount: body.amount,
            currency: body.currency,
            customerId: body.customerId,
            method: null,
            reference: null,
            voided: false,
            stripePaymentId: body.stripePaymentId,
            appliesCredit: false,
            creditMemos: [],
            allocations: [{ quickbooksInvoiceId: body.quickbooksInvoiceId, amount: body.amount }],
            updatedAt: iso(),
            url: 'https://qbo.intuit.com/app/recvpayment',
          }),
        );
      }),
    findPayments: ({ customerId, date }) =>
      read('findPayments', () => [...payments.values()].filter((each) => each.customerId === customerId && each.date === date)),
    readPayments: (ids) => read('readPayments', () => ids.flatMap((id) => payments.get(id) ?? [])),
    findInvoicesOf: ({ id }) => read('findInvoicesOf', () => payments.get(id)?.allocations.map((part) => part.quickbooksInvoiceId) ?? []),
    ping: async () => done(null),
    takeOut: (paymentId, how) => {
      const payment = payments.get(paymentId);
      if (!payment) throw new Error(`No QuickBooks payment ${paymentId}.`);
      if (how === 'delete') payments.delete(paymentId);
      else payments.set(paymentId, { ...payment, voided: true, amount: 0, allocations: [] });
      for (const { quickbooksInvoiceId } of payment.allocations) {
        const invoice = invoices.get(quickbooksInvoiceId);
        if (invoice)
          invoices.set(invoice.id, {
            ...GROSS(invoice, applied(invoice.id)),
            paymentIds: invoice.paymentIds.filter((id) => id !== paymentId),
          });
      }
    },
    enterCheque: (quickbooksInvoiceId, amount, chequeNumber) => {
      const invoice = invoices.get(quickbooksInvoiceId);
      if (!invoice) throw new Error(`No QuickBooks invoice ${quickbooksInvoiceId}.`);
      return addPayment({
        id: next(),
        date: invoice.invoiceDate,
        amount,
        currency: invoice.currency,
        customerId: invoice.customerId,
        method: 'Check',
        reference: chequeNumber,
        voided: false,
        stripePaymentId: null,
        appliesCredit: false,
        creditMemos: [],
        allocations: [{ quickbooksInvoiceId, amount }],
        updatedAt: iso(),
        url: 'https://qbo.intuit.com/app/recvpayment',
      });
    },
  };
}
