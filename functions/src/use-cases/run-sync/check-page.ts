import type { InvoiceRecord } from '../../domain/invoice.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { Json } from '../../ports/effect-log.ts';
import type { Run } from '../../ports/engine.ts';
import type { LedgerInvoice } from '../../ports/ledger.ts';
import type { StripeInvoice } from '../../ports/payments.ts';
import type { SyncIssueWrite } from '../../ports/records.ts';
import type { Deps } from '../deps.ts';
import { PATIENCE_MS, patiently, SYNC_WAITS_MS } from '../effects/patiently.ts';
import { invoiceQueue } from '../issue-invoice.ts';
import { NOTHING_DONE, type RefreshInput, type RefreshResult } from '../refresh-invoice.ts';
import { RECONCILE_KEY } from '../reconcile/tell-disagreement.ts';
import { looksSettled } from './looks-settled.ts';
import type { PageCounts } from './report.ts';
import { brokenText, waitForPart } from './wait-for-part.ts';

export interface PageResult {
  counts: PageCounts;
  issues: SyncIssueWrite[];
  /** Keys of open issues that did not show again. */
  resolved: string[];
  next: string | null;
}

type PageDeps = Pick<Deps, 'records' | 'payments' | 'ledger' | 'engine'>;

/** Clocks of Salesforce and Stripe may differ by this much. */
const CLOCK_SLACK_MS = 3_600_000;

/** One page of invoices: both books are read in bulk, and only those that differ are refreshed, each under its own lease. */
export async function checkPage(
  deps: PageDeps,
  run: Run,
  page: number,
  from: { cursor: string | null; paidSince: string },
): Promise<Outcome<PageResult>> {
  const read = await patiently({ run, waitedMs: 0, waiting: async () => undefined }, `read page ${page}`, () => readPage(deps, from));
  if (read.outcome !== 'done') return read;
  const counts: PageCounts = {
    invoicesChecked: read.value.checked,
    paymentsBooked: 0,
    entriesBooked: 0,
    statusesCorrected: 0,
    changedDocuments: 0,
  };
  const issues: SyncIssueWrite[] = [];
  for (const invoiceId of read.value.stale) {
    const result = await run.step(`refresh ${invoiceId}`, () => refreshInLine(deps, run.id, invoiceId));
    counts.paymentsBooked += result.paymentsBooked;
    counts.entriesBooked += result.entriesBooked;
    counts.statusesCorrected += result.statusCorrected ? 1 : 0;
    counts.changedDocuments += result.differences.some((each) => each.cause !== 'Needs Person') ? 1 : 0;
    issues.push(
      ...result.issues.map((issue) => ({ ...issue, written: true as const })),
      ...result.differences.map((each) => ({
        key: `${invoiceId}.${each.cause.replaceAll(' ', '-').toLowerCase()}`,
        cause: each.cause,
        invoiceId,
        recordId: invoiceId,
        message: each.message,
        fix: each.fix,
      })),
    );
  }
  const found = onePerKey(issues);
  const again = new Set(found.map((issue) => issue.key));
  return done({ counts, issues: found, resolved: read.value.openIssues.filter((key) => !again.has(key)), next: read.value.next });
}

/** The page's invoices and which of them need a closer look; ids only, so that the run's memory stays small. */
async function readPage(
  deps: PageDeps,
  from: { cursor: string | null; paidSince: string },
): Promise<Outcome<{ checked: number; stale: string[]; openIssues: string[]; next: string | null }>> {
  const listed = await deps.records.listOpenInvoices(from);
  if (listed.outcome !== 'done') return listed;
  const { invoices, next } = listed.value;
  const [stripe, ledger] = await Promise.all([readStripe(deps, invoices), readLedger(deps, invoices)]);
  if (stripe.outcome !== 'done') return stripe;
  if (ledger.outcome !== 'done') return ledger;
  const stale = invoices.filter(
    (invoice) =>
      !looksSettled(invoice, stripe.value.get(invoice.stripeInvoiceId ?? ''), ledger.value.get(invoice.quickbooksInvoiceId ?? '')),
  );
  return done({
    checked: invoices.length,
    stale: stale.map((invoice) => invoice.id),
    // Findings about money have keys of their own; they and those of the comparison are closed by what made them.
    openIssues: invoices.flatMap((invoice) =>
      invoice.openIssues.filter((key) => key.startsWith(`${invoice.id}.`) && !key.endsWith(RECONCILE_KEY)),
    ),
    next,
  });
}

/**
 * Stripe has no read of many: its list from the oldest of them on, page by page, until all are seen. One that waited longer than
 * this for Stripe is not among them and is looked at alone.
 */
async function readStripe({ payments }: PageDeps, invoices: readonly InvoiceRecord[]): Promise<Outcome<Map<string, StripeInvoice>>> {
  const wanted = new Set(invoices.flatMap((invoice) => invoice.stripeInvoiceId ?? []));
  const found = new Map<string, StripeInvoice>();
  if (wanted.size === 0) return done(found);
  const issued = invoices.map((invoice) => Date.parse(invoice.issuedAt)).sort((a, b) => a - b);
  const [oldest = 0, newest = 0] = [issued[0], issued.at(-1)];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof payments.listInvoices>> = await payments.listInvoices({
      createdFrom: new Date(oldest - CLOCK_SLACK_MS).toISOString(),
      createdTo: new Date(newest + PATIENCE_MS + CLOCK_SLACK_MS).toISOString(),
      cursor,
    });
    if (page.outcome !== 'done') return page;
    for (const invoice of page.value.invoices) if (wanted.has(invoice.id)) found.set(invoice.id, invoice);
    cursor = page.value.next;
  } while (cursor !== null && found.size < wanted.size);
  return done(found);
}

async function readLedger({ ledger }: PageDeps, invoices: readonly InvoiceRecord[]): Promise<Outcome<Map<string, LedgerInvoice>>> {
  const ids = invoices.flatMap((invoice) => invoice.quickbooksInvoiceId ?? []);
  if (ids.length === 0) return done(new Map());
  const read = await ledger.readInvoices(ids);
  return read.outcome === 'done' ? done(new Map(read.value.map((invoice) => [invoice.id, invoice]))) : read;
}

/** Under the invoice's lease; `runKey` and the invoice name the refresh. */
export async function refreshInLine({ engine }: Pick<Deps, 'engine'>, runKey: string, invoiceId: string): Promise<RefreshResult> {
  const id = `refresh-invoice.${invoiceId}.${runKey}`;
  await engine.enqueue({
    workflow: 'refresh-invoice',
    id,
    queueKey: invoiceQueue(invoiceId),
    input: { invoiceId, quiet: true } satisfies RefreshInput as Json,
  });
  const result = await waitForPart<RefreshResult>({ engine }, id, SYNC_WAITS_MS);
  if (typeof result === 'object') return result;
  const words = result === 'broken' ? brokenText('An invoice', id) : LATE;
  return { ...NOTHING_DONE, differences: [{ cause: 'Needs Person', ...words }] };
}

const LATE = {
  message: 'An invoice could not be checked in time: another operation holds it.',
  fix: "Look at the invoice's operation; the next sync tries again.",
};

/** One issue per key: what the same finding is called twice is joined. */
export function onePerKey(issues: readonly SyncIssueWrite[]): SyncIssueWrite[] {
  const byKey = new Map<string, SyncIssueWrite>();
  for (const issue of issues) {
    const held = byKey.get(issue.key);
    const same = held === undefined || held.message.includes(issue.message);
    byKey.set(issue.key, same ? (held ?? issue) : { ...held, message: `${held.message} ${issue.message}` });
  }
  return [...byKey.values()];
}
