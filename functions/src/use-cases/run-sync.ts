import { done, type Outcome } from '../domain/outcome.ts';
import { isBroken, isSettled, OUR_FAULT, type Step } from '../domain/operation.ts';
import type { Problem } from '../domain/problem.ts';
import type { Json } from '../ports/effect-log.ts';
import type { Run } from '../ports/engine.ts';
import type { SyncCounts, SyncRunWrite } from '../ports/records.ts';
import type { Caller, Deps } from './deps.ts';
import { nowOf } from './effects/call-and-record.ts';
import { FULL_COMPARE, failRun, finishRun, openOnes, type RunHead, writeRun } from './run-sync/finish-run.ts';
import { lookThrough, type LookDeps } from './run-sync/look-through.ts';

export interface SyncReply {
  outcome: 'done' | 'accepted' | 'rejected';
  runId: string | null;
  operationKey: string | null;
  steps: Step[];
  problems: Problem[];
}

export type StartSyncDeps = Pick<Deps, 'records' | 'effects' | 'engine' | 'progress' | 'clock'>;
export type SyncDeps = LookDeps & Pick<Deps, 'progress' | 'calls'>;

interface SyncInput extends RunHead {
  startedAt: string;
  /** Null: Trueup itself asked. */
  requestedBy: string | null;
  correlationId: string;
}

interface SyncJob {
  queueKey: string;
  input: Json;
}

/** Ids and counts of a run; plain JSON, kept by the engine. */
interface SyncResult {
  runId: string | null;
  counts: SyncCounts;
}

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
  const { kind } = request;
  const key = await freeKey(deps, kind === 'Full Compare' ? compareKey(deps, company.key) : runKey(deps, company.key));
  const input: SyncInput = {
    key,
    companyKey: company.key,
    companyId: company.id,
    kind,
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
  const key = await freeKey(deps, compareKey(deps, company.key));
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

type Now = Pick<StartSyncDeps, 'clock'>;
const runKey = ({ clock }: Now, company: string) => `run-sync.${company}.${Math.floor(clock.now() / ONE_RUN_MS)}`;
const compareKey = ({ clock }: Now, company: string) => `${FULL_COMPARE}${company}.${Math.floor(clock.now() / ONE_COMPARE_MS)}`;

/** Idempotent: the run's key is the id of its workflow. One run of a company at a time. */
async function startSync({ engine }: Pick<Deps, 'engine'>, input: SyncInput): Promise<void> {
  await engine.enqueue({ workflow: 'run-sync', id: input.key, ...jobOf(input) });
}

const jobOf = (input: SyncInput): SyncJob => ({ queueKey: `sync:${input.companyKey}`, input: input as unknown as Json });

/** What the engine is given; null when nothing is kept of the run. */
export async function keptSync({ effects }: Pick<Deps, 'effects'>, key: string): Promise<SyncJob | null> {
  const input = (await effects.kept(key)) as unknown as SyncInput | null;
  return input && jobOf(input);
}

/** Nobody carries a run that Salesforce holds: it is taken up, or Salesforce is told that it ended. True when it is taken up. */
export async function resumeSync(deps: Pick<Deps, 'engine' | 'records' | 'effects' | 'progress' | 'clock'>, key: string): Promise<boolean> {
  const input = (await deps.effects.kept(key)) as unknown as SyncInput | null;
  if (!input) return false;
  const operation = await deps.progress.read(key);
  if (operation && isSettled(operation.state)) {
    const untold = isBroken(operation) || (operation.state === 'needs-attention' && operation.problems.length === 0);
    if (untold) await failRun(deps, input, [OUR_FAULT]);
    return false;
  }
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
  // Each process counts its own: one that takes the run up tells what it used itself, for nobody knows what the other had used.
  const before = deps.calls.read();
  // Nobody reads it; runs that an earlier build began remember a step at this place.
  await run.step('count calls before', async () => before);
  const { key, startedAt, correlationId } = input;
  const asked = input.requestedBy === null ? {} : { requestedBy: input.requestedBy };
  // The first word of the run, under its own line: a second click can never write an older state over a later one.
  const begun = await writeRun(deps, run, input, {
    state: 'Running',
    startedAt,
    ...(input.announcement ? { report: input.announcement } : {}),
    ...asked,
    issues: [],
    operation: { key, kind: 'run-sync', state: 'running', step: null, problems: [], ...asked, requestedAt: startedAt, correlationId },
  });
  const end = await lookThrough(deps, input, run);
  const used = await run.step('count calls after', async () => {
    const after = deps.calls.read();
    return {
      callsSalesforce: after.salesforce - before.salesforce,
      callsStripe: after.stripe - before.stripe,
      callsQuickbooks: after.quickbooks - before.quickbooks,
    };
  });
  const counts = {
    ...end.counts,
    issues: openOnes(end.issues).length,
    ...used,
  };
  await finishRun(deps, run, input, { ...end, counts });
  return { runId: begun.outcome === 'done' ? begun.value.runId : null, counts };
}
