import type { Company } from '../../domain/company.ts';
import { dayInZone } from '../../domain/dates.ts';
import type { InvoiceStatus } from '../../domain/invoice.ts';
import { done, passesByItself, type Outcome } from '../../domain/outcome.ts';
import type { HeldDocument, Holdings, OwnInvoice, Standing } from '../../domain/reconcile.ts';
import type { LedgerInvoice } from '../../ports/ledger.ts';
import type { ListedInvoice } from '../../ports/payments.ts';
import type { BriefInvoice } from '../../ports/records.ts';
import type { Deps } from '../deps.ts';

export type HoldingsDeps = Pick<Deps, 'records' | 'payments' | 'ledger' | 'clock'>;

/** A clock of theirs may be behind ours. */
const CLOCK_SLACK_MS = 86_400_000;
const TRIES_A_PAGE = 5;
const UNDER_WAY: readonly InvoiceStatus[] = ['Queued', 'Issuing', 'Voiding', 'Needs Attention'];

/**
 * Every invoice since the books were connected, as each system lists it. Salesforce is read last: whatever the others hold of ours
 * is there by then.
 */
export async function readHoldings(deps: HoldingsDeps, company: Company): Promise<Outcome<Holdings>> {
  const createdFrom = new Date(Date.parse(company.booksFrom) - CLOCK_SLACK_MS).toISOString();
  const [stripe, quickbooks] = await Promise.all([
    readAll(
      deps,
      (cursor) => deps.payments.listBriefly({ createdFrom, cursor }),
      (invoice) => inStripe(invoice, company),
    ),
    readAll(deps, (cursor) => deps.ledger.listInvoices({ createdFrom, cursor }), inQuickBooks),
  ]);
  if (stripe.outcome !== 'done') return stripe;
  if (quickbooks.outcome !== 'done') return quickbooks;
  const salesforce = await readAll(deps, (cursor) => deps.records.listBriefly({ cursor }), inSalesforce);
  if (salesforce.outcome !== 'done') return salesforce;
  return done({ salesforce: salesforce.value, stripe: stripe.value, quickbooks: quickbooks.value });
}

async function readAll<Listed, Held>(
  { clock }: HoldingsDeps,
  read: (cursor: string | null) => Promise<Outcome<{ invoices: Listed[]; next: string | null }>>,
  show: (listed: Listed) => Held | null,
): Promise<Outcome<Held[]>> {
  const all: Held[] = [];
  let cursor: string | null = null;
  do {
    let page: Outcome<{ invoices: Listed[]; next: string | null }> = await read(cursor);
    // One page that fails in passing must not cost the hundreds before it.
    for (let tried = 1; page.outcome !== 'done' && passesByItself(page) && tried < TRIES_A_PAGE; tried += 1) {
      await clock.sleep(page.outcome === 'rate-limited' ? page.retryAfterMs : 1_000 * tried);
      page = await read(cursor);
    }
    if (page.outcome !== 'done') return page;
    all.push(...page.value.invoices.flatMap((listed) => show(listed) ?? []));
    cursor = page.value.next;
  } while (cursor !== null);
  return done(all);
}

const standingOf = (isVoid: boolean, due: number): Standing => (isVoid ? 'void' : due > 0 ? 'open' : 'settled');

function inSalesforce(invoice: BriefInvoice): OwnInvoice {
  const { id, number, status, currency, total, invoiceDate, stripeInvoiceId, quickbooksInvoiceId } = invoice;
  // What was paid too much is a finding of its own.
  const due = Math.max(0, invoice.amountDue);
  return {
    id,
    invoiceId: id,
    number,
    month: invoiceDate.slice(0, 7),
    currency,
    standing: standingOf(status === 'Void', due),
    total,
    due,
    underWay: UNDER_WAY.includes(status),
    copies: { stripe: stripeInvoiceId, quickbooks: quickbooksInvoiceId },
  };
}

function inStripe(invoice: ListedInvoice, { timeZone }: Company): HeldDocument | null {
  const { id, invoiceId, number, status, currency, total, amountRemaining: due, effectiveAt } = invoice;
  // A draft is not a document yet.
  if (status === 'draft') return null;
  const month = dayInZone(Date.parse(effectiveAt), timeZone).slice(0, 7);
  return { id, invoiceId, number, month, currency, standing: standingOf(status === 'void', due), total, due };
}

function inQuickBooks({ id, invoiceId, number, invoiceDate, currency, voided, total, balance: due }: LedgerInvoice): HeldDocument {
  return { id, invoiceId, number, month: invoiceDate.slice(0, 7), currency, standing: standingOf(voided, due), total, due };
}
