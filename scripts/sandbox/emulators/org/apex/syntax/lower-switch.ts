import type { SwitchStatementContext, WhenLiteralContext } from '@apexdevtools/apex-parser';
import type { Statement, When, WhenLabel } from './ast.ts';
import { unquote } from './lower-literal.ts';
import { lowerTypeRef } from './lower-types.ts';
import type { Lowering } from './lowering.ts';
import { at } from './positions.ts';

export function lowerSwitch(context: SwitchStatementContext, lowering: Lowering): Statement {
  const whens = context.whenControl_list().map((one): When => {
    const body = lowering.block(one.block());
    const value = one.whenValue();
    if (value.ELSE()) return { kind: 'else', body };
    if (value.typeRef()) return { kind: 'type', type: lowerTypeRef(value.typeRef()), name: value.id().getText(), body };
    return { kind: 'values', labels: value.whenLiteral_list().map(lowerLabel), body };
  });
  return { kind: 'switch', subject: lowering.expression(context.expression()), whens, at: at(context) };
}

function lowerLabel(context: WhenLiteralContext): WhenLabel {
  if (context.whenLiteral()) return lowerLabel(context.whenLiteral());
  if (context.qualifiedName()) return { kind: 'enum', name: context.qualifiedName().getText().split('.').at(-1) ?? '' };
  if (context.StringLiteral()) return { kind: 'literal', value: unquote(context.StringLiteral().getText()) };
  if (context.NULL()) return { kind: 'literal', value: null };
  const sign = context.SUB_list().length % 2 === 1 ? -1 : 1;
  if (context.LongLiteral()) return { kind: 'literal', value: BigInt(sign) * BigInt(context.LongLiteral().getText().slice(0, -1)) };
  return { kind: 'literal', value: sign * Number(context.IntegerLiteral().getText()) };
}
