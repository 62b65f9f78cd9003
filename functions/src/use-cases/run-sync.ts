import { done, type Outcome } from '../domain/outcome.ts';
import { isSettled, type Step } from '../domain/operation.ts';
import type { Problem } from '../domain/problem.ts';
import type { Json } from '../ports/effect-log.ts';
import type { Run } from '../ports/engine.ts';
import type { SyncCounts, SyncIssueWrite, SyncRunWrite } from '../ports/records.ts';
import type { Caller, Deps } from './deps.ts';
import { nowOf } from './effects/call-and-record.ts';
import { patiently } from './effects/patiently.ts';
import { checkPage, onePerKey, type PageResult } from './run-sync/check-page.ts';
import { NO_COUNTS, addCounts, reportText } from './run-sync/report.ts';
import { sweepBalance } from './sweep-balance.ts';
import type { SweepDeps } from './sweep-balance/sweep-deps.ts';

export interface SyncReply {
  outcome: 'done' | 'accepted' | 'rejected';
  runId: string | null;
  operationKey: string | null;
  steps: Step[];
  problems: Problem[];
}

export type StartSyncDeps = Pick<Deps, 'records' | 'engine' | 'progress' | 'clock'>;
export type SyncDeps = SweepDeps & Pick<Deps, 'progress' | 'calls'>;

interface SyncInput {
  key: string;
  companyId: string;
  kind: SyncRunWrite['kind'];
  startedAt: string;
  requestedBy: string;
}

/** Invoices paid or changed this recently are looked at again, since money can still bounce. */
const LOOK_BACK_MS = 7 * 86_400_000;
/** Two clicks, or a click and the schedule, within this time are one run. */
const ONE_RUN_MS = 10_000;

/** The nightly flow or a person asks for a sync: it is queued, one at a time, and reports on its sync run. */
export async function runSync(
  deps: StartSyncDeps,
  request: { kind: SyncRunWrite['kind']; waitMs: number },
  caller: Caller,
): Promise<Outcome<SyncReply>> {
  const read = await deps.records.readCompany({ asking: caller });
  if (read.outcome !== 'done') return read;
  const problem = whyNotSync(read.value);
  if (problem) return done({ outcome: 'rejected', runId: null, operationKey: null, steps: [], problems: [problem] });
  const { company } = read.value;
  const startedAt = nowOf(deps);
  const key = await runKey(deps, company.key);
  await deps.progress.open({ key, kind: 'run-sync', invoiceId: null });
  const queued = await deps.records.writeSyncRun({
    key,
    companyId: company.id,
    kind: request.kind,
    state: 'Queued',
    requestedBy: caller.userId,
    issues: [],
    operation: {
      key,
      kind: 'run-sync',
      state: 'accepted',
      step: null,
      problems: [],
      requestedBy: caller.userId,
      requestedAt: startedAt,
      correlationId: caller.correlationId,
    },
  });
  if (queued.outcome !== 'done') return queued;
  const input: SyncInput = { key, companyId: company.id, kind: request.kind, startedAt, requestedBy: caller.userId };
  await deps.engine.enqueue({ workflow: 'run-sync', id: key, queueKey: `sync:${company.key}`, input: input as unknown as Json });
  const finished = request.waitMs > 0 ? await deps.engine.result(key, request.waitMs) : undefined;
  return done({
    outcome: finished === undefined ? 'accepted' : 'done',
    runId: queued.value.runId,
    operationKey: key,
    steps: [],
    problems: [],
  });
}

/** A run that is over by then is not meant by a second click: it gets a run of its own. */
async function runKey({ progress, clock }: StartSyncDeps, companyKey: string): Promise<string> {
  const key = `run-sync.${companyKey}.${Math.floor(clock.now() / ONE_RUN_MS)}`;
  const earlier = await progress.read(key);
  return earlier && isSettled(earlier.state) ? `${key}.${clock.now()}` : key;
}

/** Until the company is connected the scheduled flow does nothing and says so. */
function whyNotSync({
  company,
  rights,
}: {
  company: { name: string; active: boolean; connected: boolean };
  rights: { runSync: boolean } | null;
}): Problem | null {
  if (rights && !rights.runSync)
    return {
      code: 'no-right-to-sync',
      severity: 'error',
      message: 'You do not have the right to run a sync.',
      action: 'Ask an administrator for it.',
    };
  if (!company.active || !company.connected)
    return {
      code: 'company-not-connected',
      severity: 'error',
      message: `${company.name} is not connected to Stripe and QuickBooks yet, so there is nothing to sync.`,
      action: 'Ask a billing administrator to finish the setup.',
    };
  return null;
}

/** Pages through what can still change in both books, catches up on what was missed, and writes the run with its counts. */
export async function carrySync(deps: SyncDeps, input: SyncInput, run: Run): Promise<SyncCounts> {
  const callsBefore = await run.step('count calls before', async () => deps.calls.read());
  const paidSince = new Date(Date.parse(input.startedAt) - LOOK_BACK_MS).toISOString();
  await write(deps, run, input, { state: 'Running', startedAt: input.startedAt, issues: [] });

  let counts = NO_COUNTS;
  let cursor: string | null = null;
  const issues: SyncIssueWrite[] = [];
  for (let page = 0; page === 0 || cursor !== null; page += 1) {
    const checked: Outcome<PageResult> = await checkPage(deps, run, input.key, page, { cursor, paidSince });
    if (checked.outcome !== 'done') return finish(deps, run, input, { counts, issues, balances: [], problem: checked.problem });
    counts = addCounts(counts, checked.value.counts);
    issues.push(...checked.value.issues);
    cursor = checked.value.next;
  }
  const swept = await sweepBalance(deps, run, input.key);
  if (swept.outcome !== 'done') return finish(deps, run, input, { counts, issues, balances: [], problem: swept.problem });
  issues.push(...swept.value.issues);
  const calls = await run.step('count calls after', async () => deps.calls.read());
  counts = {
    ...counts,
    paymentsBooked: counts.paymentsBooked + swept.value.paymentsBooked,
    entriesBooked: counts.entriesBooked + swept.value.entriesBooked,
    issues: openOnes(issues).length,
    callsSalesforce: calls.salesforce - callsBefore.salesforce,
    callsStripe: calls.stripe - callsBefore.stripe,
    callsQuickbooks: calls.quickbooks - callsBefore.quickbooks,
  };
  return finish(deps, run, input, { counts, issues: onePerKey(issues), balances: swept.value.report, problem: null });
}

interface SyncEnd {
  counts: SyncCounts;
  issues: SyncIssueWrite[];
  balances: string[];
  problem: Problem | null;
}

async function finish(deps: SyncDeps, run: Run, input: SyncInput, { counts, issues, balances, problem }: SyncEnd): Promise<SyncCounts> {
  const finishedAt = await run.step('note when finished', async () => nowOf(deps));
  const state = problem ? 'Failed' : openOnes(issues).length > 0 ? 'Completed With Issues' : 'Completed';
  const problems = problem ? [problem] : [];
  await write(deps, run, input, {
    state,
    finishedAt,
    counts,
    report: reportText(counts, openOnes(issues), balances, problem),
    issues,
    operation: { key: input.key, kind: 'run-sync', state: problem ? 'needs-attention' : 'done', step: null, problems, finishedAt },
  });
  await deps.progress.set(input.key, { state: problem ? 'needs-attention' : 'done', problems });
  return counts;
}

/** Those that are left for a person; others are written to be closed. */
const openOnes = (issues: readonly SyncIssueWrite[]): SyncIssueWrite[] => onePerKey(issues).filter(({ resolved }) => !resolved);

async function write(
  deps: SyncDeps,
  run: Run,
  { key, companyId, kind }: SyncInput,
  change: Omit<SyncRunWrite, 'key' | 'companyId' | 'kind' | 'operation'> & { operation?: SyncRunWrite['operation'] },
): Promise<void> {
  await patiently({ run, waitedMs: 0, waiting: async () => undefined }, `write ${change.state}`, () =>
    deps.records.writeSyncRun({ operation: null, ...change, key, companyId, kind }),
  );
}
