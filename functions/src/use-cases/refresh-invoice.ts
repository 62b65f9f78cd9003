import { findDifferences, type Difference } from '../domain/find-differences.ts';
import type { InvoiceStatus } from '../domain/invoice.ts';
import { isIssued, mayBecome, statusOf } from '../domain/invoice-status.ts';
import { done, mapOutcome, passesByItself, type Failure, type Outcome } from '../domain/outcome.ts';
import { assertInvoiceFields } from '../domain/ownership.ts';
import { paymentKey, type PaymentRecord } from '../domain/payment.ts';
import type { Run } from '../ports/engine.ts';
import type { DirtyObject } from '../ports/inbox.ts';
import type { StripeInvoice } from '../ports/payments.ts';
import type { InvoiceChange, InvoiceRead, SyncIssueWrite } from '../ports/records.ts';
import type { Deps } from './deps.ts';
import { countsAgainst, stripePaymentRecord } from './record-payment.ts';
import { nowOf } from './effects/call-and-record.ts';
import { GIVES_WAY_MS, patiently, SYNC_WAITS_MS } from './effects/patiently.ts';
import { newsOf, type News } from './record-money/news.ts';
import { markShown } from './record-money/shown.ts';
import { lineOf } from './refresh-invoice/in-line.ts';
import { readBooks, type Books } from './refresh-invoice/read-books.ts';
import { readMoney, rowsOf } from './refresh-invoice/read-money.ts';
import { settleMoney, type SettledMoney } from './refresh-invoice/settle-money.ts';
import { settlePayments, type Settlement } from './refresh-invoice/settle-payments.ts';
import { settling } from './settle-object.ts';

export type RefreshDeps = Pick<Deps, 'records' | 'payments' | 'balance' | 'ledger' | 'bookings' | 'effects' | 'inbox' | 'clock'>;

export interface RefreshInput {
  invoiceId: string;
  /** No billing event and no write when nothing changed: for sweeps over many. */
  quiet: boolean;
  /** Refunds, disputes or credits changed: they are read even where the payments show no trace of them. */
  money?: boolean;
  /** What changed, to be seen and settled; without any the books are read in any case. */
  objects?: DirtyObject[];
}

export interface RefreshResult {
  paymentsBooked: number;
  /** Entries made for refunds, disputes and credits. */
  entriesBooked: number;
  statusCorrected: boolean;
  differences: Difference[];
  /** Findings about the money, each under a key of its own; reported already. */
  issues: SyncIssueWrite[];
}

export const NOTHING_DONE: RefreshResult = { paymentsBooked: 0, entriesBooked: 0, statusCorrected: false, differences: [], issues: [] };

/** Something happened to an invoice: its state is fetched from both books, under its lease, and Salesforce follows. */
export async function refreshInvoice(deps: RefreshDeps, input: RefreshInput, run: Run): Promise<RefreshResult> {
  const { objects = [] } = input;
  const isAsked = objects.length > 0;
  const hasSeen = ({ generation }: DirtyObject) =>
    lineOf(deps.records).hasSeen(input.invoiceId, generation, input.money ? 'money' : 'books');
  const patience = { run, waitedMs: 0, patienceMs: isAsked ? GIVES_WAY_MS : SYNC_WAITS_MS, waiting: async () => undefined };
  const outcome = await settling(deps, { objects, run }, async () =>
    isAsked && objects.every(hasSeen) ? done(NOTHING_DONE) : patiently(patience, 'refresh', () => refreshOnce(deps, input)),
  );
  return outcome.outcome === 'done'
    ? outcome.value
    : { ...NOTHING_DONE, differences: [{ cause: 'Needs Person', message: outcome.problem.message, fix: outcome.problem.action }] };
}

/** Reads, books what is missing, decides the status by allocations, writes back. Safe to repeat at any point. */
async function refreshOnce(deps: RefreshDeps, { invoiceId, quiet, money: asked = false }: RefreshInput): Promise<Outcome<RefreshResult>> {
  const seen = lineOf(deps.records).begin(invoiceId);
  // What happens while it is read may be seen or not, so nothing later than this is certain.
  const asOf = nowOf(deps);
  const held = await deps.records.readInvoice({ invoiceId, asking: null });
  if (held.outcome !== 'done') return held;
  if (!isRefreshable(held.value)) return done(NOTHING_DONE);
  const stripe = await deps.payments.readInvoice(held.value.invoice.stripeInvoiceId ?? '');
  if (stripe.outcome !== 'done') return stripe;
  rememberOwn(deps, held.value, stripe.value);
  const shown = await showAtOnce(deps, held.value, stripe.value, asOf);
  if (shown.outcome !== 'done') return shown;
  const read = shown.value ? await deps.records.readInvoice({ invoiceId, asking: null }) : held;
  if (read.outcome !== 'done') return read;
  const books = await readBooks(deps, read.value, stripe.value);
  if (books.outcome !== 'done') return books;
  const money = await readMoney(deps, read.value, books.value, asked);
  if (money.outcome !== 'done') return money;
  const settlement = await settlePayments(deps, read.value, books.value, money.value);
  const status = nextStatus(read.value, books.value, settlement);
  const after = money.value && (await settleMoney(deps, read.value, books.value, money.value, status !== 'Paid' && status !== 'Void'));
  // Void in both books is no difference, whoever voided it there: Salesforce follows.
  const copy = copyOf(books.value.stripe);
  const differences = [...findDifferences({ ...read.value.invoice, status }, copy, books.value.ledger), ...settlement.differences];
  const news = await newsOf(deps, after);
  const pending = settlement.pending ?? after?.findings.pending ?? null;
  const written = await follow(deps, read.value, { settlement, after, news, pending, differences, status, quiet, asked, asOf });
  if (written.outcome !== 'done') return written;
  await news.told();
  if (money.value) await markShown(deps, rowsOf(money.value));
  // Salesforce shows the money already; QuickBooks gets it when it is back.
  if (pending) return pending;
  seen(asked ? 'money' : 'books');
  return done({
    paymentsBooked: settlement.booked,
    entriesBooked: after?.findings.booked ?? 0,
    statusCorrected: status !== held.value.invoice.status,
    differences,
    issues: news.issues,
  });
}

/** Its copy in QuickBooks and payments that pay it alone belong to it for good: whose they are is not asked when they change. */
export function rememberOwn({ records }: Pick<Deps, 'records'>, { invoice }: InvoiceRead, stripe: StripeInvoice | null): void {
  const { id: invoiceId, quickbooksInvoiceId } = invoice;
  if (quickbooksInvoiceId !== null) lineOf(records).own(`quickbooks:invoice:${quickbooksInvoiceId}`, invoiceId);
  for (const { id, chargeId, amount, allocated } of stripe?.payments ?? []) {
    if (allocated !== amount) continue;
    lineOf(records).own(`stripe:payment_intent:${id}`, invoiceId);
    if (chargeId !== null) lineOf(records).own(`stripe:charge:${chargeId}`, invoiceId);
  }
}

/** New money at Stripe is shown before QuickBooks is asked, which may have to wait its turn; answers whether there was any. */
export async function showAtOnce(
  deps: RefreshDeps,
  read: InvoiceRead,
  stripe: StripeInvoice | null,
  asOf: string,
): Promise<Outcome<boolean>> {
  const { invoice } = read;
  // What is left of a payment in dispute is known only once the dispute is read: a returned debit was never paid.
  const news =
    stripe?.status !== 'void' &&
    !stripe?.payments.some(({ status }) => status === 'Disputed') &&
    stripe?.payments.some((each) => countsAgainst(each) && isNews(stripePaymentRecord(each, null), invoice.allocations));
  if (!news || invoice.status === 'Voiding' || invoice.status === 'Needs Attention') return done(false);
  const books: Books = { stripe, ledger: 'down', ledgerFailure: null, ledgerPayments: [], reference: null };
  const settlement = await settlePayments(deps, read, books, null);
  const status = nextStatus(read, books, settlement);
  const nothing: News = {
    issues: [],
    resolved: [],
    problems: invoice.problem === null ? [] : [invoice.problem],
    isNews: false,
    told: async () => undefined,
  };
  const shown = { settlement, after: null, news: nothing, pending: null, differences: [], status, quiet: false, asked: false, asOf };
  const written = await follow(deps, read, shown, {});
  return mapOutcome(written, () => true);
}

export const isRefreshable = ({ invoice }: InvoiceRead): boolean =>
  !invoice.loaded && invoice.stripeInvoiceId !== null && (isIssued(invoice.status) || invoice.status === 'Needs Attention');

function nextStatus({ invoice }: InvoiceRead, { stripe, ledger }: Books, settlement: Settlement): InvoiceStatus {
  const inStripe = stripe?.status === 'void';
  const inLedger = ledger === 'down' ? null : (ledger?.voided ?? false);
  if (inStripe && inLedger) return 'Void';
  if (invoice.status === 'Voiding' || (inStripe && inLedger === null)) return invoice.status;
  if (inStripe || inLedger) return 'Needs Attention';
  const status = statusOf({
    total: invoice.total,
    settled: settlement.settled + settlement.credited,
    voided: false,
    uncollectible: stripe?.status === 'uncollectible',
  });
  return mayBecome(invoice.status, status) ? status : invoice.status;
}

interface Outcomes {
  settlement: Settlement;
  after: SettledMoney | null;
  news: News;
  pending: Failure | null;
  differences: Difference[];
  status: InvoiceStatus;
  quiet: boolean;
  asked: boolean;
  asOf: string;
}

async function follow(
  deps: RefreshDeps,
  { invoice, company }: InvoiceRead,
  { settlement, after, news, pending, differences, status, quiet, asked, asOf }: Outcomes,
  // Only what was read is as of now.
  quickbooks: Pick<InvoiceChange, 'quickbooksAsOf'> = pending ? {} : { quickbooksAsOf: asOf },
): Promise<Outcome<null>> {
  // What passes by itself is no news for a person: the refresh is tried again.
  const stuck = pending && !passesByItself(pending) ? [pending.problem.message] : [];
  const problem = [...differences.map((each) => each.message), ...news.problems, ...stuck].join(' ') || null;
  const moved =
    status !== invoice.status ||
    settlement.withdrawn.length > 0 ||
    settlement.payments.some((payment) => isNews(payment, invoice.allocations)) ||
    (after?.findings.booked ?? 0) > 0;
  // A refund or dispute may have moved on without an entry: whoever asked for them gets their state.
  if (quiet && !asked && !moved && !news.isNews && problem === invoice.problem) return done(null);
  const change: InvoiceChange = {
    status,
    problem,
    revision: invoice.revision + 1,
    stripeAsOf: asOf,
    ...quickbooks,
    ...(status === 'Void' && invoice.status !== 'Void' ? { voidedAt: nowOf(deps) } : {}),
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
    payments: settlement.payments,
    withdrawn: settlement.withdrawn,
    ...(after ? { refunds: after.refunds, disputes: after.disputes, creditMemos: after.creditMemos } : {}),
    issues: [...news.issues, ...news.resolved],
    operation: null,
    event: quiet && !moved ? null : { kind: 'record-payment', state: 'done', step: 'written-back' },
  });
}

function isNews(payment: PaymentRecord, known: InvoiceRead['invoice']['allocations']): boolean {
  const held = known.find((each) => each.paymentKey === paymentKey(payment));
  return !held || held.amount !== payment.allocated;
}

const copyOf = (stripe: Books['stripe']) => stripe && { ...stripe, voided: stripe.status === 'void' };
