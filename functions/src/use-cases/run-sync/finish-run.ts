import { OUR_FAULT, TRIES_AFTER_FAULT } from '../../domain/operation.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { Problem } from '../../domain/problem.ts';
import type { Run } from '../../ports/engine.ts';
import type { SyncCounts, SyncIssueWrite, SyncRunWrite } from '../../ports/records.ts';
import type { Deps } from '../deps.ts';
import { nowOf } from '../effects/call-and-record.ts';
import { patiently } from '../effects/patiently.ts';
import { onePerKey } from './check-page.ts';
import { reportText, stoppedText } from './report.ts';
import { type Told, noteTold } from './told.ts';

type FinishDeps = Pick<Deps, 'records' | 'effects' | 'progress' | 'clock'>;

/** How the key of a full compare begins: only another one does its work. */
export const FULL_COMPARE = 'full-compare.';

/** What a run is known by. */
export interface RunHead {
  key: string;
  companyKey: string;
  companyId: string;
  kind: SyncRunWrite['kind'];
  /** Why it runs, where that is not said by its kind. */
  announcement?: string;
}

export interface SyncEnd {
  counts: SyncCounts;
  issues: SyncIssueWrite[];
  resolved: string[];
  balances: string[];
  /** Null: the run did not come so far. */
  told: Told | null;
  /** Notes that a person was told. */
  afterWritten(): Promise<void>;
  problem: Problem | null;
}

/** Writes how the run ended, and waits for Salesforce; what Salesforce refuses has failed, and its findings are told by the next run. */
export async function finishRun(deps: FinishDeps, run: Run, head: RunHead, end: SyncEnd): Promise<void> {
  const finishedAt = await run.step('note when finished', async () => nowOf(deps));
  const issues = onePerKey(end.issues);
  const left = openOnes(issues);
  const told = new Set(issues.map(({ key }) => key));
  const state = left.length > 0 ? ('Completed With Issues' as const) : ('Completed' as const);
  const resolved = [...new Set(end.resolved)].filter((key) => !told.has(key));
  const written = await writeRun(deps, run, head, { ...wordOf(head, end, left, finishedAt, state), issues, resolved });
  if (written.outcome === 'done') {
    await end.afterWritten();
    if (end.told) await noteTold(deps, run, head.companyKey, end.told);
  }
  const problem = end.problem ?? (written.outcome === 'done' ? null : written.problem);
  if (problem === null) {
    await run.step('close what stopped before', () => closeBroken(deps, head));
    return deps.progress.set(head.key, { state: 'done', problems: [] });
  }
  const last =
    written.outcome === 'done' ? written : await run.step('write that it failed', () => failRun(deps, head, [problem], end.counts));
  // Where Salesforce takes no word of it, it is tried again, and then shown as an issue.
  await deps.progress.set(head.key, { state: 'needs-attention', problems: last.outcome === 'done' ? [problem] : [problem, OUR_FAULT] });
}

/** All that is told of a run that ended without its findings. */
export function failRun(
  deps: Pick<Deps, 'records' | 'clock'>,
  { key, companyId, kind, announcement }: RunHead,
  problems: Problem[],
  counts?: SyncCounts,
): Promise<Outcome<{ runId: string }>> {
  const finishedAt = nowOf(deps);
  return deps.records.writeSyncRun({
    key,
    companyId,
    kind,
    state: 'Failed',
    finishedAt,
    ...(counts ? { counts } : {}),
    report: [announcement, ...problems.map(stoppedText)].filter(Boolean).join('\n'),
    issues: [],
    operation: { key, kind: 'run-sync', state: 'needs-attention', step: null, problems, finishedAt },
  });
}

/** Runs that faults of ours ended for good: what they did not come to is done, so nobody has to look after them. */
async function closeBroken({ progress }: FinishDeps, { kind }: RunHead): Promise<void> {
  for (const broken of await progress.broken(TRIES_AFTER_FAULT))
    if (broken.kind === 'run-sync' && (kind === 'Full Compare' || !broken.key.startsWith(FULL_COMPARE)))
      await progress.set(broken.key, { problems: [] });
}

function wordOf(
  { key, announcement }: RunHead,
  { counts, balances, problem }: SyncEnd,
  issues: SyncIssueWrite[],
  finishedAt: string,
  state: SyncRunWrite['state'],
) {
  const problems = problem ? [problem] : [];
  return {
    state: problem ? ('Failed' as const) : state,
    finishedAt,
    counts,
    report: [announcement, reportText(counts, issues, balances, problem)].filter(Boolean).join('\n'),
    operation: {
      key,
      kind: 'run-sync' as const,
      state: problem ? ('needs-attention' as const) : ('done' as const),
      step: null,
      problems,
      finishedAt,
    },
  };
}

/** Those that are left for a person; others are written to be closed. */
export const openOnes = (issues: readonly SyncIssueWrite[]): SyncIssueWrite[] => onePerKey(issues).filter(({ resolved }) => !resolved);

export function writeRun(
  deps: Pick<Deps, 'records'>,
  run: Run,
  { key, companyId, kind }: RunHead,
  change: Omit<SyncRunWrite, 'key' | 'companyId' | 'kind'>,
): Promise<Outcome<{ runId: string }>> {
  return patiently({ run, waitedMs: 0, waiting: async () => undefined }, `write ${change.state}`, () =>
    deps.records.writeSyncRun({ ...change, key, companyId, kind }),
  );
}
