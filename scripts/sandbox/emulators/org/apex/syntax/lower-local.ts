import type { LocalVariableDeclarationContext } from '@apexdevtools/apex-parser';
import type { Statement } from './ast.ts';
import { lowerTypeRef } from './lower-types.ts';
import type { Lowering } from './lowering.ts';
import { at } from './positions.ts';

export function lowerLocal(context: LocalVariableDeclarationContext, lowering: Lowering): Statement {
  const variables = context
    .variableDeclarators()
    .variableDeclarator_list()
    .map((one) => ({
      name: one.id().getText(),
      initial: one.expression() ? lowering.expression(one.expression()) : null,
    }));
  return { kind: 'local', type: lowerTypeRef(context.typeRef()), variables, at: at(context) };
}
