import type { Run } from '../../ports/engine.ts';
import type { Deps } from '../deps.ts';

/** Keys of findings that every run looks for anew: nothing but the next run closes them. */
export interface Told {
  /** Told before and not so any more. */
  resolved: string[];
  /** Open once the run is written. */
  open: string[];
}

export interface Findings {
  /** All that was found. */
  found: string[];
  /** Those of them that this run tells. */
  written: string[];
  /** More is so than can be told: what is over cannot be said either. */
  cut: boolean;
}

const keptAs = (companyKey: string): string => `reconcile-told:${companyKey}`;

export async function compareTold(
  { effects }: Pick<Deps, 'effects'>,
  run: Run,
  companyKey: string,
  { found, written, cut }: Findings,
): Promise<Told> {
  const before = await run.step('read what was told', async () => ((await effects.kept(keptAs(companyKey))) as string[] | null) ?? []);
  const still = new Set(found);
  const resolved = cut ? [] : before.filter((key) => !still.has(key));
  const open = new Set([...before, ...written]);
  for (const key of resolved) open.delete(key);
  return { resolved, open: [...open] };
}

/** Once the run is written, never before: what was not written is told, or closed, by the next run. */
export async function noteTold({ effects }: Pick<Deps, 'effects'>, run: Run, companyKey: string, { resolved, open }: Told): Promise<void> {
  // Nothing is ever told in most companies.
  if (resolved.length > 0 || open.length > 0) await run.step('note what is told', () => effects.keep(keptAs(companyKey), open));
}
