import { ApexDecimal } from '../values/decimal.ts';
import { nullPointer, systemException } from '../values/exceptions.ts';
import { ApexDouble } from '../values/simple.ts';
import type { Value } from '../values/value.ts';

export type ApexNumber = number | bigint | ApexDecimal | ApexDouble;

export const isNumber = (value: Value): value is ApexNumber =>
  typeof value === 'number' || typeof value === 'bigint' || value instanceof ApexDecimal || value instanceof ApexDouble;

const MAX_INTEGER = 2 ** 31;

/** Integers wrap at 32 bits, Longs at 64. */
export const wrapInteger = (value: number): number => value | 0;
export const wrapLong = (value: bigint): bigint => BigInt.asIntN(64, value);
export const fitsInteger = (value: number | bigint): boolean => value >= -MAX_INTEGER && value < MAX_INTEGER;

export function toDecimal(value: ApexNumber): ApexDecimal {
  if (value instanceof ApexDecimal) return value;
  if (value instanceof ApexDouble) return ApexDecimal.fromNumber(value.value);
  return ApexDecimal.fromInteger(value);
}

export function toFloat(value: ApexNumber): number {
  if (value instanceof ApexDouble) return value.value;
  return value instanceof ApexDecimal ? value.toNumber() : Number(value);
}

export const toLong = (value: ApexNumber): bigint =>
  value instanceof ApexDecimal ? value.toInteger() : value instanceof ApexDouble ? BigInt(Math.trunc(value.value)) : BigInt(value);

export function compareNumbers(left: ApexNumber, right: ApexNumber): number {
  if (left instanceof ApexDouble || right instanceof ApexDouble) return Math.sign(toFloat(left) - toFloat(right));
  if (left instanceof ApexDecimal || right instanceof ApexDecimal) return toDecimal(left).compare(toDecimal(right));
  return left < right ? -1 : left > right ? 1 : 0;
}

export type Arithmetic = '+' | '-' | '*' | '/';

/** The wider type of the two decides: Integer, Long, Double, Decimal. */
export function calculate(operator: Arithmetic, left: Value, right: Value): ApexNumber {
  if (left === null || right === null) throw nullPointer();
  if (!isNumber(left) || !isNumber(right)) throw systemException('TypeException', 'Arithmetic expressions must use numeric arguments');
  if (operator === '/' && toFloat(right) === 0 && !(left instanceof ApexDouble || right instanceof ApexDouble))
    throw systemException('MathException', 'Divide by 0');
  if (left instanceof ApexDecimal || right instanceof ApexDecimal) return decimals(operator, toDecimal(left), toDecimal(right));
  if (left instanceof ApexDouble || right instanceof ApexDouble) return new ApexDouble(floats(operator, toFloat(left), toFloat(right)));
  if (typeof left === 'bigint' || typeof right === 'bigint') return wrapLong(longs(operator, BigInt(left), BigInt(right)));
  return integers(operator, left, right);
}

function decimals(operator: Arithmetic, left: ApexDecimal, right: ApexDecimal): ApexDecimal {
  switch (operator) {
    case '+':
      return left.plus(right);
    case '-':
      return left.minus(right);
    case '*':
      return left.times(right);
    case '/':
      return left.dividedBy(right);
  }
}

function floats(operator: Arithmetic, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
  }
}

function longs(operator: Arithmetic, left: bigint, right: bigint): bigint {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
  }
}

function integers(operator: Arithmetic, left: number, right: number): number {
  switch (operator) {
    case '+':
      return wrapInteger(left + right);
    case '-':
      return wrapInteger(left - right);
    case '*':
      return Math.imul(left, right);
    case '/':
      return wrapInteger(Math.trunc(left / right));
  }
}
