import { normaliseId } from '../../ids/record-id.ts';
import { ApexDate, ApexDatetime, ApexTime } from '../values/dates.ts';
import { systemException } from '../values/exceptions.ts';
import { keyOf } from '../values/value.ts';
import type { Value } from '../values/value.ts';
import { compareNumbers, isNumber } from './numbers.ts';

/** `==`: text without regard to case, ids in either length, numbers by amount, everything else by content. */
export function areEqual(left: Value, right: Value): boolean {
  if (left === null || right === null) return left === right;
  if (typeof left === 'string' && typeof right === 'string') return left.toLowerCase() === right.toLowerCase() || isSameId(left, right);
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right) === 0;
  if (left instanceof ApexDate && right instanceof ApexDatetime) return left.days * 86_400_000 === right.ms;
  if (left instanceof ApexDatetime && right instanceof ApexDate) return areEqual(right, left);
  return keyOf(left) === keyOf(right);
}

/** `===`: the same object; for plain values the same as `==`. */
export function areSame(left: Value, right: Value): boolean {
  return typeof left === 'object' && typeof right === 'object' && !isPlain(left) ? left === right : areEqual(left, right);
}

const isPlain = (value: Value): boolean =>
  value === null || isNumber(value) || value instanceof ApexDate || value instanceof ApexDatetime || value instanceof ApexTime;

/** What Map keys, List.contains and Assert use: text by its very letters. */
export function isSameKey(left: Value, right: Value): boolean {
  if (typeof left === 'string' && typeof right === 'string') return left === right || isSameId(left, right);
  return areEqual(left, right);
}

function isSameId(left: string, right: string): boolean {
  if (left.length === right.length || left.slice(0, 15) !== right.slice(0, 15)) return false;
  const id = normaliseId(left);
  return id !== undefined && id === normaliseId(right);
}

/** For `<` and sorting; null when the two cannot be ordered because one is null. */
export function order(left: Value, right: Value): number | null {
  if (left === null || right === null) return null;
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  const [one, other] = [rank(left), rank(right)];
  if (one === null || other === null) throw systemException('TypeException', 'Comparison arguments must be compatible types');
  return Math.sign(one - other);
}

function rank(value: Value): number | null {
  if (value instanceof ApexDate) return value.days * 86_400_000;
  return value instanceof ApexDatetime || value instanceof ApexTime ? value.ms : null;
}
