import { createHash } from 'node:crypto';

/** What happened, line by line, in the order of the one clock. */
export interface Trace {
  note(who: string, what: string): void;
  readonly lines: readonly string[];
  /** Of all lines: equal for equal runs. */
  hash(): string;
}

/** The machine's own: the simulation's takes the clock into account, and costs more. */
const MachineDate = Date;

export function createTrace(now: () => number): Trace {
  const lines: string[] = [];
  return {
    lines,
    note(who, what) {
      lines.push(`${new MachineDate(now()).toISOString().slice(5, 23).replace('T', ' ')}  ${who.padEnd(11)} ${what}`);
    },
    hash: () => createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 16),
  };
}
