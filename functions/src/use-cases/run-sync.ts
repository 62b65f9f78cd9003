import { done, type Outcome } from '../domain/outcome.ts';
import { isSettled, type Step } from '../domain/operation.ts';
import type { Problem } from '../domain/problem.ts';
import type { Json } from '../ports/effect-log.ts';
import type { Run } from '../ports/engine.ts';
import type { SyncCounts, SyncIssueWrite, SyncRunWrite } from '../ports/records.ts';
import type { Caller, Deps } from './deps.ts';
import { nowOf } from './effects/call-and-record.ts';
import { findMappingFaults, type MappingChecked } from './check-mapping.ts';
import { breakStrayLinks } from './follow-customer.ts';
import { patiently } from './effects/patiently.ts';
import { reconcileBooks } from './reconcile.ts';
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

export type StartSyncDeps = Pick<Deps, 'records' | 'effects' | 'engine' | 'progress' | 'clock'>;
export type SyncDeps = SweepDeps & Pick<Deps, 'progress' | 'calls' | 'matches' | 'mappings'>;

interface SyncInput {
  key: string;
  companyKey: string;
  companyId: string;
  kind: SyncRunWrite['kind'];
  startedAt: string;
  /** Null: Trueup itself asked. */
  requestedBy: string | null;
  correlationId: string;
  /** Why it runs, where that is not said by its kind. */
  announcement?: string;
}

/** Ids and counts of a run; plain JSON, kept by the engine. */
interface SyncResult {
  runId: string | null;
  counts: SyncCounts;
}

/** Invoices paid or changed this recently are looked at again, since money can still bounce. */
const LOOK_BACK_MS = 7 * 86_400_000;
/** Two clicks, or a click and the schedule, within this time are one run. */
const ONE_RUN_MS = 10_000;
const ONE_COMPARE_MS = 3_600_000;

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
  const key = await freeKey(deps, `run-sync.${company.key}.${Math.floor(deps.clock.now() / ONE_RUN_MS)}`);
  const input: SyncInput = {
    key,
    companyKey: company.key,
    companyId: company.id,
    kind: request.kind,
    startedAt: nowOf(deps),
    requestedBy: caller.userId,
    correlationId: caller.correlationId,
  };
  await deps.progress.open({ key, kind: 'run-sync', invoiceId: null });
  await deps.effects.keep(key, input as unknown as Json);
  await startSync(deps, input);
  const finished = request.waitMs > 0 ? ((await deps.engine.result(key, request.waitMs)) as unknown as SyncResult | undefined) : undefined;
  return done({
    outcome: finished === undefined ? 'accepted' : 'done',
    runId: finished?.runId ?? null,
    operationKey: key,
    steps: [],
    problems: [],
  });
}

/**
 * Changes were missed that no list tells any more: everything is compared, whatever its age, and the run says why. Within an hour
 * it is one run, whoever asks. Null: the company is not connected, so there is nothing to compare.
 */
export async function startFullCompare(deps: StartSyncDeps, announcement: string): Promise<Outcome<{ key: string } | null>> {
  const read = await deps.records.readCompany({ asking: null });
  if (read.outcome !== 'done') return read;
  if (whyNotSync(read.value)) return done(null);
  const { company } = read.value;
  const key = await freeKey(deps, `full-compare.${company.key}.${Math.floor(deps.clock.now() / ONE_COMPARE_MS)}`);
  const input: SyncInput = {
    key,
    companyKey: company.key,
    companyId: company.id,
    kind: 'Full Compare',
    startedAt: nowOf(deps),
    requestedBy: null,
    correlationId: key,
    announcement,
  };
  await deps.progress.open({ key, kind: 'run-sync', invoiceId: null });
  await deps.effects.keep(key, input as unknown as Json);
  await startSync(deps, input);
  return done({ key });
}

/** Idempotent: the run's key is the id of its workflow. One run of a company at a time. */
async function startSync({ engine }: Pick<Deps, 'engine'>, input: SyncInput): Promise<void> {
  await engine.enqueue({ workflow: 'run-sync', id: input.key, queueKey: `sync:${input.companyKey}`, input: input as unknown as Json });
}

/** The engine lost a run that Salesforce holds. False when nothing is kept of it. */
export async function resumeSync(deps: Pick<Deps, 'engine' | 'effects' | 'progress'>, key: string): Promise<boolean> {
  const input = (await deps.effects.kept(key)) as unknown as SyncInput | null;
  if (!input) return false;
  await deps.progress.open({ key, kind: 'run-sync', invoiceId: null });
  await startSync(deps, input);
  return true;
}

/** A run that is over by then is not meant by a second click: it gets a run of its own. */
async function freeKey({ progress, clock }: Pick<StartSyncDeps, 'progress' | 'clock'>, key: string): Promise<string> {
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
export async function carrySync(deps: SyncDeps, input: SyncInput, run: Run): Promise<SyncResult> {
  const callsBefore = await run.step('count calls before', async () => deps.calls.read());
  const lookBackMs = input.kind === 'Full Compare' ? Date.parse(input.startedAt) : LOOK_BACK_MS;
  const paidSince = new Date(Date.parse(input.startedAt) - lookBackMs).toISOString();
  const { key, startedAt: requestedAt, correlationId } = input;
  const asked = input.requestedBy === null ? {} : { requestedBy: input.requestedBy };
  // The first word of the run, under its own line: a second click can never write an older state over a later one.
  const runId = await write(deps, run, input, {
    state: 'Running',
    startedAt: input.startedAt,
    ...(input.announcement ? { report: input.announcement } : {}),
    ...asked,
    issues: [],
    operation: { key, kind: 'run-sync', state: 'running', step: null, problems: [], ...asked, requestedAt, correlationId },
  });

  let counts = NO_COUNTS;
  let cursor: string | null = null;
  const issues: SyncIssueWrite[] = [];
  const resolved: string[] = [];
  for (let page = 0; page === 0 || cursor !== null; page += 1) {
    const checked: Outcome<PageResult> = await checkPage(deps, run, input.key, page, { cursor, paidSince });
    if (checked.outcome !== 'done')
      return { runId, counts: await finish(deps, run, input, { counts, issues, resolved, balances: [], problem: checked.problem }) };
    counts = addCounts(counts, checked.value.counts);
    issues.push(...checked.value.issues);
    resolved.push(...checked.value.resolved);
    cursor = checked.value.next;
  }
  const swept = await sweepBalance(deps, run, input.key);
  if (swept.outcome !== 'done')
    return { runId, counts: await finish(deps, run, input, { counts, issues, resolved, balances: [], problem: swept.problem }) };
  const strays = await breakStrayLinks(deps, run, paidSince);
  if (strays.outcome !== 'done')
    return { runId, counts: await finish(deps, run, input, { counts, issues, resolved, balances: [], problem: strays.problem }) };
  const mapping = await checkMappingsToo(deps, run);
  if (mapping.outcome !== 'done')
    return { runId, counts: await finish(deps, run, input, { counts, issues, resolved, balances: [], problem: mapping.problem }) };
  const reconciled = await reconcileBooks(deps, run, input.key);
  if (reconciled.outcome !== 'done')
    return { runId, counts: await finish(deps, run, input, { counts, issues, resolved, balances: [], problem: reconciled.problem }) };
  issues.push(...swept.value.issues, ...strays.value, ...mapping.value.issues, ...notTold(issues, reconciled.value.issues));
  resolved.push(...reconciled.value.resolved, ...mapping.value.resolved);
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
  return {
    runId,
    counts: await finish(deps, run, input, {
      counts,
      issues: onePerKey(issues),
      resolved: resolved.filter((key) => !issues.some((issue) => issue.key === key)),
      balances: [...swept.value.report, ...reconciled.value.report],
      problem: null,
    }),
  };
}

/** What would stop the next invoice is told before it is issued; a run on demand closes what was mended. */
async function checkMappingsToo(deps: SyncDeps, run: Run): Promise<Outcome<MappingChecked>> {
  return patiently({ run, waitedMs: 0, waiting: async () => undefined }, 'check the mappings', async () => {
    const read = await deps.records.readCompany({ asking: null });
    return read.outcome === 'done' ? findMappingFaults(deps, read.value.company) : read;
  });
}

interface SyncEnd {
  counts: SyncCounts;
  issues: SyncIssueWrite[];
  resolved: string[];
  balances: string[];
  problem: Problem | null;
}

async function finish(
  deps: SyncDeps,
  run: Run,
  input: SyncInput,
  { counts, issues, resolved, balances, problem }: SyncEnd,
): Promise<SyncCounts> {
  const finishedAt = await run.step('note when finished', async () => nowOf(deps));
  const state = problem ? 'Failed' : openOnes(issues).length > 0 ? 'Completed With Issues' : 'Completed';
  const problems = problem ? [problem] : [];
  await write(deps, run, input, {
    state,
    finishedAt,
    counts,
    report: [input.announcement, reportText(counts, openOnes(issues), balances, problem)].filter(Boolean).join('\n'),
    issues,
    resolved,
    operation: { key: input.key, kind: 'run-sync', state: problem ? 'needs-attention' : 'done', step: null, problems, finishedAt },
  });
  await deps.progress.set(input.key, { state: problem ? 'needs-attention' : 'done', problems });
  return counts;
}

/** An invoice that a person is told of already is not told of again because of its sums. */
const notTold = (issues: readonly SyncIssueWrite[], found: readonly SyncIssueWrite[]): SyncIssueWrite[] =>
  found.filter(({ invoiceId }) => invoiceId === null || !issues.some((issue) => issue.invoiceId === invoiceId && !issue.resolved));

/** Those that are left for a person; others are written to be closed. */
const openOnes = (issues: readonly SyncIssueWrite[]): SyncIssueWrite[] => onePerKey(issues).filter(({ resolved }) => !resolved);

async function write(
  deps: SyncDeps,
  run: Run,
  { key, companyId, kind }: SyncInput,
  change: Omit<SyncRunWrite, 'key' | 'companyId' | 'kind' | 'operation'> & { operation?: SyncRunWrite['operation'] },
): Promise<string | null> {
  const written = await patiently({ run, waitedMs: 0, waiting: async () => undefined }, `write ${change.state}`, () =>
    deps.records.writeSyncRun({ operation: null, ...change, key, companyId, kind }),
  );
  return written.outcome === 'done' ? written.value.runId : null;
}
