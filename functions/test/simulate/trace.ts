import { createHash } from 'node:crypto';

/** What happened, line by line, in the order of the one clock. */
export interface Trace {
  note(who: string, what: string): void;
  readonly lines: readonly string[];
  /** Of all lines: equal for equal runs. */
  hash(): string;
}

export function createTrace(now: () => number): Trace {
  const lines: string[] = [];
  const digest = createHash('sha256');
  return {
    lines,
    note(who, what) {
      const line = `${new Date(now()).toISOString().slice(5, 23).replace('T', ' ')}  ${who.padEnd(11)} ${what}`;
      lines.push(line);
      digest.update(`${line}\n`);
    },
    hash: () => digest.copy().digest('hex').slice(0, 16),
  };
}
