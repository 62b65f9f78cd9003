import { methodOf, staticOf } from '../library/registry.ts';
import { objectToken } from '../library/schema-tokens.ts';
import type { ClassModel } from '../classes/model.ts';
import type { Expression } from '../syntax/ast.ts';
import { ApexList } from '../values/collections.ts';
import { exceptionState, nullPointer, systemException } from '../values/exceptions.ts';
import { Instance } from '../values/objects.ts';
import { EnumValue } from '../values/simple.ts';
import { SObject } from '../values/sobject.ts';
import type { ApexObject, Value } from '../values/value.ts';
import { findMethod } from './calls.ts';
import { isRecordType } from './types.ts';
import { runtimeTypeName, singleRow } from './coerce.ts';
import { enumConstant } from './construct.ts';
import { ENDED } from './members.ts';
import { staticTarget } from './names.ts';
import type { StaticTarget } from './names.ts';
import type { Frame, Run } from './run.ts';

type Link = (object: Expression) => Promise<Value | typeof ENDED>;

async function evaluateArgs(args: Expression[], frame: Frame): Promise<Value[]> {
  const values: Value[] = [];
  for (const arg of args) values.push(await frame.run.evaluate(arg, frame));
  return values;
}

const unknown = (name: string, count: number, on: string): Error =>
  systemException('TypeException', `Method does not exist or incorrect signature: ${name} with ${count} arguments on ${on}`);

/** `name(…)`: a method of the object, of its class, or a static one of an outer class. */
export async function evaluateCall(expression: Extract<Expression, { kind: 'call' }>, frame: Frame): Promise<Value> {
  const args = await evaluateArgs(expression.args, frame);
  const { run } = frame;
  mark(frame, expression.at);
  for (let model: ClassModel | null = frame.model; model; model = model.outer) {
    const found = findMethod(model, expression.name, args, run.org);
    if (!found) continue;
    if (found.isStatic || !frame.self) return run.callMethod(found, null, args);
    return run.callMethod(findMethod(frame.self.model, expression.name, args, run.org) ?? found, frame.self, args);
  }
  if (frame.self?.exception) return run.invoke(frame.self, expression.name, args);
  throw unknown(expression.name, args.length, frame.model.qualifiedName);
}

/** `object.name(…)` on a value or on a type. */
export async function evaluateMethod(
  expression: Extract<Expression, { kind: 'method' }>,
  frame: Frame,
  link: Link,
): Promise<Value | typeof ENDED> {
  const { run } = frame;
  if (expression.object.kind === 'super') return callSuper(expression, frame);
  const target = staticTarget(expression.object, frame);
  if (target) {
    const args = await evaluateArgs(expression.args, frame);
    mark(frame, expression.at);
    return callStatic(target, expression.name, args, run);
  }
  const object = await link(expression.object);
  if (object === ENDED || (object === null && expression.safe)) return ENDED;
  mark(frame, expression.at);
  if (object === null) throw nullPointer();
  return run.invoke(object, expression.name, await evaluateArgs(expression.args, frame));
}

function mark(frame: Frame, at: { line: number; column: number }): void {
  frame.call.line = at.line;
  frame.call.column = at.column + 1;
}

async function callSuper(expression: Extract<Expression, { kind: 'method' }>, frame: Frame): Promise<Value> {
  const args = await evaluateArgs(expression.args, frame);
  const parent = frame.run.org.classes.parent(frame.model);
  const method = parent ? findMethod(parent, expression.name, args, frame.run.org) : null;
  if (method) return frame.run.callMethod(method, frame.self, args);
  const native = frame.self?.exception ? methodOf('exception', expression.name, args.length) : undefined;
  if (!native) throw unknown(expression.name, args.length, 'super');
  return native(frame.self as never, args, frame.run);
}

async function callStatic(target: StaticTarget, name: string, args: Value[], run: Run): Promise<Value> {
  if (target.kind === 'class') {
    if (target.model.kind === 'enum') return enumMethod(target.model, name, args);
    const method = findMethod(target.model, name, args, run.org, (one) => one.isStatic);
    if (!method) throw unknown(name, args.length, target.model.qualifiedName);
    return run.callMethod(method, null, args);
  }
  if (target.kind === 'record' && /^getsobjecttype$/i.test(name)) return objectToken(target.name, run);
  const native = staticOf(target.name, name, args.length);
  if (!native) throw unknown(name, args.length, target.name);
  return native(args, run);
}

function enumMethod(model: ClassModel, name: string, args: Value[]): Value {
  if (/^values$/i.test(name))
    return new ApexList(
      { name: model.qualifiedName, args: [] },
      model.enumValues.map((one, index) => new EnumValue(model.qualifiedName, one, index)),
    );
  if (/^valueof$/i.test(name)) {
    const found = enumConstant(model, String(args[0]));
    if (!found) throw systemException('NoDataFoundException', `No enum constant ${model.qualifiedName}.${String(args[0])}`);
    return found;
  }
  throw unknown(name, args.length, model.qualifiedName);
}

/** Calls a method by name on a value, whatever it is. */
export async function invokeMethod(receiver: Value, name: string, args: Value[], run: Run): Promise<Value> {
  if (receiver === null) throw nullPointer();
  if (receiver instanceof Instance) {
    const method = findMethod(receiver.model, name, args, run.org, (one) => !one.isStatic);
    if (method) return run.callMethod(method, receiver, args);
  }
  const type = dispatchName(receiver);
  const native = methodOf(type, name, args.length) ?? methodOf('object', name, args.length);
  if (native) return native(receiver as never, args, run);
  // `[SELECT … LIMIT 1].get('Field')`: a list has no such method, its one row has.
  if (receiver instanceof ApexList && receiver.fromQuery && isRecordType(receiver.element.name, run.org))
    return invokeMethod(singleRow(receiver), name, args, run);
  throw unknown(name, args.length, runtimeTypeName(receiver));
}

function dispatchName(receiver: Exclude<Value, null>): string {
  if (typeof receiver === 'string') return 'string';
  if (typeof receiver === 'number') return 'integer';
  if (typeof receiver === 'bigint') return 'long';
  if (typeof receiver === 'boolean') return 'boolean';
  if (receiver instanceof SObject) return 'sobject';
  if (receiver instanceof EnumValue) return 'enum';
  return exceptionState(receiver) ? 'exception' : (receiver as ApexObject).typeName.toLowerCase();
}
