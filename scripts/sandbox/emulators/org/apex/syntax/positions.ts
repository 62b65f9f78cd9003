import type { ParserRuleContextLike } from './parse.ts';
import type { Position } from './ast.ts';

export const at = (context: ParserRuleContextLike): Position => ({ line: context.start.line, column: context.start.column });
