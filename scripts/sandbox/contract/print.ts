import { countOf } from './verdict.ts';
import type { Counts, SourceReport } from './verdict.ts';

/** Exact of what applies, in per cent with one decimal, rounded down. */
const share = ({ exact, differs }: Counts): string =>
  exact + differs === 0 ? '-' : `${(Math.floor((exact * 1000) / (exact + differs)) / 10).toFixed(1)} %`;

/** The table for a person: one row a source, then each difference, then why the rest does not apply, by reason. */
export function printReports(reports: SourceReport[]): string {
  const rows = reports.map(({ system, source, findings }) => ({ name: `${system}: ${source}`, ...countOf(findings) }));
  const total = { name: 'All', ...countOf(reports.flatMap(({ findings }) => findings)) };
  const width = Math.max(...rows.map(({ name }) => name.length));
  const line = (name: string, ...cells: string[]) => `${name.padEnd(width)}${cells.map((cell) => cell.padStart(16)).join('')}`;
  const shown = [...rows, total].map((row) =>
    line(row.name, String(row.exact), String(row.differs), String(row.notApplicable), share(row)),
  );
  return [
    line('Source', 'exact', 'differs', 'not applicable', 'of what applies'),
    ...shown,
    '',
    ...different(reports),
    ...notApplied(reports),
  ].join('\n');
}

function different(reports: SourceReport[]): string[] {
  const lines = reports.flatMap(({ source, findings }) =>
    findings.filter(({ outcome }) => outcome === 'differs').map(({ item, reason }) => `  ${source}, ${item}: ${reason ?? ''}`),
  );
  return lines.length === 0 ? ['Nothing differs.', ''] : ['Differs:', ...lines, ''];
}

function notApplied(reports: SourceReport[]): string[] {
  const lines = reports.flatMap(({ source, findings }) => {
    const reasons = new Map<string, string[]>();
    for (const { outcome, item, reason = '' } of findings)
      if (outcome === 'not-applicable') reasons.set(reason, [...(reasons.get(reason) ?? []), item.replaceAll(/\s+/g, ' ')]);
    return [...reasons].map(
      ([reason, items]) => `  ${source}, ${items[0]!}${items.length > 1 ? ` and ${String(items.length - 1)} more` : ''}: ${reason}`,
    );
  });
  return lines.length === 0 ? [] : ['Not applicable:', ...lines];
}
