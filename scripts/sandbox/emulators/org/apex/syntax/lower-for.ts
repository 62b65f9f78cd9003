import type { ForStatementContext } from '@apexdevtools/apex-parser';
import type { Statement } from './ast.ts';
import { lowerLocal } from './lower-local.ts';
import { lowerTypeRef } from './lower-types.ts';
import type { Lowering } from './lowering.ts';
import { at } from './positions.ts';

export function lowerFor(context: ForStatementContext, lowering: Lowering): Statement {
  const place = at(context);
  const control = context.forControl();
  const body = context.statement() ? lowering.statement(context.statement()) : null;
  const each = control.enhancedForControl();
  if (each)
    return {
      kind: 'for-each',
      type: lowerTypeRef(each.typeRef()),
      name: each.id().getText(),
      source: lowering.expression(each.expression()),
      body,
      at: place,
    };
  const first = control.forInit();
  const initial: Statement[] = [];
  if (first?.localVariableDeclaration()) initial.push(lowerLocal(first.localVariableDeclaration(), lowering));
  for (const one of first?.expressionList()?.expression_list() ?? [])
    initial.push({ kind: 'expression', expression: lowering.expression(one), at: place });
  return {
    kind: 'for',
    initial,
    condition: control.expression() ? lowering.expression(control.expression()) : null,
    update:
      control
        .forUpdate()
        ?.expressionList()
        .expression_list()
        .map((one) => lowering.expression(one)) ?? [],
    body,
    at: place,
  };
}
