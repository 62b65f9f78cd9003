import type { BlockContext, ExpressionContext, ExpressionListContext, StatementContext } from '@apexdevtools/apex-parser';
import type { Block, Expression, Statement } from './ast.ts';
import type { ProblemList } from './problems.ts';

/** Handed through the lowering of one file: its text, where problems go, and the constructs that contain each other. */
export interface Lowering extends ProblemList {
  readonly source: string;
  expression(context: ExpressionContext): Expression;
  expressions(context: ExpressionListContext | null): Expression[];
  statement(context: StatementContext): Statement;
  block(context: BlockContext): Block;
}
