import type { FieldModel } from '../classes/model.ts';
import { nullPointer, systemException } from '../values/exceptions.ts';
import type { Instance } from '../values/objects.ts';
import type { Value } from '../values/value.ts';
import type { Frame, Run } from './run.ts';
import { declare, newFrame } from './scopes.ts';

async function storageOf(field: FieldModel, self: Instance | null, run: Run): Promise<Map<string, Value>> {
  if (field.isStatic) return run.staticsOf(field.owner);
  if (!self) throw nullPointer();
  return self.fields;
}

/** Reads a field, or a property through its getter. */
export async function readField(field: FieldModel, self: Instance | null, frame: Frame): Promise<Value> {
  const getter = field.accessors?.get;
  if (!getter || frame.accessor === field) return (await storageOf(field, self, frame.run)).get(field.key) ?? null;
  const inner = newFrame(frame.run, field.owner, self, field.name, getter.at, field);
  const done = await stacked(inner, () => frame.run.execute(getter, inner));
  return frame.run.coerce(done?.kind === 'return' ? done.value : null, field.type, field.owner);
}

/** Writes a field, or a property through its setter; returns what was assigned. */
export async function writeField(field: FieldModel, self: Instance | null, value: Value, frame: Frame): Promise<Value> {
  const { run } = frame;
  const typed = run.coerce(value, field.type, field.owner);
  const setter = field.accessors?.set;
  if (setter && frame.accessor !== field) {
    const inner = newFrame(run, field.owner, self, field.name, setter.at, field);
    declare(inner, 'value', field.type, typed);
    await stacked(inner, () => run.execute(setter, inner));
    return typed;
  }
  if (field.isFinal && !isInitialising(frame))
    throw systemException('FinalException', `Final variable has already been initialized: ${field.name}`);
  (await storageOf(field, self, run)).set(field.key, typed);
  return typed;
}

const isInitialising = (frame: Frame): boolean => /\.<(clinit|init)>$/.test(frame.call.where);

/** Runs `work` with the frame's call on the stack; a throw leaves the stack for whoever catches it. */
export async function stacked<Result>(frame: Frame, work: () => Promise<Result>): Promise<Result> {
  const { stack } = frame.run;
  if (stack.length >= 1000) throw systemException('LimitException', 'Maximum stack depth reached: 1001');
  stack.push(frame.call);
  const depth = stack.length;
  const result = await work();
  stack.length = depth - 1;
  return result;
}
