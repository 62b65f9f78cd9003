import type { BinaryOperator } from '../syntax/ast.ts';
import { ApexDate, ApexDatetime, ApexTime } from '../values/dates.ts';
import { ApexDecimal } from '../values/decimal.ts';
import { nullPointer, systemException } from '../values/exceptions.ts';
import { ApexDouble } from '../values/simple.ts';
import type { Value } from '../values/value.ts';
import { areEqual, areSame, order } from './equality.ts';
import { calculate, isNumber, toFloat, wrapInteger, wrapLong } from './numbers.ts';
import type { Run } from './run.ts';

const DAY_MS = 86_400_000;

export async function applyBinary(operator: BinaryOperator, left: Value, right: Value, run: Run): Promise<Value> {
  switch (operator) {
    case '==':
      return areEqual(left, right);
    case '!=':
      return !areEqual(left, right);
    case '===':
      return areSame(left, right);
    case '!==':
      return !areSame(left, right);
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compares(operator, order(left, right));
    case '+':
      return add(left, right, run);
    case '-':
      return shifted(left, right, -1) ?? calculate('-', left, right);
    case '*':
    case '/':
      return calculate(operator, left, right);
    default:
      return bits(operator, left, right);
  }
}

/** Nothing is less or more than null. */
function compares(operator: '<' | '<=' | '>' | '>=', difference: number | null): boolean {
  if (difference === null) return false;
  if (operator === '<') return difference < 0;
  if (operator === '<=') return difference <= 0;
  return operator === '>' ? difference > 0 : difference >= 0;
}

async function add(left: Value, right: Value, run: Run): Promise<Value> {
  if (typeof left === 'string' || typeof right === 'string') return (await run.text(left)) + (await run.text(right));
  return shifted(left, right, 1) ?? calculate('+', left, right);
}

/** Days added to a date, days or parts of a day to a moment. */
function shifted(left: Value, right: Value, sign: 1 | -1): Value | undefined {
  if (!isNumber(right)) return undefined;
  if (left instanceof ApexDate) return left.plusDays(sign * Math.trunc(toFloat(right)));
  if (left instanceof ApexDatetime) return new ApexDatetime(left.ms + Math.round(sign * toFloat(right) * DAY_MS));
  return left instanceof ApexTime ? new ApexTime(left.ms + sign * toFloat(right)) : undefined;
}

function bits(operator: BinaryOperator, left: Value, right: Value): Value {
  if (left === null || right === null) throw nullPointer();
  if (typeof left === 'boolean' && typeof right === 'boolean') {
    if (operator === '&') return left && right;
    return operator === '|' ? left || right : left !== right;
  }
  if (typeof left === 'number' && typeof right === 'number') return integerBits(operator, left, right);
  if (isInteger(left) && isInteger(right)) return wrapLong(longBits(operator, BigInt(left), BigInt(right)));
  throw systemException('TypeException', `Operator ${operator} needs Integer, Long or Boolean values`);
}

const isInteger = (value: Value): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

function integerBits(operator: BinaryOperator, left: number, right: number): number {
  if (operator === '&') return left & right;
  if (operator === '|') return left | right;
  if (operator === '^') return left ^ right;
  if (operator === '<<') return left << right;
  return operator === '>>' ? left >> right : wrapInteger(left >>> right);
}

function longBits(operator: BinaryOperator, left: bigint, right: bigint): bigint {
  if (operator === '&') return left & right;
  if (operator === '|') return left | right;
  if (operator === '^') return left ^ right;
  const by = right & 63n;
  if (operator === '<<') return left << by;
  return operator === '>>' ? left >> by : BigInt.asUintN(64, left) >> by;
}

export function applyUnary(operator: '-' | '+' | '!' | '~', value: Value): Value {
  if (value === null) throw nullPointer();
  if (operator === '!') {
    if (typeof value !== 'boolean') throw systemException('TypeException', 'Condition expression must be of type Boolean');
    return !value;
  }
  if (operator === '+') return value;
  if (operator === '~') return typeof value === 'bigint' ? ~value : ~Number(value);
  if (value instanceof ApexDecimal) return value.negated();
  if (value instanceof ApexDouble) return new ApexDouble(-value.value);
  return calculate('-', 0, value);
}
