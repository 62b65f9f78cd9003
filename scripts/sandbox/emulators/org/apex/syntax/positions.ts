import type { Position } from './ast.ts';

/** What is needed of a parse-tree node to say where it stands. */
export interface Placed {
  start: { line: number; column: number; start: number };
  stop?: { stop: number } | undefined;
  getText(): string;
}

export const at = (context: Placed): Position => ({ line: context.start.line, column: context.start.column });
