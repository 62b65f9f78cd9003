import * as Tree from '@apexdevtools/apex-parser';
import type { PrimaryContext } from '@apexdevtools/apex-parser';
import type { Expression } from './ast.ts';
import { literalOf } from './lower-literal.ts';
import { lowerSoql } from './lower-soql.ts';
import { lowerTypeRef } from './lower-types.ts';
import type { Lowering } from './lowering.ts';
import { at } from './positions.ts';

export function lowerPrimary(context: PrimaryContext, lowering: Lowering): Expression {
  const place = at(context);
  if (context instanceof Tree.LiteralPrimaryContext) return literalOf(context.literal(), lowering);
  if (context instanceof Tree.IdPrimaryContext) return { kind: 'name', name: context.id().getText(), at: place };
  if (context instanceof Tree.ThisPrimaryContext) return { kind: 'this', at: place };
  if (context instanceof Tree.SuperPrimaryContext) return { kind: 'super', at: place };
  if (context instanceof Tree.SoqlPrimaryContext) return lowerSoql(context.soqlLiteral(), lowering);
  if (context instanceof Tree.TypeRefPrimaryContext) return { kind: 'type', type: lowerTypeRef(context.typeRef()), at: place };
  lowering.unsupported(place, `'${context.getText().slice(0, 40)}'`);
  return { kind: 'literal', type: 'null', value: null, at: place };
}
