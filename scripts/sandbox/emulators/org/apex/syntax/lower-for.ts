import type { ForStatementContext } from '@apexdevtools/apex-parser';
import type { Statement } from './ast.ts';
import { lowerExpression } from './lower-expression.ts';
import { lowerLocal, lowerStatement } from './lower-statement.ts';
import { lowerTypeRef } from './lower-types.ts';
import type { Lowering } from './parse.ts';
import { at } from './positions.ts';

export function lowerFor(context: ForStatementContext, lowering: Lowering): Statement {
  const place = at(context);
  const control = context.forControl();
  const body = context.statement() ? lowerStatement(context.statement(), lowering) : null;
  const each = control.enhancedForControl();
  if (each) return { kind: 'for-each', type: lowerTypeRef(each.typeRef()), name: each.id().getText(), source: lowerExpression(each.expression(), lowering), body, at: place };
  const first = control.forInit();
  const initial: Statement[] = [];
  if (first?.localVariableDeclaration()) initial.push(lowerLocal(first.localVariableDeclaration(), lowering));
  for (const one of first?.expressionList()?.expression_list() ?? []) initial.push({ kind: 'expression', expression: lowerExpression(one, lowering), at: place });
  return {
    kind: 'for',
    initial,
    condition: control.expression() ? lowerExpression(control.expression(), lowering) : null,
    update: control.forUpdate()?.expressionList().expression_list().map((one) => lowerExpression(one, lowering)) ?? [],
    body,
    at: place,
  };
}
