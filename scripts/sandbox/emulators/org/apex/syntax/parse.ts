import { ApexErrorListener, ApexParserFactory } from '@apexdevtools/apex-parser';
import type { ClassNode } from './ast.ts';
import { lowerType } from './lower-class.ts';
import { lowerExpression } from './lower-expression.ts';
import { lowerBlock, lowerStatement } from './lower-statement.ts';
import type { Lowering } from './lowering.ts';
import { collectProblems } from './problems.ts';
import type { Problem, ProblemList } from './problems.ts';

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
  const lowering: Lowering = {
    ...list,
    source,
    expression: (context) => lowerExpression(context, lowering),
    expressions: (context) => context?.expression_list().map((one) => lowerExpression(one, lowering)) ?? [],
    statement: (context) => lowerStatement(context, lowering),
    block: (context) => lowerBlock(context, lowering),
  };
  return { type: lowerType(unit.typeDeclaration(), lowering), problems: list.problems };
}
