import { EXTENDABLE, isPlatformException } from '../library/platform-types.ts';
import type { ApexOrg } from '../evaluate/run.ts';
import { kindOf } from '../evaluate/types.ts';
import type { Block, MethodNode, Position, TypeName } from '../syntax/ast.ts';
import { typeText } from '../syntax/type-text.ts';
import { collectProblems } from '../syntax/problems.ts';
import type { Problem } from '../syntax/problems.ts';
import { checkBody } from './check-body.ts';
import type { CheckContext } from './check-context.ts';
import type { ClassModel } from './model.ts';

/** Interfaces of the platform that code may implement. */
const INTERFACES = new Set(['httpcalloutmock', 'comparable', 'comparator', 'metadata.deploycallback']);

/** Walks every class: types, methods, constructors and labels that no org would find, or that this one does not run. */
export function checkClasses(org: ApexOrg): Problem[] {
  return org.classes.all().flatMap((model) => checkClass(model, org));
}

function checkClass(model: ClassModel, org: ApexOrg): Problem[] {
  const list = collectProblems(model.file);
  const context: CheckContext = { org, model, problems: list, checkType: (type, at) => checkType(type, at, model, org, list.add) };
  checkAncestors(model, context);
  for (const field of model.fields) {
    context.checkType(field.type, { line: model.line, column: 0 });
    if (field.initial) checkBody(initialiser(field.initial), [], context);
    for (const accessor of [field.accessors?.get, field.accessors?.set]) if (accessor) checkBody(accessor, ['value'], context);
  }
  for (const method of [...model.methods.values()].flat()) checkMethod(method.node, context);
  for (const constructor of model.constructors) {
    for (const parameter of constructor.parameters) context.checkType(parameter.type, constructor.at);
    checkBody(
      constructor.body,
      constructor.parameters.map((one) => one.name),
      context,
    );
  }
  for (const block of model.initialisers) checkBody(block.body, [], context);
  return [...list.problems, ...[...model.inner.values()].flatMap((inner) => checkClass(inner, org))];
}

const initialiser = (expression: Extract<Block['statements'][number], { kind: 'expression' }>['expression']): Block => ({
  kind: 'block',
  at: expression.at,
  statements: [{ kind: 'expression', expression, at: expression.at }],
});

function checkMethod(node: MethodNode, context: CheckContext): void {
  if (node.returns) context.checkType(node.returns, node.at);
  for (const parameter of node.parameters) context.checkType(parameter.type, node.at);
  if (node.body)
    checkBody(
      node.body,
      node.parameters.map((one) => one.name),
      context,
    );
}

function checkAncestors(model: ClassModel, context: CheckContext): void {
  const at = { line: model.line, column: 0 };
  const parent = model.extendsType;
  if (
    parent &&
    !context.org.classes.find(parent.name, model.outer) &&
    !context.org.classes.find(parent.name, model) &&
    !isPlatformException(parent.name) &&
    !EXTENDABLE.has(parent.name.toLowerCase())
  )
    context.problems.unsupported(at, `The parent class ${typeText(parent)}`);
  for (const type of model.implementsTypes) {
    const known = context.org.classes.find(type.name, model) ?? INTERFACES.has(type.name.replace(/^system\./i, '').toLowerCase());
    if (!known) context.problems.unsupported(at, `The interface ${typeText(type)}`);
  }
}

function checkType(type: TypeName, at: Position, model: ClassModel, org: ApexOrg, add: (at: Position, message: string) => void): void {
  if (kindOf(type, model, org) === 'unknown') add(at, `The type ${typeText(type)} is unknown, or not supported by the local org`);
  for (const arg of type.args) checkType(arg, at, model, org, add);
}
