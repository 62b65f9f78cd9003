import type { LoadSystem } from '../../domain/first-load/load.ts';
import type { PastCustomer, PastInvoice, PastPayment } from '../../domain/first-load/past.ts';

/** Records of a past, as short as a test wants them. */
export const pastCustomer = (id: string, name: string, more: Partial<PastCustomer> = {}): PastCustomer => ({
  ...{
    id,
    name,
    email: null,
    phone: null,
    address: null,
    accountId: null,
    currency: 'USD',
    active: true,
    url: `https://example.com/${id}`,
  },
  ...more,
});

export const pastInvoice = (system: LoadSystem, id: string, customerId: string, more: Partial<PastInvoice> = {}): PastInvoice => ({
  ...{ system, id, customerId, number: null, status: 'issued', currency: 'USD', total: 10_000, tax: 0, balance: 10_000 },
  ...{ invoiceDate: '2025-03-01', dueDate: '2025-03-31', invoiceId: null, memo: null, email: null, payLink: null, pdfLink: null },
  ...{ url: `https://example.com/${id}`, syncToken: null, paidBy: [] },
  ...more,
});

export const pastPayment = (system: LoadSystem, id: string, customerId: string, more: Partial<PastPayment> = {}): PastPayment => ({
  ...{ system, id, customerId, chargeId: null, currency: 'USD', amount: 10_000, status: 'Succeeded', method: null, name: id },
  ...{ receivedAt: '2025-03-10T12:00:00.000Z', url: `https://example.com/${id}`, ours: false, pays: [] },
  ...more,
});
