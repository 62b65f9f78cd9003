import { platformEnum } from '../library/platform-types.ts';
import { constantOf } from '../library/registry.ts';
import type { StaticTarget } from '../evaluate/names.ts';
import type { Expression } from '../syntax/ast.ts';
import type { CheckContext } from './check-context.ts';

/** `Type.name`: a static field, an enum constant, a label, a field of an object. */
export function checkStaticMember(target: StaticTarget, expression: Extract<Expression, { kind: 'member' }>, context: CheckContext): void {
  const key = expression.name.toLowerCase();
  if (key === 'class' || exists(target, key, context)) return;
  const owner = target.kind === 'class' ? target.model.qualifiedName : target.name;
  context.problems.add(expression.at, `${owner}.${expression.name} does not exist, or is not supported by the local org`);
}

function exists(target: StaticTarget, key: string, context: CheckContext): boolean {
  const { classes, data } = context.org;
  switch (target.kind) {
    case 'class':
      return (
        classes.field(target.model, key, true) !== null ||
        target.model.enumValues.some((one) => one.toLowerCase() === key) ||
        target.model.inner.has(key)
      );
    case 'record':
      return key === 'sobjecttype' || data.schema.field(target.name, key) !== undefined;
    case 'namespace':
      return true;
    case 'platform':
      if (/^label$/i.test(target.name)) return [...data.schema.labels.keys()].some((label) => label.toLowerCase() === key);
      if (/^sobjecttype$/i.test(target.name)) return data.schema.object(key) !== undefined;
      return (
        (platformEnum(target.name)?.values.some((one) => one.toLowerCase() === key) ?? false) || constantOf(target.name, key) !== undefined
      );
  }
}
