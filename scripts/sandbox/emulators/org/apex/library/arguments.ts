import { ApexList, ApexMap, ApexSet } from '../values/collections.ts';
import { ApexDate, ApexDatetime, ApexTime } from '../values/dates.ts';
import type { ApexDecimal } from '../values/decimal.ts';
import { nullPointer, systemException } from '../values/exceptions.ts';
import { NativeObject } from '../values/objects.ts';
import { ApexBlob, EnumValue, TypeValue } from '../values/simple.ts';
import { ApexObject } from '../values/value.ts';
import type { Value } from '../values/value.ts';
import { isNumber, toDecimal, toLong } from '../evaluate/numbers.ts';

function given(args: Value[], index: number): Exclude<Value, null> {
  const value = args[index] ?? null;
  if (value === null) throw nullPointer();
  return value;
}

function wrong(value: Value, wanted: string): never {
  const found = value instanceof ApexObject ? value.typeName : typeof value;
  throw systemException('TypeException', `Invalid argument of type ${found}, expected ${wanted}`);
}

/** Arguments of platform methods: null throws NullPointerException, another type TypeException. */
export function textArg(args: Value[], index: number): string {
  const value = given(args, index);
  return typeof value === 'string' ? value : wrong(value, 'String');
}

export function integerArg(args: Value[], index: number): number {
  const value = given(args, index);
  return isNumber(value) ? Number(toLong(value)) : wrong(value, 'Integer');
}

export function decimalArg(args: Value[], index: number): ApexDecimal {
  const value = given(args, index);
  return isNumber(value) ? toDecimal(value) : wrong(value, 'Decimal');
}

export function booleanArg(args: Value[], index: number): boolean {
  const value = given(args, index);
  return typeof value === 'boolean' ? value : wrong(value, 'Boolean');
}

function objectArg<Wanted extends ApexObject>(
  args: Value[],
  index: number,
  type: abstract new (...rest: never[]) => Wanted,
  name: string,
): Wanted {
  const value = given(args, index);
  return value instanceof type ? value : wrong(value, name);
}

export const listArg = (args: Value[], index: number): ApexList => objectArg(args, index, ApexList, 'List');
export const mapArg = (args: Value[], index: number): ApexMap => objectArg(args, index, ApexMap, 'Map');
export const dateArg = (args: Value[], index: number): ApexDate => objectArg(args, index, ApexDate, 'Date');
export const datetimeArg = (args: Value[], index: number): ApexDatetime => objectArg(args, index, ApexDatetime, 'Datetime');
export const timeArg = (args: Value[], index: number): ApexTime => objectArg(args, index, ApexTime, 'Time');
export const blobArg = (args: Value[], index: number): ApexBlob => objectArg(args, index, ApexBlob, 'Blob');
export const typeArg = (args: Value[], index: number): TypeValue => objectArg(args, index, TypeValue, 'Type');
export const enumArg = (args: Value[], index: number): EnumValue => objectArg(args, index, EnumValue, 'Enum');

/** The state of a platform object, such as an HttpRequest. */
export function nativeArg<State>(args: Value[], index: number, typeName: string): NativeObject<State> {
  const value = objectArg(args, index, NativeObject, typeName);
  return value.typeName === typeName ? (value as NativeObject<State>) : wrong(value, typeName);
}

/** Values of a list or a set. */
export function itemsArg(args: Value[], index: number): Value[] {
  const value = given(args, index);
  if (value instanceof ApexList) return value.items;
  return value instanceof ApexSet ? value.values() : wrong(value, 'List or Set');
}
