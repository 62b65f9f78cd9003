import { constructorOf } from '../library/registry.ts';
import { exceptionName, isPlatformException } from '../library/platform-types.ts';
import type { Expression, TypeName } from '../syntax/ast.ts';
import { typeText } from '../syntax/type-text.ts';
import { ApexList, ApexMap, ApexSet } from '../values/collections.ts';
import { newExceptionState } from '../values/exception-state.ts';
import { exceptionState, nullPointer, systemException } from '../values/exceptions.ts';
import { NativeObject } from '../values/objects.ts';
import { SObject } from '../values/sobject.ts';
import type { Value } from '../values/value.ts';
import { writeRecordField } from './record-fields.ts';
import type { Frame } from './run.ts';
import { bareName, isRecordType, kindOf, qualified } from './types.ts';

const ANYTHING: TypeName = { name: 'Object', args: [] };

type New = Extract<Expression, { kind: 'new' | 'new-items' | 'new-sized' | 'new-map' }>;

export async function evaluateNew(expression: New, frame: Frame): Promise<Value> {
  const { run } = frame;
  const type = qualified(expression.type, frame.model, run.org);
  switch (expression.kind) {
    case 'new-items': {
      const element = type.args[0] ?? ANYTHING;
      const items: Value[] = [];
      for (const item of expression.items) items.push(run.coerce(await run.evaluate(item, frame), element, frame.model));
      return /^set$/i.test(type.name) ? new ApexSet(element, items) : new ApexList(element, items);
    }
    case 'new-sized': {
      const size = await run.evaluate(expression.size, frame);
      return new ApexList(type.args[0] ?? ANYTHING, new Array<Value>(Number(size)).fill(null));
    }
    case 'new-map': {
      const [keyType = ANYTHING, valueType = ANYTHING] = type.args;
      const map = new ApexMap(keyType, valueType);
      for (const [key, value] of expression.entries) {
        map.put(
          run.coerce(await run.evaluate(key, frame), keyType, frame.model),
          run.coerce(await run.evaluate(value, frame), valueType, frame.model),
        );
      }
      return map;
    }
    case 'new':
      return construct(expression, frame);
  }
}

async function construct(expression: Extract<Expression, { kind: 'new' }>, frame: Frame): Promise<Value> {
  const { run } = frame;
  const type = qualified(expression.type, frame.model, run.org);
  const kind = kindOf(type, frame.model, run.org);
  if (kind === 'record') return newRecord(expression, frame);
  const args: Value[] = [];
  for (const arg of expression.args) args.push(await run.evaluate(arg, frame));
  if (kind === 'collection') return newCollection(type, args, frame);
  const model = run.org.classes.find(type.name, frame.model);
  if (model) return run.construct(model, args);
  if (isPlatformException(type.name)) return newException(type.name, args);
  const make = constructorOf(bareName(type.name), args.length);
  if (!make) throw systemException('TypeException', `Constructor not defined: [${typeText(type)}] with ${args.length} arguments`);
  return make(args, run);
}

async function newRecord(expression: Extract<Expression, { kind: 'new' }>, frame: Frame): Promise<SObject> {
  const name = bareName(expression.type.name);
  if (!isRecordType(name, frame.run.org)) throw systemException('TypeException', `Invalid type: ${name}`);
  const record = new SObject(frame.run.org.data.schema.object(name)?.name ?? name);
  for (const field of expression.named) writeRecordField(record, field.name, await frame.run.evaluate(field.value, frame), frame.run);
  return record;
}

function newException(name: string, args: Value[]): Value {
  const state = newExceptionState();
  for (const arg of args) {
    if (typeof arg === 'string') state.message = arg;
    else if (exceptionState(arg)) state.cause = arg;
  }
  // The text of an AuraHandledException is for the page; code that catches it sees only this, unless setMessage was called.
  const shown = /^aurahandledexception$/i.test(bareName(name)) ? { ...state, message: null, pageMessage: state.message } : state;
  return new NativeObject(exceptionName(name), shown);
}

function newCollection(type: TypeName, args: Value[], frame: Frame): Value {
  const source = args[0] ?? null;
  if (args.length > 0 && source === null) throw nullPointer();
  const [first = ANYTHING, second = ANYTHING] = type.args;
  const typed = (value: Value, as: TypeName): Value => frame.run.coerce(value, as, frame.model);
  const items = source instanceof ApexList ? source.items : source instanceof ApexSet ? source.values() : [];
  if (/^list$/i.test(type.name))
    return new ApexList(
      first,
      items.map((item) => typed(item, first)),
    );
  if (/^set$/i.test(type.name))
    return new ApexSet(
      first,
      items.map((item) => typed(item, first)),
    );
  const map = new ApexMap(first, second);
  if (source instanceof ApexMap) for (const entry of source.entries()) map.put(typed(entry.key, first), typed(entry.value, second));
  for (const item of items) {
    if (!(item instanceof SObject) || item.id === null) throw nullPointer();
    map.put(item.id, item);
  }
  return map;
}
