import type { Problem } from '../problem.ts';
import { isOfQuickBooks, sameTarget, type FieldMapping } from './mapping.ts';
import { calledOf, mappingProblem } from './problems.ts';
import { familyOf, findTarget, type TargetField } from './target.ts';

const AT = 'Target_Field__c';

/** Whether the target is there and ours to write. */
export function checkTarget(mapping: FieldMapping, target: TargetField | undefined): Problem[] {
  const { targetField, targetObject } = mapping;
  if (targetField === '') return [mappingProblem('mapping-incomplete', AT, 'The mapping has no target field.', 'Choose one.')];
  const system = isOfQuickBooks(targetObject) ? 'QuickBooks' : 'Stripe';
  if (!target)
    return [
      mappingProblem(
        'target-unknown',
        AT,
        `${system} has no field ${targetField} on the ${targetObject}; it may have been renamed or removed.`,
        'Choose one of the fields that are there now.',
      ),
    ];
  if (!target.writable)
    return [
      mappingProblem(
        'target-not-writable',
        AT,
        `${calledOf(mapping, target)} cannot be mapped. ${target.reason ?? ''}`.trim(),
        'Choose another field.',
      ),
    ];
  return target.named ? checkName(mapping, target.named) : [];
}

function checkName({ targetField }: FieldMapping, { longestName, reserved }: NonNullable<TargetField['named']>): Problem[] {
  const key = familyOf(targetField)?.key ?? '';
  if (key.trim() === '' || key !== key.trim() || /[[\]]/.test(key))
    return [mappingProblem('target-unknown', AT, `"${targetField}" names no field.`, 'Write a name without brackets or spaces around it.')];
  if (key.length > longestName)
    return [
      mappingProblem(
        'target-name-too-long',
        AT,
        `The name "${key}" has ${key.length} characters; ${longestName} fit.`,
        'Shorten the name.',
      ),
    ];
  return reserved.some((own) => own.toLowerCase() === key.toLowerCase())
    ? [mappingProblem('target-not-writable', AT, `Trueup writes "${key}" itself.`, 'Choose another name.')]
    : [];
}

/** What the mappings of one company are to each other: one writer per field, and no more named fields than fit. */
export function checkTogether(mapping: FieldMapping, active: readonly FieldMapping[], fields: readonly TargetField[]): Problem[] {
  if (!mapping.active) return [];
  const others = active.filter((each) => each.name !== mapping.name && each.companyKey === mapping.companyKey);
  const twin = others.find((each) => sameTarget(each, mapping));
  if (twin)
    return [mappingProblem('target-twice', AT, `The mapping "${twin.label}" writes ${mapping.targetField} too.`, 'Retire one of the two.')];
  const target = findTarget(fields, mapping.targetObject, mapping.targetField);
  if (!target?.named) return [];
  const all = active.filter((each) => findTarget(fields, each.targetObject, each.targetField) === target);
  const names = new Set([...all, mapping].map((each) => each.targetField.toLowerCase()));
  return names.size > target.named.most
    ? [
        mappingProblem(
          'target-too-many',
          AT,
          `${names.size} mappings write ${target.name} of the ${mapping.targetObject}; ${target.named.most} fit.`,
          'Retire some of them.',
        ),
      ]
    : [];
}
