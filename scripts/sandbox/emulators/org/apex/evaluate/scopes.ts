import type { ClassModel, FieldModel } from '../classes/model.ts';
import type { Position, TypeName } from '../syntax/ast.ts';
import type { Instance } from '../values/objects.ts';
import type { Value } from '../values/value.ts';
import type { Call, Frame, Run, Scope } from './run.ts';

const newScope = (around: Scope | null): Scope => ({ variables: new Map(), around });

export function declare(frame: Frame, name: string, type: TypeName, value: Value): void {
  frame.scope.variables.set(name.toLowerCase(), { type, value });
}

export function findVariable(frame: Frame, key: string): { type: TypeName; value: Value } | null {
  for (let scope: Scope | null = frame.scope; scope; scope = scope.around) {
    const found = scope.variables.get(key);
    if (found) return found;
  }
  return null;
}

/** Runs `work` with variables of its own. */
export async function inNewScope<Result>(frame: Frame, work: () => Promise<Result>): Promise<Result> {
  const before = frame.scope;
  frame.scope = newScope(before);
  try {
    return await work();
  } finally {
    frame.scope = before;
  }
}

export function newFrame(
  run: Run,
  model: ClassModel,
  self: Instance | null,
  method: string,
  at: Position,
  accessor: FieldModel | null = null,
): Frame {
  const call: Call = { where: `Class.${model.qualifiedName}.${method}`, line: at.line, column: at.column + 1 };
  return { run, model, self, call, accessor, scope: newScope(null) };
}
