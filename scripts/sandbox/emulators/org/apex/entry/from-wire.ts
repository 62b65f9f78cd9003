import type { ClassModel } from '../classes/model.ts';
import type { Run } from '../evaluate/run.ts';
import { typed } from '../library/json-read.ts';
import { readJson } from '../library/json-reader.ts';
import type { TypeName } from '../syntax/ast.ts';
import type { Value } from '../values/value.ts';

/** A parameter from a page or a flow as the type a method declares. Undefined and null are null. */
export function fromWire(value: unknown, type: TypeName, from: ClassModel, run: Run): Value {
  if (value === undefined || value === null) return null;
  return run.coerce(typed(readJson(JSON.stringify(value)), type, from, { run, strict: false }), type, from);
}
