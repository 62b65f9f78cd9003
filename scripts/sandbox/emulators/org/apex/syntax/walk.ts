import type { Block, Expression, Statement } from './ast.ts';

const present = <Node>(nodes: (Node | null)[]): Node[] => nodes.filter((one) => one !== null);

/** Statements directly inside a statement. */
export function innerStatements(statement: Statement): Statement[] {
  switch (statement.kind) {
    case 'block':
      return statement.statements;
    case 'if':
      return present([statement.then, statement.otherwise]);
    case 'for':
      return present([...statement.initial, statement.body]);
    case 'while':
    case 'do':
    case 'for-each':
      return present([statement.body]);
    case 'switch':
      return statement.whens.map((when): Block => when.body);
    case 'try':
      return present([statement.body, ...statement.catches.map((one) => one.body), statement.finallyBody]);
    case 'run-as':
      return [statement.body];
    default:
      return [];
  }
}

/** Expressions a statement evaluates itself. */
export function ownExpressions(statement: Statement): Expression[] {
  switch (statement.kind) {
    case 'local':
      return present(statement.variables.map((variable) => variable.initial));
    case 'expression':
      return [statement.expression];
    case 'if':
    case 'while':
    case 'do':
      return [statement.condition];
    case 'for':
      return present([statement.condition, ...statement.update]);
    case 'for-each':
      return [statement.source];
    case 'switch':
      return [statement.subject];
    case 'return':
    case 'throw':
      return present([statement.value]);
    case 'dml':
      return [statement.records];
    case 'run-as':
      return [statement.user];
    default:
      return [];
  }
}

/** Expressions directly inside an expression. */
export function innerExpressions(expression: Expression): Expression[] {
  switch (expression.kind) {
    case 'soql':
      return expression.binds;
    case 'member':
      return [expression.object];
    case 'call':
    case 'chain':
      return expression.args;
    case 'method':
      return [expression.object, ...expression.args];
    case 'index':
      return [expression.object, expression.index];
    case 'new':
      return [...expression.args, ...expression.named.map((one) => one.value)];
    case 'new-items':
      return expression.items;
    case 'new-sized':
      return [expression.size];
    case 'new-map':
      return expression.entries.flat();
    case 'assign':
      return [expression.target, expression.value];
    case 'binary':
    case 'logic':
      return [expression.left, expression.right];
    case 'unary':
    case 'cast':
    case 'instanceof':
      return [expression.value];
    case 'step':
      return [expression.target];
    case 'conditional':
      return [expression.condition, expression.yes, expression.no];
    default:
      return [];
  }
}
