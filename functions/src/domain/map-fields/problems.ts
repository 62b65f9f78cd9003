import type { Problem } from '../problem.ts';
import type { FieldMapping } from './mapping.ts';
import type { Misfit } from './fit-value.ts';
import type { TargetField } from './target.ts';

const ADMIN = 'Ask a billing administrator to';

/** What a value of an invoice runs into. `from`: where the value comes from, `to`: the field it goes to. */
type Wrong =
  | { code: 'missing' }
  /** `reason`: why the field is not ours to write; null: there is none of this name. */
  | { code: 'no-target'; reason: string | null }
  | { code: 'unreadable'; path: string }
  | { code: 'unmapped'; value: string }
  | { code: 'transform'; what: string }
  | { code: 'misfit'; value: string; misfit: Misfit };

const CODES: Record<Misfit['fault'], string> = {
  'too-long': 'mapped-value-too-long',
  'wrong-type': 'mapped-value-wrong-type',
  unknown: 'mapped-value-unknown',
  ambiguous: 'mapped-value-unknown',
  inactive: 'mapped-value-inactive',
};

/** The field with its system, as people know it: `Class in QuickBooks`. */
export const calledOf = (mapping: FieldMapping, target?: TargetField): string =>
  `${target && !target.named ? target.label : mapping.targetField} of the ${mapping.targetObject}`;

export const sourceOf = ({ sourceKind, sourceObject, sourceField }: FieldMapping): string =>
  sourceKind === 'Field' ? `${sourceObject}.${sourceField ?? ''}` : sourceKind === 'Constant' ? 'the constant' : 'the joined text';

/** `field`: where the panel points. */
export function valueProblem(mapping: FieldMapping, target: TargetField | undefined, field: string, wrong: Wrong): Problem {
  const name = `mapping "${mapping.label}"`;
  const to = calledOf(mapping, target);
  const from = sourceOf(mapping);
  const problem = (code: string, message: string, action: string): Problem => ({ code, severity: 'error', field, message, action });
  switch (wrong.code) {
    case 'missing':
      return problem(
        'mapped-value-missing',
        `${to} needs a value, but ${from} is empty.`,
        `Fill in the field, or ${lower(ADMIN)} give the ${name} a default.`,
      );
    case 'no-target':
      return wrong.reason === null
        ? problem('target-unknown', `${to} does not exist any more.`, `${ADMIN} correct the ${name}.`)
        : problem('target-not-writable', `${to} cannot be mapped. ${wrong.reason}`, `${ADMIN} correct the ${name}.`);
    case 'unreadable':
      return problem(
        'source-unreadable',
        `${to} is to come from ${wrong.path}, which does not exist or cannot be read by the integration user.`,
        `${ADMIN} correct the ${name}, or to let the integration user read the field.`,
      );
    case 'unmapped':
      return problem(
        'mapped-value-unmapped',
        `"${wrong.value}" from ${from} has no counterpart for ${to}: it is not in the value map.`,
        `${ADMIN} add it to the value map of the ${name}, or correct the record.`,
      );
    case 'transform':
      return problem(
        'mapped-value-wrong-type',
        `The value from ${from} for ${to} ${wrong.what}.`,
        `${ADMIN} correct the ${name}, or correct the record.`,
      );
    case 'misfit':
      return problem(
        CODES[wrong.misfit.fault],
        `"${excerpt(wrong.value)}" for ${to} ${wrong.misfit.what}.`,
        wrong.misfit.fault === 'too-long'
          ? `Shorten the value, or ${lower(ADMIN)} shorten it in the ${name}.`
          : `${ADMIN} correct the ${name}, or the list in QuickBooks.`,
      );
  }
}

/** What is wrong with a mapping itself. `at`: the field of the metadata type to point at. */
export function mappingProblem(
  code: string,
  at: string,
  message: string,
  action: string,
  severity: Problem['severity'] = 'error',
): Problem {
  return { code, severity, field: at, message, action };
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
const excerpt = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);
