import { html, link, renderPage } from '../../core/page.ts';
import type { Content } from '../../core/page.ts';
import { refId } from '../entities.ts';
import type { Entity } from '../entities.ts';

/** Header and navigation of every page of this stand-in. */
export const FRAME = {
  product: 'QuickBooks Online stand-in',
  nav: [
    { href: '/sandbox', label: 'Company' },
    { href: '/sandbox/invoices', label: 'Invoices' },
    { href: '/sandbox/payments', label: 'Payments' },
    { href: '/sandbox/customers', label: 'Customers' },
    { href: '/sandbox/accounts', label: 'Accounts' },
    { href: '/sandbox/trial-balance', label: 'Trial balance' },
    { href: '/sandbox/webhooks', label: 'Webhooks' },
    { href: '/sandbox/coverage', label: 'Coverage' },
    { href: '/sandbox/faults', label: 'Faults' },
  ],
};

/** A whole page; `current` is its section. */
export const page = (title: string, current: string, body: Content): string => renderPage({ ...FRAME, title, current, body });

/** "1,234.50 USD" */
export function amount(value: unknown, currency: string): string {
  const number = Number(value ?? 0);
  return `${(number === 0 ? 0 : number).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })} ${currency}`.trim();
}

export const currencyOf = (entity: Entity): string => refId(entity['CurrencyRef']) ?? '';
export const nameOf = (reference: unknown): string =>
  (reference as { name?: string; value?: string } | undefined)?.name ?? (reference as { value?: string } | undefined)?.value ?? '';

/** Links to the pages of single documents. */
export const invoiceLink = (id: string, text: string) => link(`/app/invoice?txnId=${encodeURIComponent(id)}`, text);
export const paymentLink = (id: string, text: string) => link(`/app/recvpayment?txnId=${encodeURIComponent(id)}`, text);
export const customerLink = (id: string, text: string) => link(`/app/customerdetail?nameId=${encodeURIComponent(id)}`, text);
export const accountLink = (id: string, text: string) => link(`/sandbox/accounts/${encodeURIComponent(id)}`, text);
export const customerOf = (entity: Entity) => {
  const id = refId(entity['CustomerRef']);
  return id === undefined ? html`` : customerLink(id, nameOf(entity['CustomerRef']));
};
