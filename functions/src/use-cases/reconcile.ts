import type { Company } from '../domain/company.ts';
import { done, type Outcome } from '../domain/outcome.ts';
import { reconcile } from '../domain/reconcile.ts';
import type { Run } from '../ports/engine.ts';
import type { SyncIssueWrite } from '../ports/records.ts';
import type { Deps } from './deps.ts';
import { patiently } from './effects/patiently.ts';
import { type HoldingsDeps, readHoldings } from './reconcile/read-holdings.ts';
import { type Told, issueOf, keyOf, reportOf } from './reconcile/tell-disagreement.ts';
import { refreshInLine } from './run-sync/check-page.ts';

export type ReconcileDeps = HoldingsDeps & Pick<Deps, 'engine'>;

export interface Reconciled {
  issues: SyncIssueWrite[];
  /** Keys of all that differs, named or not. */
  found: string[];
  /** More differs than is named. */
  cut: boolean;
  report: string[];
}

/** Nothing can be said, so nothing that was said is over. */
export const NOT_COMPARED: Reconciled = { issues: [], found: [], cut: true, report: [] };

/** So many records are looked at again and named one by one; a wrong company would differ in all of them. */
const MOST_NAMED = 200;

/**
 * Compares what the three systems hold, in counts and sums and record by record. What differs is refreshed and compared once more, and
 * told only where it differs both times: what moves between the reads is no finding.
 */
export async function reconcileBooks(deps: ReconcileDeps, run: Run): Promise<Outcome<Reconciled>> {
  const waiting = { run, waitedMs: 0, waiting: async () => undefined };
  const context = await patiently(waiting, 'read company to reconcile', () => deps.records.readCompany({ asking: null }));
  if (context.outcome !== 'done') return context;
  const { company } = context.value;
  let compared = await patiently(waiting, 'reconcile', () => compare(deps, company, null));
  if (compared.outcome !== 'done') return compared;
  if (compared.value.keys.length > 0) {
    const first = new Set(compared.value.keys);
    const invoices = new Set(compared.value.disagreements.flatMap(({ invoice }) => invoice?.id ?? []));
    for (const invoiceId of invoices)
      await run.step(`refresh ${invoiceId} to reconcile`, () => refreshInLine(deps, `${run.id}.reconcile`, invoiceId));
    compared = await patiently(waiting, 'reconcile again', () => compare(deps, company, first));
    if (compared.outcome !== 'done') return compared;
  }
  const issues = compared.value.disagreements.map(issueOf);
  const { keys: found, unnamed } = compared.value;
  return done({ issues, found, cut: unnamed > 0, report: reportOf(compared.value) });
}

interface Compared extends Told {
  /** Of all that differs, named or not. */
  keys: string[];
}

/** Only what is told of it is kept by the run: the holdings themselves may be many. `before`: keys of what differed at the first look. */
async function compare(deps: ReconcileDeps, company: Company, before: ReadonlySet<string> | null): Promise<Outcome<Compared>> {
  const holdings = await readHoldings(deps, company);
  if (holdings.outcome !== 'done') return holdings;
  const { disagreements, ...reconciled } = reconcile(holdings.value);
  const lasting = disagreements.filter((each) => before === null || before.has(keyOf(each)));
  return done({
    ...reconciled,
    disagreements: lasting.slice(0, MOST_NAMED),
    unnamed: Math.max(0, lasting.length - MOST_NAMED),
    moved: disagreements.length - lasting.length,
    keys: disagreements.map(keyOf),
  });
}
