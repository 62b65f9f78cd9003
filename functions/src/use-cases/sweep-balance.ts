import type { BalanceRow } from '../domain/balance-row.ts';
import type { Company } from '../domain/company.ts';
import { dayInZone, startOfDay } from '../domain/dates.ts';
import { groupFees } from '../domain/fee-groups.ts';
import { done, type Outcome } from '../domain/outcome.ts';
import type { Run } from '../ports/engine.ts';
import type { SyncIssueWrite } from '../ports/records.ts';
import { patiently } from './effects/patiently.ts';
import { createFindings } from './record-money/findings.ts';
import { newsOf } from './record-money/news.ts';
import { recordFees } from './record-fees.ts';
import { compareBalance } from './sweep-balance/compare-balance.ts';
import type { SweepDeps } from './sweep-balance/sweep-deps.ts';
import { settleRows } from './sweep-balance/settle-rows.ts';

export interface SweepResult {
  entriesBooked: number;
  paymentsBooked: number;
  issues: SyncIssueWrite[];
  /** Keys of what differs and of what could not be worked on: the next sweep looks for them anew. */
  found: string[];
  /** One line per currency, for the run's report. */
  report: string[];
  /** After the issues were written. */
  told(): Promise<void>;
}

/** Rows may become visible late; this much of what was seen is looked at again. */
const OVERLAP_MS = 2 * 86_400_000;

/**
 * Goes through all money that moved in Stripe since the last sweep, and sees that each row of its balance has its entry: refunds
 * and disputes through their invoices, payouts, and the fees of each day that is over. Then the books are compared.
 */
export async function sweepBalance(deps: SweepDeps, run: Run): Promise<Outcome<SweepResult>> {
  const waiting = { run, waitedMs: 0, waiting: async () => undefined };
  const context = await patiently(waiting, 'read company', () => deps.records.readCompany({ asking: null }));
  if (context.outcome !== 'done') return context;
  const { company } = context.value;
  const from = await run.step('balance from', () => startOfWindow(deps, company));
  const rows = await readRows(deps, run, from);
  if (rows.outcome !== 'done') return rows;
  const reference = await patiently(waiting, 'read books', () => deps.ledger.readReference());
  if (reference.outcome !== 'done') return reference;
  const books = { company, reference: reference.value };

  const settled = await settleRows(deps, run, company, rows.value);
  if (settled.outcome !== 'done') return settled;
  const today = dayInZone(await run.step('balance now', async () => deps.clock.now()), company.timeZone);
  const groups = groupFees(rows.value, company.timeZone);
  const fees = createFindings(null);
  const openFees = groups.filter((group) => group.day >= today);
  for (const group of groups.filter(({ day }) => day < today)) {
    const name = `fees ${group.currency} ${group.day} ${group.category}`;
    const outcome = await patiently(waiting, name, () => recordFees(deps, books, group));
    if ((await fees.attemptAll(done(books), name, async () => outcome)) === null) openFees.push(group);
  }
  const compared = await patiently(waiting, 'compare balance', () =>
    compareBalance(deps, books, settled.value.unbooked, openFees, rows.value[0]),
  );
  if (compared.outcome !== 'done') return compared;
  const news = await newsOf(deps, { findings: fees });
  const held = [
    ...settled.value.held,
    ...rows.value.filter((row) => openFees.some(({ parts }) => parts.some((part) => part.rowId === row.id))),
  ];
  await run.step('balance cursor', () => moveCursor(deps, company, rows.value, held));
  return done({
    entriesBooked: settled.value.entriesBooked + fees.booked,
    paymentsBooked: settled.value.paymentsBooked,
    issues: [...settled.value.issues, ...news.issues, ...news.resolved, ...compared.value.issues],
    found: [...settled.value.broken, ...compared.value.found],
    report: compared.value.report,
    told: news.told,
  });
}

const cursorKey = ({ key }: Company): string => `balance-cursor:${key}`;

/** By Stripe's clock: the start of a day of the company's, so that the fees of a day are always seen whole. */
async function startOfWindow({ effects }: SweepDeps, company: Company): Promise<string> {
  const seen = (await effects.kept(cursorKey(company))) as string | null;
  const start = seen === null ? Date.parse(company.booksFrom) : Date.parse(seen) - OVERLAP_MS;
  const day = startOfDay(dayInZone(start, company.timeZone), company.timeZone);
  return new Date(Math.max(day, Date.parse(company.booksFrom))).toISOString();
}

/** The next sweep begins at what this one could not book, else at the newest row. */
async function moveCursor({ effects }: SweepDeps, company: Company, rows: BalanceRow[], held: BalanceRow[]): Promise<void> {
  const oldest = held.map((row) => row.createdAt).sort()[0];
  const to = oldest ?? rows[0]?.createdAt;
  if (to) await effects.keep(cursorKey(company), to);
}

async function readRows({ balance }: SweepDeps, run: Run, createdFrom: string): Promise<Outcome<BalanceRow[]>> {
  const rows: BalanceRow[] = [];
  let cursor: string | null = null;
  for (let page = 0; page === 0 || cursor !== null; page += 1) {
    const from: string | null = cursor;
    const read: Awaited<ReturnType<typeof balance.listRows>> = await patiently(
      { run, waitedMs: 0, waiting: async () => undefined },
      `read balance ${page}`,
      () => balance.listRows({ createdFrom, cursor: from }),
    );
    if (read.outcome !== 'done') return read;
    rows.push(...read.value.rows);
    cursor = read.value.next;
  }
  return done(rows);
}
