import { findDifferences, type Difference } from '../domain/find-differences.ts';
import type { InvoiceStatus } from '../domain/invoice.ts';
import { isIssued, mayBecome, statusOf } from '../domain/invoice-status.ts';
import { done, passesByItself, type Outcome } from '../domain/outcome.ts';
import { assertInvoiceFields } from '../domain/ownership.ts';
import { paymentKey, type PaymentRecord } from '../domain/payment.ts';
import type { Run } from '../ports/engine.ts';
import type { InvoiceChange, InvoiceRead } from '../ports/records.ts';
import type { Deps } from './deps.ts';
import { nowOf } from './effects/call-and-record.ts';
import { patiently } from './effects/patiently.ts';
import { lineOf } from './refresh-invoice/in-line.ts';
import { settlePayments, type Settlement } from './refresh-invoice/settle-payments.ts';
import { readBooks, type Books } from './refresh-invoice/read-books.ts';

export type RefreshDeps = Pick<Deps, 'records' | 'payments' | 'ledger' | 'effects' | 'clock'>;

export interface RefreshInput {
  invoiceId: string;
  /** No billing event and no write when nothing changed: for sweeps over many. */
  quiet: boolean;
  /** The change that is to be seen; without one the books are read in any case. */
  generation?: number;
}

export interface RefreshResult {
  paymentsBooked: number;
  statusCorrected: boolean;
  differences: Difference[];
}

const NOTHING: RefreshResult = { paymentsBooked: 0, statusCorrected: false, differences: [] };

/** Something happened to an invoice: its state is fetched from both books, under its lease, and Salesforce follows. */
export async function refreshInvoice(deps: RefreshDeps, input: RefreshInput, run: Run): Promise<RefreshResult> {
  if (input.generation !== undefined && lineOf(deps.records).hasSeen(input.invoiceId, input.generation)) return NOTHING;
  const outcome = await patiently({ run, waitedMs: 0, waiting: async () => undefined }, 'refresh', () => refreshOnce(deps, input));
  return outcome.outcome === 'done'
    ? outcome.value
    : { ...NOTHING, differences: [{ cause: 'Needs Person', message: outcome.problem.message, fix: outcome.problem.action }] };
}

/** Reads, books what is missing, decides the status by allocations, writes back. Safe to repeat at any point. */
async function refreshOnce(deps: RefreshDeps, { invoiceId, quiet }: RefreshInput): Promise<Outcome<RefreshResult>> {
  lineOf(deps.records).begin(invoiceId);
  const read = await deps.records.readInvoice({ invoiceId, asking: null });
  if (read.outcome !== 'done') return read;
  if (!isRefreshable(read.value)) return done(NOTHING);
  const books = await readBooks(deps, read.value);
  if (books.outcome !== 'done') return books;
  const settlement = await settlePayments(deps, read.value, books.value);
  const status = nextStatus(read.value, books.value, settlement);
  // Void in both books is no difference, whoever voided it there: Salesforce follows.
  const copy = copyOf(books.value.stripe);
  const differences = [...findDifferences({ ...read.value.invoice, status }, copy, books.value.ledger), ...settlement.differences];
  const written = await follow(deps, read.value, settlement, differences, status, quiet);
  if (written.outcome !== 'done') return written;
  // Salesforce shows the money already; QuickBooks gets it when it is back.
  if (settlement.pending) return settlement.pending;
  return done({ paymentsBooked: settlement.booked, statusCorrected: status !== read.value.invoice.status, differences });
}

const isRefreshable = ({ invoice }: InvoiceRead): boolean =>
  invoice.stripeInvoiceId !== null && (isIssued(invoice.status) || invoice.status === 'Needs Attention');

function nextStatus({ invoice }: InvoiceRead, { stripe, ledger }: Books, settlement: Settlement): InvoiceStatus {
  const inStripe = stripe?.status === 'void';
  const inLedger = ledger === 'down' ? null : (ledger?.voided ?? false);
  if (inStripe && inLedger) return 'Void';
  if (invoice.status === 'Voiding' || (inStripe && inLedger === null)) return invoice.status;
  if (inStripe || inLedger) return 'Needs Attention';
  const status = statusOf({
    total: invoice.total,
    settled: settlement.settled + invoice.credited,
    voided: false,
    uncollectible: stripe?.status === 'uncollectible',
  });
  return mayBecome(invoice.status, status) ? status : invoice.status;
}

async function follow(
  deps: RefreshDeps,
  { invoice, company }: InvoiceRead,
  settlement: Settlement,
  differences: Difference[],
  status: InvoiceStatus,
  quiet: boolean,
): Promise<Outcome<null>> {
  // What passes by itself is no news for a person: the refresh is tried again.
  const stuck = settlement.pending && !passesByItself(settlement.pending) ? [settlement.pending.problem.message] : [];
  const problem = [...differences.map((each) => each.message), ...stuck].join(' ') || null;
  const moved =
    status !== invoice.status ||
    settlement.withdrawn.length > 0 ||
    settlement.payments.some((payment) => isNews(payment, invoice.allocations));
  if (quiet && !moved && problem === invoice.problem) return done(null);
  const at = nowOf(deps);
  const change: InvoiceChange = {
    status,
    problem,
    revision: invoice.revision + 1,
    stripeAsOf: at,
    ...(settlement.pending ? {} : { quickbooksAsOf: at }),
    ...(status === 'Void' && invoice.status !== 'Void' ? { voidedAt: at } : {}),
  };
  assertInvoiceFields(Object.keys(change));
  return deps.records.writeBack({
    companyKey: company.key,
    companyId: company.id,
    quickbooksRealmId: company.quickbooksRealmId,
    invoiceId: invoice.id,
    ownerId: invoice.ownerId,
    sourceId: invoice.sourceId,
    accountId: invoice.accountId,
    currency: invoice.currency,
    invoice: change,
    links: [],
    payments: settlement.payments,
    withdrawn: settlement.withdrawn,
    operation: null,
    event: quiet && !moved ? null : { kind: 'record-payment', state: 'done', step: 'written-back' },
  });
}

function isNews(payment: PaymentRecord, known: InvoiceRead['invoice']['allocations']): boolean {
  const held = known.find((each) => each.paymentKey === paymentKey(payment));
  return !held || held.amount !== payment.allocated;
}

const copyOf = (stripe: Books['stripe']) => stripe && { ...stripe, voided: stripe.status === 'void' };
