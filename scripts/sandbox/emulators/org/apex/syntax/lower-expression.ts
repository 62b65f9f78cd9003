import * as Tree from '@apexdevtools/apex-parser';
import type { ExpressionContext } from '@apexdevtools/apex-parser';
import type { BinaryOperator, Expression, Position } from './ast.ts';
import { lowerNew } from './lower-new.ts';
import { lowerPrimary } from './lower-primary.ts';
import { lowerTypeRef } from './lower-types.ts';
import type { Lowering } from './lowering.ts';
import { at } from './positions.ts';

/** The operator between two operands: the text of what stands between them. */
function operatorBetween(context: ExpressionContext & { expression(i: number): ExpressionContext }, source: string): string {
  const left = context.expression(0).stop?.stop ?? 0;
  const right = context.expression(1).start.start;
  return source.slice(left + 1, right).replace(/\/\*.*?\*\/|\/\/[^\n]*|[\s()]/gs, '');
}

type TwoOperands = ExpressionContext & { expression(i: number): ExpressionContext };

function binary(context: TwoOperands, place: Position, lowering: Lowering): Expression {
  const operator = operatorBetween(context, lowering.source).replace('<>', '!=');
  return {
    kind: 'binary',
    operator: operator as BinaryOperator,
    left: lowerExpression(context.expression(0), lowering),
    right: lowerExpression(context.expression(1), lowering),
    at: place,
  };
}

function logic(context: TwoOperands, operator: '&&' | '||' | '??', place: Position, lowering: Lowering): Expression {
  return {
    kind: 'logic',
    operator,
    left: lowerExpression(context.expression(0), lowering),
    right: lowerExpression(context.expression(1), lowering),
    at: place,
  };
}

export function lowerExpression(context: ExpressionContext, lowering: Lowering): Expression {
  const place = at(context);
  const lower = (one: ExpressionContext): Expression => lowerExpression(one, lowering);
  if (context instanceof Tree.PrimaryExpressionContext) return lowerPrimary(context.primary(), lowering);
  if (context instanceof Tree.SubExpressionContext) return lower(context.expression());
  if (context instanceof Tree.DotExpressionContext) return lowerDot(context, lowering);
  if (context instanceof Tree.MethodCallExpressionContext) {
    const call = context.methodCall();
    const args = lowering.expressions(call.expressionList());
    if (call.THIS() || call.SUPER()) return { kind: 'chain', target: call.THIS() ? 'this' : 'super', args, at: place };
    return { kind: 'call', name: call.id().getText(), args, at: place };
  }
  if (context instanceof Tree.NewExpressionContext) return lowerNew(context.creator(), place, lowering);
  if (context instanceof Tree.AssignExpressionContext) {
    const operator = operatorBetween(context, lowering.source).slice(0, -1);
    return {
      kind: 'assign',
      operator: operator === '' ? null : (operator as BinaryOperator),
      target: lower(context.expression(0)),
      value: lower(context.expression(1)),
      at: place,
    };
  }
  if (context instanceof Tree.ArrayExpressionContext)
    return { kind: 'index', object: lower(context.expression(0)), index: lower(context.expression(1)), at: place };
  if (context instanceof Tree.LogAndExpressionContext) return logic(context, '&&', place, lowering);
  if (context instanceof Tree.LogOrExpressionContext) return logic(context, '||', place, lowering);
  if (context instanceof Tree.CoalExpressionContext) return logic(context, '??', place, lowering);
  if (context instanceof Tree.CondExpressionContext)
    return {
      kind: 'conditional',
      condition: lower(context.expression(0)),
      yes: lower(context.expression(1)),
      no: lower(context.expression(2)),
      at: place,
    };
  if (context instanceof Tree.CastExpressionContext)
    return { kind: 'cast', type: lowerTypeRef(context.typeRef()), value: lower(context.expression()), at: place };
  if (context instanceof Tree.InstanceOfExpressionContext)
    return { kind: 'instanceof', type: lowerTypeRef(context.typeRef()), value: lower(context.expression()), at: place };
  if (context instanceof Tree.NegExpressionContext)
    return { kind: 'unary', operator: context.BANG() ? '!' : '~', value: lower(context.expression()), at: place };
  if (context instanceof Tree.PreOpExpressionContext) {
    if (context.INC() || context.DEC())
      return { kind: 'step', by: context.INC() ? 1 : -1, prefix: true, target: lower(context.expression()), at: place };
    return { kind: 'unary', operator: context.SUB() ? '-' : '+', value: lower(context.expression()), at: place };
  }
  if (context instanceof Tree.PostOpExpressionContext)
    return { kind: 'step', by: context.INC() ? 1 : -1, prefix: false, target: lower(context.expression()), at: place };
  if (isBinary(context)) return binary(context, place, lowering);
  lowering.unsupported(place, `The expression '${context.getText().slice(0, 40)}'`);
  return { kind: 'literal', type: 'null', value: null, at: place };
}

function isBinary(context: ExpressionContext): context is TwoOperands {
  return (
    context instanceof Tree.Arth1ExpressionContext ||
    context instanceof Tree.Arth2ExpressionContext ||
    context instanceof Tree.CmpExpressionContext ||
    context instanceof Tree.EqualityExpressionContext ||
    context instanceof Tree.BitExpressionContext ||
    context instanceof Tree.BitAndExpressionContext ||
    context instanceof Tree.BitOrExpressionContext ||
    context instanceof Tree.BitNotExpressionContext
  );
}

function lowerDot(context: Tree.DotExpressionContext, lowering: Lowering): Expression {
  const object = lowerExpression(context.expression(), lowering);
  const safe = Boolean(context.QUESTIONDOT());
  const method = context.dotMethodCall();
  if (method)
    return {
      kind: 'method',
      object,
      name: method.anyId().getText(),
      args: lowering.expressions(method.expressionList()),
      safe,
      at: at(method),
    };
  return { kind: 'member', object, name: context.anyId().getText(), safe, at: at(context.anyId()) };
}
