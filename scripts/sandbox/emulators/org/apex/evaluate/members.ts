import { PLATFORM_ENUMS, platformEnum } from '../library/platform-types.ts';
import { constantOf, propertyOf, setterOf } from '../library/registry.ts';
import { describeObject, fieldToken, objectToken } from '../library/schema-tokens.ts';
import type { Expression } from '../syntax/ast.ts';
import { ApexList } from '../values/collections.ts';
import { nullPointer, systemException } from '../values/exceptions.ts';
import { Instance, NativeObject } from '../values/objects.ts';
import { EnumValue, TypeValue } from '../values/simple.ts';
import { SObject } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';
import { singleRow } from './coerce.ts';
import { enumConstant } from './construct.ts';
import { readField, writeField } from './fields.ts';
import { staticTarget } from './names.ts';
import type { StaticTarget } from './names.ts';
import { readRecordField, writeRecordField } from './record-fields.ts';
import type { Frame } from './run.ts';

/** A chain that met null at `?.`: everything after it is null too. */
export const ENDED = Symbol('safe navigation ended');

/** `object.name` where the object is a value. */
export async function readMember(object: Value, name: string, frame: Frame): Promise<Value> {
  if (object === null) throw nullPointer();
  if (object instanceof ApexList && object.fromQuery) return readMember(singleRow(object), name, frame);
  if (object instanceof SObject) return readRecordField(object, name, frame.run);
  if (object instanceof Instance) {
    const field = frame.run.org.classes.field(object.model, name.toLowerCase(), false);
    if (field) return readField(field, object, frame);
  }
  const property = object instanceof NativeObject ? propertyOf(object.typeName, name) : undefined;
  if (property) return property(object as never, frame.run);
  throw systemException('TypeException', `Variable does not exist: ${name}`);
}

export async function writeMember(object: Value, name: string, value: Value, frame: Frame): Promise<Value> {
  if (object === null) throw nullPointer();
  if (object instanceof SObject) return writeRecordField(object, name, value, frame.run);
  if (object instanceof Instance) {
    const field = frame.run.org.classes.field(object.model, name.toLowerCase(), false);
    if (field) return writeField(field, object, value, frame);
  }
  const setter = object instanceof NativeObject ? setterOf(object.typeName, name) : undefined;
  if (setter) return setter(object as never, value, frame.run);
  throw systemException('TypeException', `Variable does not exist: ${name}`);
}

/** `Type.name`: static fields, enum constants, labels, schema tokens. Undefined when there is no such member. */
async function readStatic(target: StaticTarget, name: string, frame: Frame): Promise<Value | undefined> {
  const { run } = frame;
  if (target.kind === 'class') {
    const constant = enumConstant(target.model, name);
    if (constant) return constant;
    const field = run.org.classes.field(target.model, name.toLowerCase(), true);
    return field ? readField(field, null, frame) : undefined;
  }
  if (target.kind === 'record') return recordToken(target.name, name, frame);
  if (/^label$/i.test(target.name)) return labelText(name, frame);
  if (/^sobjecttype$/i.test(target.name)) return describeObject(name, run);
  const found = platformEnum(target.name);
  const ordinal = found?.values.findIndex((one) => one.toLowerCase() === name.toLowerCase()) ?? -1;
  if (found && ordinal >= 0) return new EnumValue(found.name, PLATFORM_ENUMS[found.name]?.[ordinal] ?? name, ordinal);
  return constantOf(target.name, name)?.(run);
}

function recordToken(object: string, name: string, frame: Frame): Value | undefined {
  if (/^sobjecttype$/i.test(name)) return objectToken(object, frame.run);
  return frame.run.org.data.schema.field(object, name) ? fieldToken(object, name, frame.run) : undefined;
}

function labelText(name: string, frame: Frame): string {
  const { labels } = frame.run.org.data.schema;
  const found = labels.get(name) ?? [...labels].find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  if (found === undefined) throw systemException('TypeException', `External string does not exist: ${name}`);
  return found;
}

export async function evaluateMember(
  expression: Extract<Expression, { kind: 'member' }>,
  frame: Frame,
  link: (object: Expression) => Promise<Value | typeof ENDED>,
): Promise<Value | typeof ENDED> {
  const target = staticTarget(expression.object, frame);
  if (target) {
    if (/^class$/i.test(expression.name))
      return new TypeValue({ name: target.kind === 'class' ? target.model.qualifiedName : target.name, args: [] }, frame.model);
    const found = await readStatic(target, expression.name, frame);
    if (found === undefined) throw systemException('TypeException', `Variable does not exist: ${expression.name}`);
    return found;
  }
  const object = await link(expression.object);
  if (object === ENDED || (object === null && expression.safe)) return ENDED;
  return readMember(object, expression.name, frame);
}
