import { rowBookingKey, type BalanceRow } from '../../domain/balance-row.ts';
import type { Company } from '../../domain/company.ts';
import { moneyText } from '../../domain/money.ts';
import { done, type Outcome } from '../../domain/outcome.ts';
import type { Json } from '../../ports/effect-log.ts';
import type { Run } from '../../ports/engine.ts';
import type { SyncIssueWrite } from '../../ports/records.ts';
import { patiently, SYNC_WAITS_MS } from '../effects/patiently.ts';
import { isShown } from '../record-money/shown.ts';
import { invoiceQueue } from '../issue-invoice.ts';
import type { RefreshInput, RefreshResult } from '../refresh-invoice.ts';
import { invoicesOfStripe } from '../refresh-object.ts';
import { payoutQueue, type PayoutResult } from '../refresh-payout.ts';
import { brokenText, type Unfinished, waitForPart } from '../run-sync/wait-for-part.ts';
import type { SweepDeps } from './sweep-deps.ts';

export interface SettledRows {
  entriesBooked: number;
  paymentsBooked: number;
  issues: SyncIssueWrite[];
  /** Keys of the issues of what a fault of ours ended. */
  broken: string[];
  /** Rows of ours that wait for an entry: the next sweep has to see them again. */
  held: BalanceRow[];
  /** All rows without an entry, ours or not: they explain what the books differ by. */
  unbooked: BalanceRow[];
}

/** What one invoice or payout came to. */
interface Part extends PayoutResult {
  paymentsBooked?: number;
  broken?: SyncIssueWrite[];
}

const OF_PAYMENTS = new Set<BalanceRow['category']>(['charge', 'refund', 'refund_failure', 'dispute', 'dispute_reversal']);

/** Sees that every row has its entry: rows of payments through the refresh of their invoices, payouts through their own. */
export async function settleRows(deps: SweepDeps, run: Run, company: Company, rows: BalanceRow[]): Promise<Outcome<SettledRows>> {
  const result: SettledRows = { entriesBooked: 0, paymentsBooked: 0, issues: [], broken: [], held: [], unbooked: [] };
  const waiting = { run, waitedMs: 0, waiting: async () => undefined };
  const open = await patiently(waiting, 'unfinished rows', () => unfinished(deps, rows));
  if (open.outcome !== 'done') return open;
  const invoices = await patiently(waiting, 'invoices of rows', () =>
    invoicesOf(
      deps,
      rows.filter((row) => open.value.includes(row.id)),
    ),
  );
  if (invoices.outcome !== 'done') return invoices;
  const unsettled = await patiently(waiting, 'unsettled invoices', () => deps.moneyRecords.listUnsettledInvoices());
  if (unsettled.outcome !== 'done') return unsettled;
  for (const invoiceId of new Set([...invoices.value.flatMap(([, ids]) => ids), ...unsettled.value]))
    take(result, await run.step(`money of ${invoiceId}`, () => refreshInvoice(deps, run.id, invoiceId)));

  const payouts = await patiently(waiting, 'open payouts', () => payoutsOf(deps, rows));
  if (payouts.outcome !== 'done') return payouts;
  for (const payoutId of payouts.value)
    take(result, await run.step(`payout ${payoutId}`, () => refreshPayout(deps, run.id, company, payoutId)));

  const still = await patiently(waiting, 'rows still without entry', () => withoutEntry(deps, rows));
  if (still.outcome !== 'done') return still;
  result.unbooked = rows.filter((row) => still.value.includes(row.id));
  const ours = new Set(invoices.value.flatMap(([paymentId, ids]) => (ids.length > 0 ? [paymentId] : [])));
  for (const row of result.unbooked) {
    if (row.category === 'payout' || row.category === 'payout_reversal') continue;
    if (row.paymentId !== null && ours.has(row.paymentId)) result.held.push(row);
    else result.issues.push(foreign(row));
  }
  return done(result);
}

function take(result: SettledRows, { entriesBooked, issues, paymentsBooked = 0, broken = [] }: Part): void {
  result.entriesBooked += entriesBooked;
  result.paymentsBooked += paymentsBooked;
  result.issues.push(...issues, ...broken);
  result.broken.push(...broken.map(({ key }) => key));
}

/** Ids of the rows that need an entry of their own and have none; fees are grouped and looked at apart. */
async function withoutEntry({ effects, moneyRecords }: SweepDeps, rows: BalanceRow[]): Promise<Outcome<string[]>> {
  const booked = await moneyRecords.listBookedPayments([
    ...new Set(rows.flatMap((row) => (row.category === 'charge' && row.paymentId ? [row.paymentId] : []))),
  ]);
  if (booked.outcome !== 'done') return booked;
  const payments = new Set(booked.value);
  const open: string[] = [];
  for (const row of rows) {
    if (row.category === 'fee' || row.amount === 0) continue;
    const has =
      row.category === 'charge' ? payments.has(row.paymentId ?? '') : (await effects.read(rowBookingKey(row.id)))?.state === 'answered';
    if (!has) open.push(row.id);
  }
  return done(open);
}

/** Those, and the rows of payments whose entry Salesforce may not know of. */
async function unfinished(deps: SweepDeps, rows: BalanceRow[]): Promise<Outcome<string[]>> {
  const open = await withoutEntry(deps, rows);
  if (open.outcome !== 'done') return open;
  const ids = new Set(open.value);
  for (const row of rows)
    if (row.category !== 'charge' && OF_PAYMENTS.has(row.category) && !ids.has(row.id) && !(await isShown(deps, row.id))) ids.add(row.id);
  return done([...ids]);
}

/** Payment -> Salesforce ids of its invoices. */
async function invoicesOf(deps: SweepDeps, rows: BalanceRow[]): Promise<Outcome<[string, string[]][]>> {
  const found: [string, string[]][] = [];
  const payments = new Set(rows.flatMap((row) => (OF_PAYMENTS.has(row.category) && row.paymentId ? [row.paymentId] : [])));
  for (const paymentId of payments) {
    const ids = await invoicesOfStripe(deps, paymentId.startsWith('pi_') ? 'payment_intent' : 'charge', paymentId);
    if (ids.outcome !== 'done') return ids;
    found.push([paymentId, ids.value]);
  }
  return done(found);
}

async function payoutsOf(deps: SweepDeps, rows: BalanceRow[]): Promise<Outcome<string[]>> {
  const open = await deps.moneyRecords.listOpenPayouts();
  if (open.outcome !== 'done') return open;
  const ids = new Set(open.value.map((each) => each.stripePayoutId));
  for (const row of rows) {
    if ((row.category !== 'payout' && row.category !== 'payout_reversal') || row.sourceId === null) continue;
    if (!(await isShown(deps, row.id))) ids.add(row.sourceId);
  }
  return done([...ids]);
}

async function refreshInvoice({ engine }: SweepDeps, runKey: string, invoiceId: string): Promise<Part> {
  const id = `refresh-invoice.${invoiceId}.${runKey}.money`;
  const input: RefreshInput = { invoiceId, quiet: true, money: true };
  await engine.enqueue({ workflow: 'refresh-invoice', id, queueKey: invoiceQueue(invoiceId), input: input as unknown as Json });
  const result = await waitForPart<RefreshResult>({ engine }, id, SYNC_WAITS_MS);
  return typeof result === 'object' ? result : withoutResult(result, 'The money of an invoice', id, invoiceId);
}

async function refreshPayout({ engine }: SweepDeps, runKey: string, company: Company, payoutId: string): Promise<Part> {
  const id = `refresh-payout.${payoutId}.${runKey}`;
  await engine.enqueue({ workflow: 'refresh-payout', id, queueKey: payoutQueue(company.key), input: { payoutId } });
  const result = await waitForPart<PayoutResult>({ engine }, id, SYNC_WAITS_MS);
  return typeof result === 'object' ? result : withoutResult(result, `Payout ${payoutId}`, id, null);
}

/** What is late is looked at again by the next sync, and a person is told only of what broke. */
const withoutResult = (result: Unfinished, what: string, runId: string, invoiceId: string | null): Part => {
  const issue = { key: `not-checked.${invoiceId ?? what}`, cause: 'Needs Person' as const, invoiceId, recordId: invoiceId };
  return { entriesBooked: 0, issues: [], broken: result === 'late' ? [] : [{ ...issue, ...brokenText(what, runId) }] };
};

const foreign = (row: BalanceRow): SyncIssueWrite => ({
  key: `${row.id}.not-booked`,
  cause: 'Not Booked',
  invoiceId: null,
  recordId: null,
  message: `Stripe's balance has a row that belongs to no invoice of Trueup: ${row.id}, ${row.reportedAs}, ${moneyText(row.amount, row.currency).display}${row.description ? ` (${row.description})` : ''}.`,
  fix: 'Ask the accountant to enter it by hand against the clearing account.',
});
