import os from 'node:os';
import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** A run below a minute. */
  quick: boolean;
  /** One JSON object on the last line. */
  json: boolean;
  seed: number;
  /** `bench:inbox` alone: watch the memory instead. */
  memory: boolean;
  /** `bench:issue` alone: with field mappings. */
  mapped: boolean;
}

export function readOptions(): BenchOptions {
  const { values } = parseArgs({
    options: {
      mapped: { type: 'boolean' },
      memory: { type: 'boolean' },
      quick: { type: 'boolean' },
      json: { type: 'boolean' },
      seed: { type: 'string', default: '1' },
    },
  });
  return {
    quick: values.quick === true,
    json: values.json === true,
    seed: Number(values.seed),
    memory: values.memory === true,
    mapped: values.mapped === true,
  };
}

/** What the figures were measured on; other work on the machine makes them worse. */
export function machine(): string {
  const [oneMinute = 0] = os.loadavg();
  return `${os.availableParallelism()} cores, load ${oneMinute.toFixed(1)}, Node ${process.versions.node}`;
}

/** A table with right-aligned figures. */
export function table(head: string[], rows: (string | number)[][]): string {
  const texts = [head, ...rows.map((row) => row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell)))];
  const widths = head.map((_, column) => Math.max(...texts.map((row) => (row[column] ?? '').length)));
  const line = (row: string[]) =>
    row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ');
  return [line(texts[0] ?? []), widths.map((width) => '-'.repeat(width)).join('  '), ...texts.slice(1).map(line)].join('\n');
}

/** Ends the bench: the object for a script, and an exit code that says whether the aims were met. */
export function finish(ok: boolean, result: object, { json }: BenchOptions): void {
  console.log(ok ? '\nAll aims are met.' : '\nNOT all aims are met.');
  if (json) console.log(JSON.stringify({ ok, machine: machine(), ...result }));
  process.exitCode = ok ? 0 : 1;
}
