import type { Position } from './ast.ts';

/** A construct of the package that the local org does not run, or that no org would compile. */
export interface Problem {
  /** Path relative to the package folder's parent, as given to the loader. */
  file: string;
  line: number;
  message: string;
}

/** Collects the problems of one file while its tree is built. */
export interface ProblemList {
  readonly problems: Problem[];
  add(at: Position, message: string): void;
  /** Says that a construct is valid Apex but not run here. */
  unsupported(at: Position, what: string): void;
}

export function collectProblems(file: string): ProblemList {
  const problems: Problem[] = [];
  const add = (at: Position, message: string) => {
    problems.push({ file, line: at.line, message });
  };
  return { problems, add, unsupported: (at, what) => add(at, `${what} is not supported by the local org`) };
}
