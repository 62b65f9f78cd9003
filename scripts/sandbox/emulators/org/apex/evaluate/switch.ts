import type { Block, Statement, When } from '../syntax/ast.ts';
import { EnumValue } from '../values/simple.ts';
import type { Value } from '../values/value.ts';
import { isInstanceOf } from './coerce.ts';
import { compareNumbers, isNumber } from './numbers.ts';
import type { Completion, Frame } from './run.ts';
import { declare, inNewScope } from './scopes.ts';

export async function executeSwitch(statement: Extract<Statement, { kind: 'switch' }>, frame: Frame): Promise<Completion> {
  const subject = await frame.run.evaluate(statement.subject, frame);
  for (const when of statement.whens) {
    if (!matches(when, subject, frame)) continue;
    return inNewScope(frame, () => {
      if (when.kind === 'type') declare(frame, when.name, when.type, subject);
      return runBlock(when.body, frame);
    });
  }
  return undefined;
}

const runBlock = (body: Block, frame: Frame): Promise<Completion> => frame.run.execute(body, frame);

function matches(when: When, subject: Value, frame: Frame): boolean {
  switch (when.kind) {
    case 'else':
      return true;
    case 'type':
      return isInstanceOf(subject, when.type, frame.model, frame.run.org);
    case 'values':
      return when.labels.some((label) =>
        label.kind === 'enum'
          ? subject instanceof EnumValue && subject.name.toLowerCase() === label.name.toLowerCase()
          : isLabel(label.value, subject),
      );
  }
}

/** Unlike `==`, a text label matches by its very letters. */
function isLabel(label: Value, subject: Value): boolean {
  if (isNumber(label) && isNumber(subject)) return compareNumbers(label, subject) === 0;
  return label === subject;
}
