import { normaliseId } from '../../ids/record-id.ts';
import type { ClassModel } from '../classes/model.ts';
import { PLATFORM_PARENTS } from '../library/platform-types.ts';
import type { TypeName } from '../syntax/ast.ts';
import { typeText } from '../syntax/type-text.ts';
import { ApexList, ApexMap, ApexSet } from '../values/collections.ts';
import { ApexDate, ApexDatetime } from '../values/dates.ts';
import { ApexDecimal } from '../values/decimal.ts';
import { systemException } from '../values/exceptions.ts';
import { Instance, NativeObject } from '../values/objects.ts';
import { ApexDouble, EnumValue } from '../values/simple.ts';
import { SObject } from '../values/sobject.ts';
import { ApexObject } from '../values/value.ts';
import type { Value } from '../values/value.ts';
import { isNumber, toDecimal, toFloat } from './numbers.ts';
import type { ApexOrg } from './run.ts';
import { bareName, isRecordType, kindOf } from './types.ts';

/** What getTypeName-like texts say of a value. */
export function runtimeTypeName(value: Value): string {
  if (value instanceof SObject) return `SObject:${value.type}`;
  if (value instanceof ApexList) return `List<${typeText(value.element)}>`;
  if (value instanceof ApexSet) return `Set<${typeText(value.element)}>`;
  if (value instanceof ApexMap) return `Map<${typeText(value.keyType)},${typeText(value.valueType)}>`;
  if (value instanceof ApexObject) return value.typeName;
  if (typeof value === 'string') return 'String';
  if (typeof value === 'boolean') return 'Boolean';
  return typeof value === 'bigint' ? 'Long' : 'Integer';
}

function wrongType(value: Value, type: TypeName): never {
  throw systemException('TypeException', `Invalid conversion from runtime type ${runtimeTypeName(value)} to ${typeText(type)}`);
}

/** A value as a variable of the type holds it: numbers widen, ids are checked, a query of one row becomes the record. */
export function coerceTo(value: Value, type: TypeName, from: ClassModel | null, org: ApexOrg): Value {
  if (value === null) return null;
  const bare = bareName(type.name).toLowerCase();
  if (
    value instanceof ApexList &&
    value.fromQuery &&
    bare !== 'list' &&
    bare !== 'object' &&
    bare !== 'iterable' &&
    isRecordType(bare, org)
  )
    return singleRow(value);
  switch (kindOf(type, from, org)) {
    case 'primitive':
      return coercePrimitive(value, bare, type);
    case 'collection':
      return coerceCollection(value, bare, type);
    case 'record':
      if (!(value instanceof SObject) || (bare !== 'sobject' && value.type.toLowerCase() !== bare)) wrongType(value, type);
      return value;
    case 'class':
    case 'platform':
      if (!isInstanceOf(value, type, from, org)) wrongType(value, type);
      return value;
    default:
      return value;
  }
}

/** A cast: unlike an assignment it never turns one kind of number into another, save upwards. */
export function coerceCast(value: Value, type: TypeName, from: ClassModel | null, org: ApexOrg): Value {
  const bare = bareName(type.name).toLowerCase();
  if (bare === 'integer' && typeof value === 'bigint') return Number(BigInt.asIntN(32, value));
  if (value instanceof ApexList && !value.fromQuery && kindOf(type, from, org) === 'collection' && !isCollectionOf(value, type, bare))
    wrongType(value, type);
  return coerceTo(value, type, from, org);
}

/** `Account a = [SELECT …]`. */
export function singleRow(rows: ApexList): Value {
  if (rows.items.length === 0) throw systemException('QueryException', 'List has no rows for assignment to SObject');
  if (rows.items.length > 1) throw systemException('QueryException', 'List has more than 1 row for assignment to SObject');
  return rows.items[0] ?? null;
}

function coerceCollection(value: Value, bare: string, type: TypeName): Value {
  const fits =
    bare === 'list'
      ? value instanceof ApexList
      : bare === 'set'
        ? value instanceof ApexSet
        : bare === 'map'
          ? value instanceof ApexMap
          : value instanceof ApexList || value instanceof ApexSet;
  if (!fits) wrongType(value, type);
  if (value instanceof ApexList && value.fromQuery) {
    const rows = new ApexList(type.args[0] ?? value.element, value.items);
    return rows;
  }
  return value;
}

function coercePrimitive(value: Value, bare: string, type: TypeName): Value {
  switch (bare) {
    case 'object':
      return value;
    case 'string':
      return typeof value === 'string' ? value : wrongType(value, type);
    case 'id':
      return typeof value === 'string' ? toId(value) : wrongType(value, type);
    case 'boolean':
      return typeof value === 'boolean' ? value : wrongType(value, type);
    case 'integer':
      return typeof value === 'number' ? value : wrongType(value, type);
    case 'long':
      return typeof value === 'number' || typeof value === 'bigint' ? BigInt(value) : wrongType(value, type);
    case 'decimal':
      return isNumber(value) ? toDecimal(value) : wrongType(value, type);
    case 'double':
      return isNumber(value) ? new ApexDouble(toFloat(value)) : wrongType(value, type);
    case 'date':
      if (value instanceof ApexDatetime) return ApexDate.parse(value.toIso()) ?? null;
      return value instanceof ApexDate ? value : wrongType(value, type);
    case 'datetime':
      if (value instanceof ApexDate) return new ApexDatetime(value.days * 86_400_000);
      return value instanceof ApexDatetime ? value : wrongType(value, type);
    default:
      return value instanceof ApexObject && value.typeName.toLowerCase() === bare ? value : wrongType(value, type);
  }
}

export function toId(text: string): string {
  const id = normaliseId(text);
  if (id === undefined) throw systemException('StringException', `Invalid id: ${text}`);
  return id;
}

/** Without conversion: what `instanceof`, catch clauses and casts ask. */
export function isInstanceOf(value: Value, type: TypeName, from: ClassModel | null, org: ApexOrg): boolean {
  if (value === null) return false;
  const bare = bareName(type.name).toLowerCase();
  if (bare === 'object') return true;
  if (value instanceof SObject) return bare === 'sobject' || value.type.toLowerCase() === bare;
  if (value instanceof Instance) return isInstanceOfClass(value, type, bare, from, org);
  if (value instanceof EnumValue)
    return value.typeName.toLowerCase() === (org.classes.find(type.name, from)?.qualifiedName ?? bareName(type.name)).toLowerCase();
  if (value instanceof NativeObject)
    return (
      value.typeName.toLowerCase() === bare ||
      PLATFORM_PARENTS[value.typeName.toLowerCase()] === bare ||
      (bare === 'exception' && bare.length < value.typeName.length && /exception$/i.test(value.typeName))
    );
  if (value instanceof ApexDecimal) return bare === 'decimal';
  if (typeof value === 'number') return ['integer', 'long', 'double', 'decimal'].includes(bare);
  if (typeof value === 'bigint') return ['long', 'double', 'decimal'].includes(bare);
  if (typeof value === 'string') return bare === 'string' || (bare === 'id' && normaliseId(value) !== undefined);
  if (typeof value === 'boolean') return bare === 'boolean';
  if (value instanceof ApexList || value instanceof ApexSet || value instanceof ApexMap) return isCollectionOf(value, type, bare);
  return value.typeName.toLowerCase() === bare;
}

function isInstanceOfClass(value: Instance, type: TypeName, bare: string, from: ClassModel | null, org: ApexOrg): boolean {
  const wanted = org.classes.find(type.name, from);
  const lineage = org.classes.lineage(value.model);
  if (wanted) return lineage.models.has(wanted);
  if (bare === 'exception') return value.exception !== null;
  return [...lineage.natives].some((name) => bareName(name) === bare);
}

function isCollectionOf(value: ApexList | ApexSet | ApexMap, type: TypeName, bare: string): boolean {
  if (value.typeName.toLowerCase() !== bare && !(bare === 'iterable' && !(value instanceof ApexMap))) return false;
  const held = value instanceof ApexMap ? [value.keyType, value.valueType] : [value.element];
  return type.args.every(
    (arg, index) =>
      typeText(arg).toLowerCase() === 'object' ||
      typeText(arg).toLowerCase() === typeText(held[index] ?? arg).toLowerCase() ||
      isBroader(arg, held[index]),
  );
}

/** Rows of a query are a list of any record type. */
const isBroader = (wanted: TypeName, held: TypeName | undefined): boolean =>
  wanted.name.toLowerCase() === 'sobject' || held?.name.toLowerCase() === 'sobject';
