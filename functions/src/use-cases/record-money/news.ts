import type { SyncIssueWrite } from '../../ports/records.ts';
import type { Deps } from '../deps.ts';
import { whenMade, type Finding, type Findings } from './findings.ts';

/** What a person is to be told now: not again what was told once and is over. */
export interface News {
  issues: SyncIssueWrite[];
  /** Issues that were told and are over. */
  resolved: SyncIssueWrite[];
  /** What stands on the invoice as its problem while it lasts. */
  problems: string[];
  /** Something is told, or over, that was not so far. */
  isNews: boolean;
  /** After the issues were written. */
  told(): Promise<void>;
}

type NewsDeps = Pick<Deps, 'effects' | 'clock'>;

/** When it was told; an empty text once it is over. */
const toldKey = (key: string): string => `told:${key}`;

export async function newsOf({ effects, clock }: NewsDeps, after: { findings: Findings } | null): Promise<News> {
  if (!after) return { issues: [], resolved: [], problems: [], isNews: false, told: async () => undefined };
  const { findings } = after;
  const at = new Date(clock.now()).toISOString();
  const wasTold = async (key: string): Promise<boolean> => Boolean(await effects.kept(toldKey(key)));
  const tell: Finding[] = [];
  let isNews = false;
  for (const finding of findings.found) {
    const isFirst = !(await wasTold(finding.key));
    if (finding.once && !isFirst) continue;
    tell.push(finding);
    isNews ||= isFirst;
    // Noted before it is written, so that it is closed once it is over, whatever becomes of this process.
    if (!finding.once && isFirst) await effects.keep(toldKey(finding.key), at);
  }
  const resolved: SyncIssueWrite[] = [];
  for (const over of [...findings.made.flatMap(whenMade), ...findings.over])
    if (await wasTold(over.key)) resolved.push({ ...findings.issueOf(over), resolved: true });
  return {
    issues: tell.map(findings.issueOf),
    resolved,
    problems: findings.found.filter(({ once }) => !once).map(({ message }) => message),
    isNews: isNews || resolved.length > 0,
    async told() {
      for (const { key, once } of tell) if (once) await effects.keep(toldKey(key), at);
      for (const { key } of resolved) await effects.keep(toldKey(key), '');
    },
  };
}
