import type { BenchRow } from './bench-row.ts';

/** How well a target is met: 1 is exactly, more is better, whichever way the figure counts. */
export const ratioOf = ({ measured, target, better }: BenchRow): number => (better === 'higher' ? measured / target : target / measured);

const figure = (value: number): string => value.toLocaleString('en', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });

/** A table for a person: what, measured, target, ratio. */
export function printable(rows: BenchRow[]): string {
  const texts = rows.map((row) => [
    row.what,
    `${figure(row.measured)} ${row.unit}`,
    `${row.better === 'higher' ? 'at least' : 'at most'} ${figure(row.target)}`,
    `${ratioOf(row).toFixed(2)}${ratioOf(row) < 1 ? ' MISSED' : ''}`,
  ]);
  const head = ['what', 'measured', 'target', 'ratio'];
  const widths = head.map((_, column) => Math.max(...[head, ...texts].map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return [line(head), widths.map((width) => '-'.repeat(width)).join('  '), ...texts.map(line)].join('\n');
}
