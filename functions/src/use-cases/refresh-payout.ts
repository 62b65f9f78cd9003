import { done, type Outcome } from '../domain/outcome.ts';
import type { PayoutRecord } from '../domain/stripe-money.ts';
import type { Run } from '../ports/engine.ts';
import type { DirtyObject } from '../ports/inbox.ts';
import type { StripePayout } from '../ports/balance.ts';
import type { SyncIssueWrite } from '../ports/records.ts';
import type { Deps } from './deps.ts';
import { nowOf } from './effects/call-and-record.ts';
import { GIVES_WAY_MS, patiently, SYNC_WAITS_MS } from './effects/patiently.ts';
import { createFindings } from './record-money/findings.ts';
import type { BooksOf } from './record-money/enter.ts';
import { newsOf } from './record-money/news.ts';
import { markShown } from './record-money/shown.ts';
import { recordPayout } from './record-payout.ts';
import { settling } from './settle-object.ts';

type PayoutDeps = Pick<Deps, 'records' | 'moneyRecords' | 'balance' | 'ledger' | 'bookings' | 'effects' | 'inbox' | 'clock'>;

export interface PayoutInput {
  payoutId: string;
  /** What changed, to be settled; without any somebody else asks. */
  objects?: DirtyObject[];
}

export interface PayoutResult {
  entriesBooked: number;
  issues: SyncIssueWrite[];
}

/** Money that moves between Stripe and the bank goes one at a time: the lease of a company's payouts. */
export const payoutQueue = (companyKey: string): string => `payouts:${companyKey}`;

/** Something happened to a payout: its state is fetched under the lease, QuickBooks and Salesforce follow. */
export async function refreshPayout(deps: PayoutDeps, { payoutId, objects = [] }: PayoutInput, run: Run): Promise<PayoutResult> {
  const outcome = await settling(deps, { objects, run }, () =>
    patiently(
      { run, waitedMs: 0, patienceMs: objects.length > 0 ? GIVES_WAY_MS : SYNC_WAITS_MS, waiting: async () => undefined },
      'refresh',
      () => refreshOnce(deps, payoutId),
    ),
  );
  return outcome.outcome === 'done' ? outcome.value : { entriesBooked: 0, issues: [] };
}

async function refreshOnce(deps: PayoutDeps, payoutId: string): Promise<Outcome<PayoutResult>> {
  const asOf = nowOf(deps);
  const [read, context] = await Promise.all([deps.balance.readPayout(payoutId), deps.records.readCompany({ asking: null })]);
  if (read.outcome !== 'done') return read;
  if (context.outcome !== 'done') return context;
  const payout = read.value;
  const { company } = context.value;
  // What moved before the books were connected is the accountant's.
  if (!payout || payout.createdAt < company.booksFrom) return done({ entriesBooked: 0, issues: [] });
  const findings = createFindings(null);
  const reference = await deps.ledger.readReference();
  const into: Outcome<BooksOf> = reference.outcome === 'done' ? done({ company, reference: reference.value }) : reference;
  const entries = await findings.attemptAll(into, payout.id, (books) => recordPayout(deps, books, payout));
  if (payout.status === 'Failed') findings.add(failed(payout));
  const news = await newsOf(deps, { findings });
  const written = await write(deps, { companyId: company.id, asOf }, payout, entries?.[0]?.booking ?? null, entries !== null, [
    ...news.issues,
    ...news.resolved,
  ]);
  if (written.outcome !== 'done') return written;
  await news.told();
  if (entries !== null && isFinal(payout)) await markShown(deps, [payout.row, payout.failureRow]);
  if (findings.pending) return findings.pending;
  return done({ entriesBooked: findings.booked, issues: news.issues });
}

/** A payout on a schedule is done with when its lines are there too. */
const isFinal = ({ status, automatic, itemised }: StripePayout): boolean =>
  status !== 'Pending' && status !== 'In Transit' && (itemised || !automatic || status !== 'Paid');

/** The payout itself, then its lines, then that they are all there: a payout is shown as itemised only when it is. */
async function write(
  deps: PayoutDeps,
  of: { companyId: string; asOf: string },
  payout: StripePayout,
  booking: { id: string; url: string } | null,
  booked: boolean,
  issues: SyncIssueWrite[],
): Promise<Outcome<null>> {
  const record: PayoutRecord = {
    stripePayoutId: payout.id,
    amount: { minor: payout.amount, currency: payout.currency },
    status: payout.status,
    initiatedAt: payout.createdAt,
    arrivalDay: payout.arrivalDay,
    automatic: payout.automatic,
    itemised: false,
    failureReason: payout.failureReason,
    quickbooksId: booking?.id ?? null,
    quickbooksUrl: booking?.url ?? null,
    booked,
    stripeUrl: payout.url,
  };
  const itemise = payout.itemised && (await deps.effects.kept(itemisedKey(payout.id))) === null;
  const written = await deps.moneyRecords.writePayout({ ...of, payout: { ...record, itemised: payout.itemised && !itemise }, issues });
  if (written.outcome !== 'done' || !itemise) return written.outcome === 'done' ? done(null) : written;
  const lines = await writeLines(deps, payout.id, written.value.payoutId);
  if (lines.outcome !== 'done') return lines;
  const finished = await deps.moneyRecords.writePayout({ ...of, payout: { ...record, itemised: true }, issues: [] });
  if (finished.outcome !== 'done') return finished;
  await deps.effects.keep(itemisedKey(payout.id), true);
  return done(null);
}

const itemisedKey = (payoutId: string): string => `itemised:${payoutId}`;

async function writeLines({ balance, moneyRecords }: PayoutDeps, stripePayoutId: string, payoutId: string): Promise<Outcome<null>> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof balance.listRowsOfPayout>> = await balance.listRowsOfPayout({ payoutId: stripePayoutId, cursor });
    if (page.outcome !== 'done') return page;
    const written = await moneyRecords.writePayoutLines({ payoutId, rows: page.value.rows });
    if (written.outcome !== 'done') return written;
    cursor = page.value.next;
  } while (cursor !== null);
  return done(null);
}

const failed = (payout: StripePayout) => ({
  key: `${payout.id}.failed`,
  cause: 'Needs Person' as const,
  message: `The bank sent the payout ${payout.id} back${payout.failureReason ? `: ${payout.failureReason}` : '.'}`,
  fix: 'Correct the bank account in Stripe; the money goes along with a later payout.',
  once: true,
});
