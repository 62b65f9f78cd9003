import type { SyncIssueWrite } from '../../ports/records.ts';
import type { Deps } from '../deps.ts';
import type { Findings } from '../record-money/findings.ts';

/** What a person is to be told now: not again what was told once and is over. */
export interface News {
  issues: SyncIssueWrite[];
  /** What stands on the invoice as its problem while it lasts. */
  problems: string[];
  /** After the issues were written. */
  told(): Promise<void>;
}

const toldKey = (key: string): string => `told:${key}`;

export async function newsOf({ effects, clock }: Pick<Deps, 'effects' | 'clock'>, after: { findings: Findings } | null): Promise<News> {
  const findings = after?.findings;
  const old = new Set<string>();
  for (const { key, once } of findings?.found ?? []) if (once && (await effects.kept(toldKey(key))) !== null) old.add(key);
  const issues = (findings?.issues() ?? []).filter(({ key }) => !old.has(key));
  return {
    issues,
    problems: (findings?.found ?? []).filter(({ once }) => !once).map(({ message }) => message),
    async told() {
      for (const { key, once } of findings?.found ?? [])
        if (once && !old.has(key)) await effects.keep(toldKey(key), new Date(clock.now()).toISOString());
    },
  };
}
