import { expect, test } from 'vitest';
import { type HeldInvoice, mirrorInvoice } from './mirror.ts';
import type { PastInvoice } from './past.ts';

const PAST: PastInvoice = {
  ...{ system: 'quickbooks', id: '104', customerId: '7', number: 'S-1', status: 'issued', currency: 'USD', total: 30_000, tax: 0 },
  ...{ balance: 30_000, invoiceDate: '2026-03-02', dueDate: '2026-04-02', invoiceId: null, memo: 'Theirs', email: 'books@acme.example' },
  ...{ payLink: null, pdfLink: null, url: 'https://qbo.example/104', syncToken: '0', paidBy: [] },
};
const HELD: HeldInvoice = {
  ...{ id: 'a01', stripeInvoiceId: 'in_1', quickbooksInvoiceId: null, accountId: '001', number: 'S-1', status: 'Paid', currency: 'USD' },
  ...{ total: 30_000, tax: 100, balance: 0, invoiceDate: '2026-03-01', dueDate: '2026-03-31', loadedFrom: 'Stripe' },
  ...{ hasLine: true, allocations: [] },
};
const who = { accountId: '001', ownerId: null, status: 'Open' } as const;

test('what an accountant entered of an invoice that Stripe issued adds its id and changes nothing that Stripe says', () => {
  expect(mirrorInvoice(PAST, { ...who, held: HELD })).toMatchObject({
    ...{ stripeInvoiceId: 'in_1', quickbooksInvoiceId: '104', loadedFrom: 'Stripe and QuickBooks', status: 'Paid', balance: 0, tax: 100 },
    ...{ invoiceDate: '2026-03-01', dueDate: '2026-03-31', memo: null, email: null, line: 'keep' },
  });
});

test('what Stripe issued is shown as Stripe says, also where an accountant entered it before', () => {
  const entered: HeldInvoice = { ...HELD, stripeInvoiceId: null, quickbooksInvoiceId: '104', loadedFrom: 'QuickBooks', status: 'Open' };
  const issued: PastInvoice = { ...PAST, system: 'stripe', id: 'in_1', email: 'ann@acme.example', balance: 0 };
  expect(mirrorInvoice(issued, { ...who, status: 'Paid', held: entered })).toMatchObject({
    ...{ stripeInvoiceId: 'in_1', quickbooksInvoiceId: '104', loadedFrom: 'Stripe and QuickBooks', status: 'Paid', balance: 0 },
    ...{ invoiceDate: '2026-03-02', email: 'ann@acme.example' },
  });
});
