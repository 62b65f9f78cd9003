import type { Expression } from '../syntax/ast.ts';
import { ApexList } from '../values/collections.ts';
import { nullPointer, systemException } from '../values/exceptions.ts';
import type { Value } from '../values/value.ts';
import { readField, writeField } from './fields.ts';
import { checkedIndex } from './items.ts';
import { readMember, writeMember } from './members.ts';
import { findPlace, readPlace, staticTarget, writePlace } from './names.ts';
import { calculate } from './numbers.ts';
import { applyBinary } from './operators.ts';
import type { Frame } from './run.ts';

/** Something that can stand left of `=`; its parts are evaluated once. */
interface Target {
  read(): Promise<Value>;
  write(value: Value): Promise<Value>;
}

async function targetOf(expression: Expression, frame: Frame): Promise<Target> {
  const { run } = frame;
  if (expression.kind === 'name') {
    const place = findPlace(expression.name, frame);
    if (!place) throw systemException('TypeException', `Variable does not exist: ${expression.name}`);
    return { read: () => readPlace(place, frame), write: (value) => writePlace(place, value, frame) };
  }
  if (expression.kind === 'member') {
    const owner = staticTarget(expression.object, frame);
    if (owner?.kind === 'class') {
      const field = run.org.classes.field(owner.model, expression.name.toLowerCase(), true);
      if (!field) throw systemException('TypeException', `Variable does not exist: ${expression.name}`);
      return { read: () => readField(field, null, frame), write: (value) => writeField(field, null, value, frame) };
    }
    const object = await run.evaluate(expression.object, frame);
    return { read: () => readMember(object, expression.name, frame), write: (value) => writeMember(object, expression.name, value, frame) };
  }
  if (expression.kind === 'index')
    return itemOf(await run.evaluate(expression.object, frame), await run.evaluate(expression.index, frame), frame);
  throw systemException('TypeException', 'Expression cannot be assigned');
}

function itemOf(list: Value, index: Value, frame: Frame): Target {
  if (list === null) throw nullPointer();
  if (!(list instanceof ApexList)) throw systemException('TypeException', 'Expression must be a list type');
  return {
    read: async () => list.items[checkedIndex(list, index)] ?? null,
    write: async (value) => {
      const typed = frame.run.coerce(value, list.element, frame.model);
      list.items[checkedIndex(list, index)] = typed;
      return typed;
    },
  };
}

export async function evaluateAssign(expression: Extract<Expression, { kind: 'assign' }>, frame: Frame): Promise<Value> {
  const target = await targetOf(expression.target, frame);
  if (expression.operator === null) return target.write(await frame.run.evaluate(expression.value, frame));
  const before = await target.read();
  return target.write(await applyBinary(expression.operator, before, await frame.run.evaluate(expression.value, frame), frame.run));
}

export async function evaluateStep(expression: Extract<Expression, { kind: 'step' }>, frame: Frame): Promise<Value> {
  const target = await targetOf(expression.target, frame);
  const before = await target.read();
  const after = await target.write(calculate('+', before, expression.by));
  return expression.prefix ? after : before;
}
