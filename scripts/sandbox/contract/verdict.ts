/** How one datum of a source compares with the stand-in. */
export type Outcome = 'exact' | 'differs' | 'not-applicable';

export interface Finding {
  /** The file, interaction, field or rule that was compared. */
  item: string;
  outcome: Outcome;
  /** Why it differs or does not apply; never missing then. */
  reason?: string;
}

/** One source of recorded or official data, with what was found. */
export interface SourceReport {
  system: 'QuickBooks' | 'Salesforce';
  source: string;
  findings: Finding[];
}

export const exact = (item: string): Finding => ({ item, outcome: 'exact' });
export const differs = (item: string, reason: string): Finding => ({ item, outcome: 'differs', reason });
export const notApplicable = (item: string, reason: string): Finding => ({ item, outcome: 'not-applicable', reason });

/** Exact when there are no differences; the first three are the reason otherwise. */
export function judge(item: string, differences: string[]): Finding {
  if (differences.length === 0) return exact(item);
  const more = differences.length > 3 ? `; and ${String(differences.length - 3)} more` : '';
  return differs(item, differences.slice(0, 3).join('; ') + more);
}

export interface Counts {
  exact: number;
  differs: number;
  notApplicable: number;
}

export function countOf(findings: Finding[]): Counts {
  const number = (outcome: Outcome) => findings.filter((finding) => finding.outcome === outcome).length;
  return { exact: number('exact'), differs: number('differs'), notApplicable: number('not-applicable') };
}
