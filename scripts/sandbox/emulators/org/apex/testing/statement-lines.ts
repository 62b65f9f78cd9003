import type { ClassModel } from '../classes/model.ts';
import type { Statement } from '../syntax/ast.ts';
import { innerStatements } from '../syntax/walk.ts';

/** Lines that hold a statement, blocks apart: what line coverage counts. */
export function statementLines(model: ClassModel): Set<number> {
  const lines = new Set<number>();
  const visit = (statement: Statement): void => {
    if (statement.kind !== 'block') lines.add(statement.at.line);
    innerStatements(statement).forEach(visit);
  };
  const visitModel = (one: ClassModel): void => {
    for (const methods of one.methods.values()) for (const method of methods) if (method.body) visit(method.body);
    for (const constructor of one.constructors) visit(constructor.body);
    for (const block of one.initialisers) visit(block.body);
    for (const field of one.fields) for (const accessor of [field.accessors?.get, field.accessors?.set]) if (accessor) visit(accessor);
    for (const inner of one.inner.values()) visitModel(inner);
  };
  visitModel(model);
  return lines;
}
