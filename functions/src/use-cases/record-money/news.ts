import type { SyncIssueWrite } from '../../ports/records.ts';
import type { Deps } from '../deps.ts';
import { whenMade, type Findings } from './findings.ts';

/** What a person is to be told now: not again what was told once and is over. */
export interface News {
  issues: SyncIssueWrite[];
  /** Issues that were told and are over. */
  resolved: SyncIssueWrite[];
  /** What stands on the invoice as its problem while it lasts. */
  problems: string[];
  /** After the issues were written. */
  told(): Promise<void>;
}

type NewsDeps = Pick<Deps, 'effects' | 'clock'>;

/** When it was told; an empty text once it is over. */
const toldKey = (key: string): string => `told:${key}`;

export async function newsOf({ effects, clock }: NewsDeps, after: { findings: Findings } | null): Promise<News> {
  if (!after) return { issues: [], resolved: [], problems: [], told: async () => undefined };
  const { findings } = after;
  const wasTold = async (key: string): Promise<boolean> => Boolean(await effects.kept(toldKey(key)));
  const issues: SyncIssueWrite[] = [];
  for (const finding of findings.found) if (!finding.once || !(await wasTold(finding.key))) issues.push(findings.issueOf(finding));
  const resolved: SyncIssueWrite[] = [];
  for (const over of findings.made.flatMap(whenMade))
    if (await wasTold(over.key)) resolved.push({ ...findings.issueOf(over), resolved: true });
  return {
    issues,
    resolved,
    problems: findings.found.filter(({ once }) => !once).map(({ message }) => message),
    async told() {
      const at = new Date(clock.now()).toISOString();
      for (const { key } of issues) await effects.keep(toldKey(key), at);
      for (const { key } of resolved) await effects.keep(toldKey(key), '');
    },
  };
}
