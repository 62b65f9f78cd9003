import { parseSoql } from '../../soql/parse.ts';
import { constructorOf, methodKeys, staticOf } from '../library/registry.ts';
import { isPlatformException } from '../library/platform-types.ts';
import { targetOf } from '../evaluate/names.ts';
import type { StaticTarget } from '../evaluate/names.ts';
import { bareName, kindOf } from '../evaluate/types.ts';
import type { Block, Expression, Statement } from '../syntax/ast.ts';
import { typeText } from '../syntax/type-text.ts';
import { innerExpressions, innerStatements, ownExpressions } from '../syntax/walk.ts';
import type { CheckContext } from './check-context.ts';
import { checkStaticMember } from './check-members.ts';
import type { ClassModel } from './model.ts';

/** Names a body can use without a dot: its variables, and the fields of its class and those around it. */
type Names = ReadonlySet<string>;

export function checkBody(body: Block, parameters: string[], context: CheckContext): void {
  const names = new Set([...parameters.map((name) => name.toLowerCase()), ...declaredIn(body), ...fieldsAround(context)]);
  checkStatement(body, names, context);
}

function declaredIn(statement: Statement): string[] {
  const own =
    statement.kind === 'local'
      ? statement.variables.map((one) => one.name)
      : statement.kind === 'for-each'
        ? [statement.name]
        : statement.kind === 'try'
          ? statement.catches.map((one) => one.name)
          : statement.kind === 'switch'
            ? statement.whens.flatMap((when) => (when.kind === 'type' ? [when.name] : []))
            : [];
  return [...own.map((name) => name.toLowerCase()), ...innerStatements(statement).flatMap(declaredIn)];
}

function fieldsAround({ org, model }: CheckContext): string[] {
  const found: string[] = [];
  for (let around: ClassModel | null = model; around; around = around.outer) {
    for (let one: ClassModel | null = around; one; one = org.classes.parent(one)) found.push(...one.fieldByName.keys());
  }
  return found;
}

function checkStatement(statement: Statement, names: Names, context: CheckContext): void {
  if (statement.kind === 'local' || statement.kind === 'for-each') context.checkType(statement.type, statement.at);
  if (statement.kind === 'try') for (const one of statement.catches) context.checkType({ name: one.type, args: [] }, statement.at);
  for (const expression of ownExpressions(statement)) checkExpression(expression, names, context);
  for (const inner of innerStatements(statement)) checkStatement(inner, names, context);
}

function checkExpression(expression: Expression, names: Names, context: CheckContext): void {
  const target =
    expression.kind === 'method' || expression.kind === 'member'
      ? checkDotted(expression, names, context)
      : checkPlain(expression, names, context);
  const inner =
    target && (expression.kind === 'method' || expression.kind === 'member')
      ? innerExpressions(expression).slice(1)
      : innerExpressions(expression);
  for (const one of inner) checkExpression(one, names, context);
}

/** Returns the type the dot is on, if it is on a type. */
function checkDotted(
  expression: Extract<Expression, { kind: 'method' | 'member' }>,
  names: Names,
  context: CheckContext,
): StaticTarget | null {
  const path = namesOf(expression.object);
  const target = path && !names.has(path[0]?.toLowerCase() ?? '') ? targetOf(path, context.model, context.org) : null;
  if (target && expression.kind === 'member') checkStaticMember(target, expression, context);
  else if (target && expression.kind === 'method') checkStaticCall(target, expression, context);
  else if (expression.kind === 'method' && expression.object.kind !== 'super') checkCallOnValue(expression, context);
  return target;
}

function namesOf(expression: Expression): string[] | null {
  if (expression.kind === 'name') return [expression.name];
  if (expression.kind !== 'member' || expression.safe) return null;
  const before = namesOf(expression.object);
  return before ? [...before, expression.name] : null;
}

function checkStaticCall(target: StaticTarget, expression: Extract<Expression, { kind: 'method' }>, context: CheckContext): void {
  const count = expression.args.length;
  const { problems } = context;
  if (target.kind === 'class') {
    const known =
      target.model.kind === 'enum'
        ? ['values', 'valueof'].includes(expression.name.toLowerCase())
        : context.org.classes.methods(target.model, expression.name.toLowerCase(), count).length > 0;
    if (!known)
      problems.add(expression.at, `Method does not exist: ${target.model.qualifiedName}.${expression.name} with ${count} arguments`);
  } else if (target.kind !== 'record' && !staticOf(target.name, expression.name, count)) {
    problems.unsupported(expression.at, `${target.name}.${expression.name} with ${count} arguments`);
  } else if (target.kind === 'record' && expression.name.toLowerCase() !== 'getsobjecttype') {
    problems.unsupported(expression.at, `${target.name}.${expression.name}`);
  }
}

function checkCallOnValue(expression: Extract<Expression, { kind: 'method' }>, context: CheckContext): void {
  const key = `${expression.name.toLowerCase()}/${expression.args.length}`;
  const inPackage = context.org.classes
    .everywhere()
    .some((model) =>
      (model.methods.get(expression.name.toLowerCase()) ?? []).some((method) => method.node.parameters.length === expression.args.length),
    );
  if (!inPackage && !methodKeys.has(key))
    context.problems.unsupported(expression.at, `The method ${expression.name} with ${expression.args.length} arguments`);
}

function checkPlain(expression: Expression, names: Names, context: CheckContext): null {
  const { problems } = context;
  switch (expression.kind) {
    case 'name':
      if (!names.has(expression.name.toLowerCase())) problems.add(expression.at, `Variable does not exist: ${expression.name}`);
      return null;
    case 'call':
      checkOwnCall(expression, context);
      return null;
    case 'type':
    case 'cast':
    case 'instanceof':
      context.checkType(expression.type, expression.at);
      return null;
    case 'soql':
      try {
        parseSoql(expression.text);
      } catch (error) {
        problems.add(expression.at, `SOQL: ${(error as Error).message}`);
      }
      return null;
    case 'new':
    case 'new-items':
    case 'new-sized':
    case 'new-map':
      context.checkType(expression.type, expression.at);
      if (expression.kind === 'new') checkConstructor(expression, context);
      return null;
    default:
      return null;
  }
}

function checkOwnCall(expression: Extract<Expression, { kind: 'call' }>, context: CheckContext): void {
  const { org, model } = context;
  for (let around: ClassModel | null = model; around; around = around.outer) {
    if (org.classes.methods(around, expression.name.toLowerCase(), expression.args.length).length > 0) return;
  }
  if (org.classes.isException(model) && methodKeys.has(`${expression.name.toLowerCase()}/${expression.args.length}`)) return;
  context.problems.add(expression.at, `Method does not exist: ${expression.name} with ${expression.args.length} arguments`);
}

function checkConstructor(expression: Extract<Expression, { kind: 'new' }>, context: CheckContext): void {
  const { org, model, problems } = context;
  const kind = kindOf(expression.type, model, org);
  const count = expression.args.length;
  if (kind === 'record') {
    const object = bareName(expression.type.name);
    for (const field of expression.named) {
      if (!org.data.schema.field(object, field.name) && !org.data.schema.relationship(object, field.name))
        problems.add(expression.at, `Field does not exist: ${field.name} on ${object}`);
    }
  } else if (kind === 'class') {
    const found = org.classes.find(expression.type.name, model);
    const fits =
      found &&
      (found.constructors.some((one) => one.parameters.length === count) ||
        (found.constructors.length === 0 && (count === 0 || org.classes.isException(found))));
    if (!fits) problems.add(expression.at, `Constructor not defined: ${typeText(expression.type)} with ${count} arguments`);
  } else if (kind === 'platform' && !isPlatformException(expression.type.name) && !constructorOf(bareName(expression.type.name), count)) {
    problems.unsupported(expression.at, `new ${typeText(expression.type)} with ${count} arguments`);
  }
}
