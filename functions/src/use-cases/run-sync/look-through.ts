import type { Outcome } from '../../domain/outcome.ts';
import type { Run } from '../../ports/engine.ts';
import type { SyncIssueWrite } from '../../ports/records.ts';
import { findMappingFaults, type MappingChecked, noteTold } from '../check-mapping.ts';
import type { Deps } from '../deps.ts';
import { patiently } from '../effects/patiently.ts';
import { followAccounts } from '../follow-accounts.ts';
import { followChangedCustomers } from '../follow-changed-customers.ts';
import { followLinkedProducts } from '../follow-linked-products.ts';
import { NOT_COMPARED, reconcileBooks } from '../reconcile.ts';
import { sweepBalance } from '../sweep-balance.ts';
import type { SweepDeps } from '../sweep-balance/sweep-deps.ts';
import { checkPage, type PageResult } from './check-page.ts';
import type { RunHead, SyncEnd } from './finish-run.ts';
import { NO_COUNTS, addCounts } from './report.ts';
import { compareTold } from './told.ts';

export type LookDeps = SweepDeps & Pick<Deps, 'matches' | 'mappings' | 'customerRecords' | 'customers'>;

/** Invoices paid or changed this recently are looked at again, since money can still bounce. */
const LOOK_BACK_MS = 7 * 86_400_000;

/** What it came to, or how far it came until it could not go on. */
export async function lookThrough(deps: LookDeps, head: RunHead & { startedAt: string }, run: Run): Promise<SyncEnd> {
  const lookBackMs = head.kind === 'Full Compare' ? Date.parse(head.startedAt) : LOOK_BACK_MS;
  const paidSince = new Date(Date.parse(head.startedAt) - lookBackMs).toISOString();
  const end: SyncEnd = {
    counts: NO_COUNTS,
    issues: [],
    resolved: [],
    balances: [],
    told: null,
    afterWritten: async () => undefined,
    problem: null,
  };
  let cursor: string | null = null;
  for (let page = 0; page === 0 || cursor !== null; page += 1) {
    const checked: Outcome<PageResult> = await checkPage(deps, run, page, { cursor, paidSince });
    if (checked.outcome !== 'done') return { ...end, problem: checked.problem };
    end.counts = addCounts(end.counts, checked.value.counts);
    end.issues.push(...checked.value.issues);
    end.resolved.push(...checked.value.resolved);
    cursor = checked.value.next;
  }
  const ofPages = [...end.issues];
  const swept = await sweepBalance(deps, run);
  if (swept.outcome !== 'done') return { ...end, problem: swept.problem };
  const { paymentsBooked, entriesBooked } = swept.value;
  end.counts = addCounts(end.counts, { ...NO_COUNTS, paymentsBooked, entriesBooked });
  end.issues.push(...swept.value.issues);
  end.balances.push(...swept.value.report);
  const strays = await followAccounts(deps, run, head, paidSince);
  end.issues.push(...strays.issues);
  const customers = await followChangedCustomers(deps, run, head, paidSince);
  end.issues.push(...customers.issues);
  const products = await followLinkedProducts(deps, run, head);
  end.issues.push(...products.issues);
  const reconciled = await reconcileBooks(deps, run);
  const compared = reconciled.outcome === 'done' ? reconciled.value : NOT_COMPARED;
  const news = notTold(ofPages, compared.issues);
  end.issues.push(...news);
  const found = [...swept.value.found, ...strays.found, ...customers.found, ...products.found, ...compared.found];
  const said = new Set(end.issues.map(({ key }) => key));
  const written = found.filter((key) => said.has(key));
  end.told = await compareTold(deps, run, head.companyKey, { found, written, cut: compared.cut });
  end.resolved.push(...end.told.resolved);
  end.balances.push(...compared.report);
  if (reconciled.outcome !== 'done') return { ...end, afterWritten: swept.value.told, problem: reconciled.problem };
  const mapping = await checkMappingsToo(deps, run);
  if (mapping.outcome !== 'done') return { ...end, afterWritten: swept.value.told, problem: mapping.problem };
  end.issues.push(...mapping.value.issues);
  end.resolved.push(...mapping.value.resolved);
  const afterWritten = async () => {
    await swept.value.told();
    await noteTold(deps, head.companyKey, mapping.value);
  };
  return { ...end, afterWritten };
}

/** An invoice that a person is told of already is not told of again because of its sums. */
const notTold = (issues: readonly SyncIssueWrite[], found: readonly SyncIssueWrite[]): SyncIssueWrite[] =>
  found.filter(({ invoiceId }) => invoiceId === null || !issues.some((issue) => issue.invoiceId === invoiceId && !issue.resolved));

/** What would stop the next invoice is told before it is issued; a run on demand closes what was mended. */
async function checkMappingsToo(deps: LookDeps, run: Run): Promise<Outcome<MappingChecked>> {
  return patiently({ run, waitedMs: 0, waiting: async () => undefined }, 'check the mappings', async () => {
    const read = await deps.records.readCompany({ asking: null });
    return read.outcome === 'done' ? findMappingFaults(deps, read.value.company) : read;
  });
}
