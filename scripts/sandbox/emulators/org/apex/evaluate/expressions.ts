import { exceptionMessage, nullPointer, systemException } from '../values/exceptions.ts';
import type { Expression } from '../syntax/ast.ts';
import { ApexDecimal } from '../values/decimal.ts';
import { TypeValue } from '../values/simple.ts';
import type { Value } from '../values/value.ts';
import { evaluateAssign, evaluateStep } from './assign.ts';
import { coerceCast, isInstanceOf } from './coerce.ts';
import { evaluateNew } from './create.ts';
import { evaluateIndex } from './items.ts';
import { ENDED, evaluateMember } from './members.ts';
import { evaluateCall, evaluateMethod } from './methods.ts';
import { findPlace, readPlace } from './names.ts';
import { applyBinary, applyUnary } from './operators.ts';
import type { Frame } from './run.ts';
import { evaluateSoql } from './soql.ts';

/** The value of an expression. */
export async function evaluateExpression(expression: Expression, frame: Frame): Promise<Value> {
  const value = await linkOf(expression, frame);
  return value === ENDED ? null : value;
}

/** A link of a chain of dots, which may have ended at `?.`. */
async function linkOf(expression: Expression, frame: Frame): Promise<Value | typeof ENDED> {
  const link = (object: Expression): Promise<Value | typeof ENDED> => linkOf(object, frame);
  if (expression.kind === 'member') return evaluateMember(expression, frame, link);
  if (expression.kind === 'method') return evaluateMethod(expression, frame, link);
  return evaluateOther(expression, frame);
}

async function evaluateOther(expression: Exclude<Expression, { kind: 'member' | 'method' }>, frame: Frame): Promise<Value> {
  const { run } = frame;
  switch (expression.kind) {
    case 'literal':
      return expression.type === 'decimal' ? (ApexDecimal.parse(String(expression.value)) ?? null) : expression.value;
    case 'name': {
      const place = findPlace(expression.name, frame);
      if (!place) throw systemException('TypeException', `Variable does not exist: ${expression.name}`);
      return readPlace(place, frame);
    }
    case 'this':
      return frame.self;
    case 'call':
      return evaluateCall(expression, frame);
    case 'soql':
      return evaluateSoql(expression, frame);
    case 'type':
      return new TypeValue(expression.type, frame.model);
    case 'index':
      return evaluateIndex(await run.evaluate(expression.object, frame), await run.evaluate(expression.index, frame));
    case 'new':
    case 'new-items':
    case 'new-sized':
    case 'new-map':
      return evaluateNew(expression, frame);
    case 'assign':
      return evaluateAssign(expression, frame);
    case 'step':
      return evaluateStep(expression, frame);
    case 'binary':
      return applyBinary(expression.operator, await run.evaluate(expression.left, frame), await run.evaluate(expression.right, frame), run);
    case 'logic':
      return evaluateLogic(expression, frame);
    case 'unary':
      return applyUnary(expression.operator, await run.evaluate(expression.value, frame));
    case 'conditional':
      return run.evaluate(truth(await run.evaluate(expression.condition, frame)) ? expression.yes : expression.no, frame);
    case 'cast':
      return coerceCast(await run.evaluate(expression.value, frame), expression.type, frame.model, run.org);
    case 'instanceof':
      return isInstanceOf(await run.evaluate(expression.value, frame), expression.type, frame.model, run.org);
    case 'super':
    case 'chain':
      throw systemException('TypeException', `Unexpected ${expression.kind}: ${exceptionMessage(null)}`);
  }
}

function truth(value: Value): boolean {
  if (value === null) throw nullPointer();
  return value === true;
}

async function evaluateLogic(expression: Extract<Expression, { kind: 'logic' }>, frame: Frame): Promise<Value> {
  const left = await frame.run.evaluate(expression.left, frame);
  if (expression.operator === '??') return left ?? frame.run.evaluate(expression.right, frame);
  if (truth(left) === (expression.operator === '||')) return left;
  return truth(await frame.run.evaluate(expression.right, frame));
}
