import { done, passesByItself, type Failure, type Outcome } from '../../domain/outcome.ts';
import type { LedgerInvoice, LedgerPayment, LedgerReference } from '../../ports/ledger.ts';
import type { StripeInvoice } from '../../ports/payments.ts';
import type { InvoiceRead } from '../../ports/records.ts';
import type { Deps } from '../deps.ts';

/** What both books hold of an invoice now. Stripe leads; QuickBooks may be down and is then caught up with later. */
export interface Books {
  stripe: StripeInvoice | null;
  ledger: LedgerInvoice | null | 'down';
  ledgerFailure: Failure | null;
  /** Those linked to the invoice, and those Salesforce still counts that no longer are; deleted ones are missing. */
  ledgerPayments: LedgerPayment[];
  reference: LedgerReference | null;
}

type ReadDeps = Pick<Deps, 'ledger'>;

/** Beside what Stripe holds: QuickBooks' invoice and, where it has any, its payments. */
export async function readBooks(deps: ReadDeps, { invoice }: InvoiceRead, stripe: StripeInvoice | null): Promise<Outcome<Books>> {
  const ledger = await readLedger(deps, invoice);
  if (ledger.outcome === 'done') return done({ stripe, ...ledger.value, ledgerFailure: null });
  if (!passesByItself(ledger) && ledger.outcome !== 'unauthorized') return ledger;
  return done({ stripe, ledger: 'down', ledgerFailure: ledger, ledgerPayments: [], reference: null });
}

async function readLedger(
  { ledger }: ReadDeps,
  { quickbooksInvoiceId: id, allocations }: InvoiceRead['invoice'],
): Promise<Outcome<Pick<Books, 'ledger' | 'ledgerPayments' | 'reference'>>> {
  if (id === null) return done({ ledger: null, ledgerPayments: [], reference: null });
  const [invoice, reference] = await Promise.all([ledger.readInvoice(id), ledger.readReference()]);
  if (invoice.outcome !== 'done') return invoice;
  if (reference.outcome !== 'done') return reference;
  const ids = [...new Set([...(invoice.value?.paymentIds ?? []), ...countedPayments(allocations)])];
  const payments = ids.length === 0 ? done<LedgerPayment[]>([]) : await ledger.readPayments(ids);
  return payments.outcome === 'done'
    ? done({ ledger: invoice.value, ledgerPayments: payments.value, reference: reference.value })
    : payments;
}

/** QuickBooks payments of which Salesforce counts something against the invoice. */
export function countedPayments(allocations: InvoiceRead['invoice']['allocations']): string[] {
  return allocations.flatMap(({ paymentKey, amount }) => (amount === 0 ? [] : (/^quickbooks:(.+)$/.exec(paymentKey)?.slice(1) ?? [])));
}
