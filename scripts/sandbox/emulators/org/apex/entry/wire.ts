import type { ClassModel } from '../classes/model.ts';
import { readField } from '../evaluate/fields.ts';
import { toFloat } from '../evaluate/numbers.ts';
import type { Run } from '../evaluate/run.ts';
import { newFrame } from '../evaluate/scopes.ts';
import { annotation } from '../syntax/lower-modifiers.ts';
import { ApexList, ApexMap, ApexSet } from '../values/collections.ts';
import { ApexDatetime } from '../values/dates.ts';
import { ApexDecimal } from '../values/decimal.ts';
import { Instance, NativeObject } from '../values/objects.ts';
import { ApexBlob, ApexDouble, EnumValue } from '../values/simple.ts';
import { SObject } from '../values/sobject.ts';
import { systemException } from '../values/exceptions.ts';
import type { Value } from '../values/value.ts';

/** A value as a page receives it: records without null fields, objects with their @AuraEnabled members only. */
export async function toWire(value: Value, run: Run): Promise<unknown> {
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof ApexDecimal || value instanceof ApexDouble) return toFloat(value);
  if (value instanceof ApexDatetime) return value.toIso();
  if (value instanceof EnumValue) return value.name;
  if (value instanceof ApexBlob) return value.bytes.toString('base64');
  if (value instanceof ApexList || value instanceof ApexSet) return wireAll(value instanceof ApexList ? value.items : value.values(), run);
  if (value instanceof ApexMap) {
    const object: Record<string, unknown> = {};
    for (const entry of value.entries()) object[await run.text(entry.key)] = await toWire(entry.value, run);
    return object;
  }
  if (value instanceof SObject) return recordToWire(value, run);
  if (value instanceof Instance) return instanceToWire(value, run);
  if (value instanceof NativeObject) throw systemException('TypeException', `${value.typeName} cannot be sent to a page`);
  return run.text(value);
}

async function wireAll(values: Value[], run: Run): Promise<unknown[]> {
  const result: unknown[] = [];
  for (const value of values) result.push(await toWire(value, run));
  return result;
}

async function recordToWire(record: SObject, run: Run): Promise<unknown> {
  const object: Record<string, unknown> = {};
  for (const [name, value] of record.populated()) if (value !== null) object[name] = await toWire(value, run);
  return object;
}

async function instanceToWire(value: Instance, run: Run): Promise<unknown> {
  const object: Record<string, unknown> = {};
  for (const model of lineageOf(value.model, run)) {
    for (const field of model.fields) {
      if (field.isStatic || !annotation(field.modifiers, 'auraenabled')) continue;
      const held = await readField(field, value, newFrame(run, model, value, field.name, { line: model.line, column: 0 }));
      if (held !== null) object[field.name] = await toWire(held, run);
    }
  }
  return object;
}

const lineageOf = (model: ClassModel, run: Run): ClassModel[] =>
  [...run.org.classes.lineage(model).models].filter((one) => one.kind === 'class').reverse();
