import { ApexErrorListener, ApexParserFactory } from '@apexdevtools/apex-parser';
import type { ClassNode } from './ast.ts';
import { lowerType } from './lower-class.ts';
import { collectProblems } from './problems.ts';
import type { Problem, ProblemList } from './problems.ts';

/** What the lowering needs of a parse-tree node. */
export interface ParserRuleContextLike {
  start: { line: number; column: number; start: number };
  stop?: { stop: number } | undefined;
  getText(): string;
}

/** Handed through the lowering: the source text and where problems go. */
export interface Lowering extends ProblemList {
  readonly source: string;
}

class SyntaxErrors extends ApexErrorListener {
  private readonly list: ProblemList;

  constructor(list: ProblemList) {
    super();
    this.list = list;
  }

  override apexSyntaxError(line: number, column: number, message: string): void {
    this.list.add({ line, column }, `Syntax error: ${message}`);
  }
}

/** Parses one `.cls` file. `type` is null when the syntax is broken. */
export function parseClassFile(file: string, source: string): { type: ClassNode | null; problems: Problem[] } {
  const list = collectProblems(file);
  const { parser } = ApexParserFactory.createLexerAndParser(source, new SyntaxErrors(list));
  const unit = parser.compilationUnit();
  if (list.problems.length > 0) return { type: null, problems: list.problems };
  const lowering: Lowering = { source, problems: list.problems, add: list.add, unsupported: list.unsupported };
  return { type: lowerType(unit.typeDeclaration(), lowering), problems: list.problems };
}
