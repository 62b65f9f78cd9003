import type { ClassModel } from '../classes/model.ts';
import { fitsInteger } from '../evaluate/numbers.ts';
import type { Run } from '../evaluate/run.ts';
import { apexTypeOf } from '../evaluate/records.ts';
import type { TypeName } from '../syntax/ast.ts';
import { ApexList, ApexMap, ApexSet } from '../values/collections.ts';
import { ApexDate, ApexDatetime, ApexTime } from '../values/dates.ts';
import { ApexDecimal } from '../values/decimal.ts';
import { systemException } from '../values/exceptions.ts';
import { Instance } from '../values/objects.ts';
import { ApexBlob, ApexDouble, EnumValue } from '../values/simple.ts';
import { SObject } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';
import type { JsonNode } from './json-reader.ts';

const STRING = { name: 'String', args: [] };
const ANYTHING = { name: 'Object', args: [] };

/** JSON.deserializeUntyped: maps, lists, and the narrowest kind of number. */
export function untyped(node: JsonNode): Value {
  switch (node.kind) {
    case 'null':
      return null;
    case 'number':
      return narrowest(node.text);
    case 'array':
      return new ApexList(ANYTHING, node.items.map(untyped));
    case 'object': {
      const map = new ApexMap(STRING, ANYTHING);
      for (const [key, value] of node.entries) map.put(key, untyped(value));
      return map;
    }
    default:
      return node.value;
  }
}

function narrowest(text: string): Value {
  if (!/^-?\d+$/.test(text)) return ApexDecimal.parse(text) ?? null;
  const whole = BigInt(text);
  if (fitsInteger(whole)) return Number(whole);
  return whole === BigInt.asIntN(64, whole) ? whole : new ApexDecimal(whole);
}

export interface Reading {
  run: Run;
  /** deserializeStrict: unknown attributes are errors. */
  strict: boolean;
}

/** JSON.deserialize into a type. */
export function typed(node: JsonNode, type: TypeName, from: ClassModel | null, reading: Reading): Value {
  if (node.kind === 'null') return null;
  const name = type.name.toLowerCase();
  const inside = (one: JsonNode, as: TypeName | undefined): Value => typed(one, as ?? ANYTHING, from, reading);
  if (name === 'object') return untyped(node);
  if (name === 'list')
    return new ApexList(
      type.args[0],
      items(node, type).map((item) => inside(item, type.args[0])),
    );
  if (name === 'set')
    return new ApexSet(
      type.args[0],
      items(node, type).map((item) => inside(item, type.args[0])),
    );
  if (name === 'map') {
    const map = new ApexMap(type.args[0], type.args[1]);
    for (const [key, value] of entries(node, type.name))
      map.put(inside({ kind: 'string', value: key }, type.args[0]), inside(value, type.args[1]));
    return map;
  }
  const model = reading.run.org.classes.find(type.name, from);
  if (model) return model.kind === 'enum' ? enumOf(node, model) : instanceOf(node, model, reading);
  if (reading.run.org.data.schema.object(type.name)) return recordOf(node, type.name, reading);
  return primitive(node, name, type.name);
}

function items(node: JsonNode, type: TypeName): JsonNode[] {
  if (node.kind !== 'array') throw systemException('JSONException', `Malformed JSON: Expected '[' at the beginning of List/Set`);
  void type;
  return node.items;
}

function entries(node: JsonNode, typeName: string): [string, JsonNode][] {
  if (node.kind !== 'object') throw systemException('JSONException', `Malformed JSON: Expected '{' at the beginning of object ${typeName}`);
  return node.entries;
}

/** No constructor runs and no initialiser: what the text does not name is null. */
function instanceOf(node: JsonNode, model: ClassModel, reading: Reading): Instance {
  const instance = new Instance(model);
  const lineage = [...reading.run.org.classes.lineage(model).models];
  const fields = new Map(lineage.flatMap((one) => one.fields.filter((field) => !field.isStatic)).map((field) => [field.key, field]));
  for (const field of fields.values()) instance.fields.set(field.key, null);
  for (const [key, value] of entries(node, model.qualifiedName)) {
    const field = fields.get(key.toLowerCase());
    if (field) instance.fields.set(field.key, reading.run.coerce(typed(value, field.type, field.owner, reading), field.type, field.owner));
    else if (reading.strict) throw systemException('JSONException', `Unrecognized field "${key}" (class ${model.qualifiedName})`);
  }
  return instance;
}

function enumOf(node: JsonNode, model: ClassModel): EnumValue {
  const wanted = node.kind === 'string' ? node.value : '';
  const ordinal = model.enumValues.findIndex((one) => one === wanted);
  if (ordinal < 0) throw systemException('JSONException', `Illegal value for ${model.qualifiedName}: ${wanted}`);
  return new EnumValue(model.qualifiedName, wanted, ordinal);
}

function recordOf(node: JsonNode, typeName: string, reading: Reading): SObject {
  const { schema } = reading.run.org.data;
  const record = new SObject(schema.object(typeName)?.name ?? typeName);
  for (const [key, value] of entries(node, typeName)) {
    if (key === 'attributes') continue;
    const field = schema.field(typeName, key);
    const parent = field ? undefined : schema.relationship(typeName, key)?.referenceTo?.[0];
    if (field) record.set(field.name, typed(value, { name: apexTypeOf(field.type), args: [] }, null, reading));
    else if (parent && value.kind === 'object') record.set(key, recordOf(value, parent, reading));
    else throw systemException('JSONException', `No such column '${key}' on sobject of type ${record.type}`);
  }
  return record;
}

function primitive(node: JsonNode, name: string, written: string): Value {
  if (node.kind === 'array' || node.kind === 'object') throw systemException('JSONException', `Illegal value for primitive ${written}`);
  const text = node.kind === 'number' ? node.text : node.kind === 'null' ? '' : String(node.value);
  const found = PRIMITIVES[name]?.(text);
  if (found === undefined || found === null) throw systemException('JSONException', `Illegal value for ${written}: ${text}`);
  return found;
}

const PRIMITIVES: Record<string, (text: string) => Value | undefined> = {
  string: (text) => text,
  id: (text) => text,
  boolean: (text) => (/^true$/i.test(text) ? true : /^false$/i.test(text) ? false : undefined),
  integer: (text) => (/^-?\d+$/.test(text) && fitsInteger(BigInt(text)) ? Number(text) : undefined),
  long: (text) => (/^-?\d+$/.test(text) ? BigInt(text) : undefined),
  decimal: (text) => ApexDecimal.parse(text),
  double: (text) => (Number.isNaN(Number(text)) ? undefined : new ApexDouble(Number(text))),
  date: (text) => ApexDate.parse(text),
  datetime: (text) => ApexDatetime.parseIso(text),
  time: (text) => new ApexTime(Date.parse(`1970-01-01T${text.replace(/Z?$/, 'Z')}`)),
  blob: (text) => new ApexBlob(Buffer.from(text, 'base64')),
};
