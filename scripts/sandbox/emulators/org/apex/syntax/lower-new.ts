import type { CreatorContext } from '@apexdevtools/apex-parser';
import type { Expression, Position } from './ast.ts';
import { lowerCreatedName } from './lower-types.ts';
import type { Lowering } from './lowering.ts';

export function lowerNew(context: CreatorContext, place: Position, lowering: Lowering): Expression {
  const type = lowerCreatedName(context.createdName());
  const array = context.arrayCreatorRest();
  if (array) {
    const list = { name: 'List', args: [type] };
    if (array.expression()) return { kind: 'new-sized', type: list, size: lowering.expression(array.expression()), at: place };
    return {
      kind: 'new-items',
      type: list,
      items:
        array
          .arrayInitializer()
          ?.expression_list()
          .map((one) => lowering.expression(one)) ?? [],
      at: place,
    };
  }
  const items = context.setCreatorRest();
  if (items) return { kind: 'new-items', type, items: items.expression_list().map((one) => lowering.expression(one)), at: place };
  const entries = context.mapCreatorRest();
  if (entries) {
    const pairs = entries
      .mapCreatorRestPair_list()
      .map((pair): [Expression, Expression] => [lowering.expression(pair.expression(0)), lowering.expression(pair.expression(1))]);
    return { kind: 'new-map', type, entries: pairs, at: place };
  }
  if (context.noRest()) return { kind: 'new', type, args: [], named: [], at: place };
  return constructed(type, lowering.expressions(context.classCreatorRest().arguments().expressionList()), place);
}

/** `new Account(Name = 'x')` names fields; anything else passes arguments. */
function constructed(type: { name: string; args: [] | unknown[] }, args: Expression[], place: Position): Expression {
  const named: { name: string; value: Expression }[] = [];
  for (const arg of args) {
    if (arg.kind === 'assign' && arg.operator === null && arg.target.kind === 'name')
      named.push({ name: arg.target.name, value: arg.value });
  }
  const isRecord = named.length > 0 && named.length === args.length;
  return {
    kind: 'new',
    type: type as Extract<Expression, { kind: 'new' }>['type'],
    args: isRecord ? [] : args,
    named: isRecord ? named : [],
    at: place,
  };
}
