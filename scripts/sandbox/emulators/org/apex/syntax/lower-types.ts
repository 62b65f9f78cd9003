import type { CreatedNameContext, TypeRefContext } from '@apexdevtools/apex-parser';
import type { TypeName } from './ast.ts';

const dotted = (parts: string[]): string =>
  parts.filter((part, index) => index > 0 || parts.length === 1 || !/^system$/i.test(part)).join('.');

/** `System.X` is written `X`, arrays as lists. */
export function lowerTypeRef(context: TypeRefContext): TypeName {
  const names = context.typeName_list();
  const last = names.at(-1);
  const args = last?.typeArguments()?.typeList().typeRef_list().map(lowerTypeRef) ?? [];
  const parts = names.map((one) => (one.LIST() ? 'List' : one.SET() ? 'Set' : one.MAP() ? 'Map' : one.id().getText()));
  let type: TypeName = { name: dotted(parts), args };
  for (const _ of context.arraySubscripts()?.LBRACK_list() ?? []) type = { name: 'List', args: [type] };
  return type;
}

export function lowerCreatedName(context: CreatedNameContext): TypeName {
  const pairs = context.idCreatedNamePair_list();
  const args = pairs.at(-1)?.typeList()?.typeRef_list().map(lowerTypeRef) ?? [];
  return { name: dotted(pairs.map((pair) => pair.anyId().getText())), args };
}
