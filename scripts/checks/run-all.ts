import type { CheckModule, Finding } from './finding.ts';

/** What became of one check. */
export interface Result {
  name: string;
  shows: string;
  state: 'passed' | 'failed' | 'not run';
  /** Why it was not run, or what it could not do. */
  reason?: string | undefined;
  findings: Finding[];
  milliseconds: number;
}

/** Runs every check. Those that start processes run side by side with the rest: they wait, the others compute. */
export async function runAll(root: string, checks: CheckModule[]): Promise<Result[]> {
  return Promise.all(checks.map((check) => runOne(root, check)));
}

async function runOne(root: string, { name, shows, check, missing }: CheckModule): Promise<Result> {
  const started = performance.now();
  const result = (state: Result['state'], findings: Finding[], reason?: string): Result => ({
    name,
    shows,
    state,
    reason,
    findings,
    milliseconds: Math.round(performance.now() - started),
  });
  const lacking = missing?.();
  if (lacking) return result('not run', [], lacking);
  try {
    const findings = await check(root);
    return result(findings.length === 0 ? 'passed' : 'failed', findings);
  } catch (error) {
    return result('failed', [], error instanceof Error ? error.message : String(error));
  }
}
